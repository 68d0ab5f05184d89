"""Hostile texts in bodies and fields: what is stored, and what is shown of them."""

import re
from xml.etree import ElementTree

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils.html import escape

from tests import factories
from tests.browser.xss_vectors import FAMILIES, VECTORS, WITH_NUL, bodies, one_line, packed
from tests.wiki import form_filling
from tests.wiki.reading_markup import SCHEMES, Markup, faults, scheme_of
from wiki.markup import html
from wiki.models import ArticlePage, Topic, Version
from wiki.rendering import autolinks
from wiki.rendering import bodies as rendering

BODIES = [*VECTORS, *WITH_NUL, *bodies(12)]
SHOWN_TAGS = html.TAGS - {"embed"} | {"img", "span"}
SHOWN_ATTRIBUTES = {
    *("href", "class", "id", "role", "tabindex", "aria-label", "alt", "src", "width", "height"),
    *("loading", "scope", "colspan", "rowspan", "start", "type", "dir"),
    "data-paper",
}


def test_there_are_two_hundred_different_vectors():
    assert len(set(VECTORS)) == len(VECTORS) >= 200


@pytest.mark.parametrize("family", FAMILIES)
def test_what_is_stored_holds_the_allow_list_only(family):
    for vector in FAMILIES[family]:
        for tag, attributes in Markup(html.clean(vector)).tags:
            assert tag in html.TAGS, vector
            assert set(attributes) <= html.ATTRIBUTES.get(tag, set()), vector
            assert scheme_of(attributes.get("href", "")) in SCHEMES, vector


@pytest.mark.parametrize("text", BODIES)
def test_cleaning_what_is_clean_changes_nothing(text):
    once = html.clean(text)
    assert html.clean(once) == once


@pytest.mark.django_db
@pytest.mark.parametrize("family", FAMILIES)
def test_what_is_shown_holds_the_allow_list_only(family):
    """Whatever the database holds: an old row, a restored version, an import."""
    for vector in FAMILIES[family]:
        shown = str(rendering.render(vector, AnonymousUser()).html)
        assert faults(shown) == [], vector
        for tag, attributes in Markup(shown).tags:
            assert tag in SHOWN_TAGS, vector
            assert set(attributes) <= SHOWN_ATTRIBUTES, vector


@pytest.mark.sampled(every=4)
@pytest.mark.django_db
@pytest.mark.parametrize("body", bodies(12))
def test_a_hostile_text_is_stored_clean_and_once(writer, body):
    """Through the editor's POST; sent again as it is stored, it makes no version."""
    answer = form_filling.write(writer, "article", **{**form_filling.COMMON, "body": body})
    assert answer.status_code == 302
    page = ArticlePage.objects.latest("pk")
    assert page.body == autolinks.linked(html.clean(body), "")
    again = form_filling.edit(writer, page)
    assert again.status_code == 302
    assert Version.objects.filter(page_id=page.pk).count() == 1
    assert ArticlePage.objects.get(pk=page.pk).body == page.body
    assert faults(writer.get(page.address).content.decode()) == []


@pytest.mark.sampled(every=4)
@pytest.mark.django_db
@pytest.mark.parametrize("text", WITH_NUL)
@pytest.mark.parametrize("field", ["title", "summary", "body", "topics", "edit_summary"])
def test_signs_that_no_page_may_hold_are_taken_out_and_the_rest_is_words(writer, field, text):
    answer = form_filling.write(writer, "article", **{**form_filling.COMMON, field: text})
    assert answer.status_code == 302
    for address in (answer.url, f"{answer.url}modifier/", f"{answer.url}historique/"):
        shown = writer.get(address).content.decode()
        assert "\x00" not in shown
        assert faults(shown) == []
    held = Version.objects.latest("pk")
    assert "\x00" not in f"{held.content}{held.summary}"


