"""The admin's tree of pages: what one may know of it, and buttons that lead somewhere."""

from django.utils.translation import gettext as _
from wagtail.admin.ui.tables.pages import BulkActionsColumn
from wagtail.admin.views.pages.listing import ExplorableIndexView, GenericPageFilterSet
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.admin.widgets import Button

from wiki.access.admin_door import is_open
from wiki.access.permissions import can_facilitate
from wiki.models import WikiPage

ORDERING, COPYING = "ordering=ord", "/copy/"  # of superusers; others are told to write a new page


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
