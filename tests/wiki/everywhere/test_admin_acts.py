"""The matrix of acts, in the admin."""

import pytest
from django.db import transaction
from django.urls import URLResolver, get_resolver

from tests.wiki import acts, admin_acts
from tests.wiki.acts import ROLES
from tests.wiki.admin_acts import ACTS, OUTSIDE
from tests.wiki.everywhere.test_acts import undone

# One's own: a login, a language, what one dismissed, who edits at the same time.
OWN = ("admin/users/", "admin/groups/", "admin/account/", "admin/dismissibles/", "admin/login/")


@pytest.fixture(scope="module")
def things(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield admin_acts.build()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def before(things):
    return acts.everything()


@pytest.mark.sampled(every=3)
@pytest.mark.django_db
@pytest.mark.parametrize("act", ACTS, ids=str)
def test_an_act_in_the_admin_is_done_exactly_by_those_who_may(things, before, act, admin_templates):
    faults = []
    for role in ROLES:
        client = things.world.clients[role]
        with undone(client):
            written = acts.rows_written()
            answer = act.send(things, role, client)
            tables = acts.tables_changed(before, written)
            if bool(tables) != (role in act.allowed) or answer.status_code >= 500:
                faults.append((role, answer.status_code, sorted(tables)))
    assert faults == []


def patterns(found, prefix: str = "") -> list[str]:
    rows = []
    for one in found:
        whole = f"{prefix}{one.pattern}"
        if isinstance(one, URLResolver):
            rows += patterns(one.url_patterns, whole)
        elif whole.startswith("admin/"):
            rows.append(whole)
    return rows


ADMIN = sorted({p for p in patterns(get_resolver("kb.urls").url_patterns) if not p.startswith(OWN)})
PARTS = 8


@pytest.mark.whole
@pytest.mark.django_db
@pytest.mark.parametrize("part", range(PARTS))
def test_those_outside_change_nothing_by_any_address_of_the_admin(
    things, before, part, admin_templates
):
    """Every pattern, with the ids of what others made, and a form that asks for all it can."""
    assert len(ADMIN) > 150
    faults = []
    for pattern in ADMIN[part::PARTS]:
        address = admin_acts.address_of(pattern, things)
        for role in OUTSIDE:
            client = things.world.clients[role]
            with undone(client):
                written = acts.rows_written()
                answer = client.post(address, admin_acts.GREEDY)
                tables = acts.tables_changed(before, written)
                if tables or answer.status_code >= 500:
                    faults.append((role, address, answer.status_code, sorted(tables)))
    assert faults == []


@pytest.mark.whole
@pytest.mark.django_db
@pytest.mark.parametrize("part", range(PARTS))
def test_keepers_outside_of_the_group_change_no_closed_page_by_any_address(
    things, before, part, admin_templates
):
    faults = []
    rows = [p for p in ADMIN if p.startswith(("admin/pages/", "admin/bulk/", "admin/api/"))]
    assert len(rows) > 30
    for pattern in rows[part::PARTS]:
        address = admin_acts.address_of(pattern, things, page="closed")
        address += f"?id={things.ids['closed']}" if "/bulk/" in address else ""
        for role in ("facilitator", "administrator"):
            client = things.world.clients[role]
            with undone(client):
                written = acts.rows_written()
                answer = client.post(address, admin_acts.GREEDY)
                tables = acts.tables_changed(before, written)
                if tables or answer.status_code >= 500:
                    faults.append((role, address, answer.status_code, sorted(tables)))
    assert faults == []
