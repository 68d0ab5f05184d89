"""Questions asked of structures; every answer starts from `visible_to`."""

from functools import cache

from django.db.models import Count, Q
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from wiki.access.visibility import marked, readable, rights, visible_to
from wiki.internals.compiled import NOTHING, Compiled
from wiki.models.paths import under
from wiki.pages.listing import Listing, Order, SpelledColumn
from wiki.text.french_order import french_key, in_french

FEW = 5
COMMUNE = SpelledColumn("commune", "commune")


def place_of(commune: str, title: str, path: str) -> tuple:
    return not commune, french_key(commune), french_key(title), path


BY_COMMUNE = Order(("commune", "title", "path"), place_of)


class StructureQuerySet(PageQuerySet):
    def listed_in(self, index, request) -> Listing:
        """The structures of an index, by commune then by name; those of no commune last."""
        return Listing(
            self.filter(under(index)).defer("body"),
            request.user,
            request.GET,
            about=(self.model, index.pk),
            order=BY_COMMUNE,
            columns=[COMMUNE],
        )

    def communes(self, user):
        """Communes with their count of structures, those that have most of them first."""
        pages = visible_to(user, self.exclude(commune=""))
        counted = pages.values("commune").annotate(total=Count("pk"))
        return counted.order_by("-total", in_french("commune")).values_list("commune", "total")

    def around(self, structure, user) -> list:
        """Structures of the same commune, the same family, or below it."""
        commune = structure.commune or NOTHING
        return _around(self.model)(*rights(user), structure.pk or NOTHING, commune)


@cache
def _around(model) -> Compiled:
    def build(closed, shut, pk: int, commune: str | None):
        same = Q(pk=None) if commune is None else Q(commune=commune)
        found = model.objects.filter(same | Q(structure_parente=pk)).exclude(pk=pk)
        return marked(shut, readable(closed, found)).order_by(in_french("title"))[:FEW]

    return Compiled(build)


StructureManager = PageManager.from_queryset(StructureQuerySet)
