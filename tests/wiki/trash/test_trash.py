"""The trash: who sees what is in it, and coming back."""

import pytest
from django.test import TestCase
from wagtail.models import Page, PageViewRestriction

from practices.models import GuidelinePage
from search.models import SearchEntry
from tests import factories
from tests.wiki.screens import links_of, main_text, said
from wiki.access import in_trash
from wiki.models import Event, Trash, TrashedPage, Version
from wiki.organizing import actions
from wiki.publishing.publishing import Edit
from wiki.trash import trash
from wiki.trash.views import A_SCREEN

pytestmark = pytest.mark.django_db


@pytest.fixture
def animator(facilitator, logged_in):
    return logged_in(facilitator)


@pytest.fixture
def article(contributor):
    return factories.page(title="Le wifi public", body="<p>Zinzolin</p>", author=contributor)


@pytest.fixture
def below(article):
    parent = Page.objects.get(pk=article.pk)
    return factories.page(title="Dessous", body="<p>Garance</p>", parent=parent)


def fresh(page):
    return type(page).objects.get(pk=page.pk)


def thrown(page, user, reason="Doublon") -> TrashedPage:
    with TestCase.captureOnCommitCallbacks(execute=True):
        return trash.put_in(page, user, reason)


def taken_back(client, page):
    with TestCase.captureOnCommitCallbacks(execute=True):
        return client.post(f"/corbeille/{page.pk}/rendre/", follow=True)


# Who sees it.


def test_the_trash_tells_who_why_when_and_what_is_below(article, below, facilitator, animator):
    thrown(fresh(article), facilitator, "Fait doublon")
    answer = animator.get("/corbeille/")
    read = main_text(answer)
    for words in ("Le wifi public", "Fait doublon", facilitator.display_name, "article"):
        assert words in read
    (row,) = answer.context["rows"]
    assert (row.below, row.days_left) == (1, 90)


def test_a_contributor_sees_what_they_deleted_themselves(
    article, contributor, other_contributor, logged_in
):
    thrown(article, contributor)
    assert "Le wifi public" in main_text(logged_in(contributor).get("/corbeille/"))
    assert "Le wifi public" not in main_text(logged_in(other_contributor).get("/corbeille/"))
    for address in (f"/corbeille/{article.pk}/", f"/corbeille/{article.pk}/rendre/"):
        assert logged_in(contributor).get(f"/corbeille/{article.pk}/").status_code == 200
        assert logged_in(other_contributor).post(address).status_code == 404


def test_a_long_trash_comes_by_screens_and_loses_nothing(facilitator, animator):
    pages = [factories.page(title=f"Jetée {rank:02}") for rank in range(A_SCREEN + 4)]
    factories.restricted_to_groups(pages[1], "Bureau")
    boss = factories.person("Animateurs", "Bureau")
    for page in pages:
        trash.put_in(page, boss, "Doublon")
    first, second = animator.get("/corbeille/"), animator.get("/corbeille/?page=2")
    assert f"{A_SCREEN + 3} pages" in main_text(first)
    shown = [row.page.title for answer in (first, second) for row in answer.context["rows"]]
    seen = [page.title for page in reversed(pages) if page != pages[1]]
    assert shown == seen
    assert "page 2" in second.content.decode().partition("</title>")[0]
    taken_back(animator, pages[0])
    assert fresh(pages[0]).live
    assert len(animator.get("/corbeille/?page=2").context["rows"]) == 2


def test_the_trash_is_closed_to_readers(client, logged_in, article, contributor):
    thrown(article, contributor)
    reader = logged_in(factories.person())
    for address in ("/corbeille/", f"/corbeille/{article.pk}/"):
        assert client.get(address).url.startswith("/connexion/")
        assert reader.get(address).status_code == 403
    assert reader.post(f"/corbeille/{article.pk}/rendre/").status_code == 403
    assert not fresh(article).live


def test_a_facilitator_does_not_see_what_they_could_not_read(article, animator, logged_in):
    boss = factories.person("Animateurs", "Bureau")
    factories.restricted_to_groups(article, "Bureau")
    thrown(article, boss)
    assert "wifi" not in main_text(animator.get("/corbeille/"))
    assert animator.get(f"/corbeille/{article.pk}/").status_code == 404
    assert animator.post(f"/corbeille/{article.pk}/rendre/").status_code == 404
    assert "wifi" in main_text(logged_in(boss).get("/corbeille/"))


