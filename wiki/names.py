"""The name that signs: nobody's but one's own, to the eye as to the machine.

Two names are the same to the eye when their skeletons are: letters without case, accents and
blanks, each sign replaced by the one it looks like (Unicode UTS 39, confusables.txt).
"""

import re
import unicodedata
from functools import cache

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from wiki.models import Version
from wiki.signs import can_be_read, one_line

MAIL = re.compile(r"[^\s@]@[^\s@.]+\.[^\s@]")
WORD = re.compile(r"[^\W_]+")
# What signs for the site or for those who look after it, besides the names of groups.
ROLES = [
    "animation",
    "animateur",
    "animatrice",
    "administration",
    "administrateur",
    "administratrice",
    "admin",
    "administrateurs",
    "moderation",
    "moderateur",
    "moderatrice",
    "collectif",
    "equipe",
    "webmestre",
    "webmaster",
    "support",
    "assistance",
    "ancien",
    "membre",
    "superutilisateur",
    "root",
    "systeme",
]
SMALL_WORDS = ["le", "la", "les", "l", "de", "du", "des", "d", "site", "notre"]
ONE_SHAPE = str.maketrans({"0": "o", "1": "i", "l": "i", "|": "i"})
PAIRS = (("rn", "m"), ("vv", "w"))


def checked(typed: str, person) -> str:
    """The name in its one form; raises ValidationError. What a person has already stays."""
    name = one_line(typed)
    if name == person.display_name:
        return name
    if not name or not can_be_read(name):
        raise ValidationError(_("Write a name with letters or numbers: people read it."))
    if any(unicodedata.category(sign) in {"Cf", "Cc", "Co"} for sign in name):
        raise ValidationError(_("This name holds a sign that nobody can see. Type it again."))
    refuse_taken(name, person)
    return name


def refuse_taken(name: str, person) -> None:
    if MAIL.search(name):
        raise ValidationError(_("Everybody reads this name: do not put a mail address in it."))
    if signs_for_the_site(name) or skeleton(name) in skeletons_of_others(person):
        raise ValidationError(
            _(
                "This name looks like that of somebody else, or of the site. Add a place or a "
                "role, such as “Reception in Langeais”."
            )
        )


def signs_for_the_site(name: str) -> bool:
    """All its words are those of the site, of its groups or of its roles."""
    groups = " ".join(Group.objects.values_list("name", flat=True))
    own = {skeleton(word) for word in (*ROLES, *WORD.findall(f"{settings.SITE_NAME} {groups}"))}
    words = {skeleton(word) for word in WORD.findall(name)}
    together = skeleton(name)
    return words <= own | {skeleton(word) for word in SMALL_WORDS} or together in own


def skeletons_of_others(person) -> set[str]:
    """Of people as they are called now, and as they signed."""
    people = get_user_model().objects.exclude(pk=person.pk).only("display_name", "username")
    signed = Version.objects.exclude(author=None).exclude(author=person.pk)
    names = set(signed.order_by().values_list("author_name", flat=True).distinct())
    return {skeleton(name) for name in names | {other.public_name for other in people}} - {""}


def skeleton(name: str) -> str:
    shapes = "".join(looks().get(sign, sign) for sign in unicodedata.normalize("NFKC", name))
    bare = unicodedata.normalize("NFKD", shapes.casefold())
    letters = "".join(looks().get(sign, sign) for sign in bare if sign.isalnum() or sign == "|")
    folded = letters.casefold().translate(ONE_SHAPE)
    for pair, one in PAIRS:
        folded = folded.replace(pair, one)
    return folded


@cache
def looks() -> dict[str, str]:
    """For each sign the one of its likes that stands for all of them, the plainest."""
    from confusable_homoglyphs.confusables import confusables_data  # 0.2 s: when first asked

    first: dict[str, str] = {}

    def plainest(sign: str) -> str:
        while first.get(sign, sign) != sign:
            sign = first[sign]
        return sign

    for sign, others in confusables_data.items():
        for other in (other["c"].strip("\u200e") for other in others):
            if len(sign) == len(other) == 1:
                low, high = sorted((plainest(sign), plainest(other)))
                first[high] = low
    return {sign: plainest(sign) for sign in first}
