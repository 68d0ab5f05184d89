"""Going back: an old version again, or one past change undone; history only grows."""

from dataclasses import replace

from django.db import transaction
from wagtail.models import Page

from wiki.models import Version
from wiki.pages import content
from wiki.publishing.merging_before_lock import merge
from wiki.publishing.publishing import Edit, Publication, newest_version, publish


class Nothing(Exception):
    """The page is already so: there is nothing to publish."""


class UndoConflict(Exception):
    """What came after a change touches the same words: it cannot be undone alone."""


@transaction.atomic
def restore(version: Version, edit: Edit) -> Publication:
    """Publish an old version again, its title too; the page keeps its address.

    Raises Nothing when the page already holds it; ValidationError when today's rules
    refuse it.
    """
    return _publish(version.page_id, version.content, edit, Version.Origin.RESTORE)


@transaction.atomic
def undo(version: Version, before: Version, edit: Edit) -> Publication:
    """Take one change out of the newest text: `before` is the version it was made on.

    Raises UndoConflict when it does not merge cleanly, Nothing when it is gone already.
    """
    page = _locked(version.page_id)
    newest = newest_version(page)
    model = page.specific_class
    merged = merge(version.content, newest.content, before.content, model)
    if merged.conflicts:
        raise UndoConflict
    return _publish(version.page_id, merged.content, edit, Version.Origin.UNDO)


def _locked(pk: int) -> Page:
    return Page.objects.select_for_update(no_key=True).get(pk=pk)


def _publish(pk: int, wanted: dict, edit: Edit, origin: str) -> Publication:
    page = _locked(pk).specific
    held = content.content_of(page)
    content.fill(page, wanted)
    if content.content_of(page) == held:
        raise Nothing
    return publish(page, replace(edit, origin=origin))
