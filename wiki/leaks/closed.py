"""What must not be given to anonymous readers: the addresses of all that is closed, and the
words by which it is named.

All of it starts from `visible_to(AnonymousUser())`: what is not in there is closed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from wiki.access.audiences import readable_versions
from wiki.access.visibility import visible_to
from wiki.models import Draft, Event, FileUse, Topic, Trash, TrashedPage, Version
from wiki.rendering import deleted_targets
from wiki.text import addresses
from wiki.trash import deleted_pages

OF_A_PAGE = ("", "historique/", "annoter/", "difference/", "pages-liees/", "flux/", "modifier/")
SHORTEST = 3  # letters of a word that is looked for
SHORTEST_OF_DRAFT = 25  # of a title that anybody types: a date, two words are on any screen


@dataclass(frozen=True)
class ClosedAddress:
    """An address that must not be given; `page`: the id of the page it tells of, if any."""

    path: str
    page: int | None = None
    sort: str = "page"


@dataclass
class Closed:
    addresses: list[ClosedAddress] = field(default_factory=list)
    words: dict[str, int | None] = field(default_factory=dict)  # each with a page it comes from
    topics: list[str] = field(default_factory=list)  # their slugs


def all_that_is_closed() -> Closed:
    found = Closed()
    for part in (_pages, _old_versions, _files, _drafts, _topics, _people):
        part(found)
    return found


def public_pages() -> QuerySet:
    return visible_to(AnonymousUser())


def public_versions() -> QuerySet:
    return readable_versions(AnonymousUser())


def closed_pages() -> QuerySet:
    """All pages but the root, the trash itself and what everybody may read."""
    pages = Page.objects.filter(depth__gt=1).exclude(pk__in=public_pages().values("pk"))
    return pages.exclude(pk__in=Trash.objects.values("pk")).order_by("pk")


def _name(found: Closed, words: str, page: int | None = None) -> None:
    words = " ".join(words.split())
    if len(words) >= SHORTEST:
        found.words.setdefault(words, page)


# Pages


def _pages(found: Closed) -> None:
    public = set(public_pages().values_list("url_path", flat=True))
    pages = list(closed_pages())
    known = {page.pk for page in deleted_targets.once_public(pages)}
    for page in pages:
        found.addresses += [address for address in _of_page(page) if address.path]
        if page.pk not in known:  # else its title stands in the latest changes
            _name(found, page.title, page.pk)
    for path, pk in _old_paths({page.pk for page in pages}):
        if addresses.site_path(path) not in public:
            found.addresses.append(ClosedAddress(path, pk))


def _of_page(page: Page) -> Iterator[ClosedAddress]:
    if address := addresses.url_of(page.url_path):
        yield from (ClosedAddress(f"{address}{screen}", page.pk) for screen in OF_A_PAGE)
        numbers = Version.objects.filter(page_id=page.pk).values_list("number", flat=True)
        yield from (ClosedAddress(f"{address}versions/{number}/", page.pk) for number in numbers)
    else:
        yield ClosedAddress(reverse("trashed", args=[page.pk]), page.pk)


def _old_paths(ids: set[int]) -> Iterator[tuple[str, int]]:
    """Where closed pages stood before they were renamed, moved or put in the trash."""
    redirects = Redirect.objects.filter(redirect_page__in=ids)
    for path, pk in redirects.values_list("old_path", "redirect_page_id"):
        yield f"{path.rstrip('/')}/", pk
    for row in TrashedPage.objects.filter(page__in=ids).select_related("parent"):
        if before := addresses.url_of(deleted_pages.address_before(row)):
            yield before, row.page_id


def _old_versions(found: Closed) -> None:
    """Versions of pages that are open today, written when they were closed."""
    rows = Version.objects.filter(page__in=public_pages().values("pk"))
    rows = rows.exclude(pk__in=public_versions().values("pk")).select_related("page")
    for version in rows.without_content():
        address = addresses.url_of(version.page.url_path)
        path = f"{address}versions/{version.number}/"
        found.addresses.append(ClosedAddress(path, version.page_id, "version"))
        _name(found, version.title, version.page_id)
        _name(found, version.summary, version.page_id)


# Files


def _files(found: Closed) -> None:
    shown = FileUse.objects.filter(version__in=public_versions())
    documents = _unshown(get_document_model(), shown, "document_id")
    for document in documents:
        path = reverse("document", args=[document.pk])
        found.addresses += [
            ClosedAddress(path, sort="file"),
            ClosedAddress(document.url, sort="file"),
        ]
        _name(found, document.title)
        _name(found, document.filename)
    images = _unshown(get_image_model(), shown, "image_id").prefetch_related("renditions")
    for image in images:
        files = [image.file, *(rendition.file for rendition in image.renditions.all())]
        paths = [reverse("photo", args=[image.pk])]
        paths += [reverse("media", args=[file.name]) for file in files]
        found.addresses += [ClosedAddress(path, sort="picture") for path in paths]
        _name(found, image.title)


def _unshown(model, shown: QuerySet, name: str) -> QuerySet:
    """The files that no version open to everybody shows."""
    used = shown.filter(**{f"{name}__isnull": False}).values(name)
    return model.objects.exclude(pk__in=used).order_by("pk")


# The rest


def _drafts(found: Closed) -> None:
    for key, title in Draft.objects.values_list("key", "title"):
        found.addresses.append(ClosedAddress(reverse("resume_draft", args=[key]), sort="draft"))
        if len(title) >= SHORTEST_OF_DRAFT:
            _name(found, title)


def _topics(found: Closed) -> None:
    """Those that no page open to everybody has."""
    public = public_pages().values("pk")
    for topic in (
        Topic.objects.exclude(links__page__in=public).filter(links__isnull=False).distinct()
    ):
        found.addresses.append(ClosedAddress(topic.get_absolute_url(), sort="topic"))
        found.topics.append(topic.slug)
        _name(found, topic.name)


def _people(found: Closed) -> None:
    """Names that sign nothing but what is closed, and what they said of their changes."""
    signed = set(public_versions().values_list("author_name", flat=True))
    signed |= set(Event.objects.filter(audience=None).values_list("author_name", flat=True))
    hidden = Version.objects.filter(~Q(pk__in=public_versions().values("pk")))
    for name, summary, page in hidden.values_list("author_name", "summary", "page_id").distinct():
        _name(found, summary, page)
        if name not in signed:
            _name(found, name, page)
