"""Places and bodies that help people with digital life.

Field names are those of the national standard of digital mediation places (v1.0.2), so
that nothing is renamed on the way to an export. What the standard lacks has an English name.
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from structures import codes, coordinates, hours_besides, opening_hours, standard
from structures.querysets import COMMUNE, StructureManager
from structures.telephones import telephone_in_words, telephone_of
from wiki.models import WikiPage
from wiki.models.pages import IndexPage
from wiki.pages.facets import Facet
from wiki.text.addresses import slug_of
from wiki.text.model_fields import ChoiceListField, DegreesField, ReadLineField
from wiki.text.numbers import in_french
from wiki.text.web_addresses import mail_of, mails_in, site_of, sites_in


class StructureIndexPage(IndexPage):
    """All structures, by commune."""

    template = "structures/structure_index_page.html"
    is_creatable = False
    lists = "structures.StructurePage"

    class Meta:
        verbose_name = _("index of places")

    def around(self, request, pages):
        listing = StructurePage.objects.listed_in(self, request)
        communes = listing.facet(COMMUNE.facet)
        name_one_way(listing.rows, communes)
        return {"listing": listing, "structures": listing.rows, "communes": communes}


def name_one_way(structures: list, communes: Facet) -> None:
    """In memory, each commune as most of the structures write it: « CHINON » is « Chinon »."""
    names = {option.value: option.name for option in communes.options}
    for structure in structures:
        structure.commune = names.get(slug_of(structure.commune), "")


class StructurePage(WikiPage):
    typologie = ChoiceListField(_("type"), choices=standard.TYPOLOGIES)
    pivot = ReadLineField(
        _("SIRET or RNA"),
        max_length=14,
        blank=True,
        read=codes.pivot_of,
        said=codes.pivot_in_words,
    )
    commune = models.CharField(_("commune"), max_length=80, blank=True)
    code_postal = ReadLineField(
        _("postal code"),
        max_length=5,
        blank=True,
        read=codes.postal_code_of,
        inputmode="numeric",
    )
    code_insee = ReadLineField(_("INSEE code"), max_length=5, blank=True, read=codes.insee_code_of)
    adresse = models.CharField(_("address"), max_length=255, blank=True)
    complement_adresse = models.CharField(_("address, continued"), max_length=255, blank=True)
    latitude = DegreesField(
        _("latitude"),
        null=True,
        blank=True,
        read=coordinates.latitude_of,
        help_text=_("For instance 47,1673. Both may be pasted here: 47.1673, 0.2375."),
    )
    longitude = DegreesField(_("longitude"), null=True, blank=True, read=coordinates.longitude_of)
    telephone = ReadLineField(
        _("telephone"),
        max_length=15,
        blank=True,
        read=telephone_of,
        said=telephone_in_words,
        inputmode="tel",
        help_text=_("For instance 02 47 93 77 88, or 3949."),
    )
    courriels = ChoiceListField(
        _("e-mail addresses"),
        parted=mails_in,
        read=mail_of,
        help_text=_("Addresses of the place, not of a person. Put a blank between two."),
    )
    site_web = ChoiceListField(
        _("websites"),
        parted=sites_in,
        read=site_of,
        help_text=_("For instance www.exemple.fr. Put a blank between two."),
    )
    horaires = ReadLineField(
        _("opening hours"),
        max_length=255,
        blank=True,
        read=opening_hours.hours_of,
        said=opening_hours.hours_in_words,
        help_text=_("For instance: lundi 9h-12h et 14h-17h, mercredi 14h-18h."),
    )
    hours_note = models.TextField(_("opening hours, in words"), blank=True)
    services = ChoiceListField(_("services"), choices=standard.SERVICES)
    publics_specifiquement_adresses = ChoiceListField(_("publics"), choices=standard.PUBLICS)
    prise_en_charge_specifique = ChoiceListField(
        _("special care"), choices=standard.PRISES_EN_CHARGE
    )
    frais_a_charge = ChoiceListField(_("fees"), choices=standard.FRAIS)
    fees_note = models.TextField(_("fees, in words"), blank=True)
    itinerance = ChoiceListField(_("itinerancy"), choices=standard.ITINERANCES)
    structure_parente = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="structures_filles",
        verbose_name=_("parent structure"),
    )
    modalites_acces = ChoiceListField(_("ways to come"), choices=standard.MODALITES_ACCES)
    modalites_accompagnement = ChoiceListField(
        _("ways of helping"), choices=standard.MODALITES_ACCOMPAGNEMENT
    )
    dispositif_programmes_nationaux = ChoiceListField(
        _("national programmes"), choices=standard.DISPOSITIFS
    )
    formations_labels = ChoiceListField(
        _("trainings and labels"), choices=standard.FORMATIONS_LABELS
    )
    autres_formations_labels = ChoiceListField(
        _("other trainings and labels"), help_text=_("Put ; between two.")
    )
    fiche_acces_libre = models.URLField(_("Acceslibre page"), blank=True)
    prise_rdv = models.URLField(_("appointments online"), blank=True)
    equipment = models.TextField(_("equipment"), blank=True, help_text=_("One thing a line."))

    objects = StructureManager()

    kind = "lieu"
    kind_rank = 40
    kind_name = _("place")
    kind_plural = _("places")
    title_label = _("Name of the place")
    parent_model = "structures.StructureIndexPage"
    child_rows = ("permanences", "labels")
    for_machines = ("pivot", "code_insee", "latitude", "longitude")
    seldom_fields = (
        *("pivot", "code_insee", "complement_adresse", "latitude", "longitude", "itinerance"),
        *("publics_specifiquement_adresses", "prise_en_charge_specifique", "structure_parente"),
        *("modalites_accompagnement", "dispositif_programmes_nationaux", "formations_labels"),
        *("autres_formations_labels", "fiche_acces_libre"),
    )
    skeleton = (
        "<h2>Ce qu’on y fait</h2>\n<p></p>\n<h2>Sur place</h2>\n<p></p>\n"
        "<h2>Pour qui</h2>\n<p></p>\n<h2>Bon à savoir</h2>\n<p></p>"
    )
    beside = ("parent_structure", "nearby")
    placing_fields = ("commune", "structure_parente")
    told_apart_by = "commune"
    template = "structures/structure_page.html"

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")

    def __str__(self):
        return self.title

    def clean(self):
        super().clean()
        if self.pk and self.structure_parente_id == self.pk:
            raise ValidationError({"structure_parente": _("A place is not a part of itself.")})
        missing = [name for name in coordinates.NAMES if getattr(self, name) is None]
        if len(missing) == 1:
            raise ValidationError(
                {missing[0]: _("A place on the map needs both its latitude and its longitude.")}
            )

    @classmethod
    def spread(cls, typed) -> dict[str, str]:
        """The latitude and the longitude, pasted from a map in the control of either."""
        both = [typed.get(name, "") for name in coordinates.NAMES]
        pairs = [pair for text in both if (pair := coordinates.pair_in(text))]
        others = {text for text in both if text.strip() and not coordinates.pair_in(text)}
        if not pairs or others:
            return {}
        return dict(zip(coordinates.NAMES, map(in_french, pairs[0]), strict=True))

    @property
    def types(self) -> list[str]:
        return StructurePage._meta.get_field("typologie").labels(self.typologie)

    @property
    def types_untold(self) -> list[str]:
        """Those that its title does not say already."""
        title = self.title.casefold()
        return [name for name in self.types if name.casefold() not in title]

    @property
    def telephone_display(self) -> str:
        """« 02 47 00 00 00 », as people say it."""
        return telephone_in_words(self.telephone)

    @property
    def holidays(self) -> str:
        """What is said of public holidays, in words; empty when nothing is."""
        return opening_hours.on_holidays(self.horaires)

    @property
    def hours_besides(self) -> list[str]:
        """What the week cannot say of the hours: school holidays, seasons, dates, notes."""
        return hours_besides.besides(self.horaires)

    @property
    def today(self) -> opening_hours.Day | None:
        return opening_hours.on_day(self.horaires, timezone.localdate()) if self.horaires else None

    @property
    def week(self) -> list[opening_hours.Day]:
        return opening_hours.week(self.horaires) if self.horaires else []

    def facets(self) -> dict[str, dict[str, str]]:
        field = self._meta.get_field("publics_specifiquement_adresses")
        publics = field.named(self.publics_specifiquement_adresses).values()
        return {
            COMMUNE.facet: COMMUNE.values(StructurePage, self.commune),
            "public": {slug_of(name): name for name in publics},
        }

    def references(self) -> list[int]:
        places = [row.place_id for row in self.permanences.all()]
        return [pk for pk in [self.structure_parente_id, *places] if pk]

    def around(self, request, pages):
        for permanence in (rows := list(self.permanences.all())):
            permanence.page_of_place = pages.get(permanence.place_id)
        return {
            "permanences": rows,
            "parent_structure": pages.get(self.structure_parente_id),
            "nearby": StructurePage.objects.around(self, request.user),
        }


class Permanence(Orderable):
    """Regular presence of a structure in another place."""

    page = ParentalKey(StructurePage, on_delete=models.CASCADE, related_name="permanences")
    place = models.ForeignKey(
        StructurePage,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="permanences_hosted",
        verbose_name=_("in this place"),
    )
    place_name = models.CharField(_("or elsewhere"), max_length=120, blank=True)
    rhythm = models.CharField(_("when"), max_length=120, blank=True)
    note = models.CharField(_("note"), max_length=255, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("permanence")
        verbose_name_plural = _("permanences")


class Label(Orderable):
    """A label or agreement with the year it was given."""

    page = ParentalKey(StructurePage, on_delete=models.CASCADE, related_name="labels")
    name = models.CharField(_("label"), max_length=120)
    year = models.PositiveSmallIntegerField(_("since"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=255, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("label")
        verbose_name_plural = _("labels")
