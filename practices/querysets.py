"""Questions asked of practices; every answer starts from `visible_to`."""

from django.db.models import Prefetch
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from wiki.access.visibility import visible_to, with_closed
from wiki.models import TopicLink
from wiki.text.french_order import in_french


class PracticeQuerySet(PageQuerySet):
    def below(self, index, user) -> list:
        """The pages of an index with their topics, by title, in two queries."""
        links = TopicLink.objects.select_related("topic")
        pages = with_closed(user, visible_to(user, self.filter(path__startswith=index.path)))
        return list(
            pages.order_by(in_french("title")).prefetch_related(
                Prefetch("topic_links", queryset=links)
            )
        )


PracticeManager = PageManager.from_queryset(PracticeQuerySet)
