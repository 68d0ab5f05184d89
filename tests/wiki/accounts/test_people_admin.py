"""Nobody grants what they do not have, on every screen of people and groups of the admin."""

from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.urls import get_resolver, reverse
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

from tests import factories
from tests.wiki.screens import form_of, said, text_of
from wiki.access import capabilities, granting

pytestmark = pytest.mark.django_db
User = get_user_model()
NEW = "tuffeau-et-ardoise"
BULK = "/admin/bulk/wiki/user/{}/"
# What each route is given in its address: somebody's id, a group's id, nothing.
ROUTES = {
    **dict.fromkeys(("users:index", "users:index_results", "users:add"), "nothing"),
    **dict.fromkeys(("users:edit", "users:delete", "users:history"), "person"),
    **dict.fromkeys(("users:history_results", "users:usage"), "person"),
    **dict.fromkeys(("groups:index", "groups:index_results", "groups:add"), "nothing"),
    **dict.fromkeys(("groups:edit", "groups:delete", "groups:history"), "group"),
    **dict.fromkeys(("groups:history_results", "groups:usage"), "group"),
}
ACTIONS = {"assign_role", "set_active_state", "delete"}


@pytest.fixture(autouse=True)
def _admin(admin_templates):
    """Wagtail's screens are drawn."""


@pytest.fixture
def world(db):
    """An administrator, and what is above or beside them."""
    User.objects.filter(username="administration").delete()
    User.objects.filter(username="animation").delete()
    above = Group.objects.create(name="Au-dessus")
    above.permissions.add(Permission.objects.get(codename="delete_group"))
    closed = factories.page()
    factories.restricted_to_groups(closed, "Bureau")
    return SimpleNamespace(
        administrator=factories.person("Administrateurs"),
        colleague=factories.person("Administrateurs"),
        superuser=factories.person(is_superuser=True),
        facilitator=factories.person("Animateurs"),
        second=factories.person("Animateurs"),
        contributor=factories.person("Contributeurs"),
        member=factories.person("Contributeurs", "Bureau"),
        above=above,
        bureau=Group.objects.get(name="Bureau"),
    )


def routes() -> set[str]:
    found = set()
    for pattern in get_resolver().url_patterns:
        found |= named(pattern, "")
    return {name.partition("wagtailusers_")[2] for name in found if "wagtailusers_" in name}


def named(pattern, space: str) -> set[str]:
    if not hasattr(pattern, "url_patterns"):
        return {f"{space}{pattern.name}"}
    space += f"{pattern.namespace}:" if pattern.namespace else ""
    return set().union(*(named(one, space) for one in pattern.url_patterns))


def hostile(world, person, group) -> dict:
    """All that a form of people or groups could read, in one."""
    return {
        "username": "pirate",
        "email": "pirate@example.org",
        "display_name": "Nouvelle personne",
        "first_name": "",
        "last_name": "",
        "password1": NEW,
        "password2": NEW,
        "is_superuser": "on",
        "is_active": "",
        "groups": [world.above.pk, world.bureau.pk],
        "role": group.pk,
        "mark_as_active": "False",
        "name": f"Pirates {group.pk}",
        "permissions": list(Permission.objects.values_list("pk", flat=True)),
        **{
            f"{kind}_permissions-{name}_FORMS": "0"
            for kind in ("page", "collection", "document", "image")
            for name in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")
        },
    }


def addresses(person, group) -> list[str]:
    ids = {"person": [person.pk], "group": [group.pk], "nothing": []}
    screens = [reverse(f"wagtailusers_{name}", args=ids[what]) for name, what in ROUTES.items()]
    return screens + [BULK.format(action) + f"?id={person.pk}" for action in sorted(ACTIONS)]


def above_one(people: capabilities.People, world) -> tuple:
    """What an administrator must find as it was."""
    kept = (world.superuser.pk, world.member.pk)
    return (
        people.superusers,
        people.accounts[world.superuser.pk],
        people.accounts[world.member.pk].credentials,
        {(who, group) for who, group in people.memberships if group == world.above.pk},
        {(who, group) for who, group in people.memberships if group == world.bureau.pk},
        people.rights,
        [people.of(pk) for pk in kept],
    )


def test_every_route_of_people_and_groups_is_tried():
    assert routes() == set(ROUTES)
    actions = bulk_action_registry.get_bulk_actions_for_model("wiki", "user")
    assert {action.action_type for action in actions} == ACTIONS
    assert "group" not in bulk_action_registry.actions.get("auth", {})


@pytest.mark.parametrize("target", ["superuser", "member", "administrator"])
@pytest.mark.parametrize("group", ["above", "bureau"])
def test_an_administrator_rises_by_no_route(world, logged_in, target, group):
    client = logged_in(world.administrator)
    person, group = getattr(world, target), getattr(world, group)
    before = above_one(capabilities.People(), world)
    for address in addresses(person, group):
        if target == "member" and "delete" in address:
            continue  # whoever looks after accounts closes them
        answer = client.post(address, hostile(world, person, group))
        assert answer.status_code in {200, 302, 403, 404, 405}, address
        assert above_one(capabilities.People(), world) == before, address


