"""What Wagtail's admin offers to do with a page of the site: nothing that leads nowhere."""

from wagtail.models import PagePermissionTester


class OfferedRights(PagePermissionTester):
    """Superusers apart: a page leaves the site by the trash alone, the sections that hold the
    site up stay, and the home page is changed, no more."""

    def _is(self, trait: str) -> bool:
        return self.user.is_superuser or bool(getattr(self.page.specific_class, trait, False))

    def can_move(self):
        return super().can_move() and self._is("creatable")

    def can_delete(self, ignore_bulk=False):
        return super().can_delete(ignore_bulk) and self._is("creatable")

    def can_copy(self):
        return super().can_copy() and self._is("kind")

    def can_unpublish(self):
        return super().can_unpublish() and self.user.is_superuser

    def can_reorder_children(self):
        return super().can_reorder_children() and self.user.is_superuser

    def can_lock(self):
        return super().can_lock() and self._is("kind")

    def can_view_revisions(self):
        return super().can_view_revisions() and self._is("kind")
