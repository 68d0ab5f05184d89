"""The forms themselves: what they offer, and that every control can be named and found."""

from urllib.parse import urlencode

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from lxml import html
from wagtail.models import Page

from meetings.models import MeetingPage
from practices.models import GuidelinePage, TrainingMaterialPage
from structures.models import StructurePage
from tests import factories
from tests.wiki import form_filling, secrets
from wiki.editing.form_data import completed
from wiki.editing.forms import errors_by_field, form_class
from wiki.editing.suggestions import suggested_topics
from wiki.pages import kinds

pytestmark = pytest.mark.django_db
SHORT = ["renommer", "deplacer", "supprimer"]


@pytest.fixture
def animator(facilitator, logged_in):
    return logged_in(facilitator)


def screens(guideline) -> list[str]:
    return [
        *(f"/nouveau/{kind}/" for kind in kinds.all_kinds()),
        f"{guideline.address}modifier/",
        *(f"{guideline.address}{action}/" for action in SHORT),
        *("/profil/", "/profil/mot-de-passe/"),
    ]


def root_of(response):
    return html.fromstring(response.content)


def unnamed(root) -> list[str]:
    """Controls that neither a label nor an attribute names."""
    labelled = set(root.xpath("//label/@for"))
    controls = root.xpath(
        "//input[@type != 'hidden' and @type != 'submit'] | //select | //textarea"
    )
    return [
        control.get("name")
        for control in controls
        if control.get("id") not in labelled
        and not control.xpath("ancestor::label")
        and not control.get("aria-label")
    ]


def test_every_control_has_a_label_and_every_id_is_its_own(animator, guideline):
    for address in screens(guideline):
        root = root_of(animator.get(address))
        ids = root.xpath("//@id")
        assert len(ids) == len(set(ids)), address
        assert unnamed(root) == [], address
        for described in root.xpath("//@aria-describedby"):
            assert set(described.split()) <= set(ids), (address, described)


def test_errors_are_tied_to_their_control(animator, guideline):
    answer = form_filling.edit(animator, guideline, title="", summary="x" * 300)
    root = root_of(answer)
    for name in ("title", "summary"):
        (control,) = root.xpath(f"//*[@name='{name}']")
        assert control.get("aria-invalid") == "true"
        described = control.get("aria-describedby").split()
        texts = [root.get_element_by_id(one).text_content() for one in described]
        assert any(text.strip() for text in texts)
        assert root.xpath(f"//*[@role='alert']//a[@href='#{control.get('id')}']")


def test_no_message_of_a_form_is_in_english(animator, guideline):
    answer = form_filling.edit(animator, guideline, title="", topics="???", review_on="x")
    text = root_of(answer).text_content()
    for word in ("required", "Enter a", "This field", "Select a valid", "is not a word"):
        assert word not in text


def test_every_written_field_stands_in_the_form_of_its_kind():
    for model in kinds.all_kinds().values():
        form = form_class(model)(instance=model(), user=factories.person())
        shown = {field.name for field in [*form.sections, *form.settings]} | {"body"}
        assert set(form.Meta.fields) <= shown


@pytest.mark.parametrize("typed", ["{pk}", "Lieu réservé"])
def test_pages_that_a_form_accepts_are_those_one_may_read(contributor, typed):
    place = factories.page(StructurePage, title="Lieu réservé")
    factories.restricted_to_groups(place, "Bureau")
    words = typed.format(pk=place.pk)
    name = "{}" if words.isdigit() else "{}-words"
    fields = ("structure_parente", "permanences-0-place")
    data = {**{name.format(one): words for one in fields}, "permanences-TOTAL_FORMS": "1"}
    for person, seen in ((contributor, False), (factories.person("Bureau"), True)):
        page, sent = StructurePage(), QueryDict(urlencode(data))
        form = form_class(StructurePage)(completed(sent, page), instance=page, user=person)
        form.is_valid()
        row = form.formsets["permanences"].forms[0]
        assert form.cleaned_data.get("structure_parente") == (place if seen else None)
        assert row.cleaned_data.get("place") == (place if seen else None)


def test_choices_of_documents_are_those_one_may_read(contributor):
    secret = secrets.guideline("choix", Page.objects.get(slug="situations"), set())
    factories.restricted_to_groups(secret.page, "Bureau")
    for person, seen in ((contributor, False), (factories.person("Bureau"), True)):
        form = form_class(TrainingMaterialPage)(instance=TrainingMaterialPage(), user=person)
        offered = [value for value, _label in form.fields["document"].choices]
        assert (str(secret.document.pk) in offered) is seen


def test_topics_are_suggested_from_pages_one_may_read(contributor):
    page = factories.page(topics=["Guinguette"])
    assert "Guinguette" in suggested_topics(contributor).names
    factories.restricted_to_groups(page, "Bureau")
    assert "Guinguette" not in suggested_topics(contributor).names


def test_a_page_is_moved_only_where_one_may_read(animator):
    room = factories.page(title="Salle réservée")
    page = factories.page(title="À déplacer")
    factories.restricted_to_groups(room, "Bureau")
    text = animator.get(f"{page.address}deplacer/").content.decode()
    assert "Salle réservée" not in text
    answer = animator.post(f"{page.address}deplacer/", {"parent": room.pk})
    assert answer.status_code == 422


def test_errors_of_a_page_are_told_beside_their_field_or_above_the_form(contributor):
    form = form_class(GuidelinePage)({"title": "x"}, instance=GuidelinePage(), user=contributor)
    form.refuse(ValidationError({"title": ["Trop court."], "slug": ["Adresse prise."]}))
    form.refuse(ValidationError("Rien ne va."))
    assert "Trop court." in form.errors["title"]
    assert set(form.non_field_errors()) == {"Adresse prise.", "Rien ne va."}


def test_errors_without_field_are_kept_together():
    assert errors_by_field(ValidationError("a"))[None][0].message == "a"


def test_no_line_is_left_out_for_fewer_are_told(logged_in, contributor):
    writer = logged_in(contributor)
    form = {**form_filling.blank(writer, "reunion"), "title": "Réunion", "date": "2026-12-01"}
    sent = {"decisions-3-text": "La quatrième", "decisions-TOTAL_FORMS": "1"}
    assert writer.post("/nouveau/reunion/", {**form, **sent}).status_code == 302
    made = MeetingPage.objects.get(title="Réunion")
    assert [one.text for one in made.decisions.all()] == ["La quatrième"]
