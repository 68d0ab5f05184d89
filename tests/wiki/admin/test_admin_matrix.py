"""Who may know what in the admin: every route of it, for every person, with every secret."""

from urllib.parse import urlsplit

import pytest
from django.contrib.messages import get_messages
from django.db import transaction
from django.test import Client
from django.urls import resolve
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, Page

from search.models import Promoted, Synonym, ZeroResultSearch
from tests.wiki import admin_addresses, secrets
from tests.wiki.secrets import KEEPERS, told
from wiki.access.files import readable_documents, readable_images
from wiki.admin.door import ADMINISTRATORS, FOR_EVERYBODY, SCREENS
from wiki.admin.known_pages import known_pages
from wiki.pages.redirect_admin import known_redirects

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("admin_templates")]
ROUTES = admin_addresses.routes()
ORDINARY = [role for role in secrets.ROLES if role != "superuser"]
# They answer « not found » or « out of order » to everybody: what they name is never made on
# this site, where there is no workflow, nor copy that follows its original, nor block to preview.
NOWHERE = {
    *("admin/failwhale/", "admin/^.*/$", "admin/block-preview/"),
    *("admin/api/main/^documents/find/", "admin/api/main/^images/find/"),
    "admin/images/<int:image_id>/generate_url/",
    "admin/images/<int:image_id>/generate_url/output/",
    "admin/pages/<int:page_id>/convert_alias/",
    "admin/pages/<int:page_id>/workflow_history/detail/<int:workflow_state_id>/",
    *(
        f"admin/pages/workflow/{name}/<int:page_id>/<slug:action_name>/<int:task_state_id>/"
        for name in ("action", "collect_action_data")
    ),
}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        world = secrets.build()
        rows_beside(world)
        yield world
        transaction.set_rollback(True)


def rows_beside(world) -> None:
    secret = next(secret for secret in world.secrets if secret.name == "groupe")
    Promoted.objects.create(words="page publique", page=world.public[0].page_ptr)
    Promoted.objects.create(words="zxgroupepromue", page=secret.page.page_ptr)
    secret.words.append("zxgroupepromue")
    Redirect.objects.create(old_path="/vieux", redirect_page=world.public[0].page_ptr)
    Collection.get_first_root_node().add_child(name="Affiches")
    Synonym.objects.create(words="ordi, ordinateur")
    today = timezone.localdate()
    ZeroResultSearch.objects.create(digest="zut", words="zut", first_on=today, last_on=today)


@pytest.fixture(scope="module")
def addresses(world):
    return admin_addresses.Addresses(world)


def client_of(world, role: str) -> Client:
    client = Client(raise_request_exception=False)
    if role != "anonymous":
        client.force_login(world.people[role])
    return client


def hidden_words(world, role: str, route) -> set[str]:
    """Facilitators may know of pages that are not published; administrators know the people of
    the site, not what these wrote."""
    hidden = world.words_hidden_from(role)
    if role in KEEPERS:
        hidden -= {word for s in world.secrets if s.name == "depubliee" for word in s.words}
    if route.pattern.startswith("admin/users/"):
        hidden = {word for word in hidden if not word.endswith("auteur")}
    return hidden


def leaks_of(answer, address: str, hidden: set[str]) -> list[tuple[str, str]]:
    """Messages are shown by the next screen."""
    said = " ".join(str(message) for message in get_messages(answer.wsgi_request))
    text = f"{told(answer)} {said.lower()}"
    return [(address, word) for word in sorted(hidden) if word in text and word not in address]


def test_every_argument_of_every_route_is_filled(addresses):
    assert len(ROUTES) > 200
    for route in ROUTES:
        assert addresses.of(route), route


def share(role: str, route) -> int:
    """One address in how many: all of the screens that are let in, for a facilitator outside
    and in, and for an administrator what facilitators lack. The rest is closed by its name."""
    if is_closed(route, role):
        return 5
    mine = SCREENS[route.name].right == ADMINISTRATORS or role != "administrator"
    return 1 if mine else 5


@pytest.mark.whole
@pytest.mark.parametrize("role", secrets.in_turn(ORDINARY))
def test_no_secret_is_told_by_the_admin(world, addresses, role):
    client, leaks = client_of(world, role), []
    for route in ROUTES:
        hidden = hidden_words(world, role, route)
        for address in addresses.of(route)[:: share(role, route)]:
            answer = client.get(address)
            assert answer.status_code < 500, address
            leaks += leaks_of(answer, address, hidden)
    assert leaks == []


