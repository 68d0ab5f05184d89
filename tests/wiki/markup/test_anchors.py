"""Ids on a screen: each one once, whatever the headings of the text say."""

import re
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from tests import factories
from tests.browser.screens import WITHOUT_SCREEN
from tests.wiki import every_route
from wiki.markup import anchors
from wiki.rendering.bodies import render

ROOT = Path(settings.ROOT)
ID = re.compile(r'\bid="([^"]*)"')
COMPUTED = re.compile(r"{[{%].*?[%}]}")
ADMIN = {"admin", "wagtailadmin", "wagtailusers"}
SLUG = re.compile(r"[a-z0-9-]+")


def template_ids() -> set[str]:
    """As they are written; what is computed in one stands as « * ». The admin shows no text."""
    found = set()
    for path in (ROOT / "templates").rglob("*.html"):
        if any(part in ADMIN for part in path.parts):
            continue
        found |= {COMPUTED.sub("*", name) for name in ID.findall(path.read_text())}
    return {name for name in found if SLUG.fullmatch(name.replace("*", "1"))}


def script_ids() -> set[str]:
    text = (ROOT / "assets/completion.js").read_text()
    return {re.sub(r"\$\{[^}]*\}", "*", name) for name in re.findall(r"id: `([^`]+)`", text)}


IDS = sorted(template_ids() | script_ids())


def test_templates_and_scripts_have_ids():
    assert {"q", "contenu", "court", "place", "titre-*", "f-*"} <= set(IDS)
    assert any(name.startswith("kb-") for name in IDS)


@pytest.mark.parametrize("name", [name for name in IDS if name != "*" and not name.startswith("*")])
def test_every_id_of_a_template_is_kept_from_headings(name):
    for value in ("1", "42"):
        assert anchors.is_taken(name.replace("*", value)), name
    assert not name.startswith(anchors.PREFIX)


def ids_in(text: str) -> list[str]:
    return html.fragment_fromstring(text, create_parent=True).xpath(".//@id")


def headings(*words: str) -> str:
    return "".join(f"<h2>{one}</h2><p>Texte</p>" for one in words)


def shown(body: str, anonymous) -> str:
    return render(body, anonymous).html


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (["Contenu", "Q", "Court"], ["partie-contenu", "partie-q", "partie-court"]),
        (["Ce que je dis", "À voir"], ["ce-que-je-dis", "a-voir"]),
        (["Partie", "Partie", "Partie 2"], ["partie", "partie-3", "partie-2"]),
        (["Titre 1", "Titre", "F-Droid"], ["partie-titre-1", "titre", "partie-f-droid"]),
        (["Q", "Partie Q"], ["partie-q-2", "partie-q"]),
        (["!!!", "Un"], ["un"]),
    ],
)
def test_headings_have_ids_of_their_own(words, ids, anonymous):
    assert ids_in(shown(headings(*words), anonymous)) == ids


@pytest.mark.django_db
def test_links_of_the_text_lead_to_its_headings_as_before(anonymous):
    body = (
        '<p><a href="#contenu">a</a> <a href="#partie">b</a> <a href="#ailleurs">c</a> '
        '<a href="https://x.example/#contenu">d</a></p>' + headings("Contenu", "Partie", "Partie")
    )
    found = html.fragment_fromstring(shown(body, anonymous), create_parent=True).xpath(".//a/@href")
    assert found == ["#partie-contenu", "#partie", "#ailleurs", "https://x.example/#contenu"]


@given(st.lists(st.sampled_from(["Q", "Contenu", "Partie", "Partie Q", "Partie 2", "Q 2", "Un"])))
def test_no_order_of_headings_gives_an_id_twice(words):
    root = html.fragment_fromstring(headings(*words), create_parent=True)
    anchors.anchor_headings(root)
    ids = root.xpath(".//@id")
    assert len(ids) == len(set(ids)) == len(words)
    assert not any(map(anchors.is_taken, ids))


@pytest.mark.parametrize("words", ["Partie", "Q"])
def test_many_headings_of_the_same_words_cost_no_more_each(words):
    spent = {}
    for count in (1_000, 2_000):
        root = html.fragment_fromstring(headings(*[words] * count), create_parent=True)
        names = anchors.Names({anchors.anchor_of(root[0])})
        asked = [names.one_for(anchors.anchor_of(root[0])) for _time in range(count)]
        spent[count] = sum(names.ranks.values())
        assert len(set(asked)) == count
    assert spent[2_000] <= 2.1 * spent[1_000]


# Every screen, with a page whose headings are all ids of the templates.


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        site = every_route.build()
        words = [name.replace("*", "1").replace("-", " ") for name in IDS]
        body = headings(*words, *words)
        site.page = factories.edited(site.page, author=site.person, body=body)
        yield site
        transaction.set_rollback(True)


SCREENS = sorted(
    {*every_route.OF_THE_SITE, *every_route.OF_A_PAGE, *every_route.OF_THINGS} - WITHOUT_SCREEN
)


@pytest.mark.whole
@pytest.mark.django_db
@pytest.mark.parametrize("role", ["anonymous", "facilitator"])
def test_no_screen_has_an_id_twice(world, client, role):
    if role == "facilitator":
        client.force_login(world.person)
    faults, seen = {}, 0
    for route in SCREENS:
        for address in [every_route.addresses(world)[route]]:
            answer = client.get(address, follow=True)
            if answer.streaming:
                list(answer)  # a file, read to its end
                continue
            is_screen = answer.headers.get("Content-Type", "").startswith("text/html")
            if not (is_screen and answer.content):
                continue
            ids = Counter(html.document_fromstring(answer.content).xpath("//@id"))
            seen += "partie-contenu" in ids
            if twice := [name for name, count in ids.items() if count > 1]:
                faults[route] = twice
    assert faults == {}
    assert seen >= 1
