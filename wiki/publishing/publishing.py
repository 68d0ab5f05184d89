"""The one door for writing: whatever publishes a page goes through `publish` or `create`.

One transaction holds the lock, the comparison, the merge, Wagtail's revision, our Version,
and all that listens to `page_published`: the search entry, the links and the stamp.
"""

from dataclasses import dataclass, field, replace
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from wiki.access import permissions, visibility
from wiki.access.audiences import readable_versions
from wiki.internals.compiled import Compiled, Identifier
from wiki.internals.wagtail import PublicationInMemory
from wiki.links import index
from wiki.media import shown_files
from wiki.media.shown_files import Files
from wiki.models import Audience, Trash, Version, WikiPage
from wiki.pages import content
from wiki.pages.normalising import normalise_page, refuse_unreadable
from wiki.publishing.altered import Written
from wiki.publishing.merging import Merged
from wiki.publishing.merging_before_lock import merge
from wiki.rendering import own_links
from wiki.text import addresses

WRITTEN = {"title", "draft_title", "search_description"}
NOT_WRITTEN = {f.name for f in Page._meta.get_fields()} - WRITTEN
GOING_BACK = {Version.Origin.RESTORE, Version.Origin.UNDO}


class EditConflict(Exception):
    """Somebody published meanwhile and changed the same thing; nothing was written.

    `current` is the newest version, `merged` holds the conflicts to choose between.
    """

    def __init__(self, current: Version, merged: Merged):
        super().__init__(f"Version {current.number} changed the same thing.")
        self.current = current
        self.merged = merged


class InTrash(ValidationError):
    """Somebody deleted the page meanwhile; nothing was written."""


@dataclass(frozen=True)
class Edit:
    """Who publishes, and what they say of it.

    `base`: number of the version the form was opened on, 0 when it is not known, None to
    write over whatever is there (imports, restorations). `key`: the form's own key, by which
    a retried publication is recognised. `choices`: what was chosen for each conflict with
    the version `chosen_on`. `created_at`: when it was written, for imports. `brings_files`: an
    import that made the files of its texts itself, whoever signs them. `place_told`: the sign of
    the place of a new page as its writer was told it.
    """

    author: object = None
    author_name: str = ""
    summary: str = ""
    minor: bool = False
    origin: str = Version.Origin.EDIT
    base: int | None = None
    key: UUID | None = None
    choices: dict = field(default_factory=dict)
    chosen_on: int | None = None
    created_at: object = None
    brings_files: bool = False
    place_told: str = ""


@dataclass(frozen=True)
class Publication:
    """What became of a text: the `version` that holds it, and how it came to be.

    `merged`: what others published meanwhile was put with it. `repeated`: this very text was
    published before with the same key. `unchanged`: the page held it already. Nothing is written
    by the last two.
    """

    version: Version
    merged: bool = False
    repeated: bool = False
    unchanged: bool = False


@transaction.atomic
def publish(page: Page, edit: Edit) -> Publication:
    """Publish a specific page as it stands in memory.

    What others published since `edit.base` is merged with it; when nothing differs from the
    newest version, nothing is written. The same text sent again with the same `edit.key` is
    recognised. Raises EditConflict, with nothing written, when both changed the same thing and
    no choice was made; ValidationError on bad content; PermissionDenied when its author may not
    edit the page.
    """
    current = _lock(page)
    _refuse_trashed(current)
    _hold_to_rights(page, current, edit)
    digest = _accepted(page, edit)
    made = _made_with_key(edit)
    if made and _is_same_text(made, edit, digest, page):
        return _repeated(made)
    edit = _after_own_version(edit, made, page.pk) if made else edit
    newest = newest_version(page)
    _link(page, edit, newest)
    if edit.base is not None and newest and newest.number != edit.base:
        page, edit = _merged(page, newest, edit)
    if edit.base is not None and newest and content.content_of(page) == newest.content:
        return Publication(newest, unchanged=True)
    _take_place(page, current)
    return _write(page, edit, newest, digest, current)


@transaction.atomic
def create(page: Page, parent: Page, edit: Edit) -> Publication:
    """Put a new specific page under `parent` and publish it.

    Another text sent with the key of a form that made a page goes to that page.
    """
    parent = _place(parent, edit)
    digest = _accepted(page, edit)
    made = _made_with_key(edit)
    if made and _is_same_text(made, edit, digest):
        return _repeated(made)
    if made:
        edit = _after_own_version(edit, made, made.page_id)
        if edit.base and (held := _page_made(page, made, edit.author)):
            content.fill(held, content.content_of(page))
            return publish(held, edit)
    _link(page, edit, None)
    page.slug = addresses.free_slug(page.slug or page.title, parent)
    parent.add_child(instance=page)
    return _write(page, edit, None, digest)


