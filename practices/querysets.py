"""Questions asked of practices; every answer starts from `visible_to`."""

from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from wiki.models.paths import under
from wiki.pages.listing import Listing
from wiki.text.french_order import in_french


class PracticeQuerySet(PageQuerySet):
    def listed_in(self, index, request) -> Listing:
        """The pages of an index by title, narrowed as the address says."""
        return Listing(
            self.filter(under(index)).defer("body"),
            request.user,
            request.GET,
            order=(in_french("title"), "path"),
            columns=self.model.columns,
            by_topic=True,
        )


PracticeManager = PageManager.from_queryset(PracticeQuerySet)
