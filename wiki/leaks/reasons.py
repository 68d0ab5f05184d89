"""What was seen from outside, in plain words, and what to do."""

from django.utils.translation import gettext_lazy as _

GIVEN, NAMED, LINKED, LED = "given", "named", "linked", "led"
IN_WORDS = {
    GIVEN: _("given to everybody, though it is closed"),
    NAMED: _("names something closed"),
    LINKED: _("gives the address of something closed"),
    LED: _("leads to something closed"),
}


def in_words(reason: str) -> str:
    return str(IN_WORDS.get(reason, reason))
