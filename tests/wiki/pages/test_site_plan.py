"""The plan of the site: bounded whatever the site holds, true after any change, for each reader."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from practices.models import PracticePage
from structures.models import StructurePage
from tests import factories
from tests.wiki.screens import main_text
from wiki.access.visibility import visible_to
from wiki.http.kept_pages import kept_pages
from wiki.models import ArticlePage
from wiki.pages.site_plan import MANY, WHOLE
from wiki.text.french_order import french_key

pytestmark = pytest.mark.django_db
LONG = 65


def plan(client):
    kept_pages.forget()
    answer = client.get("/plan-du-site/")
    assert answer.status_code == 200
    return answer


def section(client, address: str) -> dict:
    sections = plan(client).context["sections"]
    (found,) = [one for one in sections if one["page"].url_path.endswith(address)]
    return found


def group(client, address: str) -> dict:
    groups = [one for part in plan(client).context["sections"] for one in part["groups"]]
    (found,) = [one for one in groups if one["page"].url_path.endswith(address)]
    return found


def titles(branches: list[dict]) -> list[str]:
    return [branch["page"].title for branch in branches]


def all_titles(branches: list[dict]) -> list[str]:
    return [t for branch in branches for t in (branch["page"].title, *all_titles(branch["below"]))]


def test_pages_of_a_section_are_in_the_order_of_their_titles(writer):
    for title in ("Zèbre", "École", "Eau", "Abri"):
        factories.page(title=title)
    shown = titles(section(writer, "/collectif/")["leaves"])
    assert shown == sorted(shown, key=french_key)


def test_a_section_of_some_pages_is_shown_whole_and_folded(client):
    few = section(client, "/lieux/")
    known = visible_to(AnonymousUser(), StructurePage.objects.filter(depth__gt=3))
    factories.rows(StructurePage, WHOLE - known.count())
    lieux = section(client, "/lieux/")
    assert len(lieux["leaves"]) == lieux["total"] == WHOLE > few["total"]
    assert (lieux["is_folded"], lieux["is_cut"]) == (True, False)
    factories.rows(StructurePage, 1)
    lieux = section(client, "/lieux/")
    assert (len(lieux["leaves"]), lieux["is_folded"], lieux["is_cut"]) == (MANY, False, True)


def test_a_long_section_shows_its_first_titles_and_leads_to_all_of_them(client):
    factories.rows(StructurePage, LONG, title=lambda rank: f"Aa lieu {rank}")
    lieux = section(client, "/lieux/")
    assert titles(lieux["leaves"]) == [f"Aa lieu {rank}" for rank in range(MANY)]
    known = visible_to(AnonymousUser(), StructurePage.objects.filter(depth__gt=3)).count()
    assert (lieux["total"], lieux["is_cut"]) == (known, True)
    answer = main_text(plan(client))
    title = lieux["page"].title
    assert f"Tout « {title} » : {known} pages" in answer.replace("\xa0", " ")


def test_a_long_group_shows_its_first_titles_and_how_many_there_are(client):
    before = group(client, "/fiches/")["total"]
    factories.rows(PracticePage, LONG, title=lambda rank: f"Aa fiche {rank}")
    fiches = group(client, "/fiches/")
    assert (fiches["total"], fiches["is_cut"]) == (before + LONG, True)
    assert titles(fiches["below"]) == [f"Aa fiche {rank}" for rank in range(MANY)]


def test_a_small_group_is_shown_whole_with_what_its_pages_hold(client):
    upper = factories.page(title="Le haut")
    middle = factories.page(title="Le milieu", parent=Page.objects.get(pk=upper.pk))
    factories.page(title="Le bas", parent=Page.objects.get(pk=middle.pk))
    haut = group(client, "/le-haut/")
    assert (haut["total"], haut["is_cut"]) == (2, False)
    assert all_titles([haut]) == ["Le haut", "Le milieu", "Le bas"]


def test_a_page_that_holds_others_in_a_cut_group_says_how_many(client):
    upper = factories.page(title="Le haut")
    first = factories.page(title="Abri", parent=Page.objects.get(pk=upper.pk))
    factories.page(title="Le bas", parent=Page.objects.get(pk=first.pk))
    factories.rows(ArticlePage, WHOLE, parent=Page.objects.get(pk=upper.pk))
    haut = group(client, "/le-haut/")
    assert (haut["below"][0]["page"].title, haut["below"][0]["total"]) == ("Abri", 1)
    assert "Abri 1 page" in main_text(plan(client))


def test_the_plan_asks_for_as_many_pages_whatever_the_site_holds(client):
    factories.rows(PracticePage, LONG)
    few = len(plan(client).content)
    factories.rows(PracticePage, LONG)
    factories.rows(PracticePage, LONG)
    assert len(plan(client).content) < few * 1.02


def test_a_page_under_one_that_is_not_published_is_found_under_the_next_above(client):
    upper = factories.page(title="Le haut")
    factories.page(title="Le bas", parent=Page.objects.get(pk=upper.pk))
    type(upper).objects.get(pk=upper.pk).unpublish()
    assert "Le bas" in titles(section(client, "/collectif/")["leaves"])


# Who reads, and what changes


def test_what_is_closed_is_neither_shown_nor_counted(client, writer, logged_in):
    made = factories.rows(PracticePage, 3, title=lambda rank: f"Aa fiche {rank}")
    total = group(client, "/fiches/")["total"]
    factories.restricted_to_groups(PracticePage.objects.get(pk=made[1].pk), "Bureau")
    member = logged_in(factories.person("Bureau"))
    for reader, known in ((client, False), (writer, False), (member, True)):
        fiches = group(reader, "/fiches/")
        assert fiches["total"] == total - (not known)
        assert ("Aa fiche 1" in main_text(plan(reader))) is known


def test_closed_pages_are_marked_for_those_who_read_them_only(client, logged_in):
    """Somebody who reads what a visitor reads is told what is closed to others, the visitor not."""
    page = factories.page(title="Abri")
    member, outsider = (logged_in(factories.person(*names)) for names in (["Bureau"], []))
    factories.restricted_to_groups(page, "Bureau")
    leaves = section(member, "/collectif/")["leaves"]
    assert [b["page"].title for b in leaves if b["page"].is_closed] == ["Abri"]
    leaves = section(outsider, "/collectif/")["leaves"]
    assert not any(branch["page"].is_closed for branch in leaves)
    assert not any(b["page"].is_closed for b in section(client, "/collectif/")["leaves"])


def test_the_plan_follows_a_title_a_move_a_closing_and_a_group(client, logged_in):
    page = factories.page(title="Abri", slug="abri")
    person = factories.person()
    member = logged_in(person)
    assert "Abri" in main_text(plan(client))
    page = factories.edited(page, title="Abribus")
    assert "Abribus" in main_text(plan(client))
    factories.restricted_to_groups(page, "Bureau")
    for reader in (client, member):
        assert "Abribus" not in main_text(plan(reader))
    person.groups.add(page.get_view_restrictions()[0].groups.get())
    assert "Abribus" in main_text(plan(member))
    upper = factories.page(title="Le haut")
    type(page).objects.get(pk=page.pk).move(Page.objects.get(pk=upper.pk), pos="last-child")
    assert titles(group(member, "/le-haut/")["below"]) == ["Abribus"]


def test_a_new_text_leaves_the_shape_of_the_plan_as_it_is(client):
    page = factories.page(title="Abri")
    plan(client)
    factories.edited(page, body="<p>Autre chose.</p>")
    assert not reads_the_tree(client)
    type(page).objects.get(pk=page.pk).unpublish()
    assert reads_the_tree(client)


def reads_the_tree(client) -> bool:
    kept_pages.forget()
    with CaptureQueriesContext(connection) as captured:
        client.get("/plan-du-site/")
    columns = '"path", "wagtailcore_page"."id" AS "pk", "wagtailcore_page"."title"'
    return any(columns in query["sql"] for query in captured)
