"""Red links: pages that are wanted, until somebody writes them."""

from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from django.utils.translation import ngettext

from tests import factories
from tests.wiki.screens import links_of, main_text, said
from wiki.links import index
from wiki.links.backlinks import wanted_titles
from wiki.models import ArticlePage, PageLink
from wiki.organizing import actions
from wiki.publishing.publishing import Edit
from wiki.rendering.bodies import render
from wiki.trash import trash

pytestmark = pytest.mark.django_db


def wanting(title, words="mots"):
    return f'<p><a linktype="wanted" title="{title}">{words}</a></p>'


def body_of(page) -> str:
    return ArticlePage.objects.get(pk=page.pk).body


def shown(page, client=None) -> str:
    return (client or Client()).get(page.address).content.decode()


def renamed(page, title, user):
    actions.rename(page, title, False, Edit(author=user))
    return ArticlePage.objects.get(pk=page.pk)


# When shown


def test_a_writer_is_led_to_the_form_of_the_wanted_page(writer):
    page = factories.page(body=wanting("Prêt d’ordinateurs"))
    address = f"/nouveau/?titre={quote('Prêt d’ordinateurs')}"
    text = shown(page, writer)
    assert f'<a class="wanted" href="{address}">' in text.replace("+", "%20")
    assert said("(page to be written)") in text


def test_a_reader_sees_words_that_lead_nowhere_yet(client, logged_in):
    page = factories.page(body=wanting("Prêt", "le prêt"))
    for reader in (client, logged_in(factories.person())):
        text = shown(page, reader)
        assert '<span class="wanted">le prêt' in text
        assert "/nouveau/?titre" not in text


def test_a_red_link_becomes_a_link_as_soon_as_its_page_exists(client):
    page = factories.page(body=wanting("L’œuvre d’été"))
    assert "wanted" in shown(page)
    target = factories.page(title="L'oeuvre d'été")
    assert target.address in links_of(client.get(page.address))
    assert 'class="wanted"' not in shown(page)
    assert "linktype" not in shown(page)


def test_a_red_link_is_red_again_when_its_page_goes_to_the_trash(client, facilitator):
    target = factories.page(title="Éphémère")
    page = factories.page(title="Ici")
    ArticlePage.objects.filter(pk=page.pk).update(body=wanting("Éphémère"))
    page.versions.update(content={**page.versions.get().content, "body": wanting("Éphémère")})
    assert target.address in links_of(client.get(page.address))
    trash.put_in(target, facilitator, "Doublon")
    assert 'class="wanted"' in shown(page)


def test_of_two_pages_of_one_title_the_first_readable_one_is_meant(anonymous):
    closed = factories.page(title="Double", slug="premiere")
    factories.restricted_to_groups(closed, "Bureau")
    second = factories.page(title="Double", slug="deuxieme")
    factories.page(title="Double", slug="troisieme")
    page = factories.page(title="Ici")
    rendered = wanting("double")
    assert second.address in render(rendered, anonymous, page=page).html
    member = factories.person("Bureau")
    assert closed.address in render(rendered, member, page=page).html


def test_a_closed_page_is_wanted_for_those_who_may_not_know_of_it(client, logged_in, writer):
    closed = factories.page(title="Dossier fermé", slug="dossier")
    factories.restricted_to_groups(closed, "Bureau")
    page = factories.page(body=wanting("Dossier fermé") + wanting("Jamais écrite"))
    for reader in (client, writer):
        text = shown(page, reader)
        assert text.count('class="wanted"') == 2
        assert closed.address not in text
    assert closed.address in shown(page, logged_in(factories.person("Bureau")))


@pytest.mark.parametrize(
    "title", ['"><img src=x onerror=alert(1)>', "<script>alert(1)</script>", "  "]
)
def test_a_hostile_title_is_harmless(writer, client, title):
    page = factories.page(body=wanting(escape(title)))
    for reader in (writer, client):
        for address in (page.address, "/pages-a-ecrire/"):
            text = reader.get(address).content.decode()
            assert "<img src=x" not in text
            assert "<script>alert" not in text


