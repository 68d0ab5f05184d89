"""A screen of latest changes: by day, and within the day one line a page.

A screen has some thirty lines of eight values each. They are written here and not in the
template, where they took twice the time of all the rest of the page.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wiki import addresses
from wiki.changes import Change, Filters, Moment, walk
from wiki.models import Version

LINES, MOST_ROWS = 30, 140


@dataclass
class Screen:
    """`days`: what the template shows; `older`: the cursor of the next screen, or nothing."""

    days: list[dict]
    older: str = ""


def screen(user, filters: Filters, after: Moment | None) -> Screen:
    rows = walk(user, filters, after)
    taken = list(_few(rows))
    more = next(rows, None)
    return Screen(Writer().days(taken), str(Moment.of(taken[-1])) if taken and more else "")


def _few(rows: Iterator[Change]) -> Iterator[Change]:
    """So many rows that they make a screen, however they fold."""
    lines: set[tuple] = set()
    for row in islice(rows, MOST_ROWS):
        yield row
        lines.add((day_of(row), row.page_id))
        if len(lines) == LINES:
            return


def day_of(row: Change) -> date:
    return timezone.localtime(row.created_at).date()


def by_day(rows: list[Change]) -> dict[date, dict[int, list[Change]]]:
    """The rows of each page in each day, in their order."""
    days: dict[date, dict[int, list[Change]]] = {}
    for row in rows:
        days.setdefault(day_of(row), {}).setdefault(row.page_id, []).append(row)
    return days


@dataclass
class Writer:
    """Words and addresses of lines; what they share is looked up once."""

    signed: str = field(default_factory=lambda: reverse("contributor", args=[0]))
    see: str = field(default_factory=lambda: _("See what changes"))
    within: str = field(default_factory=lambda: _("in version %(number)s of “%(title)s”"))
    new: str = field(default_factory=lambda: _("New page."))
    small: str = field(default_factory=lambda: _("small correction"))
    root: str = field(default_factory=addresses.site_root_path)

    def days(self, rows: list[Change]) -> list[dict]:
        return [
            {
                "date": capfirst(date_format(day, "l j F Y")),
                "lines": [self.line(line) for line in lines.values()],
            }
            for day, lines in by_day(rows).items()
        ]

    def line(self, rows: list[Change]) -> dict:
        gone = any(row.is_gone for row in rows)
        names = ", ".join(dict.fromkeys(row.signature for row in rows))
        folded = ngettext("%(n)s change by %(names)s", "%(n)s changes by %(names)s", len(rows))
        return {
            "title": rows[0].page.title,
            "address": "" if gone else self.address(rows[0]),
            "folded": folded % {"n": len(rows), "names": names} if len(rows) > 1 else "",
            "rows": [self.row(row) for row in rows],
        }

    def address(self, row: Change) -> str:
        return row.page.url_path[len(self.root) - 1 :]

    def row(self, row: Change) -> SafeString:
        """« 14:32, Camille. Nouvelle page. Ce qui est dit. Voir ce qui change »."""
        moment = timezone.localtime(row.created_at)
        label = self.event(row) if row.is_event else self.origin(row)
        parts = [
            format_html("{}:{:02}, {}.", moment.hour, moment.minute, self.name(row)),
            label and format_html("<b>{}</b>", label),
            row.minor and format_html("<small>{}</small>", self.small),
            row.summary and conditional_escape(row.summary),
            self.difference(row),
        ]
        return mark_safe(" ".join(part for part in parts if part))

    def name(self, row: Change) -> str:
        if row.is_event or not row.author_name:
            return row.signature
        address = self.signed.replace("0", str(row.pk))
        return format_html('<a href="{}">{}</a>', address, row.author_name)

    def difference(self, row: Change) -> str:
        if row.is_event or row.number == 1:
            return ""
        address = f"{self.address(row)}difference/?a={row.number}"
        within = self.within % {"number": row.number, "title": row.page.title}
        shown = '<a href="{}">{}<span class="vh"> {}</span></a>'
        return format_html(shown, address, self.see, within)

    def origin(self, row: Change) -> str:
        """What sort of publication it is, unless it is a plain edit."""
        if row.number == 1:
            return self.new
        return "" if row.what == Version.Origin.EDIT else f"{capfirst(row.label)}."

    def event(self, row: Change) -> str:
        if row.from_title and row.to_title:
            places = {"before": row.from_title, "after": row.to_title}
            return f"{capfirst(row.label)} {_('from “%(before)s” to “%(after)s”') % places}."
        return f"{capfirst(row.label)}."
