"""What paper needs that a screen does not: addresses of links, tables as tight as they must."""

import pytest
from django.contrib.auth.models import AnonymousUser
from lxml import html

from wiki.rendering.bodies import render

MAIL = "accueil@exemple.org"


def rendered(body: str):
    return html.fragment_fromstring(render(body, AnonymousUser()).html, create_parent="main")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("href", "words", "said"),
    [
        ("https://www.cnil.fr/", "le site de la Cnil", "https://www.cnil.fr/"),
        ("HTTPS://www.cnil.fr/", "la Cnil", "HTTPS://www.cnil.fr/"),
        ("http://a.example/x?y=1&amp;z=2", "ici", "http://a.example/x?y=1&z=2"),
        (f"mailto:{MAIL}?subject=Bonjour", "Écrire à l’accueil", MAIL),
        ("mailto:l%C3%A9a@exemple.org", "Écrire", "léa@exemple.org"),
        ("tel:+33247000000", "Appeler", "+33247000000"),
        ("https://www.cnil.fr/fr/mot-de-passe", "cnil.fr", "https://www.cnil.fr/fr/mot-de-passe"),
    ],
)
def test_paper_gives_the_address_of_a_link_that_does_not_say_it(href, words, said):
    (link,) = rendered(f'<p><a href="{href}">{words}</a></p>').iter("a")
    assert link.get("data-paper") == said


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("href", "words"),
    [
        ("https://www.cnil.fr/", "cnil.fr"),
        ("https://www.cnil.fr/", "Voir www.cnil.fr"),
        ("https://www.cnil.fr/fr", "https://www.cnil.fr/fr"),
        (f"mailto:{MAIL}", f"Écrire à {MAIL}"),
        ("tel:+33247000000", "02 47 00 00 00"),
        ("tel:+33247000000", "Appelez le 02.47.00.00.00"),
        ("tel:0247000000", "+33 (0)2 47 00 00 00"),
        ("/lieux/", "les lieux"),
        ("#sources", "plus bas"),
    ],
)
def test_paper_says_no_address_twice_and_none_of_the_site(href, words):
    for link in rendered(f'<p><a href="{href}">{words}</a></p>').iter("a"):
        assert link.get("data-paper") is None


@pytest.mark.django_db
def test_a_link_to_a_page_of_the_site_says_no_address(guideline):
    (link,) = rendered(f'<p><a linktype="page" id="{guideline.pk}">ici</a></p>').iter("a")
    assert link.get("href") == guideline.address
    assert link.get("data-paper") is None


def frame_of(columns: int, word: str) -> str:
    cells = f"<td>{word}</td>" * columns
    body = f"<table><tbody><tr>{cells}</tr></tbody></table>"
    (frame,) = rendered(body).xpath("//div[@role='region']")
    return frame.get("class")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("columns", "word", "classes"),
    [
        (2, "mot", "scroll"),
        (3, "Accompagnement", "scroll"),
        (5, "Accompagnement", "scroll tight"),
        (12, "Accompagnement", "scroll tightest"),
        (12, "mot", "scroll tight"),
        (40, "1", "scroll tightest"),
    ],
)
def test_a_table_is_as_tight_as_its_longest_words_ask(columns, word, classes):
    assert frame_of(columns, word) == classes


@pytest.mark.django_db
def test_a_cell_with_an_endless_word_may_break_it():
    body = f"<table><tbody><tr><th>{'x' * 60}</th><td>un mot</td></tr></tbody></table>"
    (heading,), (cell,) = (list(rendered(body).iter(tag)) for tag in ("th", "td"))
    assert (heading.get("class"), cell.get("class")) == ("endless", None)


@pytest.mark.django_db
def test_merged_cells_count_for_the_columns_they_cover():
    row = '<tr><td colspan="9">x</td><td>Anticonstitutionnel</td></tr><tr><td>Mot</td></tr>'
    (frame,) = rendered(f"<table><tbody>{row}</tbody></table>").xpath("//div[@role='region']")
    assert frame.get("class") == "scroll"
