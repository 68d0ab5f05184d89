"""What follows when something happened to a page, whatever door it came through.

One pipeline for each kind of event: named steps, one after the other, in the transaction under
way. The order is written here, not left to the order of the installed apps: the version comes
first, since what comes after reads it; then what upper rooms added in their `AppConfig.ready`;
the stamp is raised last, once all that readers see is written.
"""

from collections.abc import Callable

from wagtail.models import Page

from wiki.access.visibility import published as published_pages
from wiki.links import broken_links, index
from wiki.models import SiteRevision, Version
from wiki.models.paths import from_page
from wiki.models.site_revision import about_to_raise
from wiki.publishing import altered, events, publishing

Step = Callable[..., None]  # called with the page, and what is known of the event by name


class Pipeline:
    """Steps by their names; each is called with the page and the same keywords."""

    def __init__(self, **steps: Step):
        self._own, self._added = steps, {}

    def add(self, name: str, step: Step) -> None:
        """A step of an upper room, after those of the wiki, before the stamp."""
        self._added[name] = step

    def names(self) -> list[str]:
        return [*self._own, *self._added, "stamp"]

    def run(self, page: Page, **what) -> None:
        with about_to_raise():
            self._run_steps(page, what)
        SiteRevision.bump()

    def _run_steps(self, page: Page, what: dict) -> None:
        for step in [*self._own.values(), *self._added.values()]:
            step(page, **what)


class PublicationPipeline(Pipeline):
    """Of a page that was published before: most of the others stay what they were, and who may
    read what does not change."""

    def run(self, page: Page, **what) -> None:
        before = index.said_by(page.pk)
        self._run_steps(page, what)
        SiteRevision.bump(altered.by_publication(page.specific, before, index.said_by(page.pk)))


def write_version(page: Page, author=None, **what) -> None:
    publishing.ensure_version(page, author=author)


def write_audience(page: Page, **what) -> None:
    publishing.ensure_audience(page)


def write_links(page: Page, **what) -> None:
    index.write(page)


def forget_mended(page: Page, **what) -> None:
    broken_links.forget_mended(page)


def forget_links(page: Page, **what) -> None:
    index.forget(page)


def record_move(page: Page, before: Page, after: Page, **what) -> None:
    events.record_move(page, before, after)


def open_again(page: Page, **what) -> None:
    """After a move or a change of restriction: openings for the page and those below."""
    pages = published_pages().filter(from_page(page))
    closed = Version.objects.exclude(audience=None).filter(page__in=pages)
    for below in pages.filter(pk__in=closed.values("page")):
        publishing.ensure_audience(below)


def want_again(page: Page, wanted_by=(), **what) -> None:
    index.want_again(list(wanted_by))


published = PublicationPipeline(
    version=write_version, audience=write_audience, links=write_links, mended=forget_mended
)
unpublished = Pipeline(links=forget_links)
moved = Pipeline(event=record_move, openings=open_again)
restricted = Pipeline(openings=open_again)
deleted = Pipeline(wanted=want_again)
