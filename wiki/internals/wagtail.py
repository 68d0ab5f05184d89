"""Parts of Wagtail without a public way in."""

from modelsearch.index import get_indexed_models
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page, Revision


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


class PublicationInMemory(PublishPageRevisionAction):
    """Publishes the page in memory: making it again from its revision costs twenty queries."""

    def __init__(self, page: Page, revision: Revision, user):
        revision.as_object = lambda: page
        super().__init__(revision, user=user)

    def _publish_revision(self, revision, object, *args, **kwargs):
        """The door has looked at each written field; the others come from the locked row. To look
        at them again, and for pages of the same path, costs eight queries."""
        object.full_clean = object.clean
        try:
            super()._publish_revision(revision, object, *args, **kwargs)
        finally:
            del object.full_clean
