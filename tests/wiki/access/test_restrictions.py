"""A page that not everybody may read says so to those who read it, and to nobody else."""

import pytest
from django.test import Client
from wagtail.models import Page

from tests import factories
from tests.wiki.screens import links_of, main_text
from wiki.access import restrictions
from wiki.models import ArticlePage

pytestmark = pytest.mark.django_db
SAID = "Page réservée"


@pytest.fixture
def article(db):
    return factories.page(title="Comptes du groupe", body="<p>Texte</p>")


def test_an_open_page_says_nothing(article, facilitator, logged_in):
    for client in (Client(), logged_in(facilitator)):
        assert SAID not in main_text(client.get(article.address))


def test_a_closed_page_names_its_groups_under_its_title(article, facilitator, logged_in):
    factories.restricted_to_groups(article, "Animateurs", "Bureau")
    text = main_text(logged_in(facilitator).get(article.address))
    assert f"{article.title} {SAID} : Animateurs, Bureau." in text


def test_a_page_for_people_with_an_account_says_so(article, writer):
    factories.restricted_to_login(article)
    assert f"{SAID} : personnes connectées." in main_text(writer.get(article.address))


def test_a_page_below_a_closed_one_says_who_may_read_both(article, facilitator, logged_in):
    below = factories.page(title="Dessous", parent=Page.objects.get(pk=article.pk))
    factories.restricted_to_groups(article, "Animateurs")
    factories.restricted_to_login(below)
    client = logged_in(facilitator)
    assert f"{SAID} : Animateurs." in main_text(client.get(below.address))
    factories.restricted_to_groups(below, "Contributeurs")
    facilitator.groups.add(*factories.person("Contributeurs").groups.all())
    assert "Animateurs, si ces personnes font aussi partie de : Contributeurs" in main_text(
        client.get(below.address)
    )


@pytest.mark.parametrize("screen", ["", "modifier/", "versions/1/"])
def test_each_screen_of_the_page_says_it(article, facilitator, logged_in, screen):
    factories.restricted_to_groups(article, "Animateurs")
    assert SAID in main_text(logged_in(facilitator).get(f"{article.address}{screen}"))


def test_a_preview_says_it(article, facilitator, logged_in):
    factories.restricted_to_groups(article, "Animateurs")
    answer = logged_in(facilitator).post(f"{article.address}apercu/", {"title": "Autre"})
    assert SAID in main_text(answer)


def test_facilitators_alone_are_led_to_where_it_changes(article, facilitator, writer, logged_in):
    below = factories.page(title="Dessous", parent=Page.objects.get(pk=article.pk))
    factories.restricted_to_groups(article, "Animateurs", "Contributeurs")
    way = f"{article.address}reserver/"
    answer = logged_in(facilitator).get(below.address)
    assert way in links_of(answer)
    assert way not in links_of(writer.get(below.address))


def test_who_sees_the_page_as_a_lesser_reader_is_told_what_they_would_be(
    article, facilitator, logged_in
):
    factories.restricted_to_login(article)
    answer = logged_in(facilitator).get(f"{article.address}voir-comme/contributeur/")
    assert SAID in answer.content.decode()
    assert "/admin/pages/" not in answer.content.decode()


def test_the_kept_page_of_everybody_never_says_it(article, facilitator, logged_in):
    kept = factories.restricted_to_groups(article, "Animateurs")
    assert SAID in main_text(logged_in(facilitator).get(article.address))
    kept.delete()
    for _turn in range(2):
        assert SAID not in Client().get(article.address).content.decode()


def test_nobody_is_named_for_a_page_closed_to_all(article, superuser):
    factories.restricted_to_groups(article)
    assert restrictions.readers_of(article) == "personne"


def test_the_closed_pages_that_a_facilitator_may_read_are_listed(facilitator, logged_in):
    pages = {name: factories.page(ArticlePage, title=f"Fermée {name}") for name in ("a", "b", "c")}
    factories.restricted_to_groups(pages["a"], "Animateurs")
    factories.restricted_to_groups(pages["b"], "Bureau")
    text = main_text(logged_in(facilitator).get("/animer/"))
    assert "Pages fermées (1)" in text
    assert "Fermée a réservée : Animateurs" in text
    assert "Fermée b" not in text
    assert "Fermée c" not in text.partition("Pages fermées (1)")[2]