def test_what_stood_under_a_closed_page_stays_closed_in_the_trash(article, below, animator):
    restriction = factories.restricted_to_groups(article, "Bureau")
    boss = factories.person("Animateurs", "Bureau")
    thrown(fresh(below), boss)
    assert "Dessous" not in main_text(animator.get("/corbeille/"))
    boss.groups.set([group for group in boss.groups.all() if group.name != "Bureau"])
    assert not in_trash.shown_to(boss).exists()
    restriction.delete()
    assert not in_trash.shown_to(boss).exists()


def test_closed_pages_below_are_not_counted_nor_named(article, below, animator):
    factories.restricted_to_groups(below, "Bureau")
    thrown(fresh(article), factories.person("Animateurs", "Bureau"))
    (row,) = animator.get("/corbeille/").context["rows"]
    assert row.below == 0
    assert "Dessous" not in main_text(animator.get(f"/corbeille/{article.pk}/"))
    assert animator.get(f"/corbeille/{below.pk}/").status_code == 404


def test_the_last_text_can_be_read_in_the_trash(article, below, facilitator, animator):
    thrown(fresh(article), facilitator)
    assert "Zinzolin" in main_text(animator.get(f"/corbeille/{article.pk}/"))
    assert f"/corbeille/{below.pk}/" in links_of(animator.get(f"/corbeille/{article.pk}/"))
    assert "Garance" in main_text(animator.get(f"/corbeille/{below.pk}/"))


def test_typed_fields_are_read_in_the_trash_too(facilitator, animator):
    page = factories.page(GuidelinePage, short_answer="Non, jamais.", other_wordings="secret")
    thrown(page, facilitator)
    assert "Non, jamais." in main_text(animator.get(f"/corbeille/{page.pk}/"))


@pytest.mark.parametrize("number", ["0", "999999", "9" * 18])
def test_what_is_not_in_the_trash_is_not_found_there(animator, article, number):
    for pk in (number, article.pk, Trash.current().pk):
        assert animator.get(f"/corbeille/{pk}/").status_code == 404
        assert animator.post(f"/corbeille/{pk}/rendre/").status_code == 404


def test_the_trash_costs_the_same_with_many_rows(
    facilitator, animator, django_assert_max_num_queries
):
    for _ in range(12):
        thrown(factories.page(), facilitator)
    with django_assert_max_num_queries(16):
        animator.get("/corbeille/")


def test_a_page_deleted_twice_is_deleted_once(article, contributor, facilitator):
    first = thrown(article, contributor)
    assert thrown(article, facilitator) == first
    assert Event.objects.filter(kind=Event.Kind.TRASH).count() == 1
    assert fresh(article).get_parent().specific == Trash.current()


# Coming back.


def test_a_page_comes_back_as_it_was(article, below, facilitator, animator, client):
    addresses = [article.address, fresh(below).address]
    thrown(fresh(article), facilitator)
    answer = taken_back(animator, article)
    assert said("The page is back, with its history.") in main_text(answer)
    assert [fresh(article).address, fresh(below).address] == addresses
    for page, word in ((article, "Zinzolin"), (below, "Garance")):
        assert word in main_text(client.get(fresh(page).address))
        assert client.get(f"{fresh(page).address}historique/").status_code == 200
        assert Version.objects.filter(page_id=page.pk).count() == 1
        assert SearchEntry.objects.filter(page_id=page.pk).exists()
    assert not TrashedPage.objects.exists()
    event = Event.objects.get(page_id=article.pk, kind=Event.Kind.RETURN)
    assert event.author == facilitator


def test_the_contributor_who_deleted_a_page_takes_it_back(article, contributor, writer, client):
    thrown(article, contributor)
    taken_back(writer, article)
    assert client.get(article.address).status_code == 200


def test_only_a_press_takes_a_page_back(article, contributor, writer):
    thrown(article, contributor)
    assert writer.get(f"/corbeille/{article.pk}/rendre/").status_code == 405


def test_what_was_not_published_is_not_when_it_comes_back(article, below, facilitator, animator):
    fresh(below).unpublish()
    thrown(fresh(article), facilitator)
    taken_back(animator, article)
    assert fresh(article).live
    assert not fresh(below).live


def test_an_address_taken_meanwhile_gives_the_nearest_free_one(
    article, contributor, writer, client
):
    thrown(article, contributor)
    factories.page(title="Le wifi public")
    answer = taken_back(writer, article)
    assert fresh(article).address == "/collectif/le-wifi-public-2/"
    assert "/collectif/le-wifi-public-2/" in main_text(answer)
    assert "Zinzolin" in main_text(client.get("/collectif/le-wifi-public-2/"))