@pytest.mark.parametrize("target", ["superuser", "member", "administrator"])
def test_an_administrator_with_the_screens_of_groups_rises_by_no_route(world, logged_in, target):
    screens = Permission.objects.filter(codename__in=["add_group", "change_group"])
    Group.objects.get(name="Administrateurs").permissions.add(*screens)
    client, person = logged_in(world.administrator), getattr(world, target)
    before = above_one(capabilities.People(), world)
    for address in addresses(person, world.above):
        if "/users/delete/" in address or "/user/delete/" in address:
            continue
        client.post(address, hostile(world, person, world.above))
        assert above_one(capabilities.People(), world) == before, address


def test_what_an_administrator_may_is_done(world, logged_in):
    client = logged_in(world.administrator)
    form = form_of(client.get("/admin/users/new/"), "password1")
    role = Group.objects.get(name="Contributeurs")
    typed = {"username": "mediatheque", "email": "m@example.org", "display_name": "Médiathèque"}
    fields = {**form, **typed, "password1": NEW, "password2": NEW, "groups": [role.pk]}
    answer = client.post("/admin/users/new/", fields)
    assert answer.status_code == 302, text_of(answer)
    made = User.objects.get(username="mediatheque")
    assert [group.name for group in made.groups.all()] == ["Contributeurs"]
    assert "is_superuser" not in form
    edit(client, world.contributor, password1=NEW, password2=NEW)
    assert User.objects.get(pk=world.contributor.pk).check_password(NEW)
    assert client.post(f"/admin/users/delete/{made.pk}/").status_code == 302
    assert not User.objects.filter(pk=made.pk).exists()


def edit(client, person, **fields):
    address = f"/admin/users/edit/{person.pk}/"
    form = form_of(client.get(address), "first_name")
    return client.post(address, {**form, **fields})


def test_a_person_keeps_the_groups_that_one_may_not_give(world, logged_in):
    answer = edit(logged_in(world.administrator), world.member, display_name="Autre nom")
    assert answer.status_code == 302, text_of(answer)
    member = User.objects.get(pk=world.member.pk)
    assert member.display_name == "Autre nom"
    assert {group.name for group in member.groups.all()} == {"Contributeurs", "Bureau"}
    assert member.check_password("un-mot-de-passe-solide")
    assert member.email == world.member.email


def test_a_superuser_gives_what_they_have(world, logged_in):
    client = logged_in(world.superuser)
    assert edit(client, world.contributor, is_superuser="on").status_code == 302
    assert User.objects.get(pk=world.contributor.pk).is_superuser


# The last ones.

WAYS_OUT = ["disabled", "demoted", "disabled in bulk", "deleted", "deleted in bulk"]


def take_out(client, way: str, person):
    if way == "disabled":
        return edit(client, person, is_active="")
    if way == "demoted":
        return edit(client, person, groups=[])
    if way == "deleted":
        return client.post(f"/admin/users/delete/{person.pk}/", follow=True)
    action = "delete" if way == "deleted in bulk" else "set_active_state"
    return client.post(BULK.format(action) + f"?id={person.pk}", {"mark_as_active": "False"})


@pytest.mark.parametrize("way", WAYS_OUT)
@pytest.mark.parametrize(
    ("who", "others", "message"),
    [
        ("administrator", ["colleague"], granting.LAST_ADMINISTRATOR),
        ("facilitator", ["second"], granting.LAST_FACILITATOR),
    ],
)
def test_the_last_one_stays(world, logged_in, way, who, others, message):
    client, person = logged_in(world.superuser), getattr(world, who)
    assert take_out(client, way, getattr(world, others[0])).status_code in {200, 302}
    before = capabilities.People()
    answer = take_out(client, way, person)
    assert said(str(message)) in text_of(answer)
    after = capabilities.People()
    assert (after.accounts, after.memberships) == (before.accounts, before.memberships)


def test_the_last_administrator_does_not_step_down_alone(world, logged_in):
    world.colleague.delete()
    answer = edit(logged_in(world.administrator), world.administrator, groups=[])
    assert said(str(granting.LAST_ADMINISTRATOR)) in text_of(answer)
    assert capabilities.People().administrators == {world.administrator.pk}


def test_the_last_superuser_stays_where_nobody_else_looks_after_accounts(world, logged_in):
    world.colleague.delete()
    world.administrator.delete()
    other = factories.person(is_superuser=True)
    client = logged_in(world.superuser)
    assert take_out(client, "disabled in bulk", other).status_code == 302
    User.objects.filter(pk=other.pk).update(is_active=True)
    client = logged_in(other)
    take_out(client, "disabled in bulk", world.superuser)
    assert not User.objects.get(pk=world.superuser.pk).is_active
    before = User.objects.get(pk=other.pk)
    before.user_permissions.add(Permission.objects.get(codename="delete_user"))
    take_out(client, "deleted in bulk", other)
    assert capabilities.People().superusers & capabilities.People().active == {other.pk}


def test_a_facilitator_may_become_an_administrator(world, logged_in):
    world.second.delete()
    group = Group.objects.get(name="Administrateurs")
    answer = edit(logged_in(world.superuser), world.facilitator, groups=[group.pk])
    assert answer.status_code == 302, text_of(answer)
