"""Old texts that were written for fewer readers than the page has today."""

import pytest
from lxml import html

from tests import factories
from tests.wiki.screens import form_of, main_text
from wiki.publishing.publishing import newest_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return factories.person("Contributeurs", "Bureau")


@pytest.fixture
def page(member):
    """Written open, then closed with a secret, cleaned, and opened again."""
    page = factories.page(title="Plan", body="<p>Public</p>")
    restriction = factories.restricted_to_groups(page, "Bureau")
    page = factories.edited(page, author=member, body="<p>Zinzolin</p>")
    page = factories.edited(page, author=member, body="<p>Propre</p>")
    restriction.delete()
    return page


@pytest.mark.parametrize(("number", "act"), [(2, "restaurer"), (3, "annuler")])
def test_what_was_reserved_is_published_again_when_one_says_so(
    page, member, logged_in, client, number, act
):
    keeper, address = logged_in(member), f"{page.address}versions/{number}/{act}/"
    asked = keeper.post(address)
    assert asked.status_code == 409
    assert "réservée" in main_text(asked)
    assert "Bureau" in main_text(asked)
    assert "Zinzolin" not in client.get(page.address).content.decode()
    form = form_of(asked, "opens")
    assert form["csrfmiddlewaretoken"]
    assert keeper.post(address, form).status_code == 302
    assert newest_version(page).content["body"] == "<p>Zinzolin</p>"


def test_what_everybody_could_read_is_published_again_at_once(page, member, logged_in):
    answer = logged_in(member).post(f"{page.address}versions/1/restaurer/")
    assert answer.status_code == 302
    assert newest_version(page).content["body"] == "<p>Public</p>"


def test_nothing_is_asked_while_the_page_is_as_closed_as_it_was(member, logged_in):
    page = factories.page(title="Plan", body="<p>Public</p>")
    factories.restricted_to_groups(page, "Bureau")
    page = factories.edited(page, author=member, body="<p>Zinzolin</p>")
    page = factories.edited(page, author=member, body="<p>Propre</p>")
    assert logged_in(member).post(f"{page.address}versions/2/restaurer/").status_code == 302


def test_the_history_says_for_whom_a_version_was(page, member, logged_in, client):
    assert "réservée : Bureau" in main_text(logged_in(member).get(f"{page.address}historique/"))
    assert "Bureau" not in main_text(client.get(f"{page.address}historique/"))


def form_to(answer, action: str) -> dict:
    """What a browser sends of the form of this address, as it stands on the screen."""
    forms = html.fromstring(answer.content).forms
    (form,) = (form for form in forms if form.get("action") == action)
    return dict(form.form_values())


@pytest.mark.parametrize("screen", ["historique/", "versions/2/"])
def test_the_screen_itself_asks_and_once_only(page, member, logged_in, screen):
    keeper = logged_in(member)
    address = f"{page.address}versions/2/restaurer/"
    asked = keeper.get(f"{page.address}{screen}")
    form = form_to(asked, address)
    assert form["opens"] == "1"
    assert "Ce texte a été écrit quand la page était réservée : Bureau" in main_text(asked)
    assert keeper.post(address, form).status_code == 302
    assert newest_version(page).content["body"] == "<p>Zinzolin</p>"


def test_undoing_asks_once_too(page, member, logged_in):
    keeper = logged_in(member)
    address = f"{page.address}versions/3/annuler/"
    form = form_to(keeper.get(f"{page.address}historique/"), address)
    assert keeper.post(address, form).status_code == 302
    assert newest_version(page).content["body"] == "<p>Zinzolin</p>"


def test_nothing_is_asked_of_what_everybody_could_read(page, member, logged_in):
    answer = logged_in(member).get(f"{page.address}historique/")
    assert "opens" not in form_to(answer, f"{page.address}versions/1/restaurer/")
