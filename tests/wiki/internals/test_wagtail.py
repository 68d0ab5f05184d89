"""What we use of Wagtail without a promise: these fail when a release changes it."""

import hashlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from modelsearch import index
from modelsearch.backends import get_search_backend
from modelsearch.backends.database.fallback import DatabaseSearchBackend
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, PageLogEntry
from wagtail.signals import page_published

from tests import factories
from tests.wiki import pictures
from wiki.internals.wagtail import PublicationInMemory, note_size_and_hash
from wiki.models import ArticlePage

pytestmark = pytest.mark.django_db


def test_size_and_hash_of_a_document_are_noted():
    item = get_document_model()(title="Essai", file=ContentFile(b"Bonjour", name="essai.txt"))
    note_size_and_hash(item)
    assert item.file_size == 7
    assert item.file_hash == hashlib.sha1(b"Bonjour").hexdigest()


def test_size_and_hash_of_a_picture_are_noted():
    item = get_image_model()(title="Essai", file=pictures.saved(pictures.halves()))
    note_size_and_hash(item)
    assert item.file_size > 0
    assert len(item.file_hash) == 40


def test_what_is_published_is_the_page_in_memory_not_its_revision(contributor):
    page = ArticlePage.objects.get(pk=factories.page(body="<p>Ancien</p>").pk)
    revision = page.save_revision(user=contributor)
    page.body = "<p>En mémoire</p>"
    published = []

    def note(instance, **_what):
        published.append(instance)

    page_published.connect(note)
    PublicationInMemory(page, revision, contributor, page).execute(skip_permission_checks=True)
    page_published.disconnect(note)
    assert published[0] is page
    assert ArticlePage.objects.get(pk=page.pk).body == "<p>En mémoire</p>"


def test_the_log_says_the_title_that_a_page_had(contributor):
    page = ArticlePage.objects.get(pk=factories.page(title="Avant").pk)
    before = Page.objects.get(pk=page.pk)
    page.save_revision()
    before.refresh_from_db()
    for title, told in (("Après", {"old": "Avant", "new": "Après"}), ("Après", None)):
        page.title = title
        revision = page.save_revision(user=contributor)
        PublicationInMemory(page, revision, contributor, before).execute(True)
        entry = PageLogEntry.objects.filter(page=page, action="wagtail.publish").first()
        assert (entry.user, entry.revision, entry.label) == (contributor, revision, title)
        assert entry.data.get("title") == told
        before.refresh_from_db()


def test_an_address_that_stands_already_beside_is_refused():
    page = factories.page(title="Une")
    other = factories.page(title="Autre")
    other.slug = page.slug
    with pytest.raises(ValidationError, match=page.slug):
        other.full_clean()
    page.full_clean()


def test_no_save_reads_its_object_again_for_an_index_that_is_not_kept(monkeypatch):
    """The search of the admin reads the tables."""
    assert isinstance(get_search_backend(), DatabaseSearchBackend)
    assert not [one for one in index.get_indexed_models() if one.search_auto_update]
    monkeypatch.setattr(index, "get_indexed_instance", None)  # what the signal would call
    page = factories.page()
    page.save()
    assert page in get_search_backend().autocomplete(page.title, ArticlePage.objects.all())
