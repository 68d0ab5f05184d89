"""Fields of forms that name a page: places typed by their name, chosen, kept and refused."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from meetings.models import Attendance, MeetingPage
from structures.models import Permanence, StructurePage
from tests import factories
from tests.wiki import form_filling
from tests.wiki.form_filling import COMMON
from tests.wiki.screens import form_of, main_text
from wiki.editing import boxes
from wiki.models import Draft
from wiki.pages.kinds import all_kinds
from wiki.publishing.publishing import newest_version

pytestmark = pytest.mark.django_db
WORDS = "structure_parente-words"
MEETING = {**COMMON, "date": "2021-03-04"}


def place(title: str, commune: str = "", **fields) -> StructurePage:
    return factories.page(StructurePage, title=title, commune=commune, **fields)


def parent_of(page) -> int | None:
    return newest_version(page).content["structure_parente"]


def control(answer, name: str):
    (found,) = html.fromstring(answer.content).xpath(f"//input[@name='{name}']")
    return found


def error_of(answer, name: str) -> str:
    """The message that the control of this name is described by."""
    root, described = html.fromstring(answer.content), control(answer, name)
    assert described.get("aria-invalid") == "true"
    ids = described.get("aria-describedby").split()
    texts = [root.get_element_by_id(one).text_content() for one in ids if one.endswith("_error")]
    return " ".join(" ".join(texts).split())


@pytest.fixture
def few_boxes(monkeypatch):
    """As on a site of more places than have a box."""
    monkeypatch.setattr(boxes, "MOST_BOXES", 2)


# Choosing.


@pytest.mark.parametrize(
    "typed", ["Maison du Zinzolin", "  maison  du ZINZOLIN ", "Maison du Zinzolin (Brimbelle)"]
)
def test_a_typed_name_that_is_of_one_place_is_that_place(writer, typed):
    above, page = place("Maison du Zinzolin", "Brimbelle"), place("Antenne")
    assert form_filling.edit(writer, page, **{WORDS: typed}).status_code == 302
    assert parent_of(page) == above.pk
    assert "Maison du Zinzolin" in main_text(writer.get(page.address))
    again = form_filling.opened(writer, page)
    assert again[WORDS] == ["Maison du Zinzolin (Brimbelle)"]


def test_what_was_chosen_holds_though_its_place_has_a_new_name(writer):
    above, page = place("Ancien nom"), place("Antenne")
    form_filling.edit(writer, page, **{WORDS: "Ancien nom"})
    form = form_filling.opened(writer, page)
    factories.edited(above, title="Nouveau nom")
    answer = writer.post(f"{page.address}modifier/", {**form, "summary": "Autre"})
    assert answer.status_code == 302
    assert parent_of(page) == above.pk
    assert form_filling.opened(writer, page)[WORDS] == ["Nouveau nom"]


def test_an_emptied_field_names_nothing(writer):
    above = place("Zinzolin")
    page = place("Antenne", structure_parente=above)
    assert form_filling.edit(writer, page, **{WORDS: ""}).status_code == 302
    assert parent_of(page) is None


def test_other_words_take_the_place_of_what_was_chosen(writer):
    page = place("Antenne", structure_parente=place("Zinzolin"))
    other = place("Brimborion")
    form_filling.edit(writer, page, **{WORDS: "brimborion"})
    assert parent_of(page) == other.pk


def test_rows_name_their_own_place(writer):
    first, second = place("Zinzolin"), place("Brimborion")
    page = place("Antenne", permanences=[Permanence(place=first, rhythm="lundi")])
    form = form_filling.opened(writer, page)
    assert form["permanences-0-place-words"] == ["Zinzolin"]
    form_filling.edit(writer, page, **{"permanences-1-place-words": "Brimborion"})
    rows = newest_version(page).content["permanences"]
    assert [row["place"] for row in rows] == [first.pk, second.pk]


# What is not clear.


def test_an_unknown_name_is_told_with_the_nearest_ones_and_stays_typed(writer):
    place("Maison du Zinzolin", "Brimbelle")
    page = place("Antenne")
    answer = form_filling.edit(writer, page, **{WORDS: "Maison du Zinzollin"})
    assert answer.status_code == 422
    said = error_of(answer, WORDS)
    assert said.startswith("« Maison du Zinzollin » ne se trouve pas parmi les lieux.")
    assert said.endswith("Maison du Zinzolin (Brimbelle).")
    assert form_of(answer)[WORDS] == ["Maison du Zinzollin"]
    assert parent_of(page) is None


def test_a_name_that_nothing_is_near_says_what_to_do(writer):
    answer = form_filling.edit(writer, place("Antenne"), **{WORDS: "Wxyzwxyz qqq"})
    assert "Écrivez un nom comme il est sur sa page" in error_of(answer, WORDS)


def test_of_two_places_of_one_name_one_is_said_with_its_commune(writer):
    chosen, _other = place("Mairie zinzoline", "Brimbelle"), place("Mairie zinzoline", "Cabriole")
    page = place("Antenne")
    answer = form_filling.edit(writer, page, **{WORDS: "Mairie zinzoline"})
    said = error_of(answer, WORDS)
    assert "Plusieurs lieux" in said
    assert "Mairie zinzoline (Brimbelle) ; Mairie zinzoline (Cabriole)" in said
    form_filling.edit(writer, page, **{WORDS: "Mairie zinzoline (Brimbelle)"})
    assert parent_of(page) == chosen.pk


def test_of_two_places_that_nothing_tells_apart_one_is_said_by_its_address(writer):
    one, other = place("Mairie zinzoline", "Brimbelle"), place("Mairie zinzoline", "Brimbelle")
    page = place("Antenne")
    said = error_of(form_filling.edit(writer, page, **{WORDS: "mairie zinzoline"}), WORDS)
    assert one.address in said and other.address in said
    form_filling.edit(writer, page, **{WORDS: other.address})
    assert parent_of(page) == other.pk


@pytest.mark.parametrize("typed", ["x" * 3000, "/", "((", ")", "%", "_", "\u200b", "1"])
def test_any_text_is_answered(writer, typed):
    answer = form_filling.edit(writer, place("Antenne"), **{WORDS: typed})
    assert answer.status_code in (302, 422)


# Who may know what.


def test_a_closed_place_is_not_found_by_its_name_nor_told(writer):
    closed, page = place("Maison du Zinzolin", "Brimbelle"), place("Antenne")
    factories.restricted_to_groups(closed, "Bureau")
    for typed in ("Maison du Zinzolin", "Maison du Zinzollin", closed.address):
        said = error_of(form_filling.edit(writer, page, **{WORDS: typed}), WORDS)
        assert "Brimbelle" not in said
        assert said.count("Maison") == typed.count("Maison")
    forged = form_filling.edit(
        writer, page, **{"structure_parente": f"{closed.pk} x", WORDS: "x", "title": page.title}
    )
    assert forged.status_code == 422
    assert "Brimbelle" not in forged.content.decode()


def test_a_closed_place_that_was_chosen_stays_and_is_not_named(writer):
    closed = place("Maison du Zinzolin")
    page = place("Antenne", structure_parente=closed)
    factories.restricted_to_groups(closed, "Bureau")
    form = form_filling.opened(writer, page)
    assert form[WORDS] == ["(non disponible)"] or "Zinzolin" not in str(form)
    assert form_filling.edit(writer, page, summary="Autre").status_code == 302
    assert parent_of(page) == closed.pk
    form_filling.edit(writer, page, **{WORDS: ""})
    assert parent_of(page) is None


# Nothing typed is lost.


def test_a_draft_shows_the_name_again_and_what_is_not_found(writer):
    above, page = place("Zinzolin"), place("Antenne")
    chosen = {"structure_parente": f"{above.pk} Zinzolin", WORDS: "Zinzolin"}
    typed = {"permanences-0-place-words": "Introuvable"}
    form = {**form_filling.opened(writer, page), **chosen, **typed, "page": page.pk}
    writer.post("/brouillons/enregistrer/", {**form, "kind": "lieu"})
    again = form_of(writer.get(f"/brouillons/{Draft.objects.get(page=page).key}/"))
    assert again["structure_parente"] == [f"{above.pk} Zinzolin"]
    assert again[WORDS] == ["Zinzolin"]
    assert again["permanences-0-place-words"] == ["Introuvable"]


def test_a_draft_of_before_names_its_place(writer):
    above, page = place("Zinzolin"), place("Antenne")
    form = {**form_filling.opened(writer, page), "structure_parente": str(above.pk)}
    form.pop(WORDS, None)
    writer.post("/brouillons/enregistrer/", {**form, "page": page.pk, "kind": "lieu"})
    again = form_of(writer.get(f"/brouillons/{Draft.objects.get(page=page).key}/"))
    assert again[WORDS] == ["Zinzolin"]


def test_a_preview_shows_the_place_that_was_typed(writer):
    place("Maison du Zinzolin")
    page = place("Antenne")
    form = {**form_filling.opened(writer, page), WORDS: "maison du zinzolin"}
    assert "Maison du Zinzolin" in main_text(writer.post(f"{page.address}apercu/", form))


def test_what_another_chose_is_taken_into_an_open_form(writer, logged_in, other_contributor):
    above, page = place("Zinzolin"), place("Antenne")
    form = {**form_filling.opened(writer, page), "page": page.pk}
    form_filling.edit(logged_in(other_contributor), page, **{WORDS: "Zinzolin"})
    told = writer.post("/brouillons/reunir/", form).json()
    assert told["fields"]["structure_parente"] == f"{above.pk} Zinzolin"
    assert told["fields"][WORDS] == "Zinzolin"


def test_a_conflict_is_chosen_and_what_was_typed_is_published(writer, logged_in, other_contributor):
    mine, _theirs = place("Zinzolin"), place("Brimborion")
    page = place("Antenne")
    form = {**form_filling.opened(writer, page), WORDS: "Zinzolin"}
    form_filling.edit(logged_in(other_contributor), page, **{WORDS: "Brimborion"})
    answer = writer.post(f"{page.address}modifier/", form)
    assert answer.status_code == 409
    assert "Zinzolin" in main_text(answer) and "Brimborion" in main_text(answer)
    choice = {**form_of(answer, "chosen_on"), "choice-0": "mienne"}
    assert writer.post(f"{page.address}modifier/", choice).status_code == 302
    assert parent_of(page) == mine.pk


# Boxes, and the field beside them.


def present(page) -> list[int]:
    return [row["structure"] for row in newest_version(page).content["attendances"]]


def test_a_site_of_few_places_has_a_box_for_each_and_no_field(writer):
    answer = writer.get("/nouveau/reunion/")
    boxes_shown = html.fromstring(answer.content).xpath("//input[@name='attendances']")
    assert len(boxes_shown) == StructurePage.objects.live().count()
    assert "attendances-words" not in form_of(answer)


def test_a_large_site_has_boxes_for_those_that_came_lately(writer, few_boxes):
    often, closed = place("Zinzolin"), place("Brimborion")
    for day in (1, 2):
        rows = [Attendance(structure=one) for one in (often, closed)]
        factories.page(MeetingPage, date=f"2021-03-0{day}", attendances=rows)
    factories.restricted_to_groups(closed, "Bureau")
    answer = writer.get("/nouveau/reunion/")
    labels = html.fromstring(answer.content).xpath("//input[@name='attendances']/..")
    assert [label.text_content().strip() for label in labels] == ["Zinzolin"]
    assert control(answer, "attendances-words") is not None


def test_names_typed_beside_the_boxes_are_rows(writer, few_boxes):
    one, two, three = place("Zinzolin"), place("Brimborion"), place("Cabriole")
    fields = {"attendances": [str(one.pk)], "attendances-words": "brimborion ; Cabriole;zinzolin;"}
    form_filling.write(writer, "reunion", **MEETING, **fields)
    page = MeetingPage.objects.get(title=COMMON["title"])
    assert present(page) == [one.pk, two.pk, three.pk]
    again = form_filling.opened(writer, page)
    assert again["attendances"] == [str(one.pk), str(two.pk), str(three.pk)]
    assert again["attendances-words"] == [""]
    read = main_text(writer.get(page.address))
    assert all(title in read for title in ("Zinzolin", "Brimborion", "Cabriole"))


def test_a_name_that_is_not_found_stays_in_the_field_and_the_others_are_ticked(writer, few_boxes):
    one = place("Zinzolin")
    fields = {"attendances-words": "Zinzolin; Introuvable"}
    answer = form_filling.write(writer, "reunion", **MEETING, **fields)
    assert answer.status_code == 422
    assert "« Introuvable »" in error_of(answer, "attendances-words")
    given_back = form_of(answer)
    assert given_back["attendances"] == [str(one.pk)]
    assert given_back["attendances-words"] == ["Introuvable"]
    links = html.fromstring(answer.content).xpath("//*[@role='alert']//a/@href")
    assert f"#{control(answer, 'attendances-words').get('id')}" in links


def test_a_meeting_keeps_the_closed_places_that_came(writer):
    closed = place("Zinzolin")
    rows = [Attendance(structure=closed)]
    page = factories.page(MeetingPage, date="2021-03-04", attendances=rows)
    factories.restricted_to_groups(closed, "Bureau")
    answer = writer.get(f"{page.address}modifier/")
    assert "Zinzolin" not in answer.content.decode()
    form_filling.edit(writer, page, summary="Autre")
    assert present(page) == [closed.pk]


# What it costs.


def asked(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("kind", sorted(all_kinds()))
def test_a_form_asks_as_much_with_few_pages_and_with_many(writer, kind):
    factories.rows(StructurePage, boxes.MOST_BOXES + 1)
    model, address = all_kinds()[kind], f"/nouveau/{kind}/"
    before = asked(writer, address)
    size = len(writer.get(address).content)
    for other in (model, StructurePage):
        factories.rows(other, 60, **({"date": "2021-01-01"} if other is MeetingPage else {}))
    assert asked(writer, address) == before
    assert len(writer.get(address).content) < size + 200


def test_a_form_asks_as_much_whatever_its_number_of_rows(writer):
    places = [place(f"Zinzolin {rank}") for rank in range(12)]
    few, many = (
        place("Antenne", permanences=[Permanence(place=one) for one in places[:count]])
        for count in (1, 12)
    )

    one, all_of_them = (asked(writer, f"{page.address}modifier/") for page in (few, many))
    assert one == all_of_them
