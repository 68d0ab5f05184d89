"""Comparing, merging and telling who wrote what take a bounded time on any text."""

import random
import resource

import pytest

from tests import costs, factories
from wiki.diff import parsing, rows, text_blocks
from wiki.diff.rows import compare
from wiki.history import blame
from wiki.markup import html, nesting, sections
from wiki.models import ArticlePage, Version
from wiki.publishing.merging import Choice, merge

MOST = 2  # seconds of processor
MANY = random.Random(10)


def paragraphs(words) -> str:
    return "".join(f"<p>{word}</p>" for word in words)


def drawn(signs: str, count: int) -> list[str]:
    return [MANY.choice(signs) for _rank in range(count)]


def items(words) -> str:
    return f"<ul>{''.join(f'<li>{word}</li>' for word in words)}</ul>"


def numbers(count: int) -> str:
    draws = ((MANY.randrange(100), MANY.randrange(10)) for _rank in range(count))
    return paragraphs(f"a{first} b{second} c" for first, second in draws)


TWO_TEXTS = {
    "a line of repeats": ("<p>" + "a b " * 500 + "</p>", "<p>" + "b a " * 480 + "</p>"),
    "words of two letters": (
        f"<p>{' '.join(drawn('ab', 1000))}</p>",
        f"<p>{' '.join(drawn('ab', 1000))}</p>",
    ),
    "2,000 repeated blocks": (
        paragraphs(f"a {n % 3}" for n in range(2000)),
        paragraphs(f"a {n % 5}" for n in range(2000)),
    ),
    "2,000 equal blocks": (
        paragraphs("x" * 1) * 2000,
        (paragraphs("x") * 3 + paragraphs("y")) * 500,
    ),
    "1,300 repeated paragraphs": (
        paragraphs(["Le même paragraphe"]) * 1300,
        paragraphs(["Le même paragraphe", "Un autre"]) * 650,
    ),
    "2,000 rewritten blocks": (
        paragraphs(f"un deux trois {n}" for n in range(2000)),
        paragraphs(f"quatre cinq six {n}" for n in range(2000)),
    ),
    "items of a list": (items(drawn("ab", 2000)), items(drawn("ab", 2000))),
    "marks": ("<p>" + "<b>a</b> <i>b</i> " * 900 + "</p>", "<p>" + "<i>a</i> b " * 900 + "</p>"),
    "12,000 mixed blocks": (numbers(12_000), numbers(12_000)),
    "100,000 words": (
        f"<p>{' '.join(drawn('ab', 100_000))}</p>",
        f"<p>{' '.join(drawn('ab', 100_000))}</p>",
    ),
}


@pytest.mark.parametrize("name", TWO_TEXTS)
def test_a_difference_of_any_two_texts_is_bounded(name):
    old, new = TWO_TEXTS[name]

    def shown():
        changes, same = compare(text_blocks(old), text_blocks(new))
        return [change.text for change in changes[:400]], same

    texts, _same = costs.within(MOST, shown)
    assert texts


@pytest.mark.parametrize("name", TWO_TEXTS)
def test_a_merge_of_any_two_texts_is_bounded(name):
    base, theirs = TWO_TEXTS[name]
    mine = base + "<p>Écrit à la fin</p>"
    merged = costs.within(
        MOST, lambda: merge({"body": base}, {"body": theirs}, {"body": mine}, ArticlePage)
    )
    # Nothing of what anybody wrote is lost, whatever is chosen.
    both = merged.chosen(dict.fromkeys(range(len(merged.conflicts)), Choice.BOTH))["body"]
    assert "Écrit à la fin" in both
    assert merged.conflicts or both.startswith(theirs[:200])


@pytest.mark.parametrize("repeats", [1300, 3000])
def test_a_merge_among_repeats_is_right(repeats):
    """Two people add a line each among equal ones: both are there, once, and nothing else."""
    same = "<p>Le même paragraphe</p>"
    base = same * repeats
    theirs = same * 300 + "<p>Le leur</p>" + same * (repeats - 300)
    mine = same * 700 + "<p>Le mien</p>" + same * (repeats - 700)
    merged = merge({"body": base}, {"body": theirs}, {"body": mine}, ArticlePage)
    expected = same * 300 + "<p>Le leur</p>" + same * 400 + "<p>Le mien</p>"
    assert merged.content["body"] == expected + same * (repeats - 700)


def test_only_the_rows_that_are_shown_are_worded(monkeypatch):
    """Of 6,000 mixed blocks most come and go: of those after the first only the number is told."""
    old, new = text_blocks(numbers(6_000)), text_blocks(numbers(6_000))
    worded = []
    told = rows._change
    monkeypatch.setattr(rows, "_change", lambda *args: worded.append(1) or told(*args))
    changes, same = compare(old, new)
    assert len(changes) > 3_000
    assert len(worded) < 2_000
    assert len(changes) + same >= 6_000


def test_equal_versions_are_not_read(contributor, logged_in, monkeypatch):
    page = factories.page(body="<p>Un texte</p>", author=contributor)
    monkeypatch.setattr(parsing, "_BlockReader", None)
    answer = logged_in(contributor).get(f"{page.address}difference/?de=1&a=1")
    assert "Ces deux versions sont pareilles" in answer.content.decode()


