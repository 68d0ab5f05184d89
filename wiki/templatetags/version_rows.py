"""The versions of a page, one under the other, each with what one may do with it.

A history shows twenty of them, of some thirty pieces each: they are written here, for a tenth of
what a template costs. Words come once for all of them.
"""

from dataclasses import dataclass
from html import escape

from django import template
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.models import Page

from wiki.models import Version
from wiki.text import addresses
from wiki.text.days import date_format
from wiki.text.numbers import growth_in_words

register = template.Library()
ONE = 1_987_654_321  # stands for the number of a version in an address


@register.simple_tag(takes_context=True)
def version_rows(context, versions: list[Version]) -> SafeString:
    """`page`, `newest_number` and `can_go_back` of the context: as `wiki.history.views` says."""
    page, newest, can_go_back = (context[n] for n in ("page", "newest_number", "can_go_back"))
    token = token_field(context["csrf_token"]) if can_go_back else ""
    screen = Screen(page, newest, context["request"].get_full_path(), token)
    return mark_safe("\n".join(screen.row(version) for version in versions))


@register.simple_tag
def go_back(page: Page, version: Version, newest: int, stay: str, token) -> SafeString:
    """The form that restores a version, on a screen of its own: one may say why."""
    return Screen(page, newest, stay, token_field(token)).restoring(version, says=True)


@register.simple_tag
def version_options(choices: list[dict], chosen: int) -> SafeString:
    """`choices`: {number, when}, the newest first."""
    return mark_safe(
        "".join(
            f'<option value="{one["number"]}"{" selected" if one["number"] == chosen else ""}>'
            f"{one['number']}\u00a0: {escape(one['when'])}</option>"
            for one in choices
        )
    )


def token_field(token) -> SafeString:
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token)


@dataclass
class Screen:
    """`newest`: the number of the version online; `stay`: the address of the screen; `token`: the
    field that proves that a form was sent from it, empty when this reader may not go back."""

    page: Page
    newest: int | None
    stay: str
    token: str

    def row(self, version: Version) -> SafeString:
        number = {"number": version.number}
        parts = (
            f"<h3>{escape(self.words.version % number)}{self.marks(version)}</h3>",
            f'<p dir="auto">{escape(version.summary)}</p>' if version.summary else "",
            f'<p class="soft">{self.made(version)}</p>',
            f'<div class="row">{self.seen(version)}{self.gone_back(version)}</div>',
        )
        return mark_safe(f"<li>{''.join(parts)}</li>")

    def marks(self, version: Version) -> str:
        told = []
        if version.number == self.newest:
            told.append(f' <small class="status">{escape(self.words.online)}</small>')
        if version.minor and version.origin == Version.Origin.EDIT:
            told.append(f" <small>{escape(self.words.minor)}</small>")
        if version.origin != Version.Origin.EDIT:
            told.append(f" <small>{escape(version.get_origin_display())}</small>")
        if version.reserved_for:
            said = _("reserved: %(readers)s") % {"readers": version.reserved_for}
            told.append(f" <small>{escape(said)}</small>")
        return "".join(told)

    def made(self, version: Version) -> str:
        """When, by whom, and how much longer the page became."""
        moment = localtime(version.created_at)
        when = escape(self.words.moment % said_of(moment))
        grown = f", {escape(growth_in_words(version.growth))}" if version.growth else ""
        time = f'<time datetime="{moment:%Y-%m-%dT%H:%M}">{when}</time>'
        return f"{time}, {self.author(version)}{grown}"

    def author(self, version: Version) -> str:
        if version.origin == Version.Origin.OPENING:
            return escape(_("opened by %(name)s") % {"name": version.signature})
        if not version.author_name:
            return escape(version.signature)
        address = self.addresses.contributor.replace(str(ONE), str(version.pk))
        return f'<a href="{address}">{escape(version.author_name)}</a>'

    def seen(self, version: Version) -> str:
        number = str(version.number)
        read = self.addresses.version.replace(str(ONE), number)
        link = f'<a href="{read}">{escape(self.words.read)}{self.of_version(version)}</a>'
        if not version.before:
            return link
        change = f"{self.addresses.difference}?de={version.before.number}&amp;a={number}"
        said = escape(self.words.in_version % {"number": number})
        seen = f'{escape(self.words.changes)}<span class="vh"> {said}</span>'
        return f'<a href="{change}">{seen}</a> {link}'

    def of_version(self, version: Version) -> str:
        said = escape(self.words.one_version % {"number": version.number})
        return f'<span class="vh"> {said}</span>'

    def gone_back(self, version: Version) -> str:
        is_newest = version.number == self.newest
        if not self.token or (is_newest and not version.can_be_undone):
            return ""
        said = escape(self.words.undo if is_newest else self.words.go_back)
        told = escape(self.words.one_version % {"number": version.number})
        asked = "" if is_newest else self.restoring(version)
        undone = self.undoing(version) if version.can_be_undone else ""
        return (
            f' <details class="ask" name="retour"><summary>{said}<span class="vh">, {told}</span>'
            f'</summary><div class="asked">{asked}{undone}</div></details>'
        )

    def restoring(self, version: Version, says: bool = False) -> SafeString:
        """`says`: one may say why."""
        told = self.words.as_on % said_of(localtime(version.created_at))
        button = escape(self.words.to_version % {"number": version.number})
        return self.form(
            self.addresses.restore.replace(str(ONE), str(version.number)),
            f"<p>{escape(told)}</p>",
            opening(version.reserved_for),
            why(version) if says else "",
            f'<p class="row"><button class="btn main" type="submit">{button}</button> '
            f'<a href="{escape(self.stay)}">{escape(self.words.nothing)}</a></p>',
        )

    def undoing(self, version: Version) -> SafeString:
        words = self.words
        told = words.as_before if version.number == self.newest else words.this_only
        of_it = escape(words.of_version % {"number": version.number})
        return self.form(
            self.addresses.undo.replace(str(ONE), str(version.number)),
            f"<p>{escape(told)}</p>",
            opening(version.before.reserved_for),
            f'<p class="row"><button class="btn" type="submit">{escape(words.undo)}'
            f'<span class="vh"> {of_it}</span></button></p>',
        )

    def form(self, address: str, *parts: str) -> SafeString:
        carried = (
            f'{self.token}<input type="hidden" name="page" value="{self.page.pk}">'
            f'<input type="hidden" name="newest" value="{self.newest}">'
        )
        head = f'<form class="go-back" method="post" action="{address}">'
        return mark_safe(f"{head}{carried}{''.join(parts)}</form>")

    @cached_property
    def words(self) -> "Words":
        return Words()

    @cached_property
    def addresses(self) -> "Addresses":
        return Addresses(self.page)


