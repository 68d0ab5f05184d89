"""Places and bodies that help people with digital life.

Field names are those of the national standard of digital mediation places (v1.0.2), so
that nothing is renamed on the way to an export. What the standard lacks has an English name.
"""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from structures import opening_hours, standard
from structures.querysets import StructureManager
from wiki.fields import ChoiceListField
from wiki.models import WikiPage
from wiki.models.pages import IndexPage

international_phone = RegexValidator(
    r"^\+\d{6,14}$", _("Write the number with +33 and no blank: +33247000000.")
)
postal_code = RegexValidator(r"^\d{5}$", _("A postal code has 5 digits: 37500."))
insee_code = RegexValidator(r"^([013-9]\d|2[AB1-9])\d{3}$", _("An INSEE code has 5 signs: 37072."))


class StructureIndexPage(IndexPage):
    """All structures, by commune."""

    template = "structures/structure_index_page.html"

    class Meta:
        verbose_name = _("index of places")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        commune = request.GET.get("commune", "")
        structures = StructurePage.objects.below(self, request.user)
        context["communes"] = sorted({s.commune for s in structures if s.commune})
        context["structures"] = [s for s in structures if commune in ("", s.commune)]
        context["commune"] = commune
        return context


class StructurePage(WikiPage):
    typologie = ChoiceListField(_("type"), choices=standard.TYPOLOGIES)
    pivot = models.CharField(
        _("SIRET or RNA"),
        max_length=14,
        blank=True,
        validators=[
            RegexValidator(
                r"^[a-zA-Z0-9]{9,14}$", _("A SIRET has 14 digits, an RNA starts with W.")
            )
        ],
    )
    commune = models.CharField(_("commune"), max_length=80, blank=True)
    code_postal = models.CharField(
        _("postal code"), max_length=5, blank=True, validators=[postal_code]
    )
    code_insee = models.CharField(
        _("INSEE code"), max_length=5, blank=True, validators=[insee_code]
    )
    adresse = models.CharField(_("address"), max_length=255, blank=True)
    complement_adresse = models.CharField(_("address, continued"), max_length=255, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    telephone = models.CharField(
        _("telephone"), max_length=15, blank=True, validators=[international_phone]
    )
    courriels = ChoiceListField(
        _("e-mail addresses"),
        help_text=_("Addresses of the place, not of a person; several are separated by |."),
    )
    site_web = ChoiceListField(
        _("websites"), help_text=_("With https://; several are separated by |.")
    )
    horaires = models.CharField(
        _("opening hours"),
        max_length=255,
        blank=True,
        validators=[opening_hours.validate],
        help_text=_("In the syntax of OpenStreetMap: Mo-Fr 09:00-12:00,14:00-17:00."),
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
        _("other trainings and labels"), help_text=_("Several are separated by |.")
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
    template = "structures/structure_page.html"

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")

    def __str__(self):
        return self.title

    @property
    def types(self) -> list[str]:
        return StructurePage._meta.get_field("typologie").labels(self.typologie)

    @property
    def telephone_display(self) -> str:
        """« 02 47 00 00 00 » for French numbers, else as written."""
        if not self.telephone.startswith("+33"):
            return self.telephone
        digits = "0" + self.telephone[3:]
        return " ".join(digits[i : i + 2] for i in range(0, len(digits), 2))

    @property
    def week(self) -> list[opening_hours.Day]:
        return opening_hours.week(self.horaires) if self.horaires else []

    def facets(self) -> dict[str, dict[str, str]]:
        field = self._meta.get_field("publics_specifiquement_adresses")
        publics = field.named(self.publics_specifiquement_adresses).values()
        return {
            "commune": {slugify(self.commune): self.commune} if self.commune else {},
            "public": {slugify(name): name for name in publics},
        }

    def references(self) -> list[int]:
        places = [row.place_id for row in self.permanences.all()]
        return [pk for pk in [self.structure_parente_id, *places] if pk]

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        pages = context["visible_pages"]
        for permanence in (rows := list(self.permanences.all())):
            permanence.page_of_place = pages.get(permanence.place_id)
        context["permanences"] = rows
        context["parent_structure"] = pages.get(self.structure_parente_id)
        context["nearby"] = StructurePage.objects.around(self, request.user)
        return context


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
