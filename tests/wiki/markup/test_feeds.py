"""Feeds: what people typed is read as they typed it, by any reader of Atom."""

import pytest
from lxml import etree

from tests import factories
from wiki.models import Version

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
TYPED = "Remplace <b>10 €</b> par 5 & 3 < 4 <script>alert(1)</script> &amp; « été »"


def shown(element) -> str:
    """What a reader of Atom shows of a text construct (RFC 4287, 3.1): `html` is read as HTML."""
    if element.get("type", "text") == "text":
        assert len(element) == 0
        return element.text
    return "".join(etree.HTML(f"<body>{element.text}</body>").itertext())


def feed(client, address: str):
    return etree.fromstring(client.get(address).content)


def said(page, summary: str, author: str, title: str) -> None:
    """Written as another door may leave it, with what forms refuse."""
    version = Version.objects.filter(page_id=page.pk).latest("number")
    Version.objects.filter(pk=version.pk).update(summary=summary, author_name=author)
    type(page).objects.filter(pk=page.pk).update(title=title)


@pytest.mark.parametrize("own", [False, True])
def test_what_is_typed_is_shown_as_typed(client, own):
    page = factories.page(title=f"T {TYPED}"[:200])
    said(page, TYPED, f"A {TYPED}"[:100], f"T {TYPED}"[:200])
    root = feed(client, f"{page.address}flux/" if own else "/changements/flux/")
    entry = root.find(f"{ATOM}entry")
    assert shown(entry.find(f"{ATOM}summary")) == TYPED
    assert shown(entry.find(f"{ATOM}title")).startswith(f"T {TYPED}"[:200])
    assert entry.find(f"{ATOM}author/{ATOM}name").text == f"A {TYPED}"[:100]
    if own:
        assert TYPED[:40] in shown(root.find(f"{ATOM}title"))


@pytest.mark.parametrize("sign", [1, 8, 11, 12, 14, 31, 0x7F, 0xFFFE, 0xFFFF])
def test_what_xml_cannot_hold_is_dropped(client, sign):
    page = factories.page()
    text = f"avant{chr(sign)}après"
    said(page, text, text, text)
    for address in ("/changements/flux/", f"{page.address}flux/"):
        entry = feed(client, address).find(f"{ATOM}entry")
        assert entry.find(f"{ATOM}summary").text == "avantaprès"
        assert entry.find(f"{ATOM}author/{ATOM}name").text == "avantaprès"


def test_addresses_are_absolute_and_each_entry_has_its_own_name(client):
    for address in ("/changements/flux/", "/changements/flux/?theme=<b>&auteur=a%22b"):
        root = feed(client, address)
        links = [link.get("href") for link in root.iter(f"{ATOM}link")]
        names = [name.text for name in root.iter(f"{ATOM}id")]
        assert links
        assert all(text.startswith("http://testserver/") for text in links + names)
        assert len(set(names)) == len(names)
        for entry in root.iter(f"{ATOM}entry"):
            for needed in ("title", "id", "updated", "author"):
                assert entry.find(f"{ATOM}{needed}") is not None
