"""Questions asked of structures; every answer starts from `visible_to`."""

from django.db.models import Count, Q
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from wiki.access.visibility import visible_to, with_closed
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
        same = Q(commune=structure.commune) if structure.commune else Q(pk=None)
        family = Q(structure_parente=structure.pk)
        pages = with_closed(user, visible_to(user, self.filter(same | family)))
        return list(pages.exclude(pk=structure.pk).order_by(in_french("title"))[:FEW])


StructureManager = PageManager.from_queryset(StructureQuerySet)
