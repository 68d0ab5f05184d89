"""Parts of Wagtail without a public way in."""

from functools import cache, partial, partialmethod
from types import SimpleNamespace

from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from modelsearch.index import get_indexed_models
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page, PageLogEntry, Revision


def note_size_and_hash(item) -> None:
    """Of an image or a document in memory, what Wagtail's own forms note when a file is sent."""
    for note in ("_set_document_file_metadata", "_set_image_file_metadata"):
        if hasattr(item, note):
            getattr(item, note)()


def keep_no_search_index() -> None:
    """The search of the admin reads the tables (MODELSEARCH_BACKENDS): there is no index to write,
    for which each save would read its object again. To be called before `modelsearch` is ready."""
    for model in get_indexed_models():
        model.search_auto_update = False


def trust_rows_named_in_the_log() -> None:
    """Wagtail's log names rows that its writer has at hand: to ask for each of them costs as many
    queries. Its words are looked at as before."""
    named = {field.name for field in PageLogEntry._meta.fields if field.many_to_one}
    PageLogEntry.full_clean = partialmethod(PageLogEntry.full_clean, exclude=named)


class PublicationInMemory(PublishPageRevisionAction):
    """Publishes the page in memory: making it again from its revision costs twenty queries.

    The revision was written in this very transaction, which holds the page: it is the latest one.
    `before`: the page as the database holds it, None of a page that was just made; its title is
    what Wagtail's log calls the old one.
    """

    def __init__(self, page: Page, revision: Revision, user, before: Page | None):
        revision.as_object = lambda: page
        revision.is_latest_revision = lambda: True
        revision.get_previous = lambda: _revision_before(before)
        super().__init__(revision, user=user)

    def _publish_revision(self, revision, object, *args, **kwargs):
        """The door has looked at each written field; the others come from the locked row. To look
        at them again, and for pages of the same path, costs eight queries. Nor has the address
        changed: Wagtail reads the whole page again to know."""
        object.full_clean = object.clean
        object.save = partial(object.save, update_fields=_all_but_address(type(object)))
        try:
            super()._publish_revision(revision, object, *args, **kwargs)
        finally:
            del object.full_clean, object.save


@cache
def _all_but_address(model: type[Page]) -> list[str]:
    """What a page of this type writes when it is saved: its columns and its child rows."""
    keys = {"id", "page_ptr", "slug"}
    columns = [field.name for field in model._meta.concrete_fields if field.name not in keys]
    rows = [*get_all_child_relations(model), *get_all_child_m2m_relations(model)]
    return columns + [_name_of(one) for one in rows]


def _name_of(relation) -> str:
    return relation.name if relation.concrete else relation.get_accessor_name()


def _revision_before(page: Page | None) -> SimpleNamespace:
    """As much of a revision as Wagtail asks of the one before: what the page is called there."""
    if page is None or page.latest_revision_id is None:
        raise Revision.DoesNotExist
    return SimpleNamespace(content_object=page)
