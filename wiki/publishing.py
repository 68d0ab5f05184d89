"""The one door for writing: whatever publishes a page goes through `publish` or `create`.

One transaction holds the lock, the comparison, Wagtail's revision, our Version, and all
that listens to `page_published`: the search entry and the stamp.
"""

from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from wagtail.models import Page

from wiki import addresses, content, html, visibility
from wiki.files import can_read_document, can_read_image
from wiki.models import Audience, FileUse, Version, WikiPage


class StalePage(Exception):
    """The page was published by somebody else since the form was opened.

    `current` is the newest version.
    """

    def __init__(self, current: Version):
        super().__init__(f"Version {current.number} is newer.")
        self.current = current


@dataclass
class Edit:
    """Who publishes, and what they say of it.

    `base`: number of the version the form was opened on, None to skip the comparison
    (imports). `key`: the form's own key, by which a retried publication is recognised.
    `created_at`: when it was written, for imports.
    """

    author: object = None
    author_name: str = ""
    summary: str = ""
    minor: bool = False
    origin: str = Version.Origin.EDIT
    base: int | None = None
    key: UUID | None = None
    created_at: object = field(default=None)


@transaction.atomic
def publish(page: Page, edit: Edit) -> Version:
    """Publish a specific page as it stands in memory; returns its new version.

    The same `edit.key` again returns the version that it made. Raises StalePage, with
    nothing written, when `edit.base` is not the newest version; ValidationError on bad
    content.
    """
    current = _lock(page)
    if done := _recognised(edit, page):
        return done
    newest = newest_version(page)
    if edit.base is not None and newest and newest.number != edit.base:
        raise StalePage(newest)
    page.slug, page.live = current.slug, current.live
    return _write(page, edit, newest)


@transaction.atomic
def create(page: Page, parent: Page, edit: Edit) -> Version:
    """Put a new specific page under `parent` and publish it; returns its first version."""
    parent = _lock(parent)
    if done := _recognised(edit):
        return done
    page.slug = addresses.free_slug(page.slug or page.title, parent)
    page.live = False
    _sanitise(page)
    parent.add_child(instance=page)
    return _write(page, edit, None)


def _lock(page: Page) -> Page:
    return Page.objects.select_for_update().get(pk=page.pk)


def already_published(key, author, page: Page | None = None) -> Version | None:
    """The version that this person made with this key of a form, on this page if one is given.

    A key that is no UUID is recognised by nobody.
    """
    try:
        versions = Version.objects.filter(key=UUID(str(key)), author=author)
    except ValueError:
        return None
    return (versions.filter(page_id=page.pk) if page else versions).first()


def _recognised(edit: Edit, page: Page | None = None) -> Version | None:
    """A retried publication; a key that made something else is not used again."""
    if edit.key is None:
        return None
    done = already_published(edit.key, edit.author, page)
    if done is None and Version.objects.filter(key=edit.key).exists():
        edit.key = None
    return done


def _write(page: Page, edit: Edit, newest: Version | None) -> Version:
    _sanitise(page)
    _drop_closed_files(page, edit.author, newest)
    page.full_clean()
    version = record(page, edit, newest)
    revision = page.save_revision(user=edit.author, clean=False)
    revision.publish(user=edit.author, skip_permission_checks=True)
    if edit.created_at:
        Page.objects.filter(pk=page.pk).update(last_published_at=edit.created_at)
    return version


def _sanitise(page: Page) -> None:
    if isinstance(page, WikiPage):
        page.body = html.clean(page.body)


def newest_version(page: Page) -> Version | None:
    return Version.objects.filter(page_id=page.pk).order_by("-number").first()


def record(page: Page, edit: Edit, newest: Version | None) -> Version:
    """Write the Version of a specific page as it stands in memory."""
    moment = {"created_at": edit.created_at} if edit.created_at else {}
    version = Version.objects.create(
        page_id=page.pk,
        number=newest.number + 1 if newest else 1,
        title=page.title,
        content=content.content_of(page),
        size=len(content.full_text(page)),
        author=edit.author,
        author_name=edit.author_name or getattr(edit.author, "public_name", ""),
        summary=edit.summary,
        minor=edit.minor,
        origin=edit.origin if newest else _first_origin(edit),
        audience=_audience(page),
        key=edit.key,
        **moment,
    )
    FileUse.objects.bulk_create(FileUse(version=version, **use) for use in files_used(page))
    return version


def _first_origin(edit: Edit) -> str:
    return Version.Origin.CREATION if edit.origin == Version.Origin.EDIT else edit.origin


def _audience(page: Page) -> Audience | None:
    key = visibility.audience_key(page)
    return Audience.objects.get_or_create(key=key)[0] if key else None


def _drop_closed_files(page: Page, author, newest: Version | None) -> None:
    """Files that the author may not read leave the body: showing them would open them."""
    closed = [use for use in files_used(page) if not _may_show(use, author, newest)]
    if closed and isinstance(page, WikiPage):
        documents = {use["document_id"] for use in closed if "document_id" in use}
        images = {use["image_id"] for use in closed if "image_id" in use}
        page.body = html.without_files(page.body, documents, images)


def _may_show(use: dict, author, newest: Version | None) -> bool:
    """Showing a file opens it to readers: only what the author may read can be shown anew."""
    if author is None or (newest and newest.file_uses.filter(**use).exists()):
        return True
    if "document_id" in use:
        return can_read_document(author, use["document_id"])
    return can_read_image(author, use["image_id"])


def files_used(page: Page) -> list[dict]:
    """The documents and images that a specific page shows, in its body or its fields."""
    root = html.fragment(getattr(page, "body", ""))
    links = [a.get("id") for a in root.iter("a") if a.get("linktype") == "document"]
    images = [e.get("id") for e in root.iter("img") if e.get("id")]
    documents = {int(pk) for pk in links if pk} | set(_field_documents(page))
    return [{"document_id": pk} for pk in documents] + [{"image_id": int(pk)} for pk in images]


def _field_documents(page: Page) -> list[int]:
    holders = [page]
    for name in content.child_relations(type(page)):
        holders += list(getattr(page, name).all())
    return [holder.document_id for holder in holders if getattr(holder, "document_id", None)]


def ensure_version(page: Page, author=None) -> None:
    """Write a Version when a page was published by another door (admin, command)."""
    page = page.specific
    newest = newest_version(page)
    if newest is None or newest.content != content.content_of(page):
        record(page, Edit(author=author), newest)


def ensure_audience(page: Page) -> None:
    """Write an « opening » when readers of today were shut out of the newest version."""
    newest = newest_version(page)
    if newest is None or newest.audience is None:
        return
    if newest.audience.key != visibility.audience_key(page):
        edit = Edit(author_name=newest.author_name, origin=Version.Origin.OPENING, minor=True)
        record(page.specific, edit, newest)
