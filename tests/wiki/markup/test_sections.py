"""A section is one box with its heading; a heading over nothing is not shown to readers."""

import re
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from lxml import html as lxml_html

from search.models import SearchEntry
from tests import costs, factories
from tests.wiki import secrets
from tests.wiki.screens import form_of
from wiki.markup import html, sections
from wiki.pages.kinds import all_kinds
from wiki.rendering.bodies import render

pytestmark = pytest.mark.django_db
HOLLOW = (
    "<p>Début.</p>\n<h2>Plein</h2>\n<p>Des mots.</p>\n<h2>Creux</h2>\n<p></p>\n"
    "<h2>Père</h2><h3>Fils</h3><h4>Petit-fils</h4><ul><li></li></ul>"
)


def shown(body: str):
    text = render(body, AnonymousUser()).html
    return lxml_html.fragment_fromstring(text, create_parent="main")


def headings(body: str) -> list[str]:
    return [e.text_content() for e in shown(body).iter("h2", "h3", "h4")]


def test_a_section_is_one_box_with_its_heading_and_all_that_follows():
    text = "<p>a</p><h2>b</h2><p>c</p><h3>d</h3><p>e</p><hr><h2>f</h2><ul><li>g</li></ul>"
    root = shown(text)
    assert [child.tag for child in root] == ["p", "section", "section"]
    assert [child.tag for child in root[1]] == ["h2", "p", "h3", "p", "hr"]
    assert [child.tag for child in root[2]] == ["h2", "ul"]


@pytest.mark.parametrize(
    "nothing",
    [
        "",
        "<p></p>",
        "<p>\u00a0</p>",
        "<p>\u200b\u00ad\ufeff</p>",
        "<p><br></p><p><strong> </strong></p>",
        "<ul><li></li></ul>",
        '<ul class="check"><li class="done"></li></ul>',
        "<ol><li><p></p><ul><li> </li></ul></li></ol>",
        '<div class="note"><p></p></div>',
        "<blockquote><p></p></blockquote>",
        "<hr>",
        "<h3></h3>",
        "<h3>Dessous</h3><h4>Plus bas</h4><p></p>",
        "<h4>Saut</h4><h3>Retour</h3>",
        '<p><embed embedtype="image" id="999999" alt=""></p>',
    ],
)
@pytest.mark.parametrize("after", ["", "<h2>Suite</h2><p>mots</p>"])
def test_no_heading_is_shown_over_nothing(nothing, after):
    body = f"<h2>Avant</h2><p>mots</p><h2>Creux</h2>{nothing}{after}"
    assert headings(body) == ["Avant", *(["Suite"] if after else [])]
    assert not shown(body).xpath("//p[not(normalize-space())] | //li | //blockquote | //div")


@pytest.mark.parametrize(
    "something",
    [
        "mots nus",
        "<strong>gras</strong>",
        "<p>.</p>",
        "<table><tbody><tr><td></td></tr></tbody></table>",
        "<h3>Dessous</h3><p>mots</p>",
        "<h4>Saut</h4><p>mots</p>",
        "<ul><li></li><li>un</li></ul>",
        '<div class="note eg"><p>mots</p></div>',
        '<p><a linktype="page" id="999999">interdite</a></p>',
    ],
)
def test_a_heading_over_something_is_shown(something):
    assert headings(f"<h2>Plein</h2>{something}<h2>Suite</h2><p>a</p>")[0] == "Plein"


def test_a_heading_over_a_picture_is_shown():
    image = secrets.image_named("Image", "image")
    body = f'<h2>Plein</h2><p><embed embedtype="image" id="{image.pk}" alt=""></p>'
    factories.page(body=body)
    assert headings(body) == ["Plein"]


def test_a_list_keeps_the_numbers_of_its_items_when_one_is_blank():
    assert len(shown("<ol><li>un</li><li></li><li>trois</li></ol>").findall(".//li")) == 3


def test_bare_words_beside_blocks_stand_in_paragraphs_as_in_the_editor():
    text = render("nus <b>gras</b><ul><li>a<ul><li>b</li></ul>reste</li></ul>", AnonymousUser())
    assert text.html == (
        "<p>nus <b>gras</b></p><ul><li><p>a</p><ul><li>b</li></ul><p>reste</p></li></ul>"
    )


def test_what_is_done_is_said_in_words_and_what_is_not_stays_silent():
    body = (
        '<ul class="check"><li class="done">un<ul><li>b</li></ul></li>'
        '<li class="done"><p>deux</p><p>suite</p></li><li>trois</li></ul>'
        '<ul><li class="done">quatre</li></ul>'
    )
    items = [" ".join(i.text_content().split()) for i in shown(body).xpath("//li")]
    assert items == ["Fait : unb", "b", "Fait : deuxsuite", "trois", "quatre"]


@pytest.mark.parametrize("name", sorted(all_kinds()))
def test_an_unfilled_skeleton_shows_no_heading_on_any_kind_of_page(name):
    model = all_kinds()[name]
    assert sections.hollow_headings(model.skeleton) != []
    assert str(render(model.skeleton, AnonymousUser()).html).strip() == ""


