"""The Wagtail admin: pages of the wiki are written in the front office, menus kept short."""

from django.contrib import messages
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.permissions import register_permission_policy
from wagtail_modeladmin.options import modeladmin_register

from wiki.accounts import admin as people_admin
from wiki.admin import home
from wiki.admin.door import is_open
from wiki.admin.known_pages import known_pages
from wiki.media import admin
from wiki.models import User, WikiPage
from wiki.pages import admin_tree, redirect_admin, topic_admin

modeladmin_register(topic_admin.TopicAdmin)
register_permission_policy(User, people_admin.PeoplePolicy(User))
for action in people_admin.BULK_ACTIONS:
    hooks.register("register_bulk_action", action, order=1)  # after Wagtail's, whose place it takes


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
@hooks.register("construct_settings_menu")
@hooks.register("construct_reports_menu")
@hooks.register("construct_help_menu")
@hooks.register("construct_search")
def short_menu(request, items):
    """What leads nowhere is not offered; the tree is a link, for its menu asks a closed address."""
    items[:] = [item for item in items if item.url == "#" or is_open(request.user, item.url)]
    if not request.user.is_superuser:
        items[:] = [plain(item) if item.name == "explorer" else item for item in items]


def plain(item) -> MenuItem:
    about = {"name": item.name, "icon_name": item.icon_name, "order": item.order}
    return MenuItem(item.label, item.url, **about)


@hooks.register("construct_homepage_summary_items", order=1000)
@hooks.register("construct_homepage_panels", order=1000)
def nothing_counted(request, panels):
    """Their counts and their lists are of all pages, files and people."""
    if not request.user.is_superuser:
        panels.clear()


@hooks.register("construct_homepage_panels", order=1001)
def doors_of_the_admin(request, panels):
    panels.insert(0, home.Doors())


@hooks.register("construct_page_action_menu")
def publish_first(menu_items, request, context):
    """The home page is written to be read: what is pressed puts it online."""
    menu_items.sort(key=lambda item: item.name != "action-publish")


@hooks.register("construct_page_listing_buttons")
def short_buttons(buttons, page, user, context):
    for button in buttons:
        if hasattr(button, "dropdown_buttons"):
            button.dropdown_buttons[:] = admin_tree.leading_somewhere(user, button.dropdown_buttons)


@hooks.register("register_page_listing_more_buttons")
@hooks.register("register_page_header_buttons")
def lock_button(page, user, next_url=None, view_name=None):
    return admin_tree.lock_buttons(user, page)


@hooks.register("register_admin_viewset")
def known_tree():
    return admin_tree.known_tree


@hooks.register("construct_explorer_page_queryset")
def tree_of_known_pages(parent_page, pages, request):
    return pages_of(request, pages)


@hooks.register("construct_page_chooser_queryset")
def chosen_among_known_pages(pages, request):
    return pages_of(request, pages)


def pages_of(request, pages):
    """By id where something is searched: Wagtail's search knows no other way to narrow. Elsewhere
    that would gather all known pages of the site for each list."""
    if request.user.is_superuser:
        return pages
    if not request.GET.get("q"):
        return known_pages(request.user, pages)
    known = known_pages(request.user, Page.objects.all())
    return pages.filter(pk__in=known.values("pk"))


@hooks.register("insert_global_admin_css")
def site_colours():
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


@hooks.register("insert_global_admin_js")
def without_inline_scripts():
    return format_html('<script type="module" src="{}"></script>', static("js/admin.js"))


@hooks.register("register_admin_urls", order=-1)
def own_urls():
    return [
        *topic_admin.urlpatterns,
        *admin.urlpatterns,
        *redirect_admin.urlpatterns,
    ]