def test_a_red_link_without_title_is_plain_words(client):
    page = factories.page(
        body='<p><a linktype="wanted">mots</a> <a linktype="wanted" title=" ">b</a></p>'
    )
    assert "wanted" not in shown(page)
    assert not PageLink.objects.filter(source=page.pk).exists()


# When saved


def test_saving_the_page_again_turns_the_red_link_into_a_link():
    page = factories.page(body=wanting("Plus tard") + wanting("Jamais"))
    target = factories.page(title="Plus tard")
    assert index.resolved(body_of(page)) == (
        f'<p><a linktype="page" id="{target.pk}">mots</a></p>' + wanting("Jamais")
    )


def test_only_the_tags_of_red_links_change():
    target = factories.page(title="But & fin")
    start = (
        '<p>a  b&amp;c <a href="https://x.example/?a=1&amp;b=2">x</a></p>\n\n<ul><li>é</li></ul>\n'
    )
    body = start + '<p><a linktype="wanted" title="But &amp; fin">mot <em>fort</em></a></p>'
    page_link = f'<p><a linktype="page" id="{target.pk}">mot <em>fort</em></a></p>'
    assert index.resolved(body) == start + page_link
    assert index.resolved(start) == start


def test_a_red_link_to_a_closed_page_stays_red_when_saved():
    closed = factories.page(title="Dossier fermé")
    factories.restricted_to_groups(closed, "Bureau")
    body = wanting("Dossier fermé")
    assert index.resolved(body, factories.person("Bureau")) == body


def test_publishing_resolves_red_links(contributor):
    target = factories.page(title="Déjà là")
    page = factories.page(body=wanting("déjà là"), author=contributor)
    assert body_of(page) == f'<p><a linktype="page" id="{target.pk}">mots</a></p>'


# Renaming


def test_a_red_link_that_found_its_page_follows_it_to_its_new_name(client, facilitator):
    page = factories.page(body=wanting("Ancien nom"))
    target = factories.page(title="Ancien nom")
    target = renamed(target, "Nouveau nom", facilitator)
    assert target.address in links_of(client.get(page.address))
    assert page.address in links_of(client.get(target.address))
    target = renamed(target, "Encore un autre", facilitator)
    assert target.address in links_of(client.get(page.address))
    assert index.resolved(wanting("Ancien nom"), page=page) != wanting("Ancien nom")


def test_a_held_red_link_is_wanted_again_when_its_page_is_deleted(client, facilitator):
    page = factories.page(body=wanting("Ancien nom"))
    target = renamed(factories.page(title="Ancien nom"), "Nouveau nom", facilitator)
    assert PageLink.objects.get(source=page.pk).target_id == target.pk
    trash.put_in(target, facilitator, "Doublon")
    assert "Ancien nom" in main_text(client.get("/pages-a-ecrire/"))
    ArticlePage.objects.get(pk=target.pk).delete()
    row = PageLink.objects.get(source=page.pk)
    assert (row.target_id, row.wanted) == (None, "Ancien nom")


def test_pages_deleted_together_leave_no_red_link(facilitator):
    target = renamed(factories.page(title="Ancien nom"), "Nouveau nom", facilitator)
    below = factories.page(parent=target.page_ptr, title="Sous")
    ArticlePage.objects.get(pk=target.pk).delete()
    assert not PageLink.objects.filter(source__in=[target.pk, below.pk]).exists()


def test_deleting_a_page_with_those_that_want_it_breaks_nothing(facilitator):
    target = factories.page(title="Ancien nom")
    source = factories.page(parent=target.page_ptr, body="")
    factories.edited(source, body=wanting("Autre"))
    other = factories.page(parent=factories.page().page_ptr, title="Autre")
    renamed(other, "Tout autre", facilitator)
    ArticlePage.objects.get(pk=target.pk).delete()
    connection.check_constraints()
    assert not PageLink.objects.filter(source=source.pk).exists()


