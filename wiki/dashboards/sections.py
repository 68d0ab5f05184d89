"""What the wiki itself has to show on `/animer/` and in « Mon espace »."""

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wiki.access import in_trash
from wiki.access.permissions import can_facilitate, can_write
from wiki.dashboards import boards, reports, reviews
from wiki.dashboards.boards import FIRST, SectionSource, Waiting, WaitingLine
from wiki.editing import drafts
from wiki.history import own_changes
from wiki.links import backlinks, broken_links, orphans
from wiki.media import missing_files, own_files
from wiki.media.file_usage import COLUMN
from wiki.pages import kinds
from wiki.text.addresses import url_of
from wiki.text.days import date_format
from wiki.trash import deleted_pages

LONGEST = 140  # characters of what a reader wrote, in a list


def connect() -> None:
    board = boards.facilitators
    add = board.add
    add("reports", SectionSource(gettext_lazy("Errors reported"), "reports", reported, 10))
    add("reviews", SectionSource(gettext_lazy("Pages to read again"), "reviews", overdue, 20))
    add("broken", SectionSource(gettext_lazy("Broken links"), "broken_links", broken, 40))
    add("trash", SectionSource(gettext_lazy("Trash"), "trash", trashed, 50))
    add("wanted", SectionSource(gettext_lazy("Pages to be written"), "wanted_pages", wanted, 60))
    add(
        "orphans",
        SectionSource(gettext_lazy("Pages to which nothing leads"), "orphan_pages", unlinked, 70),
    )
    mine = boards.own.add
    mine("drafts", SectionSource(gettext_lazy("My drafts"), "drafts", own_drafts, 10))
    mine(
        "reviews", SectionSource(gettext_lazy("My pages to read again"), "reviews", own_reviews, 20)
    )
    title = gettext_lazy("Changed by others")
    mine("changes", SectionSource(title, "own_changes", changed_by_others, 30))
    title = gettext_lazy("Put in the trash by others")
    mine("deleted", SectionSource(title, "trash", deleted_by_others, 40, waits=False))
    mine("files", SectionSource(gettext_lazy("My files"), "own_files", files, 90, waits=False))


def day(moment) -> str:
    return date_format(localtime(moment), "j F Y")


# For facilitators.


def reported(user) -> Waiting:
    found = reports.waiting(user)
    return Waiting(found.count(), [_of_report(report) for report in found[:FIRST]])


def _of_report(report) -> WaitingLine:
    text = report.text if len(report.text) <= LONGEST else f"{report.text[:LONGEST].rstrip()}…"
    return WaitingLine(report.page.title, url_of(report.page.url_path), f"«\u00a0{text}\u00a0»")


def overdue(user) -> Waiting:
    return _due(reviews.overdue(user))


def broken(user) -> Waiting:
    ids = broken_links.ids_in_order(user)
    lines = [
        WaitingLine(
            link.page.title,
            url_of(link.page.url_path),
            f"{link.url} — {broken_links.reason_in_words(link.reason)}",
        )
        for link in broken_links.listed(user, ids[:FIRST])
    ]
    return Waiting(len(ids) + missing_files.count(user), lines)


def trashed(user) -> Waiting:
    rows = in_trash.shown_to(user)
    return Waiting(rows.count(), [_of_trash(row) for row in rows[:FIRST]])


def _of_trash(row) -> WaitingLine:
    days = in_trash.days_left(row)
    left = ngettext("%(n)s day left", "%(n)s days left", days) % {"n": days}
    return WaitingLine(row.page.title, reverse("trashed", args=[row.page_id]), left)


def wanted(user) -> Waiting:
    rows = backlinks.wanted_titles(user)
    return Waiting(len(rows), [_of_wanted(row) for row in rows[:FIRST]])


def _of_wanted(row: dict) -> WaitingLine:
    asked = ngettext("wanted by %(n)s page", "wanted by %(n)s pages", row["total"])
    return WaitingLine(row["title"], note=asked % {"n": row["total"]})


def unlinked(user) -> Waiting:
    ids = orphans.orphan_ids(user)
    lines = [
        WaitingLine(row.page.title, url_of(row.page.url_path), kinds.kind_name(row.page))
        for row in backlinks.titled(user, ids[:FIRST])
    ]
    return Waiting(len(ids), lines)


# For oneself.


def own_drafts(user) -> Waiting:
    if not can_write(user):
        return Waiting()
    mine = drafts.own(user)
    return Waiting(mine.count(), [_of_draft(draft) for draft in mine[:FIRST]])


def _of_draft(draft) -> WaitingLine:
    kept = _("Kept on %(date)s at %(time)s.") % {
        "date": day(draft.updated_at),
        "time": date_format(localtime(draft.updated_at), "G:i"),
    }
    address = reverse("resume_draft", args=[draft.key])
    return WaitingLine(draft.title or _("Without a title"), address, kept)


def own_reviews(user) -> Waiting:
    """Of one's own pages, for facilitators too: the others stand on their own page."""
    return _due(reviews.written_by(user, reviews.until_soon())) if can_write(user) else Waiting()


def _due(rows) -> Waiting:
    found = list(rows)  # to count them apart takes as long: each is asked whether it may be read
    return Waiting(len(found), [_of_due(due) for due in reviews.as_due(found[:FIRST])])


def _of_due(due: reviews.Due) -> WaitingLine:
    said = (
        _("To read again since %(date)s") if due.is_overdue else _("To read again before %(date)s")
    )
    return WaitingLine(due.title, due.address, said % {"date": date_format(due.review_on, "j F Y")})


def changed_by_others(user) -> Waiting:
    pages = own_changes.by_others(user)
    first = own_changes.with_before(user, pages[:FIRST])
    return Waiting(len(pages), [of_changed(page) for page in first])


def of_changed(page: own_changes.Changed) -> WaitingLine:
    told = ngettext("%(n)s change by %(names)s", "%(n)s changes by %(names)s", len(page.rows))
    told %= {"n": len(page.rows), "names": ", ".join(page.names)}
    said = (
        _("%(told)s, the last one on %(date)s")
        if len(page.rows) > 1
        else _("%(told)s, on %(date)s")
    )
    note = said % {"told": told, "date": day(page.newest.created_at)}
    action = (_("See what changes"), page.difference) if page.newest.number > 1 else None
    return WaitingLine(page.title, page.address, note, action)


def deleted_by_others(user) -> Waiting:
    """Facilitators have the whole trash on their own page."""
    if not can_write(user) or can_facilitate(user):
        return Waiting()
    found = deleted_pages.deleted_by_others(user)
    lines = [WaitingLine(told.page.title, note=told.said) for told in found[:FIRST]]
    return Waiting(len(found), lines)


def files(user) -> Waiting:
    if not can_write(user):
        return Waiting()
    sent = {sort: own_files.sent_by(user, sort) for sort in COLUMN}
    newest = [(sort, file) for sort, rows in sent.items() for file in rows[:FIRST]]
    newest.sort(key=lambda found: found[1].created_at, reverse=True)
    total = sum(rows.count() for rows in sent.values())
    return Waiting(total, [_of_file(sort, file) for sort, file in newest[:FIRST]])


def _of_file(sort: str, file) -> WaitingLine:
    address = own_files.address_of(sort, file)
    return WaitingLine(file.title, address, _("Sent on %(date)s.") % {"date": day(file.created_at)})
