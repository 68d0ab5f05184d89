"""Where the parts of a text are found: each heading has an id of its own on the screen.

The templates have ids too: no heading takes one of them, so that links, labels and scripts
find what they name. Such a heading, and the second of the same words, gets another id; links
of the text to it follow.
"""

import re
from collections import defaultdict

from wiki.text import addresses

LONGEST = 60
PREFIX = "partie-"  # no template begins an id so
# What the templates and the scripts use; a test reads them all.
TAKEN = {
    *("a", "a-venir", "alert", "articles", "auteur", "changements", "clock", "commune"),
    *("comparer", "contenu", "court", "de", "dehors", "dessous", "edit", "file", "history"),
    *(
        "mien",
        "pages-fermees",
        "passerelle",
        "phone",
        "place",
        "profil",
        "prudence",
        "q",
        "rangees-ici",
        "res",
    ),
    *("rubriques", "search", "sorte", "sous", "theme", "themes-connus", "versions"),
}
TAKEN_WITH = re.compile(
    r"(?:annee|commune|passage|sorte|titre|own)-[0-9]+|own-[0-9]+-label|(?:f|kb|rubrique)-.*"
)


def is_taken(anchor: str) -> bool:
    return anchor in TAKEN or TAKEN_WITH.fullmatch(anchor) is not None


def anchor_headings(root) -> None:
    headings = [(one, anchor_of(one)) for one in root.iter("h2", "h3")]
    names = Names({anchor for _heading, anchor in headings})
    given: dict[str, str] = {}  # by what the words of the heading say: its id, of the first one
    for heading, anchor in headings:
        if anchor:
            heading.set("id", names.one_for(anchor))
            given.setdefault(anchor, heading.get("id"))
    follow(root, given)


def anchor_of(heading) -> str:
    return addresses.shortened(addresses.slug_of(heading.text_content()), LONGEST)


def of_part(title: str) -> str:
    """The id of a heading that the template of a page writes itself."""
    return f"rubrique-{addresses.slug_of(str(title))}"


class Names:
    """Ids given once each; `said`: what the headings themselves say, which none other takes."""

    def __init__(self, said: set[str]):
        self.said, self.used = said, set()
        self.ranks = defaultdict(lambda: 2)  # of the next one of the same words

    def one_for(self, anchor: str) -> str:
        """The words of the heading themselves, else others that no heading says."""
        own = base = f"{PREFIX}{anchor}" if is_taken(anchor) else anchor
        while not self.is_free(own) or (own in self.said and own != anchor):
            own = f"{base}-{self.ranks[base]}"
            self.ranks[base] += 1
        self.used.add(own)
        return own

    def is_free(self, name: str) -> bool:
        return name not in self.used and not is_taken(name)


def follow(root, given: dict[str, str]) -> None:
    """Links of the text to a part of it, written with the words of its heading."""
    for link in root.iter("a"):
        href = link.get("href", "")
        if href.startswith("#") and given.get(href[1:], href[1:]) != href[1:]:
            link.set("href", f"#{given[href[1:]]}")
