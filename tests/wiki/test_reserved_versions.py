"""Old texts that were written for fewer readers than the page has today."""

import pytest

from tests import factories
from tests.wiki.screens import form_of, main_text
from wiki.publishing import newest_version

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
