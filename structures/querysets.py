"""Questions asked of structures; every answer starts from `visible_to`."""

from django.db.models import Count, Q, Value
from django.db.models.functions import NullIf
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from wiki.access.visibility import visible_to, with_closed
from wiki.models.paths import under
from wiki.pages.listing import Listing, SpelledColumn
from wiki.text.french_order import in_french

FEW = 5
COMMUNE = SpelledColumn("commune", "commune")


class StructureQuerySet(PageQuerySet):
    def listed_in(self, index, request) -> Listing:
        """The structures of an index, by commune then by name; those of no commune last."""
        commune_or_none = NullIf("commune", Value(""))
        return Listing(
            self.filter(under(index)).defer("body"),
            request.user,
            request.GET,
            order=(in_french(commune_or_none).asc(nulls_last=True), in_french("title"), "path"),
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
