"""Two changes of one paragraph: proposed together word by word, or written anew in their place."""

import pytest
from django.test import Client

from practices.models import PracticePage
from tests import factories
from tests.wiki import form_filling
from tests.wiki.screens import form_of, main_text
from wiki.models import Draft
from wiki.publishing import publishing
from wiki.publishing.merging import Choice, Conflict
from wiki.publishing.word_merging import MOST, together

BASE = "<p>La permanence est ouverte le mardi matin à la mairie de Chinon, sans rendez-vous.</p>"


@pytest.mark.parametrize(
    ("theirs", "mine", "both"),
    [
        ("le jeudi matin", "avec rendez-vous", "le jeudi matin à la mairie de Chinon, avec"),
        ("<b>Chinon</b>", "le jeudi", "le jeudi matin à la mairie de <b>Chinon</b>"),
        ("le jeudi matin", "le mardi soir", None),  # they touch: nobody guesses
        ("le jeudi", "le lundi", None),
        ("sans rendez-vous.</p>", "avec rendez-vous", None),  # one side changed nothing
    ],
)
def test_changes_that_lie_apart_are_put_together(theirs, mine, both):
    places = {
        "le jeudi matin": "le mardi matin",
        "le jeudi": "le mardi",
        "le lundi": "le mardi",
        "le mardi soir": "le mardi matin",
        "avec rendez-vous": "sans rendez-vous",
        "<b>Chinon</b>": "Chinon",
    }
    sides = [BASE.replace(places.get(text, text), text) for text in (theirs, mine)]
    for pair in (sides, sides[::-1]):
        found = together(BASE, *pair)
        assert found is None if both is None else both in found


def test_several_changes_of_one_side_may_touch_each_other():
    mine = BASE.replace("sans rendez-vous.", "avec un rendez-vous !")
    both = together(BASE, BASE.replace("mardi", "jeudi"), mine)
    assert both == mine.replace("mardi", "jeudi")


def test_a_long_paragraph_is_not_put_together_by_words():
    long = "mot " * MOST
    assert together(f"a {long} b", f"c {long} b", f"a {long} d") is None


JEUDI, AVEC = BASE.replace("mardi", "jeudi"), BASE.replace("sans", "avec")


def test_each_choice_between_changes_that_lie_apart_gives_its_text():
    conflict = Conflict("body", BASE, JEUDI, AVEC, joined=f"{JEUDI}{AVEC}", how="body")
    assert {choice: conflict.value(choice) for choice in Choice} == {
        Choice.THEIRS: JEUDI,
        Choice.MINE: AVEC,
        Choice.BOTH: f"{JEUDI}{AVEC}",
        Choice.TOGETHER: AVEC.replace("mardi", "jeudi"),
        Choice.OWN: AVEC,  # nothing was written
    }


@pytest.mark.parametrize(("outer", "inner"), [("b", "i"), ("i", "b")])
def test_marks_that_would_overlap_are_not_put_together(outer, inner):
    base = "<p>un deux trois quatre cinq six sept huit</p>"
    theirs = base.replace("un", f"<{outer}>un").replace("cinq", f"cinq</{outer}>")
    mine = base.replace("trois", f"<{inner}>trois").replace("huit", f"huit</{inner}>")
    assert together(base, theirs, mine)
    assert Conflict("body", base, theirs, mine, how="body").together is None


def test_lines_of_plain_text_are_put_together_whatever_signs_they_hold():
    base, theirs, mine = "a < b & c, puis d", "a < b & c, enfin d", "x < b & c, puis d"
    conflict = Conflict("agenda", base, theirs, mine, how="lines")
    assert conflict.together == "x < b & c, enfin d"


def test_a_single_value_is_not_put_together():
    """A title, an address: half of each is neither."""
    assert Conflict("place", "un deux trois", "x deux trois", "un deux y").together is None


# On the screen.


@pytest.fixture
def other(other_contributor, logged_in):
    return logged_in(other_contributor)


def conflict(writer, other, page, theirs: dict, mine: dict):
    typed = {**form_filling.opened(writer, page), **mine}
    assert form_filling.edit(other, page, **theirs).status_code == 302
    answer = writer.post(f"{page.address}modifier/", typed)
    assert answer.status_code == 409
    return answer


