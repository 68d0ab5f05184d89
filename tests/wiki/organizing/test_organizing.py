"""Renaming, moving and deleting from the front office; old addresses, and the trash."""

from functools import partial

import pytest
from django.test import TestCase
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageLogEntry

from search.models import SearchEntry
from tests import factories
from tests.wiki.screens import form_of, main_text
from wiki.editing import views
from wiki.models import ArticlePage, Trash, Version
from wiki.organizing import actions
from wiki.publishing.publishing import newest_version
from wiki.trash import trash

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer(contributor, logged_in):
    return logged_in(contributor)


@pytest.fixture
def animator(facilitator, logged_in):
    return logged_in(facilitator)


@pytest.fixture
def article(contributor):
    return factories.page(title="Le wifi public", body="<p>Zinzolin</p>", author=contributor)


def send(client, page, action: str, field: str, **values):
    """Open a screen about a page, fill it, send it, let what follows the commit happen."""
    address = f"{page.address}{action}/"
    form = form_of(client.get(address), field)
    with TestCase.captureOnCommitCallbacks(execute=True):
        return client.post(address, {**form, **values})


def renamed(client, page, title: str, **values):
    return send(client, page, "renommer", "title", title=title, **values)


def moved(client, page, parent):
    return send(client, page, "deplacer", "parent", parent=str(parent.pk))


def deleted(client, page, reason="Doublon"):
    return send(client, page, "supprimer", "reason", reason=reason)


def fresh(page):
    return ArticlePage.objects.get(pk=page.pk)


# Renaming.


def test_a_renamed_page_has_a_new_title_and_address_and_the_old_one_leads_there(
    writer, client, article
):
    answer = renamed(writer, article, "Le wifi de la gare")
    assert answer.status_code == 302
    assert answer.url.endswith("/collectif/le-wifi-de-la-gare/")
    old = client.get(article.address)
    assert (old.status_code, old.url) == (301, "/collectif/le-wifi-de-la-gare/")
    assert "Le wifi de la gare" in main_text(client.get(old.url))


def test_a_page_may_keep_its_address(writer, client, article):
    renamed(writer, article, "Autre titre", keep_address="on")
    assert fresh(article).slug == article.slug
    assert "Autre titre" in main_text(client.get(article.address))


def test_renaming_is_a_version_signed_and_found(writer, client, contributor, article):
    renamed(writer, article, "Le hotspot")
    newest = newest_version(article)
    assert (newest.number, newest.title, newest.author) == (2, "Le hotspot", contributor)
    assert "Le hotspot" in newest.summary
    assert client.get("/recherche/?q=hotspot").context["results"].hits[0].page.pk == article.pk
    assert client.get("/recherche/?q=hotspot").status_code == 200


def test_a_page_renamed_twice_then_back_keeps_every_address(writer, client, article):
    for title in ("Deux", "Trois", "Le wifi public"):
        renamed(writer, fresh(article), title)
    assert client.get("/collectif/le-wifi-public/").status_code == 200
    for slug in ("deux", "trois"):
        answer = client.get(f"/collectif/{slug}/")
        assert (answer.status_code, answer.url) == (301, "/collectif/le-wifi-public/")


def test_pages_below_a_renamed_page_are_found_at_their_old_address(writer, client, article):
    below = factories.page(title="Dessous", parent=Page.objects.get(pk=article.pk))
    renamed(writer, fresh(article), "Le hotspot")
    answer = client.get(below.address)
    assert (answer.status_code, answer.url) == (301, "/collectif/le-hotspot/dessous/")
    assert client.get(answer.url).status_code == 200


def test_links_follow_a_renamed_page(writer, client, article):
    link = f'<p><a linktype="page" id="{article.pk}">voir</a></p>'
    other = factories.page(body=link)
    renamed(writer, article, "Le hotspot")
    assert 'href="/collectif/le-hotspot/"' in client.get(other.address).content.decode()


@pytest.mark.parametrize("title", ["", "   ", "!!!", "x" * 256])
def test_a_bad_title_is_refused_with_a_message(writer, article, title):
    answer = renamed(writer, article, title)
    assert answer.status_code == 422
    assert fresh(article).title == "Le wifi public"


