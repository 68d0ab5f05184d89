"""The admin's tree of pages: what one may know of it, and buttons that lead somewhere."""

from wagtail.admin.ui.tables.pages import BulkActionsColumn
from wagtail.admin.views.pages.listing import ExplorableIndexView, GenericPageFilterSet
from wagtail.admin.viewsets.pages import PageViewSet

from wiki.admin_door import is_open


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
    return "ordering=ord" not in address and is_open(user, address)


known_tree = KnownTreeViewSet()
