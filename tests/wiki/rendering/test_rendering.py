"""Bodies as readers see them: whatever was written, only what is allowed comes out."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from wagtail.images import get_image_model

from tests import factories
from tests.wiki import secrets
from wiki.markup import html
from wiki.models.site_revision import one_request
from wiki.rendering.bodies import render

pytestmark = pytest.mark.django_db
on_a_database = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
ALLOWED = (html.TAGS - {"embed"}) | {"img", "span", "section", "small"}
ATTRIBUTES = {
    *("href", "id", "src", "alt", "width", "height", "loading", "class", "role", "tabindex"),
    *("aria-label", "scope", "colspan", "rowspan", "start", "type", "format", "url"),
    *("embedtype", "dir", "data-paper"),
}
NAMES = [
    "p",
    "div",
    "a",
    "embed",
    "img",
    "script",
    "style",
    "svg",
    "math",
    "table",
    "td",
    "li",
    "ul",
    "h2",
    "iframe",
    "form",
    "input",
    "title",
    "textarea",
    "noscript",
    "template",
    "plaintext",
    "select",
    "option",
    "frameset",
    "base",
    "meta",
    "object",
    "b",
    "body",
]
VALUES = [
    "1",
    "javascript:alert(1)",
    "https://x.example",
    '"><script>',
    "note warn",
    "image",
    "page",
    "document",
    "wanted",
    "data:text/html,x",
    "-1",
    "9" * 30,
    "",
    "'",
    "vbscript:x",
]
KEYS = [
    "href",
    "src",
    "id",
    "class",
    "style",
    "onclick",
    "onload",
    "linktype",
    "title",
    "embedtype",
    "alt",
    "xlink:href",
    "srcdoc",
    "formaction",
    "url",
    "format",
]
TAG = st.builds(
    lambda name, attributes, closing: (
        f"</{name}>"
        if closing
        else f"<{name} " + " ".join(f'{key}="{value}"' for key, value in attributes) + ">"
    ),
    st.sampled_from(NAMES),
    st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(VALUES)), max_size=3),
    st.booleans(),
)
SOUP = st.lists(TAG | st.text(max_size=12) | st.sampled_from(["<!--", "-->", "<![CDATA[", "]]>"]))


def shown(body: str, user=None) -> str:
    return render(body, user or AnonymousUser()).html


def pictures(count: int = 1) -> list:
    """Images that a page shows to everybody."""
    images = [secrets.image_named(f"Image {n}", f"image-{n}") for n in range(count)]
    factories.page(body="".join(f'<embed embedtype="image" id="{i.pk}" alt="">' for i in images))
    return images


def assert_safe(text: str) -> None:
    for element in lxml_html.fragment_fromstring(text, create_parent="main").iter():
        if element.tag == "main":
            continue
        assert element.tag in ALLOWED, element.tag
        assert set(element.attrib) <= ATTRIBUTES, element.attrib
        address = element.get("href", "") or element.get("src", "")
        assert address.partition(":")[0] in {"http", "https", "mailto", "tel"} or (
            ":" not in address.partition("/")[0]
        ), address


@on_a_database
@given(SOUP.map("".join))
def test_no_soup_of_tags_yields_another_element_than_the_allowed_ones(db, body):
    assert_safe(shown(body))


@on_a_database
@given(st.text())
def test_any_text_is_rendered_without_error(db, body):
    assert_safe(shown(body))


@on_a_database
@given(SOUP.map("".join))
def test_rendering_a_rendered_text_is_safe_too(db, body):
    assert_safe(shown(shown(body)))


HOSTILE = [
    "<script>alert(1)</script>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<img src=x onerror=alert(1)>",
    "<embed src='https://mal.example/x.swf'>",
    "<embed embedtype='image' id='1' src='x' onload='alert(1)'>",
    "<div class='note' onmouseover='alert(1)'>x</div>",
    "<table background='javascript:alert(1)'><tr><td>x</td></tr></table>",
    "<meta http-equiv=refresh content='0;url=https://mal.example'>",
    "<base href='https://mal.example'>",
    "<form action='https://mal.example'><button>x</button></form>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<template><script>alert(1)</script></template>",
    "<plaintext><script>alert(1)</script>",
    "<a id='1' linktype='page' href='javascript:alert(1)'>x</a>",
    "<a id='1' linktype='document' href='javascript:alert(1)'>x</a>",
    "<a title='javascript:alert(1)' linktype='wanted' href='javascript:alert(1)'>x</a>",
]


@pytest.mark.parametrize("body", HOSTILE)
def test_hostile_bodies_are_harmless_even_when_stored_past_the_door(client, body):
    page = factories.page()
    type(page).objects.filter(pk=page.pk).update(body=body)
    page.versions.update(content={**page.versions.get().content, "body": body})
    text = shown(body)
    assert_safe(text)
    written = "".join(re.findall("<[^>]*>", text))
    for word in ("alert(", "mal.example/x.swf", "onerror", "onload"):
        assert word not in written
    answer = client.get(page.address)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()
    assert "onerror=" not in answer.content.decode()


def test_links_to_pages_lead_to_them_wherever_they_are():
    target = factories.page(title="But")
    body = f'<p><a linktype="page" id="{target.pk}">là</a></p>'
    assert shown(body) == f'<p><a href="{target.address}">là</a></p>'


@pytest.mark.parametrize("state", ["closed", "unpublished"])
def test_links_to_pages_that_one_may_not_open_are_plain_words(state):
    target = factories.page(title="But")
    if state == "closed":
        factories.restricted_to_login(target)
    elif state == "unpublished":
        target.unpublish()
    body = f'<p><a linktype="page" id="{target.pk}" href="/collectif/but/">là</a></p>'
    assert shown(body) == "<p><span>là</span></p>"
    if state == "closed":
        assert "href" in shown(body, factories.person())


def test_many_links_cost_one_query():
    targets = [factories.page() for _ in range(6)]
    body = "".join(f'<p><a linktype="page" id="{page.pk}">x</a></p>' for page in targets)
    render(body, AnonymousUser())  # the path of the site is known from then on
    with one_request(), CaptureQueriesContext(connection) as captured:
        render(body, AnonymousUser())
    assert len(captured) == 2  # the stamp is the other one


def test_many_pictures_cost_one_query():
    body = "".join(f'<embed embedtype="image" id="{i.pk}" alt="">' for i in pictures(4))
    shown(body)  # they are drawn the first time
    with one_request(), CaptureQueriesContext(connection) as captured:
        text = shown(body)
    assert text.count("<img ") == 4
    assert len(captured) == 2  # the stamp is the other one


def test_a_body_names_its_targets_for_writers_and_only_those_they_may_read():
    (image,), target = pictures(), factories.page(title="But")
    closed = factories.page(title="Fermée")
    factories.restricted_to_groups(closed, "Administrateurs")
    body = (
        f'<p><a linktype="page" id="{target.pk}">a</a><a linktype="page" id="{closed.pk}">b</a>'
        '<a linktype="wanted" title="À écrire">c</a><a linktype="wanted" title="But">d</a>'
        f'<embed embedtype="image" id="{image.pk}" alt="plan" format="left"></p>'
    )
    assert "data-" not in shown(body) and "data-" not in shown(body, factories.person())
    text = shown(body, factories.person("Contributeurs"))
    assert text.count(f'data-linktype="page" data-id="{target.pk}"') == 2
    assert 'class="wanted" href=' in text
    assert f'data-picture="{image.pk}" data-format="left"' in text
    assert f'"{closed.pk}"' not in text


def test_text_after_a_picture_stays():
    (image,) = pictures()
    text = shown(f'<p>avant <embed embedtype="image" id="{image.pk}" alt="plan"> après</p>')
    assert "avant <img" in text
    assert "> après</p>" in text


def test_a_picture_says_its_size_and_its_alternative():
    (image,) = pictures()
    text = shown(f'<embed embedtype="image" id="{image.pk}" alt="Un &quot;plan&quot;">')
    (drawn,) = lxml_html.fragment_fromstring(text, create_parent="main").xpath("//img")
    assert (drawn.get("alt"), drawn.get("width"), drawn.get("loading")) == (
        'Un "plan"',
        "1000",
        "lazy",
    )


def test_headings_have_anchors_of_their_own():
    text = shown("<h2>Qui j’appelle</h2><p>a</p><h2>Qui j’appelle</h2><h3>!!!</h3>")
    assert text.count('id="qui-j-appelle"') == 1


def test_tables_can_be_scrolled_by_keyboard_and_have_a_name():
    text = shown("<table><caption>Tarifs</caption><tr><td>1</td></tr></table><p>suite</p>")
    (frame,) = lxml_html.fragment_fromstring(text, create_parent="main").xpath("//div")
    assert (frame.get("role"), frame.get("tabindex"), frame.get("aria-label")) == (
        *("region", "0"),
        "Tarifs",
    )
    assert text.endswith("<p>suite</p>")


@pytest.mark.parametrize(
    ("kind", "label"), [("note", "À retenir"), ("note warn", "Attention"), ("note eg", "Exemple")]
)
def test_callouts_have_a_label(kind, label):
    text = shown(f'<div class="{kind}"><p>texte</p></div>')
    assert f'<p class="label">{label}</p>' in text


@pytest.mark.parametrize("tag", ["div", "blockquote", "b"])
def test_deep_nesting_is_no_error(tag):
    text = shown(f"<{tag}>" * 3000 + "au fond" + f"</{tag}>" * 3000)
    assert isinstance(text, str)


def test_templates_are_not_evaluated():
    assert shown("<p>{{ 7*7 }} {% debug %} ${7*7}</p>") == "<p>{{ 7*7 }} {% debug %} ${7*7}</p>"


def test_the_size_of_a_drawing_is_a_whole_number():
    drawing = get_image_model().objects.filter(file__endswith=".svg").first()
    text = shown(f'<p><embed embedtype="image" id="{drawing.pk}" alt="x" format="fullwidth"></p>')
    assert re.search(r'width="\d+" height="\d+"', text)