@pytest.mark.parametrize("title", ["Historique", "Modifier", "Recherche"])
def test_a_title_that_is_a_reserved_word_gets_another_address(writer, client, article, title):
    answer = renamed(writer, article, title)
    assert answer.status_code == 302
    assert title in main_text(client.get(fresh(article).address))


def test_renaming_a_page_whose_content_is_no_longer_valid_gives_a_message(writer, article):
    """An import, or a rule that came later, may have left such a page."""
    ArticlePage.objects.filter(pk=article.pk).update(licence="inconnue")
    answer = renamed(writer, article, "Autre")
    assert answer.status_code == 422


# Moving.


def test_a_moved_page_stands_elsewhere_and_its_old_address_leads_there(animator, client, article):
    target = Page.objects.get(slug="pratiques")
    below = factories.page(title="Dessous", parent=Page.objects.get(pk=article.pk))
    answer = moved(animator, article, target)
    assert answer.status_code == 302
    assert answer.url.endswith("/pratiques/le-wifi-public/")
    for old in (article, below):
        answer = client.get(old.address)
        assert answer.status_code == 301
        assert answer.url == old.address.replace("/collectif/", "/pratiques/")
        assert client.get(answer.url).status_code == 200


def test_a_moved_page_gets_a_free_address(animator, client, article):
    target = Page.objects.get(slug="pratiques")
    factories.page(title="Le wifi public", parent=target)
    moved(animator, article, target)
    assert fresh(article).address == "/pratiques/le-wifi-public-2/"
    assert client.get("/collectif/le-wifi-public/").url == "/pratiques/le-wifi-public-2/"


def test_a_page_is_not_moved_under_itself_nor_nowhere(animator, article):
    below = factories.page(title="Dessous", parent=Page.objects.get(pk=article.pk))
    for parent in (article, below, Trash.current(), Page.objects.get(depth=1)):
        answer = moved(animator, fresh(article), parent)
        assert answer.status_code == 422
    assert fresh(article).address == article.address


def test_a_moved_page_keeps_its_history_and_search(animator, client, article):
    moved(animator, article, Page.objects.get(slug="pratiques"))
    assert client.get(f"{fresh(article).address}historique/").status_code == 200
    hit = client.get("/recherche/?q=zinzolin").context["results"].hits[0]
    assert hit.page.address == "/pratiques/le-wifi-public/"


# Deleting.


def test_a_deleted_page_is_nowhere_and_its_history_is_kept(writer, client, article):
    answer = deleted(writer, article)
    assert answer.status_code == 302
    assert answer.url.endswith("/collectif/")
    for screen in ("", "historique/", "versions/1/", "difference/", "modifier/"):
        assert client.get(f"{article.address}{screen}").status_code == 404
    assert client.get("/recherche/?q=zinzolin").context["results"].total == 0
    assert not SearchEntry.objects.filter(page_id=article.pk).exists()
    for screen in ("/plan-du-site/", "/collectif/", f"/sitemap-{article.pk // 1_000}.xml"):
        assert "Le wifi public" not in client.get(screen).content.decode()
    assert Version.objects.filter(page_id=article.pk).count() == 1


def test_a_deleted_page_lies_in_the_trash_with_who_and_why(writer, contributor, article):
    deleted(writer, article, "Fait doublon avec la fiche wifi")
    page = fresh(article)
    assert page.get_parent().specific == Trash.current()
    assert not page.live
    entry = PageLogEntry.objects.get(page_id=page.pk, action="wagtail.delete")
    assert entry.user == contributor
    assert entry.data["reason"] == "Fait doublon avec la fiche wifi"


def test_no_redirect_leads_to_a_deleted_page(writer, client, article):
    renamed(writer, article, "Le hotspot")
    deleted(writer, fresh(article))
    for address in (article.address, "/collectif/le-hotspot/"):
        assert client.get(address).status_code == 404, address
    for redirect in Redirect.objects.filter(redirect_page_id=article.pk):
        assert redirect.old_path == "/collectif/le-wifi-public"


