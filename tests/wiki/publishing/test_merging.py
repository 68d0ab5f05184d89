"""Two texts from one base: what can be put together is, the rest is asked, nothing is lost."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.models import MeetingPage
from structures.models import StructurePage
from wiki.markup import blocks, html
from wiki.models import ArticlePage
from wiki.publishing.merging import Choice, merge


def bodies(base: str, theirs: str, mine: str):
    """The merged body, or its conflicts."""
    merged = merge({"body": base}, {"body": theirs}, {"body": mine}, ArticlePage)
    return merged.conflicts or merged.content["body"]


def paragraphs(*texts: str) -> str:
    return "\n".join(f"<p>{text}</p>" for text in texts)


def table(*rows: str) -> str:
    return "<table><tbody>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</tbody></table>"


def rewritten(count: int) -> list[str]:
    """Three texts of so many paragraphs, each changed by both."""
    words = ("un", "deux", "trois")
    return [paragraphs(*(f"{n} mot {word}" for n in range(count))) for word in words]


def test_more_conflicts_than_anybody_chooses_between_are_one():
    (conflict,) = bodies(*rewritten(61))
    assert [conflict.base, conflict.theirs, conflict.mine] == rewritten(61)
    assert len(bodies(*rewritten(60))) == 60


MERGED = {
    "neighbours": (
        paragraphs("un a", "deux b", "trois c"),
        paragraphs("un a !", "deux b", "trois c"),
        paragraphs("un a", "deux b !", "trois c"),
        paragraphs("un a !", "deux b !", "trois c"),
    ),
    "two additions at the end": (
        paragraphs("un"),
        paragraphs("un", "le leur"),
        paragraphs("un", "le mien"),
        "<p>un</p>\n<p>le leur</p><p>le mien</p>",
    ),
    "the same addition twice": (
        paragraphs("un"),
        paragraphs("un", "deux"),
        paragraphs("un", "deux"),
        paragraphs("un", "deux"),
    ),
    "an addition in an empty text": ("", "<p>a</p>", "<p>b</p>", "<p>a</p><p>b</p>"),
    "a removal and a change elsewhere": (
        paragraphs("un", "deux", "trois quatre"),
        paragraphs("deux", "trois quatre"),
        paragraphs("un", "deux", "trois quatre cinq"),
        paragraphs("deux", "trois quatre cinq"),
    ),
    "both removed it": (
        paragraphs("un", "deux"),
        paragraphs("deux"),
        paragraphs("deux", "trois"),
        paragraphs("deux", "trois"),
    ),
    "items of a list": (
        "<ul><li>a</li><li>b</li></ul>",
        "<ul><li>a</li><li>b, plus</li></ul>",
        "<ul><li>a, plus</li><li>b</li><li>c</li></ul>",
        "<ul><li>a, plus</li><li>b, plus</li><li>c</li></ul>",
    ),
    "items of an inner list": (
        "<ul><li>a<ul><li>b x</li><li>c y</li></ul></li></ul>",
        "<ul><li>a<ul><li>b x 1</li><li>c y</li></ul></li></ul>",
        "<ul><li>a<ul><li>b x</li><li>c y 2</li></ul></li></ul>",
        "<ul><li>a<ul><li>b x 1</li><li>c y 2</li></ul></li></ul>",
    ),
    "rows of a table": (
        table("<td>a</td>", "<td>b</td>"),
        table("<td>a 1</td>", "<td>b</td>"),
        table("<td>a</td>", "<td>b 2</td>"),
        table("<td>a 1</td>", "<td>b 2</td>"),
    ),
    "a callout and what it holds": (
        '<div class="note"><p>un a</p><p>deux b</p></div>',
        '<div class="note warn"><p>un a</p><p>deux b</p></div>',
        '<div class="note"><p>un a</p><p>deux b c</p></div>',
        '<div class="note warn"><p>un a</p><p>deux b c</p></div>',
    ),
    "words that no element holds": (
        "Bonjour <strong>x</strong><hr><p>a b</p>",
        "Bonjour <strong>x</strong><hr><p>a b c</p>",
        "Bonjour <strong>y</strong><hr><p>a b</p>",
        "Bonjour <strong>y</strong><hr><p>a b c</p>",
    ),
}


@pytest.mark.parametrize(("base", "theirs", "mine", "both"), MERGED.values(), ids=MERGED.keys())
def test_what_does_not_touch_is_put_together(base, theirs, mine, both):
    assert bodies(base, theirs, mine) == both


CONFLICTS = {
    "a paragraph changed twice": (
        paragraphs("un mot"),
        paragraphs("un mot x"),
        paragraphs("un mot y"),
        ("<p>un mot x</p>", "<p>un mot y</p>"),
    ),
    "a paragraph rewritten twice": (
        paragraphs("un mot", "fin"),
        paragraphs("tout autre", "fin"),
        paragraphs("rien de cela", "encore", "fin"),
        ("<p>tout autre</p>\n", "<p>rien de cela</p>\n<p>encore</p>\n"),
    ),
    "removed here and changed there": (
        paragraphs("un", "deux mots", "trois"),
        paragraphs("un", "trois"),
        paragraphs("un", "deux mots de plus", "trois"),
        ("", "<p>deux mots de plus</p>\n"),
    ),
    "split in two here and changed there": (
        paragraphs("un", "deux mots bien longs", "trois"),
        paragraphs("un", "début tout neuf", "suite toute neuve", "trois"),
        paragraphs("un", "deux mots bien longs et plus", "trois"),
        (
            "<p>début tout neuf</p>\n<p>suite toute neuve</p>\n",
            "<p>deux mots bien longs et plus</p>\n",
        ),
    ),
    "an item changed twice": (
        "<ul><li>a</li><li>b</li></ul>",
        "<ul><li>a</li><li>b 1</li></ul>",
        "<ul><li>a</li><li>b 2</li></ul>",
        ("<li>b 1</li>", "<li>b 2</li>"),
    ),
    "a column added and a cell changed": (
        table("<td>a</td>"),
        table("<td>a</td><td>n</td>"),
        table("<td>a 1</td>"),
        (table("<td>a</td><td>n</td>"), table("<td>a 1</td>")),
    ),
    "a head and a cell added to a row, and a cell changed": (
        table("<th>a</th><td>1</td>"),
        table("<th>a</th><td>1</td><th>b</th><td>2</td>"),
        table("<th>a</th><td>3</td>"),
        (table("<th>a</th><td>1</td><th>b</th><td>2</td>"), table("<th>a</th><td>3</td>")),
    ),
    "a paragraph changed twice, and a new one after it": (
        "<p>le wifi est ouvert</p>",
        "<p>le wifi est fermé</p>\n<p>tout neuf</p>",
        "<p>le wifi est gratuit</p>",
        ("<p>le wifi est fermé</p>\n", "<p>le wifi est gratuit</p>"),
    ),
    "a heading made a paragraph, and a new one after it": (
        "<h2>le wifi est ouvert</h2>",
        "<p>le wifi est ouvert</p>\n<p>tout neuf</p>",
        "<h2>le wifi est gratuit</h2>",
        ("<p>le wifi est ouvert</p>\n<p>tout neuf</p>", "<h2>le wifi est gratuit</h2>"),
    ),
    "another kind of list and another item": (
        "<ul><li>a</li></ul>",
        "<ol><li>a</li></ol>",
        "<ul><li>a 1</li></ul>",
        ("<ol><li>a</li></ol>", "<ul><li>a 1</li></ul>"),
    ),
}


@pytest.mark.parametrize(
    ("base", "theirs", "mine", "different"), CONFLICTS.values(), ids=CONFLICTS.keys()
)
def test_what_touches_is_asked(base, theirs, mine, different):
    (conflict,) = bodies(base, theirs, mine)
    assert (conflict.theirs, conflict.mine) == different


def test_bare_words_are_joined_on_lines_of_their_own():
    (conflict,) = bodies("un", "<strong>deux</strong>", "trois")
    assert conflict.joined == "<strong>deux</strong><br>trois"


def test_eight_editors_of_eight_neighbours_all_keep_their_words():
    base = paragraphs(*(f"Paragraphe {n} du début" for n in range(8)))
    online = base
    for n in range(8):
        mine = base.replace(f"Paragraphe {n} du début", f"Paragraphe {n} du début, par {n}")
        online = bodies(base, online, mine)
    assert online == paragraphs(*(f"Paragraphe {n} du début, par {n}" for n in range(8)))


def test_each_choice_gives_its_text():
    merged = merge(
        {"body": paragraphs("un", "fin")},
        {"body": paragraphs("un x", "fin")},
        {"body": paragraphs("un y", "fin", "suite")},
        ArticlePage,
    )
    tail = "<p>fin</p>\n<p>suite</p>"
    chosen = {choice: merged.chosen({0: choice})["body"] for choice in Choice}
    assert chosen == {
        Choice.THEIRS: f"<p>un x</p>\n{tail}",
        Choice.MINE: f"<p>un y</p>\n{tail}",
        Choice.BOTH: f"<p>un x</p>\n<p>un y</p>\n{tail}",
        # One word has two forms, and nothing was written: the writer's own text stands.
        Choice.TOGETHER: f"<p>un y</p>\n{tail}",
        Choice.OWN: f"<p>un y</p>\n{tail}",
    }
    with pytest.raises(ValueError):
        merged.content  # noqa: B018


# Fields and child rows.


def meeting(**content) -> dict:
    return {"place": "", "agenda": "", "decisions": [], "topics": [], **content}


def merged_meeting(*sides: dict):
    """As contents come from the database: no two of them hold one object."""
    return merge(*(json.loads(json.dumps(meeting(**side))) for side in sides), MeetingPage)


def row(text: str, outcome: str = "") -> dict:
    return {"text": text, "outcome": outcome}


FIELDS = {
    "two fields": ({}, {"place": "Avoine"}, {"agenda": "Un"}, {"place": "Avoine", "agenda": "Un"}),
    "one value": ({"place": "un"}, {"place": "un"}, {"place": "deux"}, {"place": "deux"}),
    "lines of one field": (
        {"agenda": "Un\nDeux"},
        {"agenda": "Un\nDeux\nTrois"},
        {"agenda": "Un, d’abord\nDeux"},
        {"agenda": "Un, d’abord\nDeux\nTrois"},
    ),
    "topics": (
        {"topics": ["wifi", "seniors"]},
        {"topics": ["wifi", "seniors", "aidants"]},
        {"topics": ["wifi", "tablette"]},
        {"topics": ["wifi", "aidants", "tablette"]},
    ),
    "fields of one row": (
        {"decisions": [row("Acheter un banc")]},
        {"decisions": [row("Acheter un banc", "à l’unanimité")]},
        {"decisions": [row("Acheter deux bancs")]},
        {"decisions": [row("Acheter deux bancs", "à l’unanimité")]},
    ),
    "two rows added": (
        {"decisions": [row("Un")]},
        {"decisions": [row("Un"), row("Le leur")]},
        {"decisions": [row("Un"), row("Le mien")]},
        {"decisions": [row("Un"), row("Le leur"), row("Le mien")]},
    ),
    "a row removed here, its fields in PostgreSQL's order there": (
        {"decisions": [row("Un", "vote")]},
        {"decisions": [{"outcome": "vote", "text": "Un"}, row("Le leur")]},
        {"decisions": []},
        {"decisions": [row("Le leur")]},
    ),
    "a row of which a field stayed, and a new one after it": (
        {"decisions": [row("Acheter un banc", "vote")]},
        {"decisions": [row("Planter trois tilleuls", "vote"), row("Fleurir")]},
        {"decisions": [row("Acheter un banc", "unanimité")]},
        {"decisions": [row("Planter trois tilleuls", "unanimité"), row("Fleurir")]},
    ),
    "a row removed, another one changed": (
        {"decisions": [row("Un"), row("Deux bancs")]},
        {"decisions": [row("Deux bancs")]},
        {"decisions": [row("Un"), row("Deux bancs", "vote")]},
        {"decisions": [row("Deux bancs", "vote")]},
    ),
}


@pytest.mark.parametrize(("base", "theirs", "mine", "both"), FIELDS.values(), ids=FIELDS.keys())
def test_fields_and_rows_are_put_together(base, theirs, mine, both):
    merged = merged_meeting(base, theirs, mine)
    assert merged.conflicts == []
    assert merged.content == meeting(**both)


TORN_FIELDS = {
    "one value": ({"place": "a"}, {"place": "b"}, {"place": "c"}, "place", None),
    "one line": ({"agenda": "a"}, {"agenda": "b"}, {"agenda": "c"}, "agenda", "b\nc"),
    "one field of one row": (
        {"decisions": [row("Un banc")]},
        {"decisions": [row("Un banc bleu")]},
        {"decisions": [row("Un banc vert", "vote")]},
        "decisions",
        [row("Un banc bleu", "vote"), row("Un banc vert", "vote")],
    ),
    "a row replaced by two others here and changed there": (
        {"decisions": [row("Acheter un banc", "vote")]},
        {"decisions": [row("Planter trois tilleuls", "refus"), row("Fleurir")]},
        {"decisions": [row("Acheter un banc", "unanimité")]},
        "decisions",
        [
            row("Planter trois tilleuls", "refus"),
            row("Fleurir"),
            row("Acheter un banc", "unanimité"),
        ],
    ),
    "a row removed here and changed there": (
        {"decisions": [row("Un banc")]},
        {"decisions": []},
        {"decisions": [row("Un banc vert")]},
        "decisions",
        [row("Un banc vert")],
    ),
}


@pytest.mark.parametrize(
    ("base", "theirs", "mine", "name", "joined"), TORN_FIELDS.values(), ids=TORN_FIELDS.keys()
)
def test_a_field_changed_twice_is_asked(base, theirs, mine, name, joined):
    (conflict,) = merged_meeting(base, theirs, mine).conflicts
    assert (conflict.name, conflict.joined) == (name, joined)


def test_a_value_emptied_by_one_is_emptied():
    merged = merge({"commune": "Avoine"}, {"commune": ""}, {"commune": "Avoine"}, StructurePage)
    assert merged.content == {"commune": ""}


def test_without_a_base_all_that_differs_is_asked():
    merged = merge(None, meeting(place="a"), meeting(place="b"), MeetingPage)
    assert [conflict.name for conflict in merged.conflicts] == ["place"]


# Whatever people write.

WORDS = st.text("abcde éà’&<>", max_size=8).map(lambda text: text.strip() or "mot")
INLINE = st.one_of(
    WORDS,
    WORDS.map(lambda text: f"<strong>{text}</strong>"),
    WORDS.map(lambda text: f'<a href="https://a.example/?b=1&c=2">{text}</a>'),
)
PARAGRAPH = st.tuples(st.sampled_from(["p", "h2", "h3"]), INLINE).map(
    lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0]}>"
)
LIST = st.lists(INLINE, min_size=1, max_size=3).map(
    lambda items: "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
)
TABLE = st.lists(st.tuples(INLINE, INLINE), min_size=1, max_size=2).map(
    lambda rows: table(*(f"<td>{a}</td><td>{b}</td>" for a, b in rows))
)
IMAGE = st.just('<embed embedtype="image" id="1" alt="un &gt; deux">')
BLOCK = st.one_of(PARAGRAPH, LIST, TABLE, IMAGE, st.just("<hr>"), INLINE)
BODY = st.lists(BLOCK, max_size=6).map("\n".join).map(html.clean_until_stable)


@given(BODY)
def test_the_blocks_of_a_body_are_the_body(body):
    assert "".join(block.html for block in blocks.split(body)) == body.lstrip()


@given(st.text("<>/pulivtrd\"' a=", max_size=60))
def test_any_text_is_cut_without_error(text):
    for body in (text, html.clean(text)):
        assert "".join(block.html for block in blocks.split(body)) in (body, body.lstrip())


@given(BODY, BODY)
def test_one_side_alone_is_taken_byte_for_byte(base, changed):
    assert bodies(base, changed, base) == changed
    assert bodies(base, base, changed) == changed
    assert bodies(base, changed, changed) == changed


def leaves(body: str) -> set[str]:
    """The words of each block."""
    return set(html.plain_text(body).splitlines())


@settings(max_examples=300)
@given(BODY, BODY, BODY)
def test_nothing_that_anybody_wrote_is_lost(base, theirs, mine):
    """All that is new on a side is in the merged text, or on that side of a conflict."""
    merged = merge({"body": base}, {"body": theirs}, {"body": mine}, ArticlePage)
    for choice, side in ((Choice.THEIRS, theirs), (Choice.MINE, mine)):
        chosen = dict.fromkeys(range(len(merged.conflicts)), choice)
        body = merged.chosen(chosen)["body"]
        new = leaves(side) - leaves(base)
        missing = {line for line in new if line not in html.plain_text(body)}
        assert missing == set()
        assert html.clean(body) == body