@pytest.mark.sampled(every=8)
@pytest.mark.django_db
@pytest.mark.parametrize("title", packed([one_line(vector) for vector in VECTORS], 255))
def test_a_hostile_title_is_shown_as_it_was_typed(writer, title):
    answer = form_filling.write(writer, "article", **{**form_filling.COMMON, "title": title})
    assert answer.status_code == 302
    page = ArticlePage.objects.latest("pk")
    shown = writer.get(page.address).content.decode()
    assert escape(page.title) in shown
    assert faults(shown) == []


@pytest.mark.django_db
def test_nothing_typed_is_read_as_a_template(writer):
    typed = "{{1357*2468}} ${1357*2468} #{1357*2468} {% debug %} %(title)s {{ request.user }}"
    fields = {"title": typed, "summary": typed, "edit_summary": typed, "body": f"<p>{typed}</p>"}
    answer = form_filling.write(writer, "article", **{**form_filling.COMMON, **fields})
    for address in (answer.url, f"{answer.url}historique/", f"{answer.url}modifier/"):
        shown = writer.get(address).content.decode()
        assert "3349076" not in shown
        assert (
            "{{1357*2468}} ${1357*2468} #{1357*2468} {% debug %} %(title)s {{ request.user }}"
            in shown
        )


@pytest.mark.whole
@pytest.mark.django_db
def test_a_topic_is_a_word_whatever_is_typed(writer):
    """Its address holds plain letters, digits and hyphens only."""
    typed = [one_line(vector).replace(",", " ") for vector in VECTORS if len(vector) <= 80]
    for start in range(0, len(typed), 12):
        topics = ", ".join(typed[start : start + 12])[:400]
        form_filling.write(writer, "article", **{**form_filling.COMMON, "topics": topics})
    slugs = set(Topic.objects.values_list("slug", flat=True))
    assert len(slugs) > 100
    assert [slug for slug in slugs if not re.fullmatch("[a-z0-9_-]+", slug)] == []


@pytest.mark.django_db
def test_the_feeds_are_atom_whatever_is_typed(writer, client):
    """Well formed XML, no element of another language, never served as HTML."""
    author = factories.person("Contributeurs", display_name="</name><script>alert(1)</script>")
    texts = packed([one_line(vector) for vector in VECTORS], 200)
    for text in texts[:40]:
        page = factories.page(author=author, title=text, summary_of_edit=text)
    for address in ("/changements/flux/", f"{page.address}flux/"):
        answer = client.get(address)
        assert answer["Content-Type"].startswith("application/atom+xml")
        assert answer["X-Content-Type-Options"] == "nosniff"
        spaces = {
            element.tag.rpartition("}")[0]
            for element in ElementTree.fromstring(answer.content).iter()
        }
        assert spaces == {"{http://www.w3.org/2005/Atom"}


@pytest.mark.django_db
def test_completion_answers_json_that_browsers_do_not_take_for_html(writer):
    factories.page(title="zxpirate </script><script>alert(1)</script>")
    answer = writer.get("/recherche/titres/?q=zxpirate")
    assert answer["Content-Type"] == "application/json"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert [page["title"] for page in answer.json()["pages"]] == [
        "zxpirate </script><script>alert(1)</script>"
    ]


@pytest.mark.parametrize(
    "sign", ["&#1;", "&#x1F;", "&#xFFFE;", "&#xD800;", "&#99999999999;", "&#x110000;"]
)
@pytest.mark.parametrize("screen", ["nouveau/article/", "nouveau/article/apercu/"])
def test_references_to_signs_that_no_text_holds_are_left_out(writer, sign, screen):
    body = f"<p>Avant{sign}après &#233;t&#xE9;</p>"
    typed = {**form_filling.blank(writer, "article"), "title": "Références", "body": body}
    answer = writer.post(f"/{screen}", typed)
    assert answer.status_code in (200, 302)
    if answer.status_code == 302:
        assert "<p>Avantaprès été</p>" in ArticlePage.objects.get(title="Références").body