def test_the_address_of_a_deleted_page_is_free_again(writer, client, article):
    deleted(writer, article)
    again = factories.page(title="Le wifi public", body="<p>Autre</p>")
    assert again.address == article.address
    assert "Autre" in main_text(client.get(article.address))


def test_pages_of_one_name_are_deleted_one_after_another(writer, contributor):
    for _ in range(3):
        page = factories.page(title="Le wifi public", author=contributor)
        assert deleted(writer, page).status_code == 302
    assert Trash.current().numchild == 3


def test_pages_below_a_deleted_page_go_with_it(animator, client, article):
    below = factories.page(
        title="Dessous", body="<p>Garance</p>", parent=Page.objects.get(pk=article.pk)
    )
    assert deleted(animator, fresh(article)).status_code == 302
    assert client.get(below.address).status_code == 404
    assert client.get("/recherche/?q=garance").context["results"].total == 0
    assert Version.objects.filter(page_id=below.pk).exists()


def test_a_reason_is_asked(writer, article):
    assert deleted(writer, article, "").status_code == 422
    assert fresh(article).live


def test_links_to_a_deleted_page_are_words_of_a_page_to_be_written(writer, client, article):
    link = f'<p><a linktype="page" id="{article.pk}">voir le wifi</a></p>'
    other = factories.page(body=link)
    deleted(writer, article)
    text = client.get(other.address).content.decode()
    assert (
        '<span class="wanted">voir le wifi<span class="vh"> (page à écrire)</span></span>' in text
    )
    assert article.slug not in text


def test_the_trash_is_not_a_page_of_the_site(client, contributor, writer, article):
    deleted(writer, article)
    trash = Trash.current()
    for address in (f"/{trash.slug}/", f"/{trash.slug}/{fresh(article).slug}/"):
        assert client.get(address).status_code == 404
    assert trash.title not in client.get("/plan-du-site/").content.decode()


def test_a_page_that_moved_away_and_back_leads_nowhere_in_circles(
    facilitator, logged_in, client, django_capture_on_commit_callbacks
):
    page = factories.page(title="Aller et retour", author=facilitator)
    home, away = page.get_parent(), factories.page(title="Ailleurs")
    address = page.address
    for parent in (away, home):
        with django_capture_on_commit_callbacks(execute=True):
            actions.move(page, parent, facilitator)
        page = type(page).objects.get(pk=page.pk)
    assert page.address == address
    for end in ("versions/9/", "difference/?de=1&a=99", "historique/?page=9", ""):
        answer = client.get(f"{address}{end}")
        assert answer.status_code in (200, 404), end
    page.unpublish()
    assert client.get(address).status_code == 404


def test_what_is_said_of_a_new_name_is_true_of_its_address(writer, contributor):
    page = factories.page(title="Le wifi", author=contributor)
    kept = renamed(writer, page, "Le wifi public", keep_address="on")
    assert "Son adresse n’a pas changé" in writer.get(kept.url).content.decode()
    page = type(page).objects.get(pk=page.pk)
    moved = renamed(writer, page, "Le wifi de tous")
    assert "L’ancienne adresse mène ici" in writer.get(moved.url).content.decode()


# What somebody else does between the form and the move.


@pytest.fixture
def pair():
    return factories.page(title="Un"), factories.page(title="Deux")


def whole_tree() -> None:
    """Every page hangs under its parent, whose count of children is right."""
    assert Page.find_problems() == ([], [], [], [], [])


def meanwhile(monkeypatch, module, name: str, done) -> None:
    """`done` happens just before that function of the module runs, once."""
    real = getattr(module, name)

    def first(*args, **kwargs):
        monkeypatch.setattr(module, name, real)
        done()
        return real(*args, **kwargs)

    monkeypatch.setattr(module, name, first)


CROSSING = {
    "under each other": lambda one, two, person: actions.move(two, one, person),
    "the place is deleted": lambda one, two, person: trash.put_in(two, person, "Doublon"),
    "the page is deleted": lambda one, two, person: trash.put_in(one, person, "Doublon"),
    "the place is gone": lambda one, two, person: Page.objects.get(pk=two.pk).delete(),
    "the same move": lambda one, two, person: actions.move(one, two, person),
}


