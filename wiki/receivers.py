"""What the wiki does when something happened to a page, whatever door it came through."""

from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
)

from wiki import broken_links, events, links, photos, publishing
from wiki.models import Event, Stamp, Topic, User, Version
from wiki.settling import settle_row
from wiki.signals import topic_changed
from wiki.visibility import published


def connect() -> None:
    page_published.connect(on_published, dispatch_uid="wiki-published")
    page_unpublished.connect(on_unpublished, dispatch_uid="wiki-unpublished")
    page_slug_changed.connect(on_changed, dispatch_uid="wiki-renamed")
    post_page_move.connect(on_moved, dispatch_uid="wiki-moved")
    pre_delete.connect(on_deleting, sender=Page, dispatch_uid="wiki-deleting")
    post_delete.connect(on_deleted, dispatch_uid="wiki-deleted")
    pre_save.connect(on_image, sender=get_image_model(), dispatch_uid="wiki-image")
    for signal in (post_save, post_delete):
        signal.connect(on_restricted, sender=PageViewRestriction, dispatch_uid="wiki-restricted")
    for model in (Event, Topic, User, Version, get_document_model(), get_image_model()):
        pre_save.connect(on_saving, sender=model, dispatch_uid=f"wiki-text-{model.__name__}")
    topic_changed.connect(on_topic_changed, dispatch_uid="wiki-topic")
    groups = PageViewRestriction.groups.through
    m2m_changed.connect(on_groups_changed, sender=groups, dispatch_uid="wiki-groups")


def on_topic_changed(**kwargs):
    raise_stamp()


def on_saving(instance, **kwargs):
    settle_row(instance)


def on_published(instance, revision=None, **kwargs):
    publishing.ensure_version(instance, author=getattr(revision, "user", None))
    publishing.ensure_audience(instance)
    links.write(instance)
    broken_links.forget_mended(instance)
    raise_stamp()


def on_unpublished(instance, **kwargs):
    links.forget(instance)
    raise_stamp()


def on_changed(**kwargs):
    raise_stamp()


def on_deleting(instance, **kwargs):
    instance.kb_wanted_by = links.wanting(instance)


def on_deleted(sender, instance, **kwargs):
    if issubclass(sender, Page):
        links.want_again(getattr(instance, "kb_wanted_by", []))
        raise_stamp()


def on_moved(instance, parent_page_before=None, parent_page_after=None, **kwargs):
    events.record_move(instance, parent_page_before, parent_page_after)
    open_again(instance)


def on_restricted(instance, **kwargs):
    open_again(instance.page)


def on_groups_changed(instance, action, **kwargs):
    if action.startswith("post_") and isinstance(instance, PageViewRestriction):
        open_again(instance.page)


def open_again(page: Page) -> None:
    """After a move or a change of restriction: openings for the page and those below."""
    pages = published().filter(path__startswith=page.path)
    closed = Version.objects.exclude(audience=None).filter(page__in=pages)
    for below in pages.filter(pk__in=closed.values("page")):
        publishing.ensure_audience(below)
    raise_stamp()


def raise_stamp() -> None:
    Stamp.raise_it()


def on_image(instance, **kwargs):
    photos.clean_new_file(instance)
