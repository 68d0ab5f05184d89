"""Questions asked of practices; every answer starts from `visible_to`."""

from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from wiki.models.paths import under
from wiki.pages.listing import Listing, Order
from wiki.text.french_order import french_key

BY_TITLE = Order(("title", "path"), lambda title, path: (french_key(title), path))


class PracticeQuerySet(PageQuerySet):
    def listed_in(self, index, request) -> Listing:
        """The pages of an index by title, narrowed as the address says."""
        return Listing(
            self.filter(under(index)).defer("body"),
            request.user,
            request.GET,
            about=(self.model, index.pk),
            order=BY_TITLE,
            columns=self.model.columns,
            by_topic=True,
        )


PracticeManager = PageManager.from_queryset(PracticeQuerySet)