def _accepted(page: Page, edit: Edit) -> str:
    """Bring what was written to its one form; ValidationError on what cannot be read.

    Returns the digest of a text that was sent with a key.
    """
    normalise_page(page)
    refuse_unreadable(page)
    return content.digest_of(page) if edit.key else ""


def _lock(page: Page) -> Page:
    """Others wait to write this page; a link to it from another page does not."""
    held = next(iter(_locked(page.pk)), None)
    if held is None:
        raise Page.DoesNotExist
    return held


_locked = Compiled(lambda pk: Page.objects.select_for_update(no_key=True).filter(pk=pk).order_by())


def _refuse_trashed(page: Page) -> None:
    """A text sent while somebody deletes the page is not published in the trash."""
    if _is_trashed(page):
        raise InTrash(_("This page was put in the trash while you were writing."))


def _hold_to_rights(page: Page, current: Page, edit: Edit) -> None:
    """Whatever led here, but an import. PermissionDenied on a page that its author may not
    edit, locked while they wrote; a name that is not theirs to give stays."""
    if edit.author is None or edit.brings_files:
        return
    if not permissions.can_edit(edit.author, current):
        raise PermissionDenied
    if not permissions.can_retitle(edit.author, current):
        page.title = current.title


def _is_trashed(page: Page) -> bool:
    return not page.live and Trash.objects.filter(path=page.path[: 2 * page.steplen]).exists()


def _place(parent: Page, edit: Edit) -> Page:
    """Where a new page goes, as it is now; ValidationError when it is no more there, or when
    its writer was told another thing of who may read it there."""
    held = Page.objects.select_for_update(no_key=True).filter(pk=parent.pk).first()
    if held is None or _is_trashed(held) or not _is_as_told(held, edit):
        raise ValidationError(
            _("The place of this page has changed while you were writing. Look at it again.")
        )
    return held


def _is_as_told(place: Page, edit: Edit) -> bool:
    may = edit.author is None or edit.brings_files or visibility.can_read(edit.author, place)
    return may and edit.place_told in ("", visibility.place_sign(place))


def _made_with_key(edit: Edit) -> Version | None:
    return next(iter(_with_key(Identifier(edit.key))), None) if edit.key else None


_with_key = Compiled(lambda key: Version.objects.filter(key=key))


def _is_same_text(made: Version, edit: Edit, digest: str, page: Page | None = None) -> bool:
    """That its author sends again, to the page that it was published in."""
    own = made.author_id == getattr(edit.author, "pk", None)
    here = page is None or made.page_id == page.pk
    return own and here and made.content_digest in ("", digest)


def _repeated(made: Version) -> Publication:
    return Publication(made, merged=made.origin == Version.Origin.MERGE, repeated=True)


def _after_own_version(edit: Edit, made: Version, page_id: int) -> Edit:
    """Another text with a key that was used: the form was shown again by the browser's « back ».

    The key is not used again; the text is compared with what the form had made, where that is
    what its writer had before them.
    """
    own = made.author_id == getattr(edit.author, "pk", None) and made.page_id == page_id
    if own and made.origin != Version.Origin.MERGE and edit.base is not None:
        return replace(edit, key=None, base=made.number)
    return replace(edit, key=None)


def _page_made(page: Page, made: Version, author) -> Page | None:
    """The page, still there and of the same kind, that the form of a new page had made."""
    first = made.page_id if made.number == 1 else None
    return visibility.visible_to(author, type(page).objects.filter(pk=first)).first()


def _merged(page: Page, newest: Version, edit: Edit) -> tuple[Page, Edit]:
    """The page of the database with both texts; raises EditConflict when somebody must choose."""
    mine = content.content_of(page)
    merged = _merge(page, newest, edit.base, mine, edit.author)
    chosen = edit.chosen_on == newest.number and len(edit.choices) == len(merged.conflicts)
    if merged.conflicts and not chosen:
        raise EditConflict(newest, merged)
    page = _holding(page, merged.chosen(edit.choices))
    if content.content_of(page) != mine:
        edit = replace(edit, origin=Version.Origin.MERGE)
    return page, edit


def _merge(page: Page, newest: Version, base: int, mine: dict, author) -> Merged:
    then = _version(page, base, author)
    return merge(then and then.content, newest.content, mine, type(page))


def _version(page: Page, number: int, author) -> Version | None:
    """That version of the page, when this person may read it."""
    versions = Version.objects.filter(page_id=page.pk, number=number)
    return (readable_versions(author, versions) if author else versions).first()


