"""Who wrote what: each part of a text with the version that brought it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from tests import costs, factories
from tests.wiki.screens import main_text
from wiki.history.blame import annotate
from wiki.models import Version


def brought(*bodies: str) -> list[tuple[str, int]]:
    """The words of each part of the last body, with the number that brought it."""
    history = [(Version(number=n), body) for n, body in enumerate(bodies, start=1)]
    return [(item.piece.words, item.version.number) for item in annotate(bodies[-1], history)]


def test_each_paragraph_belongs_to_the_version_that_brought_it():
    assert brought("<p>Un</p>", "<p>Un</p><p>Deux</p>", "<p>Zéro</p><p>Un</p><p>Deux</p>") == [
        ("Zéro", 3),
        ("Un", 1),
        ("Deux", 2),
    ]


def test_items_rows_headings_and_what_callouts_hold_are_parts():
    first = "<h2>Titre</h2><ul><li>a</li></ul><table><tbody><tr><td>x</td></tr></tbody></table>"
    second = (
        "<h2>Titre</h2><ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>"
        "<table><tbody><tr><td>x</td></tr><tr><td>y</td><td>z</td></tr></tbody></table>"
        '<div class="note"><p>Gardez</p></div>'
    )
    assert brought(first, second) == [
        *[("Titre", 1), ("a", 1), ("b", 2), ("c", 2)],
        *[("x", 1), ("y z", 2), ("Gardez", 2)],
    ]


def test_a_paragraph_moved_or_put_back_stays_its_authors():
    whole = "<p>Un</p><p>Deux</p>"
    assert brought(whole, "<p>Deux</p><p>Un</p>") == [("Deux", 1), ("Un", 1)]
    assert brought(whole, "<p>Rien</p>", whole) == [("Un", 1), ("Deux", 1)]


def test_the_second_of_two_equal_parts_belongs_to_who_added_it():
    assert brought("<p>Oui</p>", "<p>Oui</p><p>Oui</p>") == [("Oui", 1), ("Oui", 2)]


def test_a_change_of_bold_or_of_link_is_not_a_change_of_words():
    assert brought("<p>Un mot</p>", "<p>Un <strong>mot</strong></p>") == [("Un mot", 1)]


@given(st.lists(st.lists(st.sampled_from("abcdef"), max_size=8), min_size=1, max_size=6))
def test_every_part_has_a_version_that_holds_it(texts):
    bodies = ["".join(f"<p>{letter}</p>" for letter in text) for text in texts]
    found = brought(*bodies)
    assert [words for words, _number in found] == texts[-1]
    assert all(words in texts[number - 1] for words, number in found)


def test_three_hundred_versions_of_two_hundred_parts_take_less_than_a_second():
    parts = [f"<p>Le paragraphe <strong>{rank}</strong> et ses mots.</p>" for rank in range(200)]
    bodies = []
    for number in range(300):
        parts[number % 200] = f"<p>Ce que dit <em>{number}</em>.</p>"
        bodies.append("\n".join(parts))
    assert len(costs.within(1, lambda: brought(*bodies))) == 200


# The screen.


@pytest.fixture
def page(contributor, other_contributor):
    page = factories.page(title="Le wifi", body="<p>Un</p>", author=contributor)
    return factories.edited(
        page, body="<p>Un</p><p>Deux</p>", author=other_contributor, summary_of_edit="Suite"
    )


@pytest.mark.django_db
def test_one_presses_a_passage_and_sees_who_brought_it(
    page, client, contributor, other_contributor
):
    answer = client.get(f"{page.address}annoter/")
    passages = html.fromstring(answer.content).xpath("//main//details")
    assert [" ".join(p.find("summary").text_content().split()) for p in passages] == ["Un", "Deux"]
    first, second = (" ".join(p.text_content().split()) for p in passages)
    assert contributor.display_name in first
    assert other_contributor.display_name in second
    assert "« Suite »" in second.replace("\u00a0", " ")
    assert f"{page.address}difference/?a=2" in answer.content.decode()


@pytest.mark.django_db
def test_what_came_with_a_closed_version_is_said_of_the_first_open_one(page, client, contributor):
    restriction = factories.restricted_to_groups(page, "Bureau")
    secret = factories.person("Contributeurs", "Bureau", display_name="Zinzolin")
    factories.edited(page, body="<p>Un</p><p>Deux</p><p>Trois</p>", author=secret)
    restriction.delete()
    factories.edited(page, body="<p>Un</p><p>Deux</p><p>Trois</p><p>Fin</p>", author=contributor)
    answer = client.get(f"{page.address}annoter/")
    assert "Trois" in main_text(answer)
    numbers = [version.number for version, _pieces in answer.context["runs"]]
    closed = set(
        Version.objects.filter(page=page).exclude(audience=None).values_list("number", flat=True)
    )
    assert closed
    assert not closed & set(numbers)


@pytest.mark.django_db
def test_a_page_without_text_says_so(client):
    page = factories.page(body="")
    assert client.get(f"{page.address}annoter/").status_code == 200
    assert client.get("/annoter/").status_code == 200
    assert client.get("/nulle-part/annoter/").status_code == 404
