"""The public history of a page: versions, an old one, the difference of two, who wrote what."""

from itertools import pairwise, zip_longest

from django.core.paginator import Paginator
from django.db.models import Count, Min, Q
from django.http import Http404
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import gettext

from wiki.access import past_restrictions, permissions
from wiki.access.audiences import readable_versions, version_rights, versions_open_to
from wiki.diff import Difference, difference
from wiki.history import blame, contributors
from wiki.internals.compiled import Compiled
from wiki.models import Version
from wiki.pages import content
from wiki.pages.lookup import with_page
from wiki.rendering.context import context_of
from wiki.text.days import date_format

A_PAGE = 20
LISTED = 200  # versions offered to compare
TOLD = 3  # versions written since an old one, named above it
CHUNK = 10  # versions in memory with their texts
MOST_PIECES = 800  # shown with who wrote them
LONGEST = 9  # digits of a version number


@with_page
def history(request, page):
    latest = latest_of(page, request.user)
    is_whole = len(latest) <= LISTED
    versions = latest if is_whole else readable(request, page).without_content()
    listed = Paginator(versions, A_PAGE).get_page(request.GET.get("page"))
    rows = list(versions[listed.start_index() - 1 : listed.end_index() + 1])
    context = {
        "page": page,
        "versions": saying_for_whom(with_growth(rows), page)[: len(listed)],
        "listed": listed,
        "choices": worded(latest[:LISTED]),
        "newest_number": latest[0].number if latest else None,
        "can_go_back": may_go_back(request, page),
        **(told_of(latest) if is_whole else told_of_many(versions)),
    }
    return render(request, "wiki/history.html", context)


def latest_of(page, user) -> list[Version]:
    """The newest versions that this person may read, without their texts: those that are offered
    to compare, and one more when there are others."""
    return _latest(*version_rights(user), page.pk)


_latest = Compiled(
    lambda closed, audiences, page_id: (
        versions_open_to(closed, audiences, Version.objects.filter(page_id=page_id))
        .newest_first()
        .without_content()[: LISTED + 1]
    )
)


def told_of(versions: list[Version]) -> dict:
    """Since when, and how many names stand under what was written; former members are one of
    them, and who opened the page to more readers wrote nothing."""
    wrote = {v.author_name for v in versions if v.origin != Version.Origin.OPENING}
    since = min((version.created_at for version in versions), default=None)
    return {"since": since, "writers": len(wrote)}


def told_of_many(versions) -> dict:
    """The same of a queryset."""
    wrote = ~Q(origin=Version.Origin.OPENING)
    names = Count("author_name", distinct=True, filter=wrote)
    return versions.aggregate(since=Min("created_at"), writers=names)


def saying_for_whom(versions: list[Version], page) -> list[Version]:
    """Those that were written when fewer people read the page say so."""
    for version in versions:
        version.reserved_for = version.audience_id and past_restrictions.wider_than(version, page)
    return versions


def may_go_back(request, page) -> bool:
    """Whether this person is offered to restore and undo."""
    return request.user.is_authenticated and permissions.can_edit(request.user, page)


def with_growth(versions: list[Version]) -> list[Version]:
    """Say on each version how many characters it added to the one before it."""
    for version, before in zip_longest(versions, versions[1:]):
        version.growth = version.size - (before.size if before else 0)
        version.before = before
        follows = bool(before) and before.number == version.number - 1
        version.can_be_undone = follows and version.origin != Version.Origin.OPENING
    return versions


@with_page
def old_version(request, page, number):
    version = one(request, page, number)
    since = list(later_than(request, page, version)[:LISTED])
    newest = newest_of(request, page, since) or version
    shown = held(page, version.content)
    context = context_of(shown, request)
    # What stands around the page today is no part of what it was.
    context.update(related=[], backlinks=[])
    context.update(
        version=saying_for_whom([version], page)[0],
        is_newest=newest.number == version.number,
        newest=newest,
        since=since[: -TOLD - 1 : -1],
        more_since=max(len(since) - TOLD, 0),
        version_before=earlier_than(request, page, version).first(),
        version_after=since[0] if since else None,
        can_go_back=may_go_back(request, page),
        last_change=signed(version),
        contributors=contributors.until(version, request.user),
        version_count=newest.number,
    )
    response = render(request, shown.template, context)
    response["X-Robots-Tag"] = "noindex"
    return response