def test_a_page_waits_for_the_one_above_it(article, below, facilitator, animator):
    thrown(fresh(below), facilitator)
    thrown(fresh(article), facilitator)
    answer = taken_back(animator, below)
    assert answer.redirect_chain[-1][0] == f"/corbeille/{article.pk}/"
    assert not fresh(below).live
    taken_back(animator, article)
    taken_back(animator, below)
    assert fresh(below).address == "/collectif/le-wifi-public/dessous/"


def test_the_page_above_is_not_named_to_who_may_not_know_it(
    article, below, other_contributor, facilitator, logged_in
):
    above = Page.objects.get(pk=below.pk)
    page = factories.page(title="Seule", parent=above, author=other_contributor)
    thrown(page, other_contributor)
    thrown(fresh(article), facilitator)
    answer = taken_back(logged_in(other_contributor), page)
    assert answer.redirect_chain[-1][0] == "/corbeille/"
    assert "wifi" not in main_text(answer).casefold()


def test_a_page_whose_place_is_gone_for_good_goes_to_the_index_of_its_kind(
    facilitator, animator, article
):
    page = factories.page(GuidelinePage, title="Que dire ?", parent=Page.objects.get(pk=article.pk))
    thrown(page, facilitator)
    fresh(article).delete()
    answer = taken_back(animator, page)
    assert fresh(page).address == "/pratiques/situations/que-dire/"
    expected = "The page above it exists no more: it is now in the list of its kind."
    assert said(expected) in main_text(answer)


def test_nothing_opens_by_coming_back(article, below, logged_in, client):
    boss = factories.person("Animateurs", "Bureau")
    factories.restricted_to_groups(article, "Bureau")
    thrown(fresh(below), boss)
    fresh(article).delete()
    taken_back(logged_in(boss), below)
    back = fresh(below)
    assert back.live
    assert client.get(back.address).status_code == 302
    assert client.get(f"{back.address}historique/").status_code == 302
    restriction = PageViewRestriction.objects.get(page=back)
    assert [group.name for group in restriction.groups.all()] == ["Bureau"]
    assert not Version.objects.filter(page_id=back.pk, origin=Version.Origin.OPENING).exists()


def test_a_page_back_under_a_closed_one_gets_no_restriction_of_its_own(article, below, logged_in):
    boss = factories.person("Animateurs", "Bureau")
    factories.restricted_to_groups(article, "Bureau")
    thrown(fresh(below), boss)
    taken_back(logged_in(boss), below)
    assert not PageViewRestriction.objects.filter(page_id=below.pk).exists()


def test_a_page_taken_back_twice_comes_back_once(article, contributor, writer):
    thrown(article, contributor)
    taken_back(writer, article)
    assert taken_back(writer, article).status_code == 404
    assert Event.objects.filter(kind=Event.Kind.RETURN).count() == 1


def test_old_addresses_lead_to_a_page_that_came_back(article, contributor, writer, client):
    with TestCase.captureOnCommitCallbacks(execute=True):
        actions.rename(article, "Le hotspot", False, Edit(author=contributor))
    thrown(fresh(article), contributor)
    for address in ("/collectif/le-wifi-public/", "/collectif/le-hotspot/"):
        assert client.get(address).status_code == 404
        assert client.get(f"{address}historique/").status_code == 404
    taken_back(writer, article)
    assert client.get("/collectif/le-wifi-public/").url == "/collectif/le-hotspot/"


# What one does not see.


@pytest.fixture
def unseen(article):
    """Below the article, for members of a group only."""
    child = factories.page(title="Réservée", parent=Page.objects.get(pk=article.pk))
    factories.restricted_to_groups(child, "Bureau")
    return child


def test_nobody_throws_away_what_they_do_not_see(article, unseen, animator):
    answer = animator.post(f"{article.address}supprimer/", {"reason": "Doublon"})
    assert answer.status_code == 422
    assert "des pages que vous ne pouvez pas lire" in main_text(answer)
    assert Page.objects.get(pk=article.pk).live
    assert Page.objects.get(pk=unseen.pk).live


def test_who_sees_all_that_is_below_throws_it_away(article, unseen, facilitator, animator):
    facilitator.groups.add(unseen.view_restrictions.get().groups.get())
    assert animator.post(f"{article.address}supprimer/", {"reason": "Doublon"}).status_code == 302
    assert not Page.objects.get(pk=unseen.pk).live
