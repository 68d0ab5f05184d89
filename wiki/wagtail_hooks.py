"""The Wagtail admin: pages of the wiki are written in the front office, menus kept short."""

from django.contrib import messages
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail_modeladmin.options import modeladmin_register

from wiki import file_rights, topic_admin, trash_admin  # noqa: F401, trash_admin registers its hooks
from wiki.models import WikiPage
from wiki.permissions import can_facilitate

modeladmin_register(topic_admin.TopicAdmin)

CONTRIBUTOR_MENU = {"images", "documents"}


@hooks.register("before_edit_page")
def edit_in_front_office(request, page):
    """« Modifier » on a page of the wiki leads to the one editor."""
    if isinstance(page.specific, WikiPage):
        return redirect(f"{page.url or '/'}modifier/")


@hooks.register("before_create_page")
def create_in_front_office(request, parent, page_class):
    if issubclass(page_class, WikiPage):
        if page_class.creatable:
            return redirect(reverse("new", args=[page_class.kind]) + f"?sous={parent.pk}")
        return redirect(parent.url or "/")


@hooks.register("before_copy_page")
def copy_in_front_office(request, page):
    """A copy would be published past the door, without author nor version."""
    if isinstance(page.specific, WikiPage):
        messages.info(
            request,
            _("Pages are not copied: write a new one, and paste the text of this one in it."),
        )
        return redirect(page.url or "/")


@hooks.register("construct_main_menu")
def short_menu(request, items):
    if not can_facilitate(request.user):
        items[:] = [item for item in items if item.name in CONTRIBUTOR_MENU]


@hooks.register("construct_page_chooser_queryset")
@hooks.register("construct_document_chooser_queryset")
@hooks.register("construct_image_chooser_queryset")
def choosers_for_facilitators(rows, request):
    """Contributors choose in the front office, by its rule; facilitators what they may read."""
    return rows if can_facilitate(request.user) else rows.none()


@hooks.register("insert_global_admin_css")
def site_colours():
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


@hooks.register("register_admin_urls", order=-1)
def own_urls():
    return [*topic_admin.urlpatterns, *file_rights.urlpatterns]
