"""What words do not show is named in a difference: a photo, a tick, a callout, a blank."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from home.models import HomePage
from tests import costs, factories
from tests.wiki.diff.test_difference import between
from wiki.editing.conflicts import shown
from wiki.markup import html
from wiki.models import ArticlePage
from wiki.publishing.merging import Conflict
from wiki.publishing.publishing import Edit, publish

pytestmark = pytest.mark.django_db

PHOTO = '<p>x</p><embed embedtype="image" id="{}" format="fullwidth" alt="Un plan">'
ROWS = "<table><tbody><tr>{}</tr></tbody></table>"
LISTED = "<li>a</li><li>b</li><li>c</li>"
NAMED = [
    (PHOTO.format(1), PHOTO.format(2), "Photo remplacée : « Un plan »"),
    (PHOTO.format(1), PHOTO.format(1).replace("Un plan", "Le plan"), "Description de la photo"),
    ("<p>mot</p>", PHOTO.format(1).replace("<p>x</p>", "<p>mot</p>"), "[photo : Un plan]"),
    (
        '<ul class="check"><li>Carte</li></ul>',
        '<ul class="check"><li class="done">Carte</li></ul>',
        "Case cochée",
    ),
    (
        '<ul class="check"><li class="done">Carte</li></ul>',
        '<ul class="check"><li>Carte</li></ul>',
        "Case décochée",
    ),
    (
        '<div class="note"><p>a b</p></div>',
        '<div class="note warn"><p>a b</p></div>',
        "Encadré : À retenir → Attention",
    ),
    ("<p>a b</p>", '<div class="note eg"><p>a b</p></div>', "Encadré : aucun → Exemple"),
    ("<h2>Titre</h2>", "<h3>Titre</h3>", "Titre : niveau 2 → niveau 3"),
    ("<p>Titre</p>", "<h4>Titre</h4>", "Titre : texte simple → niveau 4"),
    (f"<ul>{LISTED}</ul>", f"<ol>{LISTED}</ol>", "Liste à puces → liste numérotée"),
    (f"<ul>{LISTED}</ul>", f'<ul class="check">{LISTED}</ul>', "liste de cases à cocher"),
    (f"<ol>{LISTED}</ol>", f'<ol start="4">{LISTED}</ol>', "liste numérotée à partir de 4"),
    ("<p>a</p><p>b</p>", "<ul><li>a</li><li>b</li></ul>", "Texte simple → liste à puces"),
    ("<p>un deux</p>", "<p>un <strong>deux</strong></p>", "Mis en gras : « deux »"),
    ("<p>un <em>deux</em></p>", "<p>un deux</p>", "N’est plus en italique : « deux »"),
    ("<p>H2O</p>", "<p>H<sub>2</sub>O</p>", "Mis en indice : « H2O »"),
    ("<p>un deux</p>", "<p>un <code>deux</code></p>", "Mis en code : « deux »"),
    (
        ROWS.format("<td>a</td><td>b</td>"),
        ROWS.format('<td colspan="2">a b</td>'),
        "Cellules fusionnées : aucune → cellule 1 sur 2 colonnes",
    ),
    (
        ROWS.format("<td>a</td><td>b</td>"),
        ROWS.format('<td rowspan="2">a</td><td>b</td>'),
        "cellule 1 sur 2 lignes",
    ),
    (
        ROWS.format("<td>a</td><td>b</td>"),
        ROWS.format("<th>a</th><td>b</td>"),
        "Cellules de titre : aucune → 1",
    ),
    (
        ROWS.format('<th scope="row">a</th>'),
        ROWS.format('<th scope="col">a</th>'),
        "Cellules du tableau présentées autrement",
    ),
    (
        ROWS.format("<td>a</td><td>b</td>"),
        ROWS.format("<td>a</td><td>b</td>").replace("tbody", "thead"),
        "Ligne de titres du tableau",
    ),
    (
        "<p>10 € la place</p>",
        "<p>10\u00a0€ la place</p>",
        "Espace → espace insécable : « 10 € »",
    ),
    ("<p>10€ la place</p>", "<p>10 € la place</p>", "Sans espace → espace"),
    ("<p>10 € la place</p>", "<p>10  € la place</p>", "se lit pareil"),
    ("<p>un<br>deux</p>", "<p>un deux</p>", "Retour à la ligne → espace"),
    ("<p>a</p>", "<p>a</p>\n", "se lit pareil"),
    ("<p>la pla\u200bce</p>", "<p>la place</p>", "se lit pareil"),
    ("<p>\u0065\u0301t\u00e9</p>", "<p>\u00e9t\u00e9</p>", "se lit pareil"),
    ("<p>a b</p>", "<blockquote><p>a b</p></blockquote>", "Mis en citation"),
    ("<ul><li>a</li><li>b</li></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>", "Décalage"),
    (
        "<ul><li>a</li><li>b</li></ul>",
        "<ul><li>a</li></ul><ul><li>b</li></ul>",
        "joints ou séparés",
    ),
    ("<p>a</p>", "<p>a</p><hr>", "[trait]"),
    ("<p>a</p>", "<p>a</p><p></p>", "[ligne vide]"),
    (
        "<p>voir ici</p>",
        '<p>voir <a linktype="wanted" title="Ici">ici</a></p>',
        "Lien ajouté vers une page à écrire : « ici »",
    ),
    (
        '<p><a linktype="page" id="999998">ici</a></p>',
        '<p><a linktype="page" id="999999">ici</a></p>',
        "Lien changé : « ici »",
    ),
    (
        '<p><a href="https://a.example">ici</a></p>',
        '<p><a href="https://b.example">ici</a></p>',
        "Lien changé (https://a.example → https://b.example) : « ici »",
    ),
    ("<p>un deux</p><p>b</p><p>c</p>", "<p>b</p><p>c</p><p>un deux</p>", "Déplacé"),
]


def read(found) -> str:
    """All that the rows say, as one reads them."""
    rows = [" ".join([row.label, *row.notes, row.text]) for row in found.changes]
    return plain(re.sub(r"</?(?:ins|del)>", "", "\n".join(rows)))


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(("old", "new", "said"), NAMED)
def test_what_words_do_not_show_is_named(old, new, said):
    assert said in read(between(old, new))


@pytest.mark.parametrize(
    "body", dict.fromkeys(body for old, new, _ in NAMED for body in (old, new))
)
def test_equal_bodies_have_no_difference(body):
    assert between(body, body).changes == []


def test_a_change_of_a_whole_list_or_callout_is_told_once():
    items = "".join(f"<li>point {n}</li>" for n in range(9))
    assert len(between(f"<ul>{items}</ul>", f"<ol>{items}</ol>").changes) == 1
    inside = "".join(f"<p>phrase {n}</p>" for n in range(9))
    note = '<div class="note">{}</div>'.format
    assert len(between(note(inside), note(inside).replace("note", "note warn")).changes) == 1


def test_a_link_to_a_page_to_be_written_reads_as_its_words():
    link = '<p>voir <a linktype="wanted" title="La carte">sa carte</a> demain</p>'
    (row,) = between("", link).changes
    assert row.text == "<ins>voir sa carte demain</ins>"
    assert "document" not in read(between("", link))


def test_a_difference_says_where_it_is():
    old, new = "<h2>Sources</h2>", "<h2>Sources</h2><p>Un livre</p>"
    assert plain(between(old, new).changes[0].label) == "Ajouté dans « Sources » · paragraphe 1"
    assert plain(between(new, old).changes[0].label) == "Retiré dans « Sources » · paragraphe 1"
    (row,) = between("<p>un mot</p>", "<p>un bon mot</p>").changes
    assert row.label == "Modifié dans le texte · paragraphe 1"


# Any two bodies

WORDS = st.sampled_from(["un", "deux", "a", " ", "\u00a0", "", "10 €", "\u200b", "é", "\n", ", "])
ATTRIBUTES = {
    "class": ["note", "note warn", "note eg", "check", "done"],
    **{name: ["1", "2", "3"] for name in ("id", "colspan", "rowspan", "start")},
    "linktype": ["page", "document", "wanted"],
    "embedtype": ["image"],
    "scope": ["row", "col"],
    "format": ["left", "right"],
    "type": ["a", "A", "I"],
    "href": ["https://a.example", "mailto:a@b.fr"],
    **{name: ["x", "y"] for name in ("title", "alt", "url")},
}
VOID = {"br", "hr", "embed"}


@st.composite
def elements(draw, inside):
    """Any allowed element with any of its attributes, well nested or not."""
    tag = draw(st.sampled_from(sorted(html.TAGS)))
    names = sorted(html.ATTRIBUTES.get(tag, ()))
    chosen = draw(st.lists(st.sampled_from(names), unique=True)) if names else []
    values = [f' {name}="{draw(st.sampled_from(ATTRIBUTES[name]))}"' for name in chosen]
    start = f"<{tag}{''.join(values)}>"
    return start if tag in VOID else f"{start}{draw(inside)}</{tag}>"


BODIES = st.recursive(
    WORDS, lambda inside: st.lists(elements(inside) | WORDS, max_size=3).map("".join), max_leaves=8
).map(html.clean_until_stable)


@given(BODIES, BODIES)
@settings(deadline=None)
@example("un", "<a>\u00a0</a>")
@example("<p></p><p>a</p>", "<p>\u00a0</p><p>b</p>")
@example("<ul><li>a</li></ul>", '<ul><li class="done">a</li></ul>')
@example("<table><tr><td>a</td></tr></table>", "<table><tr><td><p>a</p></td></tr></table>")
def test_nothing_differs_only_when_the_bodies_are_equal(old, new):
    found = between(old, new)
    assert bool(found.changes) == (old != new)
    for row in found.changes:
        assert row.notes or "<ins>" in row.text or "<del>" in row.text, row


@given(BODIES, st.data())
@settings(deadline=None)
def test_one_thing_changed_inside_a_body_is_told(body, data):
    """An attribute, an element or a sign is taken away; the rest stands as it was."""
    pieces = re.findall(r"<[^>]*>|[^<]", body)
    if not pieces:
        return
    gone = data.draw(st.integers(0, len(pieces) - 1))
    other = html.clean_until_stable("".join(pieces[:gone] + pieces[gone + 1 :]))
    assert bool(between(body, other).changes) == (body != other)
    assert bool(between(other, body).changes) == (body != other)


# Hostile bodies

SAME = "mot " * 30_000
HOSTILE = [
    (f"<p>{SAME}</p>", f"<p>{SAME}fin</p>"),
    (f"<p>{SAME}</p>", f"<p>début {'mot autre ' * 15_000}</p>"),
    (f"<p>{'a b ' * 9_000}</p>", f"<p>{'b a c ' * 6_000}</p>"),
    ("<p>a</p>" * 9_000, "<p>b</p>" * 9_000),
    ("<p>a</p>" * 9_000, "<p>a</p><p>b</p>" * 4_500),
    ("<p>a b c d e f</p>" * 3_000, "<p>a x y z e g</p>" * 3_000),
    ("<div>" * 4_000 + "a", "<div>" * 4_000 + "b"),
    (f"<p>{'<b>a</b> <i>b</i> ' * 5_000}</p>", f"<p>{'<i>a</i> <b>b</b> ' * 5_000}</p>"),
    (f"<table><tr>{'<td>a</td>' * 9_000}</tr></table>", "<table><tr><td>a</td></tr></table>"),
    (f"<table><tr>{'<td><p>a</p></td>' * 3_000}</tr></table>", "<p>a</p>"),
    ("<ul><li>a" * 3_000, "<ol><li>a" * 3_000),
    ("<p>" + "x" * 400_000 + "</p>", "<p>" + "x" * 399_999 + "y</p>"),
    ("<p>" + "\u200b" * 100_000 + "</p>", "<p>" + "\u200b" * 99_999 + "</p>"),
]


@pytest.mark.parametrize("rank", range(len(HOSTILE)))
def test_repeated_text_is_compared_in_a_moment(rank):
    old, new = map(html.clean_until_stable, HOSTILE[rank])
    assert bool(costs.within(10, lambda: between(old, new).changes)) == (old != new)


def test_a_conflict_names_what_its_words_do_not_show(contributor):
    page = ArticlePage(title="T", slug="t")
    base = '<ul class="check"><li>Carte</li></ul>'
    theirs = '<ul class="check"><li class="done">Carte</li></ul>'
    mine = "<ol><li><strong>Carte</strong></li></ol>"
    found = shown(Conflict("body", base, theirs, mine), page, contributor)
    assert found.theirs_notes == ["Case cochée"]
    said = [plain(note) for note in found.mine_notes]
    assert "Mis en gras : « Carte »" in said
    assert any("liste numérotée" in note for note in said)
    titles = shown(Conflict("title", "10 €", "10\u00a0€", "11 €"), page, contributor)
    assert "insécable" in titles.theirs_notes[0]


@pytest.mark.django_db
def test_a_door_to_a_closed_page_is_in_no_difference(client, logged_in):
    """Its title, as it is today, and the sentence that its door says."""
    home, section = HomePage.objects.get(), factories.page(title="Zinzoline")
    factories.restricted_to_groups(section, "Bureau")
    member = factories.person("Animateurs", "Bureau")
    doors = [*home.doors.raw_data]
    door = {"page": section.pk, "title": "Porte zinzoline", "text": "Phrase zinzoline"}
    home.doors = home.doors.stream_block.to_python([*doors, {"type": "door", "value": door}])
    publish(home, Edit(author_name="Passerelles"))
    assert "zinzoline" not in client.get("/difference/").content.decode().lower()
    assert "Phrase zinzoline" in logged_in(member).get("/difference/").content.decode()
