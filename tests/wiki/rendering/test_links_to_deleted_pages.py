"""A link to a page that was deleted: alive when the title is written again, wanted until then."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.wiki import form_filling
from wiki.access import in_trash
from wiki.models import ArticlePage, Version
from wiki.rendering.bodies import render
from wiki.trash import purge, trash

pytestmark = pytest.mark.django_db


@pytest.fixture
def target(facilitator):
    return factories.page(title="Cible d’essai", author=facilitator)


@pytest.fixture
def source(writer, target):
    """As people write it: the wanted title becomes a link to the page."""
    body = '<p><a linktype="wanted" title="Cible d’essai">la cible</a></p>'
    page = factories.page(title="Source", body="<p>x</p>")
    form_filling.edit(writer, page, body=body)
    page = ArticlePage.objects.get(pk=page.pk)
    assert f'linktype="page" id="{target.pk}"' in page.body
    return page


def shown(client, page) -> str:
    return client.get(page.address).content.decode()


WANTED = "/nouveau/?titre=Cible+d%E2%80%99essai"


def test_a_link_to_a_deleted_page_is_wanted_by_its_title_then_lives_again(
    source, target, facilitator, writer, client
):
    trash.put_in(target, facilitator, "Doublon")
    assert f'<a class="wanted" href="{WANTED}">la cible' in shown(writer, source)
    anonymous = shown(client, source)
    assert "la cible" in anonymous
    assert "titre=" not in anonymous
    again = factories.page(title="Cible d’essai")
    for reader in (writer, client):
        assert f'<a href="{again.address}">la cible</a>' in shown(reader, source)


def test_a_link_to_a_page_taken_back_leads_there_again(source, target, facilitator, client):
    trash.put_in(target, facilitator, "Doublon")
    trash.take_back(in_trash.shown_to(facilitator).get(pk=target.pk), facilitator)
    assert f'<a href="{target.address}">la cible</a>' in shown(client, source)


def test_those_who_may_take_it_back_are_told_that_it_is_in_the_trash(
    source, target, facilitator, logged_in, writer
):
    trash.put_in(target, facilitator, "Doublon")
    page = shown(logged_in(facilitator), source)
    assert f'href="/corbeille/{target.pk}/">la cible<small> (à la corbeille)</small></a>' in page
    assert "(à la corbeille)" not in shown(writer, source)


def test_a_link_to_a_page_deleted_for_good_is_wanted_by_its_own_words(
    source, target, facilitator, writer, client
):
    purge.empty(trash.put_in(target, facilitator, "Doublon"))
    assert "/nouveau/?titre=la+cible" in shown(writer, source)
    again = factories.page(title="La cible")
    assert f'<a href="{again.address}">la cible</a>' in shown(client, source)


def test_the_title_of_a_closed_page_is_not_told_when_it_is_deleted(
    source, target, facilitator, writer, client
):
    factories.restricted_to_groups(target, "Animateurs")
    trash.put_in(target, facilitator, "Doublon")
    for reader in (writer, client):
        page = shown(reader, source)
        assert "<span>la cible</span>" in page
        assert "Cible d" not in page.replace("Cible d’essai</h", "")


def test_a_page_that_is_only_closed_stays_plain_words(source, target, writer):
    factories.restricted_to_groups(target, "Animateurs")
    assert "<span>la cible</span>" in shown(writer, source)


def test_many_links_to_deleted_pages_cost_no_more_than_two(facilitator):
    counts = []
    for many in (2, 8):
        targets = [factories.page(author=facilitator) for _ in range(many)]
        body = "".join(f'<p><a linktype="page" id="{page.pk}">x</a></p>' for page in targets)
        for page in targets:
            trash.put_in(page, facilitator, "Doublon")
        render(body, facilitator)
        with CaptureQueriesContext(connection) as captured:
            render(body, facilitator)
        counts.append(len(captured))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("closed", [True, False], ids=["closed", "nobody has it"])
def test_what_a_link_looks_like_does_not_tell_which_pages_there_are(writer, client, closed):
    """One names all numbers, one after another, in a preview or in a page."""
    page = factories.page(title="Fermée")
    factories.restricted_to_groups(page, "Bureau")
    pk = page.pk if closed else page.pk + 1000
    body = f'<p>Voir <a linktype="page" id="{pk}">mot</a> ou <a href="/aide/">là</a></p>'
    form = {**form_filling.blank(writer, "article"), "title": "Essai", "body": body}
    previewed = writer.post("/nouveau/article/apercu/", form).content.decode()
    assert writer.post("/nouveau/article/", form).status_code == 302
    made = ArticlePage.objects.get(title="Essai")
    assert made.body.startswith("<p>Voir mot ou <a ")
    for text in (previewed, shown(client, made), shown(writer, made)):
        assert "<p>Voir mot ou <a " in text


def test_a_link_that_a_text_had_stays_when_somebody_writes_beside(source, target, writer):
    body = source.body
    factories.restricted_to_groups(target, "Bureau")
    form_filling.edit(writer, source, body=f"{body}<p>Plus</p>")
    assert ArticlePage.objects.get(pk=source.pk).body.startswith(body)


def test_the_demonstration_keeps_its_links():
    """Its pages are written before those that they lead to are on the site."""
    contents = Version.objects.values_list("content", flat=True)
    texts = [content.get("body", "") for content in contents]
    assert not [text for text in texts if "<a>" in text]
    assert [text for text in texts if 'linktype="page"' in text]