def test_rebuilding_the_table_keeps_held_red_links(facilitator):
    page = factories.page(body=wanting("Ancien nom"))
    target = renamed(factories.page(title="Ancien nom"), "Nouveau nom", facilitator)
    index.rebuild()
    assert PageLink.objects.get(source=page.pk).target_id == target.pk


# The list of wanted pages


def wanted_page(client=None):
    return (client or Client()).get("/pages-a-ecrire/")


def test_wanted_titles_come_with_the_pages_that_want_them(client):
    factories.page(title="Une", body=wanting("Très attendue") + wanting("Peu attendue"))
    factories.page(title="Deux", body=wanting("tres  attendue"))
    answer = wanted_page()
    text = main_text(answer)
    assert text.index("Très attendue") < text.index("Peu attendue")
    awaited = ngettext("Awaited by %(n)s page:", "Awaited by %(n)s pages:", 2) % {"n": 2}
    assert " ".join(awaited.split()) in text
    row = answer.context["rows"][0]
    assert (row["total"], [page.title for page in row["pages"]]) == (2, ["Deux", "Une"])


def test_a_written_page_is_wanted_no_more():
    factories.page(body=wanting("Bientôt"))
    assert "Bientôt" in main_text(wanted_page())
    factories.page(title="Bientot")
    assert "Bientôt" not in main_text(wanted_page())


def test_only_what_readable_pages_want_is_shown(logged_in):
    source = factories.page(title="Fermée", body=wanting("Rêve secret"))
    factories.restricted_to_groups(source, "Bureau")
    assert "Rêve secret" not in main_text(wanted_page())
    assert "Rêve secret" in main_text(wanted_page(logged_in(factories.person("Bureau"))))


def test_a_closed_page_of_that_title_is_not_given_away(logged_in):
    factories.restricted_to_groups(factories.page(title="Dossier"), "Bureau")
    factories.page(body=wanting("Dossier"))
    assert "Dossier" in main_text(wanted_page())
    assert "Dossier" not in main_text(wanted_page(logged_in(factories.person("Bureau"))))


def test_writers_get_a_button_to_write_the_page(writer, client):
    factories.page(body=wanting("Été & hiver"))
    address = f"/nouveau/?titre={quote('Été & hiver', safe='')}"
    assert address in links_of(wanted_page(writer))
    assert address not in links_of(wanted_page(client))


def test_many_pages_that_want_one_title_are_counted_and_a_few_named():
    for _rank in range(9):
        factories.page(body=wanting("Très attendue"))
    (row,) = wanted_page().context["rows"]
    assert (row["total"], len(row["pages"]), row["more"]) == (9, 5, 4)


def test_the_list_costs_the_same_however_long_it_is(client):
    wanted_page()  # a worker's first page fills Django's own memories
    costs = []
    for count in (2, 30):
        for rank in range(count):
            factories.page(body=wanting(f"Titre {count} {rank}") + wanting("Commun"))
        with CaptureQueriesContext(connection) as captured:
            wanted_page()
        costs.append(len([q for q in captured if "SAVEPOINT" not in q["sql"]]))
    assert costs[0] == costs[1] <= 8


def test_the_list_that_is_kept_is_that_of_today_for_each_reader(anonymous):
    member = factories.person("Bureau")

    def totals() -> list[int]:
        rows = [wanted_titles(person) for person in (anonymous, member)]
        return [sum(row["total"] for row in found if row["title"] == "Zxrêve") for found in rows]

    assert totals() == [0, 0]
    wanting_it = [factories.page(body=wanting("Zxrêve")) for _turn in range(2)]
    assert totals() == [2, 2]
    restriction = factories.restricted_to_groups(wanting_it[0], "Bureau")
    assert totals() == [1, 2]
    restriction.delete()
    assert totals() == [2, 2]
    factories.edited(wanting_it[1], body="<p>Rien.</p>")
    assert totals() == [1, 1]
    written = factories.page(title="Zxrêve")
    assert totals() == [0, 0]
    factories.restricted_to_groups(written, "Bureau")
    assert totals() == [1, 0]
