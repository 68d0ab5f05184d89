"""The table of links, backlinks, and every link kept when pages change their name or place."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import example, given
from hypothesis import strategies as st
from wagtail.models import Page

from meetings.models import Attendance, MeetingPage
from structures.models import StructurePage
from tests import factories
from tests.wiki.screens import links_of, main_text
from wiki.access.closed_paths import closed_paths
from wiki.links import backlinks, index
from wiki.models import ArticlePage, PageLink, PageTitle
from wiki.organizing import actions
from wiki.publishing.publishing import Edit
from wiki.text.characters import normal
from wiki.text.titles import key_of
from wiki.trash import trash

pytestmark = pytest.mark.django_db


def to(*pages, words="là"):
    return "".join(f'<p><a linktype="page" id="{page.pk}">{words}</a></p>' for page in pages)


def wanting(*titles):
    return "".join(f'<p><a linktype="wanted" title="{t}">mots</a></p>' for t in titles)


def targets(page) -> set[int]:
    return set(PageLink.objects.filter(source=page.pk, wanted="").values_list("target", flat=True))


def wanted(page) -> set[str]:
    rows = PageLink.objects.filter(source=page.pk).exclude(wanted="")
    return set(rows.values_list("wanted", flat=True))


def table() -> set[tuple]:
    rows = PageLink.objects.values_list("source", "target", "wanted", "wanted_key")
    return {*rows, *PageTitle.objects.values_list("page", "key")}


# Titles


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("L’œuvre d’été", "l'oeuvre  d'ete"),
        ("« Mot de passe »", '" mot de passe "'),
        ("Pré–travail", "pre-travail"),
        ("CAF\u00a0: les droits", "caf : les droits"),
        ("Straße", "STRASSE"),
        ("Ægir", "aegir"),
    ],
)
def test_titles_that_people_take_for_the_same_have_one_key(one, other):
    assert key_of(one) == key_of(other)


@given(st.text())
def test_folding_a_folded_title_changes_nothing(text):
    assert key_of(key_of(text)) == key_of(text)


@given(st.text(min_size=1))
@example("¨")  # a blank and an accent for those who compare
def test_only_blanks_and_signs_that_nobody_sees_have_no_key(text):
    assert bool(key_of(text)) == bool(normal(text).strip())


# The table


def test_publishing_writes_what_the_text_links_to_and_wants():
    one, other = factories.page(), factories.page()
    page = factories.page(body=to(one, one, other) + wanting("Pas encore", "PAS ENCORE"))
    assert targets(page) == {one.pk, other.pk}
    assert wanted(page) == {"Pas encore"}


def test_typed_fields_and_rows_that_name_pages_are_links():
    place = factories.page(StructurePage, title="La maison")
    below = factories.page(StructurePage, structure_parente=place)
    rows = [Attendance(structure=place)]
    meeting = factories.page(MeetingPage, date="2020-01-01", attendances=rows)
    assert targets(below) == targets(meeting) == {place.pk}


def test_a_page_that_links_to_itself_or_to_nothing_has_no_link():
    page = factories.page(title="Moi")
    page = factories.edited(
        page, body=to(page) + wanting("moi") + '<a linktype="page" id="99999999">x</a>'
    )
    assert not PageLink.objects.filter(source=page.pk).exists()


def test_only_what_changes_is_written():
    one, other = factories.page(), factories.page()
    page = factories.page(body=to(one) + wanting("A", "B"))
    before = {row.pk for row in PageLink.objects.filter(source=page.pk)}
    page = factories.edited(page, body=to(one) + wanting("A") + to(other))
    after = {row.pk for row in PageLink.objects.filter(source=page.pk)}
    assert len(before & after) == 2
    assert len(after) == 3


def test_publishing_again_costs_two_queries_for_links():
    page = factories.page(body=to(factories.page()) + wanting("A"))
    with CaptureQueriesContext(connection) as captured:
        index.write(page)
    queries = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]
    assert len(queries) <= 2, queries


def test_every_published_page_has_its_title_and_links_in_the_demonstration():
    before = table()
    assert PageTitle.objects.count() == Page.objects.filter(live=True, depth__gt=1).count()
    assert PageLink.objects.count() > 50
    PageLink.objects.all().delete()
    PageTitle.objects.all().delete()
    call_command("rebuild_links", verbosity=0)
    assert table() == before


def test_a_site_that_is_older_than_the_table_gets_it_with_the_migrations():
    before = table()
    PageLink.objects.all().delete()
    PageTitle.objects.all().delete()
    index.fill_when_empty()
    assert table() == before


def test_rebuilding_drops_what_is_left_of_unpublished_pages():
    page, target = factories.page(), factories.page()
    page = factories.edited(page, body=to(target))
    Page.objects.filter(pk=page.pk).update(live=False)
    index.rebuild()
    assert not PageLink.objects.filter(source=page.pk).exists()
    assert not PageTitle.objects.filter(page=page.pk).exists()


def test_an_unpublished_page_links_to_nothing_until_it_is_published_again():
    target = factories.page()
    page = factories.page(title="Ici", body=to(target))
    page.unpublish()
    assert not PageLink.objects.filter(source=page.pk).exists()
    assert not PageTitle.objects.filter(page=page.pk).exists()
    ArticlePage.objects.get(pk=page.pk).save_revision().publish()
    assert targets(page) == {target.pk}
    assert PageTitle.objects.get(page=page.pk).key == "ici"


def test_a_deleted_page_takes_its_links_away(facilitator):
    target = factories.page()
    page = factories.page(body=to(target))
    ArticlePage.objects.get(pk=target.pk).delete()
    assert not PageLink.objects.filter(source=page.pk).exists()
    trash.put_in(page, facilitator, "Doublon")
    assert not PageTitle.objects.filter(page=page.pk).exists()


# Backlinks


def backlinks_of(page, client=None) -> str:
    return main_text((client or Client()).get(f"{page.address}pages-liees/"))


def test_a_page_says_which_pages_link_to_it(client):
    target = factories.page(title="But")
    source = factories.page(title="Celle qui mène au but", body=to(target))
    factories.page(title="Une autre")
    assert source.address in links_of(client.get(target.address))
    assert "Celle qui mène au but" in backlinks_of(target)
    assert "Une autre" not in backlinks_of(target)


def test_a_red_link_that_found_its_page_is_a_backlink(client):
    source = factories.page(title="Source", body=wanting("Page rêvée"))
    target = factories.page(title="Page rêvée")
    assert source.address in links_of(client.get(target.address))


def test_a_page_is_not_among_its_own_backlinks(client):
    page = factories.page(title="Moi seule")
    page = factories.edited(page, body=to(page))
    assert "Moi seule" not in backlinks_of(page).replace("Moi seule", "", 2)


def test_beside_a_page_stand_eight_backlinks_and_a_link_to_all(client):
    target = factories.page()
    for rank in range(12):
        factories.page(title=f"Source {rank:02}", body=to(target))
    beside = links_of(client.get(target.address))
    shown = [href for href in beside if href.startswith("/collectif/source-")]
    assert len(set(shown)) == 8
    assert f"{target.address}pages-liees/" in beside
    assert "Source 11" in backlinks_of(target)


def test_only_readable_pages_are_backlinks(client, logged_in):
    target = factories.page()
    source = factories.page(title="Fermée", slug="fermee", body=to(target))
    factories.restricted_to_groups(source, "Bureau")
    assert "Fermée" not in backlinks_of(target)
    assert source.address not in links_of(client.get(target.address))
    member = logged_in(factories.person("Bureau"))
    assert "Fermée" in backlinks_of(target, member)


def test_all_backlinks_come_by_pages_at_a_flat_cost(client):
    target = factories.page()
    for rank in range(60):
        factories.page(title=f"Source {rank:02}", body=to(target))
    assert "Source 59" in main_text(client.get(f"{target.address}pages-liees/?page=2"))


# Orphans


def orphans(client=None) -> str:
    client = client or Client()
    first = client.get("/pages-orphelines/")
    pages = first.context["listed"].paginator.num_pages
    return " ".join(main_text(client.get(f"/pages-orphelines/?page={n + 1}")) for n in range(pages))


def test_a_page_to_which_nothing_leads_is_an_orphan():
    lonely = factories.page(title="Seule au monde")
    assert "Seule au monde" in orphans()
    factories.page(body=to(lonely))
    assert "Seule au monde" not in orphans()


def test_a_red_link_that_found_its_page_saves_it_from_being_an_orphan():
    factories.page(title="Page rêvée")
    factories.page(body=wanting("page revee"))
    assert "Page rêvée" not in orphans()


def test_a_link_from_a_closed_page_does_not_count_for_those_shut_out(logged_in):
    lonely = factories.page(title="Seule au monde")
    factories.restricted_to_groups(factories.page(body=to(lonely)), "Bureau")
    assert "Seule au monde" in orphans()
    assert "Seule au monde" not in orphans(logged_in(factories.person("Bureau")))


def test_sections_and_closed_pages_are_no_orphans():
    factories.restricted_to_groups(factories.page(title="Cachée"), "Bureau")
    text = orphans()
    assert "Cachée" not in text
    assert "Situations" not in text


# Renaming and moving


def renamed(page, title, user):
    actions.rename(page, title, False, Edit(author=user))
    return type(page).objects.get(pk=page.pk)


def crawl(client) -> dict[str, int]:
    """Every address of the site that an anonymous reader comes to, with its status."""
    seen, todo = {}, ["/", "/plan-du-site/"]
    while todo:
        address = todo.pop().partition("#")[0]
        if address in seen or not address.startswith("/") or "?" in address:
            continue
        if address.startswith(("/media/", "/static/", "/fichiers/", "/themes/")):
            continue
        if any(part in address for part in ("/versions/", "/difference/", "/connexion/")):
            continue
        answer = client.get(address)
        seen[address] = answer.status_code
        if answer.status_code == 200 and "html" in answer["Content-Type"]:
            todo += links_of(answer)
        elif answer.status_code in {301, 302}:
            todo.append(answer.url)
    return seen


@pytest.mark.whole
def test_a_hundred_pages_renamed_and_twenty_moved_break_no_link(
    client, facilitator, django_capture_on_commit_callbacks
):
    first = factories.page(title="Première")
    for _rank in range(20):
        factories.page(body=to(first))
    pages = [page.specific for page in Page.objects.filter(live=True, depth__gt=2)]
    pages = [page for page in pages if getattr(page, "creatable", False)][-100:]
    home = Page.objects.get(slug="collectif", depth=3)
    before = [page.address for page in pages]
    assert len(pages) == 100
    with django_capture_on_commit_callbacks(execute=True):
        for rank, page in enumerate(pages):
            renamed(page, f"Nouveau nom {rank}", facilitator)
        for page in pages[-20:]:
            actions.move(page, home, facilitator)
    for address, page in zip(before, pages, strict=True):
        answer = client.get(address)
        now = Page.objects.get(pk=page.pk).url
        assert (answer.status_code, answer.url) == (301, now), address
    found = crawl(client)
    assert len(found) > 150
    assert {a: s for a, s in found.items() if s not in {200, 301, 302}} == {}


def test_chained_renames_lead_to_the_last_name(
    client, facilitator, django_capture_on_commit_callbacks
):
    page = factories.page(title="Un")
    before = [page.address]
    with django_capture_on_commit_callbacks(execute=True):
        for title in ("Deux", "Trois", "Quatre"):
            page = renamed(page, title, facilitator)
            before.append(page.address)
    for address in before[:-1]:
        answer = client.get(address)
        assert (answer.status_code, answer.url) == (301, before[-1])


def test_two_pages_that_swap_their_names_keep_their_links(
    client, facilitator, django_capture_on_commit_callbacks
):
    one, other = factories.page(title="Alpha"), factories.page(title="Béta")
    source = factories.page(body=to(one) + to(other))
    with django_capture_on_commit_callbacks(execute=True):
        one = renamed(one, "Provisoire", facilitator)
        other = renamed(other, "Alpha", facilitator)
        one = renamed(one, "Béta", facilitator)
    assert (one.address, other.address) == ("/collectif/beta/", "/collectif/alpha/")
    shown = links_of(client.get(source.address))
    assert {one.address, other.address} <= set(shown)
    assert client.get("/collectif/alpha/").context["page"].pk == other.pk
    assert client.get("/collectif/beta/").context["page"].pk == one.pk
    answer = client.get("/collectif/provisoire/")
    assert (answer.status_code, answer.url) == (301, "/collectif/beta/")


def test_a_name_given_back_to_its_first_page_makes_no_loop(
    client, facilitator, django_capture_on_commit_callbacks
):
    page = factories.page(title="Aller")
    with django_capture_on_commit_callbacks(execute=True):
        page = renamed(page, "Retour", facilitator)
        page = renamed(page, "Aller", facilitator)
    assert client.get("/collectif/aller/").status_code == 200
    assert client.get("/collectif/retour/").url == "/collectif/aller/"


# Queries


def test_one_query_answers_for_links_red_links_and_backlinks(anonymous):
    target = factories.page(title="But")
    page = factories.page(body=to(target) + wanting("but", "rien"))
    factories.page(body=to(page))
    closed_paths(anonymous)
    with CaptureQueriesContext(connection) as captured:
        found = backlinks.around(anonymous, {target.pk}, {"but", "rien"}, page)
    assert len(captured) == 2  # the stamp is the other one
    assert set(found.pages) >= {target.pk}
    assert found.titles == {"but": target.page_ptr}
    assert len(found.backlinks) == 1
