"""What happened to a page, as Wagtail and Django say it, handed to `wiki.publishing.pipeline`."""

from django.contrib.auth.models import Group
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
)

from wiki.links import index
from wiki.media import photos
from wiki.models import Audience, Event, SiteRevision, Topic, User, Version
from wiki.pages.normalising import normalise_row
from wiki.publishing import pipeline
from wiki.signals import topic_changed
from wiki.text.addresses import site_root_path


def connect() -> None:
    page_published.connect(on_published, dispatch_uid="wiki-published")
    page_unpublished.connect(on_unpublished, dispatch_uid="wiki-unpublished")
    page_slug_changed.connect(on_changed, dispatch_uid="wiki-renamed")
    for signal in (page_slug_changed, post_page_move):
        signal.connect(site_root_path.forget, dispatch_uid="wiki-root")
    for signal in (post_save, post_delete):
        signal.connect(site_root_path.forget, sender=Site, dispatch_uid="wiki-root-of-site")
        signal.connect(on_changed, sender=Site, dispatch_uid="wiki-site")
    post_page_move.connect(on_moved, dispatch_uid="wiki-moved")
    pre_delete.connect(on_deleting, sender=Page, dispatch_uid="wiki-deleting")
    post_delete.connect(on_deleted, sender=Page, dispatch_uid="wiki-deleted")
    pre_save.connect(on_image, sender=get_image_model(), dispatch_uid="wiki-image")
    for model in (get_document_model(), get_image_model()):
        post_save.connect(on_file_saved, sender=model, dispatch_uid=f"wiki-file-{model.__name__}")
        post_delete.connect(on_changed, sender=model, dispatch_uid=f"wiki-gone-{model.__name__}")
    for signal in (post_save, post_delete):
        signal.connect(on_restricted, sender=PageViewRestriction, dispatch_uid="wiki-restricted")
    for model in (Event, Topic, User, Version, get_document_model(), get_image_model()):
        pre_save.connect(on_saving, sender=model, dispatch_uid=f"wiki-text-{model.__name__}")
    m2m_changed.connect(on_members_changed, sender=User.groups.through, dispatch_uid="wiki-members")
    m2m_changed.connect(
        on_members_changed, sender=Group.permissions.through, dispatch_uid="wiki-rights"
    )
    post_delete.connect(on_rights_changed, sender=Group, dispatch_uid="wiki-group-gone")
    post_save.connect(on_rights_changed, sender=Audience, dispatch_uid="wiki-audience")
    topic_changed.connect(on_topic_changed, dispatch_uid="wiki-topic")
    groups = PageViewRestriction.groups.through
    m2m_changed.connect(on_groups_changed, sender=groups, dispatch_uid="wiki-groups")


def on_topic_changed(**kwargs):
    bump_revision()


def on_saving(instance, **kwargs):
    normalise_row(instance)


def on_published(instance, revision=None, **kwargs):
    pipeline.published.run(instance, author=getattr(revision, "user", None))


def on_unpublished(instance, **kwargs):
    pipeline.unpublished.run(instance)


def on_changed(**kwargs):
    bump_revision()


def on_deleting(instance, **kwargs):
    instance.kb_wanted_by = index.wanting(instance)


def on_deleted(instance, **kwargs):
    pipeline.deleted.run(instance, wanted_by=getattr(instance, "kb_wanted_by", []))


def on_moved(instance, parent_page_before=None, parent_page_after=None, **kwargs):
    pipeline.moved.run(instance, before=parent_page_before, after=parent_page_after)


def on_restricted(instance, **kwargs):
    pipeline.restricted.run(instance.page)


def on_groups_changed(instance, action, **kwargs):
    if action.startswith("post_") and isinstance(instance, PageViewRestriction):
        pipeline.restricted.run(instance.page)


def on_members_changed(action, **kwargs):
    """What the members of a group may read and do is kept with the stamp."""
    if action.startswith("post_"):
        note_rights()


def on_rights_changed(**kwargs):
    note_rights()


def note_rights() -> None:
    """What is kept of who may read what is read again; visitors' pages are what they were."""
    SiteRevision.bump(tags=set())


def bump_revision() -> None:
    SiteRevision.bump()


def on_file_saved(created, update_fields=None, **kwargs):
    """Pages show its name and its pictures; its size and its sum are noted when it is read."""
    if not created and update_fields is None:
        bump_revision()


def on_image(instance, **kwargs):
    photos.clean_new_file(instance)
