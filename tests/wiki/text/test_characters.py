"""One form of text at every door: composed letters, no sign that nobody can see."""

import unicodedata
from uuid import uuid4

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st
from wagtail.fields import RichTextField, StreamField

from home import models as _home  # noqa: F401 - its forms and models are enumerated
from meetings.models import Decision, MeetingPage
from structures.models import StructurePage
from tests import factories
from tests.wiki import form_filling
from wiki.accounts.forms import ProfileForm
from wiki.editing import drafts
from wiki.editing.forms import form_class
from wiki.media.attachments import file_name
from wiki.media.photos import title_from
from wiki.models import Topic, Version
from wiki.organizing import actions
from wiki.organizing.forms import AddressForm
from wiki.pages import content, kinds
from wiki.pages.normalising import normalised
from wiki.publishing.publishing import Edit, newest_version
from wiki.text import characters, form_fields
from wiki.trash.forms import DeleteForm

FOUL = "  e\u0301te\u0301 mot\u00adcou\u200bpa\u2060ble\ufeff \u200czut\x07  "
CLEAN = "été motcoupable zut"
UNSEEN = [
    "\u200b",
    "\u00ad",
    "\u200b\u00ad \u2060",
    "\u3164",
    "\u2800",
    "\u00a0",
    "…",
    "---",
    "\n\t",
]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("mot\u00adcou\u00adpable", "motcoupable"),
        ("zéro\u200blargeur", "zérolargeur"),
        ("\u2060a\ufeffb\u200cc\u200dd\u180ee", "abcde"),
        ("e\u0301", "é"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\x00\x0b\x1b\x9fb\ud800c\uffff", "abc"),
        ("\uf0b7 puce", " puce"),
        ("a\u202egpj.exe", "agpj.exe"),
        ("a\u200e b", "a b"),
        ("x\U000e0067\U000e0067", "x"),
        ("a\tb", "a\tb"),
        ("10\u00a0h\u202f!", "10\u00a0h\u202f!"),
        ("A\u200fB", "AB"),
        ("le \u061c10 mars", "le 10 mars"),
    ],
)
def test_signs_that_nobody_sees_are_left_out(text, kept):
    assert characters.normal(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        *("👨\u200d👩\u200d👧", "❤\ufe0f", "👩🏽\u200d⚕\ufe0f", "🏳\ufe0f\u200d🌈", "1\ufe0f\u20e3"),
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        *("می\u200cخواهم", "क्\u200dष", "שלום\u200f!"),
    ],
)
def test_signs_that_mean_something_where_they_stand_are_kept(text):
    assert characters.normal(text) == text