@pytest.mark.whole
@pytest.mark.parametrize("role", secrets.in_turn(["facilitator", "administrator"]))
def test_no_secret_is_told_by_what_the_admin_is_sent(world, addresses, role):
    """Empty forms and forms that choose a closed page; what they do is taken back."""
    client, leaks, broken = client_of(world, role), [], []
    closed = next(secret.page.pk for secret in world.secrets if secret.name == "groupe")
    sent = {"redirect_page": closed, "page": closed, "doors-0-value-page": closed, "q": "zx"}
    for route in ROUTES:
        hidden = hidden_words(world, role, route)
        every = 5 if share(role, route) > 1 else 2
        for address in addresses.of(route)[::every] if not is_closed(route, role) else ():
            with transaction.atomic():
                for form in ({}, sent):
                    answer = client.post(address, form)
                    broken += [address] if answer.status_code >= 500 else []
                    leaks += leaks_of(answer, address, hidden)
                transaction.set_rollback(True)
    assert (leaks, broken) == ([], [])


def is_closed(route, role: str) -> bool:
    """To this person, by its name."""
    if role not in KEEPERS or route.name == "wagtailadmin_logout":
        return True
    screen = SCREENS.get(route.name)
    return screen is None or (screen.right == ADMINISTRATORS and role != "administrator")


@pytest.mark.sampled(every=3)
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.pattern)
def test_every_route_answers_somebody(world, addresses, route):
    """The matrix would also pass on an admin that answers nothing."""
    client = client_of(world, "superuser")
    statuses = (client.get(address).status_code for address in addresses.of(route))
    answers = any(status not in {404, 500} for status in statuses)
    assert answers != (route.pattern in NOWHERE)


def test_screens_that_are_let_in_are_routes(world):
    assert SCREENS.keys() <= {route.name for route in ROUTES}


@pytest.mark.parametrize("role", secrets.in_turn(["facilitator", "administrator"]))
def test_screens_that_are_let_in_answer_those_they_are_for(world, addresses, role):
    client, silent = client_of(world, role), []
    for route in ROUTES:
        if not is_closed(route, role) and "uploaded_file_id" not in route.arguments:
            statuses = (client.get(address).status_code for address in addresses.of(route))
            silent += [] if any(s in {200, 302, 405} for s in statuses) else [route.pattern]
    assert silent == []


@pytest.mark.parametrize("role", secrets.in_turn(ORDINARY))
def test_what_is_not_let_in_is_closed_to_all_but_superusers(world, addresses, role):
    client = client_of(world, role)
    for route in ROUTES:
        address = addresses.of(route)[0]
        if resolve(urlsplit(address).path).view_name not in {*SCREENS, *FOR_EVERYBODY}:
            for answer in (client.get(address), client.post(address)):
                expected = 302 if role == "anonymous" else 403
                assert answer.status_code == expected, address


SHOWN_TO_THE_GROUP = {
    "/admin/documents/": {"insider"},
    "/admin/images/?layout=list": {"insider"},
    "/admin/redirects/": {"insider"},
    "/admin/wiki/topic/?q=zx": {"insider"},
    "/admin/search/promoted/": {"insider"},
    "/admin/choose-page/search/?q=zx": {"insider"},
}


@pytest.mark.parametrize(("address", "roles"), SHOWN_TO_THE_GROUP.items())
@pytest.mark.parametrize("role", [*ORDINARY, "superuser"])
def test_who_may_know_a_secret_does_find_it_in_the_admin(world, address, roles, role):
    answer = told(client_of(world, role).get(address))
    words = ("zxgroupe", "zxdeplacee")
    assert any(word in answer.replace(address, "") for word in words) == (
        role == "superuser" or role in roles
    )


@pytest.mark.parametrize("role", ["facilitator", "insider"])
def test_counts_of_the_admin_are_of_what_one_may_know(world, role):
    client, user = client_of(world, role), world.people[role]
    situations = Page.objects.get(slug="situations")
    known = {
        f"/admin/pages/{situations.pk}/": known_pages(user, situations.get_children()),
        "/admin/documents/": readable_documents(user, get_document_model().objects.all()),
        "/admin/images/": readable_images(user, get_image_model().objects.all()),
        "/admin/redirects/": known_redirects(user),
    }
    for address, rows in known.items():
        assert client.get(address).context["page_obj"].paginator.count == rows.count(), address