class Words:
    def __init__(self):
        self.version = _("Version %(number)s")
        self.online, self.minor = _("online"), _("small correction")
        self.moment = _("%(date)s at %(time)s")
        self.changes, self.in_version = _("See what changes"), _("in version %(number)s")
        self.read, self.one_version = _("Read"), _("version %(number)s")
        self.undo, self.go_back = _("Undo this change"), _("Go back")
        self.of_version = _("of version %(number)s")
        self.to_version, self.nothing = _("Go back to version %(number)s"), _("Change nothing")
        self.as_before = _("The page will be as it was just before.")
        self.this_only = _("Or this change only is taken out. What came after it is kept.")
        self.as_on = _(
            "The page will read again as on %(date)s at %(time)s. The versions written since stay "
            "in the history."
        )


class Addresses:
    """Those of one version hold `ONE` in the place of its number."""

    def __init__(self, page: Page):
        self.contributor = reverse("contributor", args=[ONE])
        self.difference = addresses.screen_url(page, "difference")
        self.version = addresses.screen_url(page, "version", number=ONE)
        self.restore = addresses.screen_url(page, "restore", number=ONE)
        self.undo = addresses.screen_url(page, "undo", number=ONE)


def said_of(moment) -> dict[str, str]:
    return {"date": date_format(moment, "j F Y"), "time": date_format(moment, "G:i")}


def opening(readers: str) -> str:
    """More people read the page today than when this was written."""
    if not readers:
        return ""
    told = _(
        "This text was written when the page was reserved: %(readers)s. Published again, all who "
        "read the page today will read it, with its pictures and documents."
    ) % {"readers": readers}
    return f'<input type="hidden" name="opens" value="1"><p><strong>{escape(told)}</strong></p>'


def why(version: Version) -> str:
    label = escape(_("A few words for the history"))
    words = escape(_("Back to version %(number)s") % {"number": version.number})
    return (
        f'<p class="field"><label for="id_summary">{label}</label>'
        f'<input id="id_summary" name="summary" maxlength="200" value="{words}"></p>'
    )