@given(st.text(st.characters(exclude_characters='\u0338<>="')))
def test_the_form_of_any_text_is_its_own_form(text):
    once = characters.normal(text)
    assert characters.normal(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "\u00ad" not in once


def test_composing_letters_never_makes_other_markup():
    assert characters.normal("<p>\u0338a</p>=\u0338").count("<") == 2


@pytest.mark.parametrize(
    ("text", "folded"),
    [("10\u00a0h  30", "10\u00a0h 30"), (" a \u202f!\n", "a\u202f!"), ("a\u2003b\tc", "a b c")],
)
def test_folding_blanks_keeps_those_that_do_not_break(text, folded):
    assert characters.folded(text) == folded


OURS = {"wiki", "search", "practices", "structures", "meetings", "home"}
OTHERS = {"wagtailimages.Image", "wagtaildocs.Document"}
# Made by the site of what is in its one form already, or never read by people.
MADE = {
    *("Draft", "PageTitle", "PageLink", "BrokenLink", "Audience", "TrashedPage", "SearchEntry"),
    *(
        "FileText",
        "VocabularyWord",
        "ZeroResultSearch",
        "Outgoing",
        "PageNames",
        "Trash",
        "LeakCheck",
    ),
}


def written_models() -> list[type[models.Model]]:
    """Models that hold what people write."""
    found = [
        model
        for model in apps.get_models()
        if (model._meta.app_label in OURS or model._meta.label in OTHERS)
        and model.__name__ not in MADE
        and any(isinstance(field, (models.CharField, models.TextField)) for field in own(model))
    ]
    return found


def own(model) -> list[models.Field]:
    return [f for f in model._meta.concrete_fields if not f.choices and f.name not in NOT_WRITTEN]


NOT_WRITTEN = {
    *("path", "url_path", "slug", "draft_title", "seo_title", "search_description", "password"),
    *("file", "file_hash", "key", "content_digest", "digest"),
}
BY_THE_DOOR = {*kinds.all_kinds().values()}


def test_every_text_that_people_write_is_settled_when_it_is_saved():
    """A model that is new either goes through the publishing door or is settled by itself."""
    from django.db.models.signals import pre_save

    lacking = []
    for model in written_models():
        is_page = hasattr(model, "url_path") or hasattr(model, "page") or hasattr(model, "page_id")
        names = [str(receiver) for receiver in pre_save._live_receivers(model)[0]]
        if not is_page and not any("on_saving" in name for name in names):
            lacking.append(model.__name__)
    assert lacking == []


@pytest.mark.parametrize("model", kinds.all_kinds().values(), ids=lambda model: model.__name__)
def test_every_text_of_a_kind_is_settled_by_the_publishing_door(model):
    rows = [f for row in content.child_relations(model).values() for f in content.row_fields(row)]
    for field in [*content.written_fields(model), *rows]:
        if isinstance(field, RichTextField):
            assert CLEAN.split()[1] in normalised(field, f"<p>{FOUL}</p>")
        elif isinstance(field, (models.CharField, models.TextField)) and not field.choices:
            value = [FOUL] if isinstance(field.to_python(""), list) else FOUL
            assert normalised(field, value) in (CLEAN, [CLEAN]), field
        else:
            assert not isinstance(field, StreamField), field


def short_forms() -> dict[str, forms.Field]:
    """The controls of text of every form of the site, those of pages included."""
    classes = [AddressForm, DeleteForm, ProfileForm, *map(form_class, kinds.all_kinds().values())]
    return {
        f"{made.__name__}.{name}": field
        for made in classes
        for name, field in made.base_fields.items()
        if isinstance(field, forms.CharField) and not isinstance(field, forms.UUIDField)
        if not isinstance(field.widget, forms.PasswordInput)  # compared, never stored
    }


@pytest.mark.parametrize("name", short_forms())
def test_every_control_of_text_gives_the_one_form(name):
    field = short_forms()[name]
    own_kinds = (form_fields.LineField, form_fields.LinesField, form_fields.ReadField)
    assert isinstance(field, own_kinds) or name.endswith(".body"), name


@pytest.fixture
def writer(contributor, logged_in):
    return logged_in(contributor)


@pytest.mark.django_db
def test_what_a_form_sends_is_stored_in_one_form(writer):
    answer = form_filling.write(
        writer, "article", title=FOUL, summary=FOUL, body=f"<p>{FOUL}&shy;</p>", topics=FOUL,
        edit_summary=FOUL,
    )  # fmt: skip
    assert answer.status_code == 302, answer.content.decode()[:500]
    version = Version.objects.order_by("-pk").first()
    assert version.title == version.content["title"] == version.content["summary"] == CLEAN
    assert version.summary == CLEAN
    assert version.content["topics"] == [CLEAN]
    assert "motcoupable" in version.content["body"]
    assert unicodedata.is_normalized("NFC", version.content["body"])


@pytest.mark.django_db
def test_what_an_importer_publishes_is_stored_in_one_form(contributor):
    page = factories.page(
        MeetingPage, title=FOUL, agenda=FOUL, date="2026-03-12", topics=[FOUL],
        decisions=[Decision(text=FOUL, outcome=FOUL)],
    )  # fmt: skip
    held = newest_version(page).content
    assert [held["title"], held["agenda"], held["topics"]] == [CLEAN, CLEAN, [CLEAN]]
    assert held["decisions"] == [{"text": CLEAN, "outcome": CLEAN}]
    actions.rename(page, f"{FOUL} bis", False, Edit(author=contributor))
    assert newest_version(page).title == f"{CLEAN} bis"


@pytest.mark.django_db
def test_a_draft_holds_the_one_form(contributor):
    data = QueryDict(mutable=True)
    data.update({"title": FOUL, "body": f"<p>{FOUL}</p>"})
    draft = drafts.save(contributor, uuid4(), data, None, "article")
    assert draft.title == CLEAN
    assert "motcoupable" in draft.data["fields"]["body"][0]


@pytest.mark.django_db
def test_the_name_that_signs_is_in_one_form(contributor, writer):
    writer.post("/profil/", {"display_name": FOUL, "email": contributor.email})
    contributor.refresh_from_db()
    assert contributor.display_name == CLEAN


@pytest.mark.sampled(every=4)
@pytest.mark.django_db
@pytest.mark.parametrize("title", UNSEEN)
def test_a_title_that_nobody_can_read_is_refused_at_every_door(writer, guideline, title):
    for answer in (
        form_filling.write(writer, "article", title=title),
        form_filling.edit(writer, guideline, title=title),
        writer.post(f"{guideline.address}renommer/", {"title": title}),
    ):
        assert answer.status_code == 422
    with pytest.raises(ValidationError):
        factories.page(title=title)
    with pytest.raises(ValidationError):
        actions.rename(guideline, title, True, Edit())
    answer = form_filling.write(
        writer, "article", title="Un titre", topics=f"wifi, {title}x\u200b, ?"
    )
    assert answer.status_code == 422


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["\u200b\u00ad", "…"])
def test_a_name_that_nobody_can_read_does_not_sign(contributor, writer, name):
    writer.post("/profil/", {"display_name": name, "email": contributor.email})
    contributor.refresh_from_db()
    assert characters.can_be_read(contributor.public_name)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Été", "E\u0301te\u0301"),
        ("l’école", "l'ecole"),
        ("Œuvre", "OEUVRE"),
        ("co\u00adop", "coop"),
        ("Wi‑fi", "wi-fi"),
    ],
)
def test_names_that_differ_by_their_form_only_are_one_topic(first, second):
    one, other = Topic.objects.named([first, second]), Topic.objects.named([second])
    assert one == other


