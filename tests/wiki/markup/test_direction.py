"""Direction: a text written from right to left says so, wherever it stands; French says nothing."""

import pytest
from django.contrib.auth.models import AnonymousUser
from lxml import html

from tests import factories
from wiki.rendering.bodies import render

ARABIC = "مرحبا بكم في المكتبة (CNI)."
HEBREW = "ברוכים הבאים (CNI)."


def rendered(body: str):
    return html.fragment_fromstring(render(body, AnonymousUser()).html, create_parent="main")


def directions(body: str) -> dict[str, str]:
    """By tag, what an element that says its direction says."""
    return {e.tag: e.get("dir") for e in rendered(body).iter() if e.get("dir")}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<p>{ARABIC}</p>", {"p": "rtl"}),
        (f"<p>{HEBREW}</p>", {"p": "rtl"}),
        (f"<p>1. (« {ARABIC} »</p>", {"p": "rtl"}),
        (f"<p><strong><em>{ARABIC}</em></strong></p>", {"p": "rtl"}),
        (f"<h2>{ARABIC}</h2><p>Bonjour</p>", {"h2": "rtl"}),
        (f"<ul><li>{ARABIC}</li><li>{ARABIC}</li></ul>", {"ul": "rtl"}),
        (f"<ol><li>{ARABIC}<ul><li>Français</li></ul></li></ol>", {"ol": "rtl", "ul": "ltr"}),
        (f"<blockquote><p>{ARABIC}</p></blockquote>", {"blockquote": "rtl"}),
        (f"<table><tbody><tr><td>{ARABIC}</td></tr></tbody></table>", {"table": "rtl"}),
        (f"<ul><li>Bonjour</li><li>{ARABIC}</li></ul>", {"li": "rtl"}),
        (f'<div class="note"><p>{ARABIC}</p></div>', {"div": "rtl"}),
    ],
)
def test_a_block_turns_with_its_first_letter(body, expected):
    assert directions(body) == expected


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body",
    [
        "<h2>Un</h2><p>Bonjour (CNI).</p><ul><li>2 € la page</li></ul><p>12 / 03</p><p></p>",
        f"<p>Bonjour se dit {ARABIC}</p>",
        '<p>Καλημέρα</p><p>Здравствуйте</p><div class="note"><p>Bonjour</p></div>',
    ],
)
def test_what_is_written_from_left_to_right_carries_nothing(body):
    assert directions(body) == {}


@pytest.mark.django_db
def test_text_after_an_element_counts_for_its_parent():
    assert directions(f"<p><strong>12</strong> {ARABIC}</p>") == {"p": "rtl"}
    assert directions(f"<ul><li><p>12</p></li></ul><p>{ARABIC}</p>") == {"p": "rtl"}


@pytest.mark.django_db
def test_the_stored_text_says_no_direction(client):
    page = factories.page(title=ARABIC, summary=ARABIC, body=f"<p>{ARABIC}</p>")
    assert "dir=" not in page.body
    shown = client.get(page.address).content.decode()
    assert f'<p dir="rtl">{ARABIC}</p>' in shown
    assert f'<h1 dir="auto">{ARABIC}</h1>' in shown
    assert f'dir="auto">{ARABIC}</p>' in shown


@pytest.mark.django_db
def test_titles_turn_in_lists_answers_and_differences(client):
    page = factories.page(title=ARABIC, body=f"<p>{ARABIC}</p>")
    page = factories.edited(page, body=f"<p>{ARABIC} {ARABIC}</p>")
    difference = f"{page.address}difference/?de=1&a=2"
    for address in ("/changements/", "/recherche/?q=المكتبة", difference):
        shown = html.fromstring(client.get(address).content)
        turned = shown.xpath("//*[@dir='auto']")
        assert any("مرحبا" in element.text_content() for element in turned), address