def choose(writer, page, answer, choice: str, **more):
    form = {**form_of(answer, "chosen_on"), "choice-0": choice, **more}
    return writer.post(f"{page.address}modifier/", form)


def body_of(page) -> str:
    return publishing.newest_version(page).content["body"]


def two_words(before: str, one: str, two: str) -> tuple[dict, dict]:
    return {"body": before.replace("mardi", one)}, {"body": before.replace("sans", two)}


@pytest.mark.django_db
def test_both_changes_of_a_paragraph_are_the_first_choice(writer, other):
    page = factories.page(body=BASE)
    answer = conflict(writer, other, page, *two_words(BASE, "jeudi", "avec"))
    assert "Garder les deux changements" in main_text(answer)
    assert form_of(answer, "chosen_on")["choice-0"] == ["ensemble"]
    assert choose(writer, page, answer, "ensemble").status_code == 302
    assert body_of(page) == BASE.replace("mardi", "jeudi").replace("sans", "avec")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("before", "own", "published"),
    [
        (BASE, "<p>Écrit <b>ici</b>.</p>", "<p>Écrit <b>ici</b>.</p>"),
        (BASE, "<p>Un</p><p>Deux</p>", "<p>Un</p><p>Deux</p>"),
        (BASE, "<p>Net<script>alert(1)</script></p>", "<p>Net</p>"),
        (BASE, "", ""),
        (
            "<ul><li>le mardi sans clé</li><li>autre</li></ul>",
            "<ul><li>un</li><li>deux</li></ul><p>trois</p>",
            "<ul><li>un</li><li>deux</li><li>trois</li><li>autre</li></ul>",
        ),
    ],
)
def test_what_is_written_in_their_place_is_what_is_published(writer, other, before, own, published):
    page = factories.page(body=f"{before}<p>Le reste.</p>")
    whole = f"{before}<p>Le reste.</p>"
    answer = conflict(writer, other, page, *two_words(whole, "jeudi", "avec"))
    assert "J’écris moi-même" in main_text(answer)
    assert choose(writer, page, answer, "ecrit", **{"own-0": own}).status_code == 302
    assert body_of(page) == f"{published}<p>Le reste.</p>"
    assert not Draft.objects.exists()


@pytest.mark.django_db
def test_a_title_is_written_too_and_a_fault_loses_nothing(writer, other):
    page = factories.page(title="Ancien titre")
    answer = conflict(writer, other, page, {"title": "Leur titre"}, {"title": "Mon titre"})
    again = choose(writer, page, answer, "ecrit", **{"own-0": "x" * 300})
    assert again.status_code == 409
    form = form_of(again, "chosen_on")
    assert form["own-0"][0].strip() == "x" * 300
    assert form["choice-0"] == ["ecrit"]
    assert "255" in main_text(again)
    assert choose(writer, page, again, "ecrit", **{"own-0": "Titre à deux"}).status_code == 302
    assert publishing.newest_version(page).title == "Titre à deux"


@pytest.mark.django_db
def test_what_was_written_outlives_another_publication(writer, other):
    page = factories.page(body=BASE)
    answer = conflict(writer, other, page, *two_words(BASE, "jeudi", "avec"))
    form_filling.edit(other, page, body=BASE.replace("mardi", "samedi"))
    again = choose(writer, page, answer, "ecrit", **{"own-0": "<p>Écrit ici, longuement.</p>"})
    assert again.status_code == 409
    assert "Écrit ici, longuement." in main_text(again)
    assert body_of(page) == BASE.replace("mardi", "samedi")


@pytest.mark.django_db
def test_a_choice_of_a_list_is_not_written(writer, other):
    page = factories.page(PracticePage, level="debutant")
    answer = conflict(writer, other, page, {"level": "grand-debutant"}, {"level": "intermediaire"})
    assert "J’écris moi-même" not in main_text(answer)
    assert choose(writer, page, answer, "ecrit", **{"own-0": "tout"}).status_code == 409
    assert publishing.newest_version(page).content["level"] == "grand-debutant"


def test_an_anonymous_choice_goes_nowhere(db):
    page = factories.page(body=BASE)
    form = {"choice-0": "ecrit", "own-0": "x", "key": "", "body": "x"}
    assert Client().post(f"{page.address}modifier/", form).status_code == 401
    assert body_of(page) == BASE
