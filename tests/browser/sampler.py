"""The sampler: one body that holds every element, attribute and combination that a page may.

Each piece has a word of its own, by which the screens that show it are compared.
"""

from dataclasses import dataclass

from django.utils.html import escape

WORD = "Repère"
ENDLESS = "Compte_rendu_groupe_de_travail_inclusion_numerique_2026_03_12_version_definitive"
ARABIC = "مرحبا بكم في المكتبة (CNI)."
PLAIN = "Un paragraphe sans rien."


@dataclass(frozen=True)
class Piece:
    """`html`: what is stored, its word in the place of the star; `looks`: the elements whose
    look is compared, as the page, then the editor name them."""

    html: str
    looks: str
    kind: str = ""  # inline, cell, picture


IDS = {"page": 0, "closed": 0, "document": 0, "image": 0}
WANTED = '<a linktype="wanted" title="Page jamais écrite du nuancier">*</a>'
PICTURE = '<p><embed embedtype="image" id="{image}" alt="*" format="fullwidth" url=""></p>'

# A group is what must stand together; each star is a piece.
BLOCKS = [
    ("<p>*</p>", "p"),
    ("<h2>*</h2>", "h2"),
    ("<p>*</p>", "p"),
    ("<h3>*</h3>", "h3"),
    ("<p>*</p>", "p"),
    ("<h4>*</h4>", "h4"),
    (f"<p>* {PLAIN}</p>", "p"),
    ("<p>*<br>après la coupure</p>", "p"),
    (f"<p>* {ENDLESS}</p>", "p"),
    (f"<p>{ARABIC} *</p>", "p"),
    ("<h2>*</h2>", "h2"),
    ("<blockquote><p>*</p><p>suite</p></blockquote>", "blockquote"),
    ("<hr>", ""),
    (PICTURE, "img"),
    ('<div class="note"><p>*</p><p>suite</p></div>', ".note"),
    ('<div class="note warn"><p>*</p><ul><li>point</li></ul></div>', ".note"),
    ('<div class="note eg"><p>*</p></div>', ".note"),
    ("<h2>*</h2>", "h2"),
    ("<h3>*</h3>", "h3"),
    ("<h4>*</h4>", "h4"),
    ("<ul><li>*</li></ul>", "li"),
    ("<h2>*</h2>", "h2"),
    ("<h4>*</h4>", "h4"),
    ("<p>*</p>", "p"),
    ("<h3>*</h3>", "h3"),
    ('<ul class="check"><li class="done">*</li></ul>', "li"),
    ("<h2>*</h2>", "h2"),
]
INLINE = [
    ("<strong>*</strong>", "strong"),
    ("<b>*</b>", "strong, b"),
    ("<em>*</em>", "em"),
    ("<i>*</i>", "em, i"),
    ("<code>*</code>", "code"),
    ("<sub>*</sub>", "sub"),
    ("<sup>*</sup>", "sup"),
    ('<a linktype="page" id="{page}">*</a>', "a"),
    ('<a linktype="page" id="{page}"><strong><em>*</em></strong></a>', "a"),
    ('<a linktype="page" id="{closed}">*</a>', "a, span"),
    (WANTED, ".wanted"),
    ('<a linktype="document" id="{document}">*</a>', "a"),
    ('<a href="https://exemple.example/une/adresse">*</a>', "a"),
    ('<a href="/themes/" title="Tous les thèmes">*</a>', "a"),
    ('<a href="mailto:bonjour@exemple.example">*</a>', "a"),
    ('<a href="tel:+33247000000">*</a>', "a"),
]
LISTS = [
    "<ul><li>*<ul><li>*<ul><li>*</li></ul></li></ul></li><li>*</li></ul>",
    "<ol><li>*<ol><li>*<ol><li>*</li></ol></li></ol></li><li>*</li></ol>",
    '<ol start="5" type="a"><li>*</li><li><p>*</p><p>*</p></li></ol>',
    '<ul class="check"><li>*</li><li class="done">*</li><li>*'
    '<ul class="check"><li class="done">*<ul class="check"><li>*</li></ul></li></ul></li></ul>',
    '<ul><li>*<ol><li>*<ul class="check"><li class="done">*</li><li>*</li></ul>'
    "</li></ol></li></ul>",
    '<ul class="check"><li class="done">*<ul><li>*</li></ul></li><li><p>*</p><p>*</p></li></ul>',
    "<blockquote><ul><li>*</li></ul></blockquote>",
    '<div class="note"><ol><li>*</li></ol><ul class="check"><li class="done">*</li></ul></div>',
]
TABLE = (
    "<table><caption>*</caption>"
    '<thead><tr><th scope="col">*</th><th scope="col" colspan="2">*</th></tr></thead><tbody>'
    '<tr><th scope="row" rowspan="2">*</th><td>*</td><td rowspan="2">*</td></tr>'
    "<tr><td><p>*</p><ul><li>*</li></ul></td></tr>"
    '<tr><th scope="row">*</th><td colspan="2"><strong>*</strong></td></tr></tbody></table>'
)


def pieces() -> list[Piece]:
    """All pieces in the order of the sampler."""
    found = [Piece(text, looks, "picture" if looks == "img" else "") for text, looks in BLOCKS]
    found += [Piece(text, looks, "inline") for text, looks in INLINE]
    found += [Piece(text, "li") for text in LISTS]
    return [*found, Piece(TABLE, "caption, figcaption, th, td", "cell")]


def body(ids: dict[str, int] = IDS) -> str:
    """The sampler as it is stored; `ids`: a page, one that readers may not open, a document
    and an image."""
    count, parts = 0, []
    for piece in pieces():
        text = piece.html
        for name, number in ids.items():
            text = text.replace(f"{{{name}}}", str(number))
        while "*" in text:
            text = text.replace("*", escape(word(count)), 1)
            count += 1
        parts.append(f"<p>avant {text} après</p>" if piece.kind == "inline" else text)
    return "\n".join(parts)


def words() -> list[dict[str, str]]:
    """Each word of the sampler, with the elements whose look is compared and its kind."""
    starred = [piece for piece in pieces() for _star in range(piece.html.count("*"))]
    return [
        {"word": word(rank), "looks": piece.looks, "kind": piece.kind}
        for rank, piece in enumerate(starred)
    ]


def word(rank: int) -> str:
    return f"{WORD}{rank:03}"
