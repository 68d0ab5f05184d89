"""Links between pages as lists: what links here, what is wanted, what nothing leads to."""

from django.core.paginator import Paginator
from django.shortcuts import render

from wiki.access.permissions import can_facilitate, can_write
from wiki.links import backlinks as linked
from wiki.links import broken_links as broken
from wiki.links import orphans
from wiki.media import missing_files
from wiki.pages.lookup import with_page, writers_only

A_PAGE = 30
FEW = 5  # pages named under a wanted title


def one_page(request, rows, size: int = A_PAGE):
    return Paginator(rows, size).get_page(request.GET.get("page"))


def titled_page(request, ids: list[int]):
    """A screen of the pages of these ids."""
    listed = one_page(request, ids)
    listed.object_list = linked.titled(request.user, listed.object_list)
    return listed


@with_page
def backlinks(request, page):
    """`<page>/pages-liees/`: all the readable pages that link to this one."""
    listed = titled_page(request, linked.backlinks(request.user, page))
    return render(request, "wiki/backlinks.html", {"page": page, "listed": listed})


def wanted_pages(request):
    """`/pages-a-ecrire/`: titles that pages want and that nobody wrote yet."""
    listed = one_page(request, linked.wanted_titles(request.user))
    keys = [row["wanted_key"] for row in listed]
    wanting = linked.pages_wanting(request.user, keys, FEW)
    rows = [{**row, "pages": wanting[row["wanted_key"]]} for row in listed]
    for row in rows:
        row["more"] = row["total"] - len(row["pages"])
    context = {"listed": listed, "rows": rows, "can_write": can_write(request.user)}
    return render(request, "wiki/wanted.html", context)


def orphan_pages(request):
    """`/pages-orphelines/`: pages to which the text of no other page leads."""
    listed = titled_page(request, orphans.orphan_ids(request.user))
    return render(request, "wiki/orphans.html", {"listed": listed})


@writers_only(can_facilitate)
def broken_links(request):
    """`/liens-casses/`: addresses that did not answer when `check_links` asked, and files that
    were deleted under a page."""
    listed = one_page(request, broken.ids_in_order(request.user))
    listed.object_list = broken.listed(request.user, listed.object_list)
    for link in listed:
        link.why = broken.reason_in_words(link.reason)
    lacking = missing_files.lacking(request.user) if listed.number == 1 else []
    return render(request, "wiki/broken_links.html", {"listed": listed, "lacking": lacking})
