"""Is everything that a publication writes there, and the same everywhere? For benches.

A page is what its newest version says, what Wagtail's latest revision says, what its search
entry says and what the table of links says; its versions are numbered without a hole, and
each has its revision.
"""

from collections.abc import Iterator


def faults() -> list[str]:
    """What is wrong on the whole site, as lines to print; empty when nothing is."""
    from wiki.access.visibility import published
    from wiki.models import WikiPage

    pages = [page for page in published().specific() if isinstance(page, WikiPage)]
    found = [f"page {page.pk}: {fault}" for page in pages for fault in faults_of(page)]
    return found + faults_of_index()


def faults_of(page) -> Iterator[str]:
    yield from faults_of_versions(page)
    yield from faults_of_revision(page)
    yield from faults_of_entry(page)
    yield from faults_of_links(page)


def faults_of_versions(page) -> Iterator[str]:
    from wiki.models import Version
    from wiki.pages.content import content_of

    versions = list(Version.objects.filter(page_id=page.pk).order_by("number"))
    numbers = [version.number for version in versions]
    if numbers != list(range(1, len(numbers) + 1)):
        yield f"versions {numbers}"
    elif not versions or versions[-1].content != content_of(page):
        yield f"is not what its newest version says: {unlike(versions[-1].content, page)}"
    written = [version for version in versions if version.origin != Version.Origin.OPENING]
    revisions = page.revisions.count()
    if revisions != len(written):
        yield f"{len(written)} versions and {revisions} revisions"


def faults_of_revision(page) -> Iterator[str]:
    from wiki.pages.content import content_of

    latest = page.get_latest_revision()
    if latest is None or page.live_revision_id != latest.pk:
        yield "its latest revision is not the published one"
    elif content_of(latest.as_object()) != content_of(page):
        said = unlike(content_of(latest.as_object()), page)
        yield f"is not what its latest revision says: {said}"
    if page.has_unpublished_changes:
        yield "has changes that are not published"


def unlike(content: dict, page) -> dict:
    """The parts of a content that are otherwise on the page, with what the page holds."""
    from wiki.pages.content import content_of

    own = content_of(page)
    return {name: (content[name], own[name]) for name in own if content.get(name) != own[name]}


def faults_of_entry(page) -> Iterator[str]:
    from search.indexing.documents import fields_of, names_of
    from search.models import PageNames, SearchEntry

    entry = SearchEntry.objects.filter(page_id=page.pk).values().first() or {}
    wrong = [name for name, value in fields_of(page).items() if entry.get(name) != value]
    if wrong:
        was = {name: (entry.get(name), fields_of(page)[name]) for name in wrong}
        yield f"« {page.title} », its search entry differs: {was}"
    names = PageNames.objects.filter(page_id=page.pk).values_list("names", flat=True)
    if list(names) != [names_of(page)]:
        yield "its names differ"


def faults_of_links(page) -> Iterator[str]:
    from wiki.links.index import links_of
    from wiki.models import PageLink

    rows = PageLink.objects.filter(source_id=page.pk).values_list("target_id", "wanted_key")
    links = links_of(page)
    if {target for target, key in rows if target and not key} != links.pages:
        yield "its rows of links differ"
    if {key for _target, key in rows if key} != set(links.wanted):
        yield "its rows of wanted links differ"


def faults_of_index() -> list[str]:
    """Entries of pages that are not published; a full-text table that is not the entries."""
    from django.db import connection

    from search.engines.embedded import full_text_faults
    from search.models import SearchEntry
    from wiki.access.visibility import published

    stray = SearchEntry.objects.exclude(page__in=published().values("pk")).count()
    found = [f"{stray} entries of pages that are not published"] if stray else []
    if connection.vendor == "sqlite":
        found += full_text_faults()
    return found
