"""The name that signs: nobody's but one's own, to the eye as to the machine.

Two names are the same to the eye when their skeletons are: letters without case, accents and
blanks, each sign replaced by the one it looks like (Unicode UTS 39, confusables.txt).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from wiki.models import Event, Version
from wiki.text.characters import can_be_read, one_line

MAIL = re.compile(r"[^\s@]@[^\s@.]+\.[^\s@]")
WORD = re.compile(r"[^\W_]+")
# What signs for the site or for those who look after it, besides the names of groups; each
# in the singular, for plurals are read as it.
ROLES = [
    "animation",
    "animateur",
    "animatrice",
    "administration",
    "administrateur",
    "administratrice",
    "admin",
    "superadmin",
    "moderation",
    "moderateur",
    "moderatrice",
    "collectif",
    "comite",
    "equipe",
    "webmestre",
    "webmaster",
    "support",
    "assistance",
    "ancien",
    "ancienne",
    "membre",
    "superutilisateur",
    "superutilisatrice",
    "root",
    "systeme",
]
SMALL_WORDS = [
    *("le", "la", "l", "un", "une", "de", "du", "des", "d", "et", "ou", "site", "notre"),
    *("verifie", "verifiee", "officiel", "officielle", "technique", "general", "generale"),
    *("rice", "trice", "ice", "e", "s"),  # « Administrateur·rice »
]
ONE_SHAPE = str.maketrans({"0": "o", "1": "i", "l": "i", "|": "i"})
PAIRS = (("rn", "m"), ("vv", "w"))
# Signs that Unicode's table ties to no letter, and that are read as one in a word.
AS_LETTERS = str.maketrans(
    {"€": "e", "†": "t", "‡": "t", "$": "s", "£": "l", "ǁ": "ll", "ǀ": "l", "©": "c", "®": "r"}
)
SMALL_CAPITAL = re.compile("LATIN LETTER SMALL CAPITAL ([A-Z])")


def checked(typed: str, person) -> str:
    """The name in its one form; raises ValidationError. What a person has already stays."""
    name = one_line(typed)
    if name == person.display_name:
        return name
    if not name or not can_be_read(name):
        raise ValidationError(_("Write a name with letters or numbers: people read it."))
    if any(unicodedata.category(char) in {"Cf", "Cc", "Co"} for char in name):
        raise ValidationError(_("This name holds a character that nobody can see. Type it again."))
    refuse_taken(name, person)
    return name


def refuse_taken(name: str, person) -> None:
    if MAIL.search(name):
        raise ValidationError(_("Everybody reads this name: do not put a mail address in it."))
    if signs_for_the_site(name) or skeletons(name) & skeletons_of_others(person):
        raise ValidationError(
            _(
                "This name looks like that of somebody else, or of the site. Add a place or a "
                "role, such as “Reception in Langeais”."
            )
        )


def signs_for_the_site(name: str) -> bool:
    """All its words are those of the site, of its groups or of its roles."""
    groups = " ".join(Group.objects.values_list("name", flat=True))
    own = {singular(word) for word in (*ROLES, *WORD.findall(f"{settings.SITE_NAME} {groups}"))}
    known = own | {singular(word) for word in SMALL_WORDS}
    return any(
        singular(read) in own or {singular(word) for word in WORD.findall(read)} <= known
        for read in readings(name)
    )


def singular(word: str) -> str:
    return skeleton(word).removesuffix("s")


def skeletons_of_others(person) -> set[str]:
    """Of people as they are called now, and as they signed, whose account is gone too."""
    people = get_user_model().objects.exclude(pk=person.pk).only("display_name", "username")
    names = {other.public_name for other in people}
    for signed in (Version.objects, Event.objects):
        others = signed.exclude(author=person.pk) if person.pk else signed
        names |= set(others.order_by().values_list("author_name", flat=True).distinct())
    return set().union(*map(skeletons, names))


def skeletons(name: str) -> set[str]:
    return {skeleton(read) for read in readings(name)} - {""}


def readings(name: str) -> set[str]:
    """The plain form that Unicode gives a character may be another letter than the one that it
    looks like: both are read."""
    return {name, looked_up(name), name.translate(AS_LETTERS)}


def skeleton(name: str) -> str:
    shapes = looked_up(unicodedata.normalize("NFKC", name))
    bare = unicodedata.normalize("NFKD", shapes.casefold())
    letters = looked_up(char for char in bare if char.isalnum() or char == "|")
    folded = letters.casefold().translate(ONE_SHAPE)
    for pair, one in PAIRS:
        folded = folded.replace(pair, one)
    return folded


def looked_up(chars: Iterable[str]) -> str:
    return "".join(looks().get(char, char) for char in chars)


@cache
def looks() -> dict[str, str]:
    """For each character the one of its likes that stands for all of them, the plainest."""
    first: dict[str, str] = {}

    def plainest(char: str) -> str:
        while first.get(char, char) != char:
            char = first[char]
        return char

    for one, other in alike():
        low, high = sorted((plainest(one), plainest(other)))
        first[high] = low
    return {char: plainest(char) for char in first}


def alike() -> Iterator[tuple[str, str]]:
    """Signs that look like each other; a small capital is its letter."""
    from confusable_homoglyphs.confusables import confusables_data  # 0.2 s: when first asked

    for char, others in confusables_data.items():
        for other in (other["c"].strip("\u200e") for other in others):
            if len(char) == len(other) == 1:
                yield char, other
        small = len(char) == 1 and SMALL_CAPITAL.fullmatch(unicodedata.name(char, ""))
        if small:
            yield char, small[1].lower()
