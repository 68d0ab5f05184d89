"""No address of the admin answers 500 for an id that no row could have."""

import pytest

from tests.wiki import admin_addresses

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("admin_templates")]
IDS = {"pk", "instance_pk", "object_id", "page_pk", "revision_id"}
IDS |= {name for names in admin_addresses.NAMES.values() for name in names}
ODD = ["x", "9" * 30, "-1", "1.5", "é"]
OF_ONE_THING = [route for route in admin_addresses.routes() if IDS & {*route.arguments}]


@pytest.mark.sampled(every=5)
@pytest.mark.parametrize("odd", ODD)
def test_an_id_that_no_row_could_have_is_not_found(odd, superuser, facilitator, logged_in):
    assert any("wiki/topic" in route.pattern for route in OF_ONE_THING)
    faults = []
    for client in (logged_in(superuser), logged_in(facilitator)):
        client.raise_request_exception = False
        for route in OF_ONE_THING:
            address = filled(route, odd)
            status = client.get(address).status_code
            faults += [] if status < 500 else [f"{address}: {status}"]
    assert faults == []


def test_the_screen_of_a_topic_is_not_found_for_an_odd_id(superuser, logged_in):
    for odd in ODD:
        assert logged_in(superuser).get(f"/admin/wiki/topic/edit/{odd}/").status_code == 404


def filled(route, odd: str) -> str:
    plain = admin_addresses.PLAIN
    values = {name: odd if name in IDS else plain.get(name, odd) for name in route.arguments}
    return admin_addresses.Addresses.filled(None, route, values)
