"""The admin's tree of pages: what one may know of it, and buttons that lead somewhere."""

from django.utils.translation import gettext as _
from wagtail.admin.ui.tables.pages import BulkActionsColumn
from wagtail.admin.views.pages.listing import ExplorableIndexView, GenericPageFilterSet
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.admin.widgets import Button

from wiki.access.permissions import can_facilitate
from wiki.admin.door import FACILITATORS, is_open, let_in
from wiki.admin.judges import (
    anything,
    edited_page,
    form_names_open_pages,
    is_page_model,
    only,
    page,
    pages_without_closed_ones_below,
    written_page,
)
from wiki.models import WikiPage

ORDERING, COPYING = "ordering=ord", "/copy/"  # of superusers; others are told to write a new page

TREE = {
    "wagtailadmin_explore_root": {},
    "wagtailadmin_explore": {"parent_page_id": page},
    "wagtailadmin_explore_results": {"parent_page_id": page},
    "set_privacy": {"page_id": page},
    "wagtailadmin_pages:lock": {"page_id": written_page},
    "wagtailadmin_pages:unlock": {"page_id": written_page},
    # Wagtail's hooks of the wiki lead from these to the site.
    "wagtailadmin_pages:add_subpage": {"parent_page_id": page},
    "wagtailadmin_pages:add": {
        "content_type_app_name": anything,
        "content_type_model_name": is_page_model,
        "parent_page_id": page,
    },
    "wagtailadmin_pages:copy": {"page_id": written_page},
    "wagtailadmin_pages:delete": {"page_id": written_page},
}
HOME_PAGE = {
    "wagtailadmin_pages:edit": {"page_id": edited_page},
    "wagtailadmin_pages:preview_on_edit": {"page_id": edited_page},
    "wagtailadmin_editing_sessions:ping": {
        "app_label": anything,
        "model_name": is_page_model,
        "object_id": edited_page,
        "session_id": anything,
    },
    "wagtailadmin_editing_sessions:release": {"session_id": anything},
}
PUBLISHING_SEVERAL = {
    "wagtail_bulk_action": {
        "app_label": only("wagtailcore"),
        "model_name": only("page"),
        "action": only("publish"),
    }
}


class TreeFilters(GenericPageFilterSet):
    """Without those by person, whose choices name whoever wrote a closed page, nor that by what
    stands below, which counts closed pages."""

    owner = None
    edited_by = None
    has_child_pages = None

    class Meta(GenericPageFilterSet.Meta):
        pass


class KnownTree(ExplorableIndexView):
    @property
    def header_more_buttons(self):
        return leading_somewhere(self.request.user, super().header_more_buttons)

    @property
    def explorable_columns(self):
        columns = super().explorable_columns
        if self.request.user.is_superuser:
            return columns
        return [column for column in columns if not isinstance(column, BulkActionsColumn)]


class KnownTreeViewSet(PageViewSet):
    index_view_class = KnownTree
    filterset_class = TreeFilters


def leading_somewhere(user, buttons: list) -> list:
    return [button for button in buttons if is_shown(user, button)]


def is_shown(user, button) -> bool:
    if user.is_superuser:
        return True
    address = getattr(button, "url", None) or ""
    return not any(kept in address for kept in (ORDERING, COPYING)) and is_open(user, address)


def lock_buttons(user, page) -> list[Button]:
    """Locking and reserving are done on the site, by those who may; the tree lists pages that
    they know."""
    if not (page.live and can_facilitate(user) and issubclass(page.specific_class, WikiPage)):
        return []
    label = _("Unlock the page") if page.locked else _("Lock the page")
    icon = "lock-open" if page.locked else "lock"
    return [
        Button(label, f"{page.url}verrouiller/", icon_name=icon, priority=45),
        Button(_("Reserve"), f"{page.url}reserver/", icon_name="view", priority=46),
    ]


known_tree = KnownTreeViewSet()


def let_in_screens() -> None:
    let_in(FACILITATORS, TREE | HOME_PAGE, asked=form_names_open_pages)
    let_in(FACILITATORS, PUBLISHING_SEVERAL, asked=pages_without_closed_ones_below)
