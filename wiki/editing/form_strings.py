"""What the script of the form says to the person who writes, in their language."""

from functools import cache

from django.utils.html import json_script
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _


def as_script() -> SafeString:
    """All of them, where the script reads them."""
    return _script(get_language())


@cache
def _script(language: str) -> SafeString:
    return json_script(form_words(), "kb-form-words")


def form_words() -> dict[str, str]:
    """Words by the name the script asks for; %(…)s is filled by the script."""
    return {**places_kept(), **states(), **finds(), **refusals(), **rows(), **files()}


def places_kept() -> dict[str, str]:
    """Of the box « Nothing is lost », once it is known whether the browser keeps the text."""
    return {
        "keptHere": _("What you type is kept as you go, on this device and in your drafts."),
        "keptBySite": _("What you type is kept as you go in your drafts, by the site alone."),
    }


def states() -> dict[str, str]:
    return {
        "notSaved": _("Changed, not published yet"),
        "saved": _("Draft saved at %(time)s"),
        "offline": _("No network: your text is kept on this device."),
        "offlineUnkept": _("No network. Do not close this page: it holds your text."),
        "late": _("The site does not answer. Your text is kept on this device."),
        "lateUnkept": _("The site does not answer. Do not close this page: it holds your text."),
        "lost": _("Your session has ended. Your text is kept on this device."),
        "lostUnkept": _("Your session has ended. Do not close this page: it holds your text."),
        "takeChanges": _("Take these changes"),
        "changesTaken": _("Done: what they published is in your text."),
        "giveBack": _("Undo"),
        "writtenSince": _("You have written since: both texts stay together."),
        "sameTitle": _("A page has this title already:"),
        "sameTitleKept": _("You can keep it if yours is about something else."),
        "logIn": _("Log in"),
        "back": _("You are logged in again. Go on."),
        "noJournal": _("This browser keeps no copy of your text: save it by publishing."),
    }


def finds() -> dict[str, str]:
    return {
        "found": _("of %(date)s at %(time)s, on this device"),
        "notPublishedText": _("Text not published"),
        "begunOne": _("One text begun"),
        "begunMany": _("%(count)s texts begun"),
        "untitled": _("Without a title"),
        "resume": _("Resume"),
        "discard": _("Throw away"),
        "discardSure": _("Throw it away for good?"),
        "discardYes": _("Yes, throw away"),
        "discardNo": _("No, keep it"),
        "discarded": _("The text is thrown away."),
        "cannotResume": _("No network for now: try again in a moment."),
    }


def refusals() -> dict[str, str]:
    return {
        "checking": _("One moment: your text is being sent…"),
        "notPublishedOffline": _("Not published: there is no network."),
        "notPublishedLate": _("Not published: the site does not answer."),
        "notPublishedLost": _("Not published: your session has ended."),
        "isKept": _("Your text is kept on this device."),
        "isUnkept": _("Your text is still in this page: do not close it."),
        "tryAgain": _("Press “Publish” again in a moment."),
        "readFirst": _("Not published yet: please read this first."),
        "publish": _("Publish"),
        "publishAnyway": _("Publish anyway"),
        "calm": _("Write in peace: your two texts will be brought together."),
    }


def rows() -> dict[str, str]:
    return {
        "change": _("Edit"),
        "up": _("Move up"),
        "down": _("Move down"),
        "remove": _("Remove"),
        "removed": _("Line removed."),
        "putBack": _("Put back"),
        "moved": _("Line %(number)s of %(total)s"),
        "added": _("Line %(number)s added"),
    }


def files() -> dict[str, str]:
    return {
        "sendingFile": _("Sending “%(name)s”…"),
        "fileKept": _("The file is there. It is published with the page."),
    }