@pytest.mark.django_db
def test_a_topic_keeps_its_address_and_is_found_by_its_name():
    old = Topic.objects.create(name="l’école", slug="lecole")
    assert Topic.objects.named(["L'école"]) == [old]
    assert Topic.objects.named(["l’usine"])[0].slug == "l-usine"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [("Relevé d’impôts.PDF", "releve-d-impots.pdf"), ("e\u0301te\u0301\u202e.odt", "ete.odt")],
)
def test_the_name_of_a_file_is_an_address(sent, kept):
    assert file_name(sent) == kept
    assert unicodedata.is_normalized("NFC", title_from(sent))


@pytest.mark.django_db
def test_a_pair_of_coordinates_and_french_facts_are_published(writer):
    answer = form_filling.write(
        writer, "lieu", title="Lieu d’essai", latitude="47.1673, 0.2375", code_postal="37 500",
        telephone="02 47 93 77 88", horaires="lundi 9h-12h et 14h-17h",
        courriels="a@exemple.fr et b@exemple.fr", site_web="www.exemple.fr",
    )  # fmt: skip
    assert answer.status_code == 302, answer.content.decode()[:500]
    place = StructurePage.objects.get(title="Lieu d’essai")
    assert (place.latitude, place.longitude, place.code_postal) == (47.1673, 0.2375, "37500")
    assert (place.telephone, place.horaires) == ("+33247937788", "Mo 09:00-12:00,14:00-17:00")
    assert place.courriels == ["a@exemple.fr", "b@exemple.fr"]
    assert place.site_web == ["https://www.exemple.fr"]
    form = form_filling.opened(writer, place)
    assert form["telephone"] == ["02 47 93 77 88"]
    assert form["horaires"][0].replace("\u00a0", " ") == "lundi de 9 h à 12 h et de 14 h à 17 h"
    form_filling.edit(writer, place, title="Lieu d’essai bis")
    assert StructurePage.objects.get(pk=place.pk).horaires == place.horaires


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [
        ("Un mot", 6, "Un mot"),
        ("Un mot de trop", 8, "Un mot…"),
        ("Un mot\u00a0; un autre", 9, "Un mot…"),
        ("anticonstitutionnellement", 4, "anti…"),
    ],
)
def test_a_text_is_cut_between_two_words(text, most, shown):
    assert characters.shortened(text, most) == shown