def test_readers_of_every_screen_see_no_hollow_heading_and_writers_find_them(client, logged_in):
    page = factories.page(title="Squelette", body=HOLLOW)
    person = logged_in(factories.person("Contributeurs"))
    form = form_of(person.get(f"{page.address}modifier/"))
    assert "<h2>Creux</h2>" in form["body"][0]
    preview = person.post(f"{page.address}apercu/", {n: v[0] for n, v in form.items()})
    screens = [client.get(page.address), client.get(f"{page.address}versions/1/"), preview]
    for answer in screens:
        assert answer.status_code == 200
        held = lxml_html.fromstring(answer.content)
        found = [
            e.text_content() for e in held.xpath("//*[@class='prose']//*[self::h2 or self::h3]")
        ]
        assert found == ["Plein"]


def test_the_writer_is_told_of_headings_that_are_not_shown(logged_in):
    page = factories.page(title="Squelette", body="<p>a</p>")
    person = logged_in(factories.person("Contributeurs"))
    fields = {n: v[0] for n, v in form_of(person.get(f"{page.address}modifier/")).items()}
    told = "4 titres sans texte ne sont pas montrés aux lecteurs\u00a0: «\u00a0Creux\u00a0»"
    preview = person.post(f"{page.address}apercu/", {**fields, "body": HOLLOW})
    assert told in preview.content.decode()
    published = person.post(f"{page.address}modifier/", {**fields, "body": HOLLOW}, follow=True)
    assert told in published.content.decode()
    page.refresh_from_db()
    assert "<h4>Petit-fils</h4>" in page.body
    anew = {n: v[0] for n, v in form_of(person.get(f"{page.address}modifier/")).items()}
    again = person.post(f"{page.address}modifier/", {**anew, "summary": "Mieux"}, follow=True)
    assert "sans texte" not in again.content.decode()
    fields = {n: v[0] for n, v in form_of(person.get(f"{page.address}modifier/")).items()}
    fields["body"] = "<h2>Plein</h2><p>mots</p>"
    answer = person.post(f"{page.address}modifier/", fields, follow=True)
    assert "sans texte" not in answer.content.decode()


def test_what_the_writer_is_told_stays_short_however_many_headings():
    assert len(sections.said(["Un titre très long " * 20] * 5000)) < 800


def test_a_heading_that_readers_do_not_see_finds_no_page():
    page = factories.page(title="Squelette", body="<h2>Zyxomma</h2><p></p><h2>Plein</h2><p>là</p>")
    text = SearchEntry.objects.get(page_id=page.pk).text
    assert "Zyxomma" not in text
    assert "Plein" in text


def test_a_typed_part_that_says_nothing_has_no_heading():
    page = SimpleNamespace(lines=[" ", ""])
    template = Template(
        '{% load wiki %}{% part "Titre" %}<ul>{% for l in page.lines %}<li>{{ l }}</li>{% endfor %}'
        "</ul>{% endpart %}"
    )
    assert template.render(Context({"page": page})) == ""
    page.lines = ["<b>a</b>"]
    drawn = template.render(Context({"page": page}))
    assert drawn.startswith('<section>\n<h2 id="rubrique-titre">Titre</h2>')
    assert "&lt;b&gt;" in drawn


def test_every_typed_part_of_a_page_is_a_section_made_by_the_tag():
    """No template writes by hand a heading that could stand over nothing in running text."""
    for path in (settings.ROOT / "templates").rglob("*_page.html"):
        prose = path.read_text().partition("{% block prose %}")[2].partition("{% endblock")[0]
        assert "<h2" not in prose, path


OF_BODIES_ALONE = {html.CHECK_LIST, html.DONE, "eg"}


def test_a_class_of_bodies_means_nothing_else_on_any_screen():
    """A rule of forms never dresses a text, nor the reverse: they share no name."""
    for path in (settings.ROOT / "templates").rglob("*.html"):
        for names in re.findall(r'class="([^"]*)"', path.read_text()):
            assert not OF_BODIES_ALONE & set(names.split()), path
    for path in (settings.ROOT / "assets/css").rglob("*.css"):
        for selector in re.findall(r"(?:^|[,}])\s*([^,{}]*)(?=[,{])", path.read_text(), re.M):
            if set(re.findall(r"\.([\w-]+)", selector)) & {html.CHECK_LIST, html.DONE}:
                assert selector.startswith((".prose ", ".ProseMirror ")), (path, selector)


@pytest.mark.sampled(every=5)
@pytest.mark.parametrize(
    "one",
    ["<h4>a</h4>", "<ul><li></li></ul>\n", "<p></p>x", "<h2>a</h2><h3>b</h3><p>x</p>", "a<br>"],
)
def test_the_cost_of_a_hostile_body_grows_with_its_length_only(one):
    def seconds(count: int) -> float:
        root = html.fragment(one * count)
        return costs.timed(lambda: sections.arrange(root))[0]

    def ratio() -> float:
        """Eight if linear, sixty-four if quadratic: a busy machine adds to either."""
        return min(seconds(32_000) for _ in range(3)) / min(seconds(4000) for _ in range(3))

    assert any(ratio() < 32 for _ in range(3))


@pytest.mark.parametrize(
    "holder",
    [
        "<ul><li>{}</li></ul>",
        "<ol><li><p>x</p>{}</li></ol>",
        "<table><tbody><tr><td>{}</td></tr></tbody></table>",
    ],
)
def test_a_heading_that_is_all_an_item_or_a_cell_says_is_shown(holder):
    body = holder.format("<h3>Carte Vitale</h3>")
    assert sections.hollow_headings(body) == []
    assert "Carte Vitale" in sections.shown_text(body)