def test_many_links_in_a_paragraph_cost_each_as_much_as_one():
    """Their words are joined once: four times more links take some four times longer."""

    def read(count):
        body = paragraphs(['<a href="https://a.fr/">x</a> ' * count])
        return min(costs.timed(lambda: text_blocks(body))[0] for _turn in range(2))

    assert read(40_000) < 10 * read(10_000)


# Who wrote what


class Brief:
    """A version, as annotation reads it."""

    def __init__(self, body: str):
        self.content = {"body": body}


def test_many_versions_of_other_words_are_read_as_far_as_they_cost(monkeypatch):
    """Pieces cost, not signs: what is read anew is bounded, whatever the versions hold."""
    read = []
    words = blame._words
    monkeypatch.setattr(blame, "_words", lambda text: read.append(1) or words(text))
    bodies = [paragraphs(f"{n}v{version}" for n in range(5_000)) for version in range(12)]
    history = blame.newest_of(Brief(body) for body in bodies)
    blame.annotate(history[-1][1], history)
    assert 2 <= len(history) < 6
    assert len(read) <= 25_000


def test_long_histories_of_few_changes_are_read_whole():
    same = paragraphs(f"Le paragraphe {n}" for n in range(500))
    bodies = [f"{same}<p>{version}</p>" for version in range(200)]
    assert len(blame.newest_of(Brief(body) for body in bodies)) == 200


@pytest.fixture
def long_history(contributor):
    """300 versions of 330 kB."""
    body = paragraphs(
        f"Le paragraphe {n} et ses quelques mots pour la longueur" for n in range(5000)
    )
    page = factories.page(body="<p>Début</p>", author=contributor)
    Version.objects.bulk_create(
        Version(
            page_id=page.pk,
            number=number,
            title=page.title,
            content={"body": f"<p>Version {number}</p>{body}"},
            size=len(body),
            author_name="Personne",
        )
        for number in range(2, 302)
    )
    return page


def test_who_wrote_what_reads_no_more_than_it_may(long_history, client):
    client.get(f"{long_history.address}annoter/?x=1")  # imports and caches
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    answer = costs.within(MOST, lambda: client.get(f"{long_history.address}annoter/"))
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert answer.status_code == 200
    assert grown < 200_000  # kB
    text = answer.content.decode()
    assert "ou avant" in text
    assert "Cette page est très longue" in text


def test_who_wrote_what_names_nobody_for_what_it_did_not_read(db, client, monkeypatch):
    monkeypatch.setattr(blame, "MOST_CHARACTERS", 100)
    page = factories.page(
        author=factories.person("Contributeurs", display_name="La première"), body="<p>Un</p>"
    )
    for word in ("Deux", "Trois"):
        author = factories.person("Contributeurs", display_name=f"Auteure {word}")
        page = factories.edited(page, author=author, body=f"{page.body}<p>{word * 9}</p>")
    text = client.get(f"{page.address}annoter/").content.decode()
    assert "La première" not in text
    assert "Version 2 ou avant" in text or "Version 3 ou avant" in text


# Nesting

NESTED = {
    "lists": "<ul><li>" * 18_000,
    "frames": "<div>" * 30_000,
    "frames with words": "<div>x" * 20_000,
    "quotes": "<blockquote><p>x</p>" * 15_000,
    "marks": "".join(f"<b title={n}>" for n in range(100)) + "<p>x" * 20_000,
    "marks that open again": "".join(f"<b><i title={n}></b>" for n in range(15_000)),
    "tables": "<table><tr><td>" * 9_000,
    "unknown elements": "<x>" * 40_000 + "<p>" * 20_000,
    "closed in comments": "<div><!-- > </div>-->" * 15_000,
    "closed in styles": "<div><style></div></style>" * 12_000,
    "closed in attributes": "<div><x a='</div>'>" * 15_000,
    "closed from a table": "<b><table><td></b></td></table>" * 10_000,
    "made by what goes": "<div>" * 100 + "<<div>div>" * 25_000,
}


@pytest.mark.sampled(every=5)
@pytest.mark.parametrize("name", NESTED)
def test_elements_deep_in_each_other_cost_little_wherever_they_are_read(name):
    body = NESTED[name]
    for read in (html.clean, html.clean_until_stable, html.plain_text, sections.shown_text):
        costs.within(MOST, lambda read=read: read(body))
    cleaned = html.clean_until_stable(body)
    costs.within(MOST, lambda: text_blocks(cleaned[:200_000]))
    assert html.clean(cleaned) == cleaned
    reader = blame.BodyReader()
    costs.within(MOST, lambda: reader.pieces(cleaned[:100_000]))


def test_what_pages_hold_is_not_deep():
    body = "<ul><li>Un<ul><li>Deux<ul><li>Trois</li></ul></li></ul></li></ul>" * 500
    table = (
        "<div class='note'><table><tr><td><ul><li><strong>x</strong></li></ul></td></tr></table>"
    )
    assert not nesting.is_deep(body + f"{table}</div>" * 500)
    assert html.clean(body) == body


def test_the_words_of_what_is_too_deep_stay():
    cleaned = html.clean("<div>mot <b>gras</b> " * 200)
    assert html.plain_text(cleaned).count("gras") == 200