def later_than(request, page, version: Version):
    """The versions written since, the oldest first, without their texts."""
    rows = readable(request, page).filter(number__gt=version.number)
    return rows.without_content().order_by("number")


def earlier_than(request, page, version: Version):
    return readable(request, page).filter(number__lt=version.number).without_content()


def newest_of(request, page, since: list[Version]) -> Version | None:
    """The version online, when others were written `since`."""
    if len(since) < LISTED:
        return since[-1] if since else None
    return readable(request, page).without_content().first()


class Named:
    """A topic as an old version names it; it may exist no more."""

    def __init__(self, name: str):
        self.name = name

    def __str__(self):
        return self.name


def signed(version: Version) -> dict:
    return {"author_name": version.author_name, "created_at": version.created_at, "pk": version.pk}


@with_page
def compare(request, page):
    """`?de=` and `?a=` are version numbers; without them the newest change is shown."""
    versions = readable(request, page)
    choices = worded(latest_of(page, request.user)[:LISTED])
    newest = choices[0]["number"] if choices else 0
    after = one(request, page, request.GET.get("a", newest))
    if "de" in request.GET:
        before = one(request, page, request.GET["de"])
    else:
        before = versions.filter(number__lt=after.number).first() or after
    context = {
        "page": page,
        "before": before,
        "after": after,
        "newest_number": newest,
        "choices": choices,
        "changes": changes_beside(choices, before.number, after.number),
        "can_be_undone": before.number == after.number - 1 and may_go_back(request, page),
        "difference": between(request, page, before, after),
    }
    response = render(request, "wiki/difference.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def changes_beside(choices: list[dict], before: int, after: int) -> dict[str, tuple[int, int]]:
    """The change before and the one after, as pairs of versions, when one change is shown."""
    numbers = [choice["number"] for choice in reversed(choices)]
    pairs = list(pairwise(numbers))
    if (before, after) not in pairs:
        return {}
    place = pairs.index((before, after))
    beside = {"earlier": pairs[place - 1 : place], "later": pairs[place + 1 : place + 2]}
    return {name: found[0] for name, found in beside.items() if found}


def between(request, page, before: Version, after: Version) -> Difference:
    if before.content == after.content:
        return Difference([], 0)
    return difference(held(page, before.content), held(page, after.content), request.user)


def worded(versions: list[Version]) -> list[dict]:
    """Numbers and moments, for the lists of the form: each is worded once for both, and short
    enough for a telephone."""
    moment_said = gettext("%(date)s at %(time)s")
    return [
        {"number": one.number, "when": moment_said % _when(localtime(one.created_at))}
        for one in versions
    ]


def _when(moment) -> dict[str, str]:
    return {"date": date_format(moment, "j N Y"), "time": date_format(moment, "G:i")}


@with_page
def annotate(request, page):
    """The text of today, each part with the version that brought it."""
    versions = readable(request, page)
    history = blame.newest_of(versions.iterator(chunk_size=CHUNK))
    if not history:
        raise Http404
    annotated = blame.annotate(history[-1][1], history)
    oldest = history[0][0].number
    context = {
        "page": page,
        "runs": blame.by_version(annotated[:MOST_PIECES]),
        "newest": history[-1][0],
        # The version under which stands what it did not bring.
        "since": oldest if versions.filter(number__lt=oldest).exists() else None,
        "is_cut": len(annotated) > MOST_PIECES,
        "has_fields": bool(content.own_fields(type(page)) or content.child_relations(type(page))),
    }
    response = render(request, "wiki/annotate.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def held(page, version_content: dict):
    """The page as a version has it, its topics too."""
    built = content.page_with(page, version_content)
    built.topics = [Named(name) for name in version_content.get(content.TOPICS, [])]
    return built


def readable(request, page):
    return readable_versions(request.user, Version.objects.filter(page_id=page.pk)).newest_first()


def one(request, page, number) -> Version:
    """The readable version of this number; Http404 when it is bad, missing or foreign."""
    text = str(number)
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST):
        raise Http404
    version = readable(request, page).filter(number=int(text)).first()
    if version is None:
        raise Http404
    return version
