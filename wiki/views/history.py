"""The public history of a page: versions, an old one, the difference of two, who wrote what."""

from itertools import zip_longest

from django.core.paginator import Paginator
from django.db.models import Min
from django.http import Http404
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.timezone import localtime

from wiki import annotation, content, contributors, permissions, reserved_once
from wiki.differences import Difference, difference
from wiki.forms import typed
from wiki.models import Version
from wiki.views.lookup import with_page

A_PAGE = 30
LISTED = 200  # versions offered to compare
CHUNK = 10  # versions in memory with their texts
MOST_PIECES = 800  # shown with who wrote them
LONGEST = 9  # digits of a version number


@with_page
def history(request, page):
    versions = readable(request, page).without_content()
    signed = contributors.signature(page, request.user)
    listed = Paginator(versions, A_PAGE).get_page(request.GET.get("page"))
    rows = list(versions[listed.start_index() - 1 : listed.end_index() + 1])
    context = {
        "page": page,
        "versions": saying_for_whom(with_growth(rows)[: len(listed)], page),
        "listed": listed,
        "since": versions.aggregate(since=Min("created_at"))["since"],
        "newest_number": versions.values_list("number", flat=True).first(),
        "can_go_back": may_go_back(request, page),
        **signed,
    }
    return render(request, "wiki/history.html", context)


def saying_for_whom(versions: list[Version], page) -> list[Version]:
    """Those that were written when fewer people read the page say so."""
    for version in versions:
        version.reserved_for = version.audience_id and reserved_once.wider_than(version, page)
    return versions


def may_go_back(request, page) -> bool:
    """Whether this person is offered to restore and undo."""
    return request.user.is_authenticated and permissions.can_edit(request.user, page)


def with_growth(versions: list[Version]) -> list[Version]:
    """Say on each version how many signs it added to the one before it."""
    for version, before in zip_longest(versions, versions[1:]):
        version.growth = version.size - (before.size if before else 0)
        version.before = before
        follows = bool(before) and before.number == version.number - 1
        version.can_be_undone = follows and version.origin != Version.Origin.OPENING
    return versions


@with_page
def old_version(request, page, number):
    version = one(request, page, number)
    newest = readable(request, page).first()
    shown = held(page, version.content)
    context = shown.get_context(request)
    context.update(
        version=version,
        is_newest=newest.number == version.number,
        newest=newest,
        can_go_back=may_go_back(request, page),
        last_change=signed(version),
        contributors=contributors.until(version, request.user),
        version_count=newest.number,
    )
    response = render(request, shown.template, context)
    response["X-Robots-Tag"] = "noindex"
    return response


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
    newest = versions.first()
    after = one(request, page, request.GET.get("a", newest.number if newest else 0))
    if "de" in request.GET:
        before = one(request, page, request.GET["de"])
    else:
        before = versions.filter(number__lt=after.number).first() or after
    context = {
        "page": page,
        "before": before,
        "after": after,
        "newest": newest,
        "versions": numbered(versions),
        "can_be_undone": before.number == after.number - 1 and may_go_back(request, page),
        "difference": between(request, page, before, after),
    }
    response = render(request, "wiki/difference.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def between(request, page, before: Version, after: Version) -> Difference:
    if before.content == after.content:
        return Difference([], 0)
    return difference(held(page, before.content), held(page, after.content), request.user)


def numbered(versions) -> list[dict]:
    """Numbers and dates, for the lists of the form: each date is worded once for both."""
    return [
        {"number": number, "date": date_format(localtime(moment), "j F Y")}
        for number, moment in versions.values_list("number", "created_at")[:LISTED]
    ]


@with_page
def annotate(request, page):
    """The text of today, each part with the version that brought it."""
    versions = readable(request, page)
    history = annotation.newest_of(versions.iterator(chunk_size=CHUNK))
    if not history:
        raise Http404
    annotated = annotation.annotate(history[-1][1], history)
    oldest = history[0][0].number
    context = {
        "page": page,
        "runs": annotation.by_version(annotated[:MOST_PIECES]),
        "newest": history[-1][0],
        # The version under which stands what it did not bring.
        "since": oldest if versions.filter(number__lt=oldest).exists() else None,
        "is_cut": len(annotated) > MOST_PIECES,
        "has_fields": bool(typed(type(page)) or content.child_relations(type(page))),
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
    return Version.objects.filter(page_id=page.pk).readable_by(request.user).newest_first()


def one(request, page, number) -> Version:
    """The readable version of this number; Http404 when it is bad, missing or foreign."""
    text = str(number)
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST):
        raise Http404
    version = readable(request, page).filter(number=int(text)).first()
    if version is None:
        raise Http404
    return version