@pytest.mark.parametrize("crossing", CROSSING)
def test_a_move_that_crosses_another_one_is_said_and_breaks_nothing(
    animator, facilitator, pair, monkeypatch, crossing
):
    one, two = pair
    meanwhile(monkeypatch, actions, "move", lambda: CROSSING[crossing](one, two, facilitator))
    answer = moved(animator, one, two)
    assert answer.status_code == (302 if crossing == "the same move" else 422)
    whole_tree()


@pytest.mark.parametrize("crossing", ["under each other", "the place is deleted"])
def test_moves_that_cross_in_the_admin_break_nothing(
    animator, facilitator, pair, crossing, admin_templates
):
    one, two = pair
    CROSSING[crossing](one, two, facilitator)
    single = f"/admin/pages/{one.pk}/move/{two.pk}/confirm/"
    bulk = f"/admin/bulk/wagtailcore/page/move/?id={one.pk}"
    asked = [(single, {}), (single, {"slug": "autre"}), (bulk, {"chooser": two.pk})]
    for address, fields in asked:
        assert animator.post(address, fields).status_code < 500, address
    assert not Page.objects.get(pk=one.pk).is_descendant_of(Page.objects.get(pk=two.pk))
    whole_tree()


@pytest.mark.parametrize("bulk", [False, True])
def test_the_admin_moves_nothing_that_was_moved_since_it_was_read(
    logged_in, facilitator, pair, monkeypatch, bulk, admin_templates
):
    """Superusers alone move there: the others are led to the site's own screen."""
    one, two = pair
    done = partial(actions.move, one, Page.objects.get(slug="pratiques"), facilitator)
    meanwhile(monkeypatch, actions, "lock_tree", done)
    single = f"/admin/pages/{one.pk}/move/{two.pk}/confirm/"
    address = f"/admin/bulk/wagtailcore/page/move/?id={one.pk}" if bulk else single
    superuser = logged_in(factories.person(is_superuser=True))
    answer = superuser.post(address, {"chooser": two.pk})
    assert answer.status_code == 302
    assert Page.objects.get(pk=one.pk).get_parent().slug == "pratiques"
    whole_tree()


@pytest.mark.parametrize("gone", ["the place is deleted", "the place is gone"])
def test_a_page_written_under_one_that_is_deleted_meanwhile_is_not_lost(
    writer, facilitator, pair, monkeypatch, gone
):
    one, two = pair
    form = form_of(writer.get(f"/nouveau/article/?sous={two.pk}"))
    done = partial(CROSSING[gone], one, two, facilitator)
    meanwhile(monkeypatch, views, "create", done)
    typed = {**form, "title": "Sous deux", "body": "<p>Zinzolin</p>", "sous": str(two.pk)}
    answer = writer.post("/nouveau/article/", typed)
    assert answer.status_code == 422
    assert "Zinzolin" in answer.content.decode()
    assert not Page.objects.filter(title="Sous deux").exists()
    CROSSING[gone](one, two, facilitator)  # the refusal undid it with the rest
    assert writer.post("/nouveau/article/", typed).status_code == 422
    assert not Page.objects.filter(title="Sous deux").exists()
    chosen = {**typed, "sous": str(Page.objects.get(slug="collectif").pk)}
    assert writer.post("/nouveau/article/", chosen).status_code == 302
    assert Page.objects.get(title="Sous deux").get_parent().slug == "collectif"
    whole_tree()


def test_moving_a_page_to_more_readers_asks_first(client, article, logged_in):
    room = factories.page(title="Salle fermée")
    factories.restricted_to_groups(room, "Bureau")
    member = factories.person("Animateurs", "Bureau")
    actions.move(fresh(article), Page.objects.get(pk=room.pk), member)
    page, place = fresh(article), Page.objects.get(slug="collectif", depth=3)
    keeper = logged_in(member)
    answer = keeper.post(f"{page.address}deplacer/", {"parent": place.pk})
    assert answer.status_code == 422
    assert "plus de gens la liraient" in main_text(answer)
    assert client.get(fresh(article).address).status_code != 200
    keeper.post(f"{page.address}deplacer/", {"parent": place.pk, "opens": "on"})
    assert client.get(fresh(article).address).status_code == 200
