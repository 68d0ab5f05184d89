"""Hypothesis strategies: bodies in the canonical form that saving gives."""

from html import escape

from hypothesis import strategies as st

from wiki.markup.html import clean

LETTERS = "abcdeéèœÇ’« 0\u00a0&<>\"'[]🙂"
BLANK = st.sampled_from(["", "\n"])


def _is_tidy(text: str) -> bool:
    """Blanks at an end or in a row say nothing in HTML: the canonical form has none."""
    return text == text.strip(" ") and "  " not in text and text != ""


words = st.text(LETTERS, min_size=1, max_size=12).filter(_is_tidy)


def _text(value: str) -> str:
    return escape(value, quote=False)


def _link(attributes: str):
    return lambda inside: f"<a {attributes}>{inside}</a>"


identifiers = st.integers(1, 10**6)
dressings = st.one_of(
    st.sampled_from(["strong", "em", "sub", "sup", "code"]).map(
        lambda tag: lambda inside: f"<{tag}>{inside}</{tag}>"
    ),
    st.sampled_from(["/themes/", "https://exemple.example/?a=1&amp;b", "mailto:a@b.example"]).map(
        lambda href: _link(f'href="{href}"')
    ),
    identifiers.map(lambda pk: _link(f'linktype="page" id="{pk}"')),
    identifiers.map(lambda pk: _link(f'linktype="document" id="{pk}"')),
    words.map(lambda title: _link(f'linktype="wanted" title="{escape(title)}"')),
)
pictures = st.builds(
    lambda pk, alt, form: (
        f'<embed embedtype="image" id="{pk}" alt="{escape(alt)}" format="{form}">'
    ),
    identifiers,
    words | st.just(""),
    st.sampled_from(["fullwidth", "left"]),
)
dressed = st.builds(lambda dress, inside: dress(_text(inside)), dressings, words)
doubly = st.builds(
    lambda pk, inside: (
        f'<a linktype="page" id="{pk}"><strong><em>{_text(inside)}</em></strong></a>'
    ),
    identifiers,
    words,
)
# Two neighbours dressed alike would be one: words always stand between them.
phrases = st.lists(st.tuples(words.map(_text), dressed | doubly | pictures), max_size=2).map(
    lambda pairs: "".join(f"{before} {inside} " for before, inside in pairs)
)
inline = st.builds(
    lambda start, between, end: f"{start}{_text(between)}{end}",
    phrases,
    words,
    st.sampled_from(["", "<br>0"]),
)


def _element(tag: str, attributes: str = ""):
    opening = f"{tag} {attributes}" if attributes else tag
    return lambda inside: f"<{opening}>{inside}</{tag}>"


paragraphs = inline.map(_element("p"))
headings = st.builds(
    lambda tag, text: _element(tag)(text), st.sampled_from(["h2", "h3", "h4"]), inline
)


def _joined(blocks, lowest: int = 1):
    listed = st.lists(blocks, min_size=lowest, max_size=3)
    return st.builds(lambda blank, parts: blank.join(parts), BLANK, listed)


def _items(inside):
    many = st.lists(paragraphs, min_size=2, max_size=3).map("".join)
    plain = st.builds(lambda text, lists: text + lists, inline, inside | st.just(""))
    return (plain | many | st.just("")).map(_element("li"))


def _lists(inside):
    items = _items(inside)
    ticked = st.builds(
        lambda text, done: f'<li class="done">{text}</li>' if done else f"<li>{text}</li>",
        inline,
        st.booleans(),
    )
    return st.one_of(
        _joined(items).map(_element("ul")),
        _joined(items).map(_element("ol")),
        st.builds(lambda n, x: f'<ol start="{n}">{x}</ol>', st.integers(2, 40), _joined(items)),
        st.builds(lambda t, x: f'<ol type="{t}">{x}</ol>', st.sampled_from("aAiI"), _joined(items)),
        _joined(ticked).map(_element("ul", 'class="check"')),
    )


lists = st.recursive(_lists(st.just("")), _lists, max_leaves=3)
cell_text = inline | st.just("") | lists.map(lambda inside: f"a{inside}")


@st.composite
def tables(draw) -> str:
    columns = draw(st.integers(1, 3))
    head = draw(st.booleans())
    side = draw(st.booleans())
    caption = draw(st.none() | inline)
    parts = [] if caption is None else [f"<caption>{caption}</caption>"]
    if head:
        cells = "".join(f'<th scope="col">{draw(inline)}</th>' for _ in range(columns))
        parts.append(f"<thead><tr>{cells}</tr></thead>")
    rows = "".join(draw(_row(columns, side)) for _ in range(draw(st.integers(1, 3))))
    return f"<table>{''.join(parts)}<tbody>{rows}</tbody></table>"


@st.composite
def _row(draw, columns: int, side: bool) -> str:
    if columns > 1 and draw(st.integers(0, 4)) == 0:
        return f'<tr><td colspan="{columns}">{draw(inline)}</td></tr>'
    cells = [f"<td>{draw(cell_text)}</td>" for _ in range(columns)]
    if side:
        cells[0] = f'<th scope="row">{draw(inline)}</th>'
    return f"<tr>{''.join(cells)}</tr>"


callouts = st.builds(
    lambda kind, inside: f'<div class="{kind}">{inside}</div>',
    st.sampled_from(["note", "note warn", "note eg"]),
    _joined(paragraphs | lists),
)
quotations = _joined(paragraphs).map(_element("blockquote"))
blocks = st.one_of(
    paragraphs,
    headings,
    lists,
    tables(),
    callouts,
    quotations,
    st.just("<hr>"),
    pictures.map(_element("p")),
)
bodies = _joined(blocks, lowest=0).map(clean)
