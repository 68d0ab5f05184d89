"""A screen of latest changes: by day, and within the day one line a page.

A screen has some twenty lines of eight values each. They are written here and not in the
template, where they took twice the time of all the rest of the page. Methods of `Writer` give
HTML: each value goes through `escape`, the standard library's, as Django's takes lazy text
and costs five times more.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from html import escape
from itertools import islice

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wiki.history.changes import Change, ChangeFilters, Moment, walk
from wiki.models import Version
from wiki.text import addresses
from wiki.text.days import date_format

LINES, MOST_ROWS = 20, 100


@dataclass
class ChangesScreen:
    """`days`: what the template shows; `older`: the cursor of the next screen, or nothing."""

    days: list[dict]
    older: str = ""


def screen(user, filters: ChangeFilters, after: Moment | None) -> ChangesScreen:
    rows = walk(user, filters, after)
    taken = list(_few(rows))
    more = next(rows, None)
    return ChangesScreen(Writer().days(taken), str(Moment.of(taken[-1])) if taken and more else "")


def _few(rows: Iterator[Change]) -> Iterator[Change]:
    """So many rows that they make a screen, however they fold."""
    lines: set[tuple] = set()
    for row in islice(rows, MOST_ROWS):
        row.local = timezone.localtime(row.created_at)
        yield row
        lines.add((row.local.date(), row.page_id))
        if len(lines) == LINES:
            return


def by_day(rows: list[Change]) -> dict[date, dict[int, list[Change]]]:
    """The rows of each page in each day, in their order."""
    days: dict[date, dict[int, list[Change]]] = {}
    for row in rows:
        days.setdefault(row.local.date(), {}).setdefault(row.page_id, []).append(row)
    return days


def said(rows: list[Change]) -> str:
    """« 3 changements par Camille, Dominique »."""
    names = ", ".join(dict.fromkeys(row.signature for row in rows))
    words = ngettext("%(n)s change by %(names)s", "%(n)s changes by %(names)s", len(rows))
    return words % {"n": len(rows), "names": names}


def _closed_mark() -> str:
    """What says that not everybody reads a page, as in the other lists."""
    return render_to_string("components/closed.html", {"page": {"is_closed": True}}).rstrip()


@dataclass
class Writer:
    """Words and addresses of lines; what they share is looked up once."""

    signed: str = field(default_factory=lambda: reverse("contributor", args=[0]))
    see: str = field(default_factory=lambda: _("See what changes"))
    within: str = field(default_factory=lambda: _("in version %(number)s of “%(title)s”"))
    new: str = field(default_factory=lambda: _("New page."))
    small: str = field(default_factory=lambda: _("small correction"))
    closed: str = field(default_factory=_closed_mark)
    root: str = field(default_factory=addresses.site_root_path)

    def days(self, rows: list[Change]) -> list[dict]:
        return [
            {
                "date": capfirst(date_format(day, "l j F Y")),
                "lines": [self.line(line) for line in lines.values()],
            }
            for day, lines in by_day(rows).items()
        ]

    def line(self, rows: list[Change]) -> SafeString:
        """The title of a page, then what changed; several changes are folded under their sum."""
        told = "".join(self.row(row) for row in rows)
        if len(rows) > 1:
            told = f"<details><summary>{escape(said(rows))}</summary>{told}</details>"
        return mark_safe(f'<h3 dir="auto">{self.title(rows)}</h3>{told}')

    def title(self, rows: list[Change]) -> str:
        title = escape(rows[0].page.title)
        if any(row.is_gone for row in rows):
            return title
        closed = self.closed if rows[0].page.is_closed else ""
        return f'<a href="{escape(self.address(rows[0]))}">{title}</a>{closed}'

    def address(self, row: Change) -> str:
        return row.page.url_path[len(self.root) - 1 :]

    def row(self, row: Change) -> str:
        """« Nouvelle page. Ce qui est dit. », then « 14:32, Camille. Voir ce qui change »."""
        label = self.event(row) if row.is_event else self.origin(row)
        said = [
            f"<b>{escape(label)}</b>" if label else "",
            f"<small>{escape(self.small)}</small>" if row.minor else "",
            escape(row.summary),
        ]
        words = " ".join(part for part in said if part)
        when = f"{row.local.hour}:{row.local.minute:02}, {self.name(row)}."
        told = f'<p dir="auto">{words}</p>' if words else ""
        return f'{told}<p class="soft">{when} {self.difference(row)}</p>'

    def name(self, row: Change) -> str:
        name = escape(row.signature)
        if row.is_event or not row.author_name:
            return name
        return f'<a href="{self.signed.replace("0", str(row.pk))}">{name}</a>'

    def difference(self, row: Change) -> str:
        if row.is_event or row.number == 1:
            return ""
        address = escape(f"{self.address(row)}difference/?a={row.number}")
        within = escape(self.within % {"number": row.number, "title": row.page.title})
        words = f'{escape(self.see)}<span class="vh"> {within}</span>'
        return f'<a class="alone" href="{address}">{words}</a>'

    def origin(self, row: Change) -> str:
        """What sort of publication it is, unless it is a plain edit."""
        if row.number == 1:
            return self.new
        return "" if row.what == Version.Origin.EDIT else f"{capfirst(row.label)}."

    def event(self, row: Change) -> str:
        if row.from_title and row.to_title:
            way = _("from “%(before)s” to “%(after)s”")
            places = way % {"before": row.from_title, "after": row.to_title}
            return f"{capfirst(row.label)} {places}."
        return f"{capfirst(row.label)}."
