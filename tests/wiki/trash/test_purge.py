"""Going for good: what is emptied of the trash, and the files that go with it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.test import TestCase
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from tests import factories
from tests.wiki.secrets import document_named, image_named
from tests.wiki.trash.test_trash import fresh, thrown
from wiki.models import Draft, Event, TrashedPage, Version
from wiki.organizing import actions
from wiki.publishing.publishing import Edit

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(contributor):
    return factories.page(title="Le wifi public", body="<p>Zinzolin</p>", author=contributor)


@pytest.fixture
def below(article):
    return factories.page(title="Dessous", parent=Page.objects.get(pk=article.pk))


def aged(row: TrashedPage, days: int) -> None:
    Event.objects.filter(pk=row.event_id).update(created_at=timezone.now() - timedelta(days=days))


def emptied(**options):
    with TestCase.captureOnCommitCallbacks(execute=True):
        call_command("empty_trash", verbosity=0, **options)


def test_after_ninety_days_pages_go_for_good(article, below, facilitator, capsys):
    aged(thrown(fresh(article), facilitator), 91)
    young = factories.page(title="Jeune")
    aged(thrown(young, facilitator), 89)
    emptied()
    assert not Page.objects.filter(pk__in=[article.pk, below.pk]).exists()
    assert not Version.objects.filter(page_id__in=[article.pk, below.pk]).exists()
    assert Page.objects.filter(pk=young.pk).exists()
    assert "Le wifi public" in capsys.readouterr().out


def test_a_dry_run_says_what_would_go(article, facilitator, capsys):
    aged(thrown(article, facilitator), 91)
    emptied(dry_run=True)
    assert "Le wifi public" in capsys.readouterr().out
    assert Page.objects.filter(pk=article.pk).exists()


def test_another_age_may_be_said(article, facilitator):
    aged(thrown(article, facilitator), 11)
    emptied(days=10)
    assert not Page.objects.filter(pk=article.pk).exists()


def showing(document, image) -> str:
    return (
        f'<p><a linktype="document" id="{document.pk}">pièce</a></p>'
        f'<embed embedtype="image" id="{image.pk}" alt="" format="fullwidth"/>'
    )


def test_files_that_only_the_page_used_go_with_it(facilitator):
    document, image = document_named("Pièce", "piece", "texte"), image_named("Photo", "photo")
    page = factories.edited(factories.page(body=showing(document, image)), body="<p>Sans</p>")
    aged(thrown(page, facilitator), 91)
    emptied()
    assert not get_document_model().objects.filter(pk=document.pk).exists()
    assert not get_image_model().objects.filter(pk=image.pk).exists()
    for name in (document.file.name, image.file.name):
        assert not default_storage.exists(name)


@pytest.mark.parametrize("elsewhere", ["page", "old version", "draft"])
def test_files_used_elsewhere_stay(facilitator, contributor, elsewhere):
    document, image = document_named("Pièce", "piece", "texte"), image_named("Photo", "photo")
    body = showing(document, image)
    page = factories.page(body=body)
    if elsewhere == "draft":
        key = "6f2c1d60-0000-4000-8000-000000000000"
        Draft.objects.create(person=contributor, key=key, kind="article", data={"body": [body]})
    else:
        other = factories.page(body=body)
        if elsewhere == "old version":
            factories.edited(other, body="<p>Sans</p>")
    aged(thrown(page, facilitator), 91)
    emptied()
    assert get_document_model().objects.filter(pk=document.pk).exists()
    assert get_image_model().objects.filter(pk=image.pk).exists()


def test_redirects_to_what_is_gone_for_good_lead_to_no_error(article, contributor, client):
    with TestCase.captureOnCommitCallbacks(execute=True):
        actions.rename(article, "Le hotspot", False, Edit(author=contributor))
    aged(thrown(fresh(article), contributor), 91)
    emptied()
    assert client.get("/collectif/le-wifi-public/").status_code == 404


@pytest.mark.parametrize("closed_by", ["itself", "its section", "its time"])
def test_a_draft_keeps_no_file_of_a_closed_page(facilitator, contributor, closed_by):
    """It would be read by its sender and all facilitators."""
    document, image = document_named("Pièce", "piece", "texte"), image_named("Photo", "photo")
    body, section = showing(document, image), factories.page(title="Salle")
    if closed_by == "its section":
        factories.restricted_to_groups(section, "Bureau")
    page = factories.page(parent=Page.objects.get(pk=section.pk))
    if closed_by != "its section":
        restriction = factories.restricted_to_groups(page, "Bureau")
    page = factories.edited(page, body=body)
    if closed_by == "its time":
        page = factories.edited(page, body="<p>Rien</p>")
        restriction.delete()
    facilitator.groups.add(Group.objects.get_or_create(name="Bureau")[0])
    key = "6f2c1d60-0000-4000-8000-000000000001"
    Draft.objects.create(person=contributor, key=key, kind="article", data={"body": [body]})
    aged(thrown(fresh(page), facilitator), 91)
    emptied()
    assert not get_document_model().objects.filter(pk=document.pk).exists()
    assert not get_image_model().objects.filter(pk=image.pk).exists()