def _holding(page: Page, text: dict) -> Page:
    fresh = type(page).objects.get(pk=page.pk)
    content.fill(fresh, text)
    return fresh


def rebased(page: Page, base: int, author) -> tuple[Page, Version]:
    """The page in memory, and the newest version, with what others published put in it.

    Where they conflict it keeps its own text. Nothing is written but new topics.
    """
    merged, newest = brought_together(page, base, author)
    return _holding(page, merged.chosen({})), newest


def brought_together(page: Page, base: int, author) -> tuple[Merged, Version]:
    """A page in memory, written from this base, and what others published since."""
    newest = newest_version(page)
    normalise_page(page)
    return _merge(page, newest, base, content.content_of(page), author), newest


def _take_place(page: Page, current: Page) -> None:
    """Where the page stands is what the locked row says, not what it was when it was read."""
    for db_field in Page._meta.concrete_fields:
        if db_field.name not in WRITTEN:
            setattr(page, db_field.attname, getattr(current, db_field.attname))


def _write(
    page: Page, edit: Edit, newest: Version | None, digest: str, before: Page | None = None
) -> Publication:
    """The Version, then Wagtail's revision and publication, whose receivers do the rest;
    `before`: the page as it is in the database."""
    files = shown_files.shown(page, newest, edit)
    shown_files.keep_only(page, files)
    if isinstance(page, WikiPage):
        page.body = index.resolved(page.body, edit.author, page)
    content.number_rows(page)
    page.clean_fields(exclude=NOT_WRITTEN)
    version = record(page, edit, newest, files, digest)
    page.kb_written = Written(version, newest)
    with disable_reference_index_auto_update():  # else it is made anew for each child row
        revision = page.save_revision(user=edit.author, clean=False)
        PublicationInMemory(page, revision, edit.author, before).execute(True)
    page.kb_written = None
    ReferenceIndex.create_or_update_for_object(page)
    if edit.created_at:
        Page.objects.filter(pk=page.pk).update(last_published_at=edit.created_at)
    return Publication(version, merged=version.origin == Version.Origin.MERGE)


def _link(page: Page, edit: Edit, newest: Version | None) -> None:
    """Addresses and « [[titles]] » become links in what was touched; an old text that somebody
    goes back to stays what it was."""
    if isinstance(page, WikiPage) and edit.origin not in GOING_BACK:
        before = _body_before(page, edit, newest)
        page.body = own_links.linked(page.body, before, edit.author, edit.brings_files)


def _body_before(page: Page, edit: Edit, newest: Version | None) -> str:
    """The body that the writer had before them; the newest one when it is not known."""
    late = edit.base and newest and newest.number != edit.base
    then = _version(page, edit.base, edit.author) if late else None
    version = then or newest
    return version.content.get("body", "") if version else ""


def newest_version(page: Page) -> Version | None:
    return next(iter(_newest(page.pk)), None)


_newest = Compiled(lambda pk: Version.objects.filter(page_id=pk).newest_first()[:1])


def record(
    page: Page, edit: Edit, newest: Version | None, files: Files, digest: str = ""
) -> Version:
    """Write the Version of a specific page as it stands in memory, which opens these files."""
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
        content_digest=digest if edit.key else "",
        **moment,
    )
    shown_files.record_uses(version, files)
    return version


def _first_origin(edit: Edit) -> str:
    return Version.Origin.CREATION if edit.origin == Version.Origin.EDIT else edit.origin


def _audience(page: Page) -> Audience | None:
    key = visibility.audience_key(page)
    return Audience.objects.get_or_create(key=key)[0] if key else None


def ensure_version(page: Page, author=None) -> None:
    """Write a Version when what a page holds is not its newest one: it was published by another
    door (admin, command)."""
    page = page.specific
    if is_just_written(page):
        return
    newest = newest_version(page)
    if newest is None or newest.content != content.content_of(page):
        record_as_it_stands(page, Edit(author=author), newest)


def is_just_written(page: Page) -> bool:
    """Whether the door wrote a version of it in the publication under way."""
    return getattr(page, "kb_written", None) is not None


def ensure_audience(page: Page) -> None:
    """Write an « opening » when readers of today were shut out of the newest version."""
    if is_just_written(page):
        return
    newest = newest_version(page)
    if newest is None or newest.audience is None:
        return
    if newest.audience.key != visibility.audience_key(page):
        edit = Edit(author_name=newest.author_name, origin=Version.Origin.OPENING, minor=True)
        record_as_it_stands(page.specific, edit, newest)


def record_as_it_stands(page: Page, edit: Edit, newest: Version | None) -> Version:
    return record(page, edit, newest, shown_files.shown(page, newest, edit))
