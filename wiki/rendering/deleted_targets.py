"""Links to pages that were deleted: what a reader finds in their place.

A page written since under the same title takes the link; until then it is wanted again, by the
title it had when everybody could read it, else by the words of the link, which are there to be
read. Those who may take it back are told that it is in the trash.
"""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from wagtail.models import Page

from wiki.access import in_trash
from wiki.access.visibility import open_to, visible_to
from wiki.models import PageTitle, Trash, TrashedPage
from wiki.text.titles import key_of


@dataclass
class DeletedTarget:
    """What stands for a deleted page. `title`: that it had; `page`: written since under that
    title; `in_trash`: this reader may take it back."""

    title: str
    page: Page | None = None
    in_trash: bool = False


def deleted_targets(user, words: dict[int, str]) -> dict[int, DeletedTarget]:
    """What stands for deleted pages, of ids that this reader cannot open, with the words of
    their links. Those that are only closed, or not published, are not in the answer."""
    rows = {page.pk: page for page in Page.objects.filter(pk__in=words)} if words else {}
    deleted = {pk: said for pk, said in words.items() if pk not in rows}
    trashed = once_public(list(rows.values()))
    titles = deleted | {page.pk: page.title for page in trashed}
    since = written_since(user, {key_of(title) for title in titles.values()} - {""})
    mine = in_trash.takeable(user, trashed)
    return {
        pk: DeletedTarget(title, since.get(key_of(title)), pk in mine)
        for pk, title in titles.items()
        if key_of(title)
    }


def once_public(pages: list[Page]) -> list[Page]:
    """Those of the trash that everybody could read before: their titles are no secret."""
    held = Trash.held() if pages else None
    inside = [page for page in pages if held and page.path.startswith(held.path)]
    roots = {in_trash.root_path(page, held) for page in inside}
    public = TrashedPage.objects.filter(page__path__in=roots, event__audience=None)
    known = {(row.page.path, pk) for row in public.select_related("page") for pk in row.published}
    rows = Page.objects.filter(pk__in=[page.pk for page in inside])
    readable = set(open_to(AnonymousUser(), rows).values_list("pk", flat=True)) if inside else set()
    return [p for p in inside if p.pk in readable and (in_trash.root_path(p, held), p.pk) in known]


def written_since(user, keys: set[str]) -> dict[str, Page]:
    """The first of the readable pages of each folded title."""
    named = PageTitle.objects.filter(key__in=keys).values("page")
    pages = visible_to(user, Page.objects.filter(pk__in=named)) if keys else []
    return {key_of(page.title): page for page in sorted(pages, key=lambda page: -page.pk)}
