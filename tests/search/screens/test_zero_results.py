"""Zero-result searches: what is noted, what never is, for how long, and who reads it."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from search.models import ZeroResultSearch
from search.screens import zero_results
from tests import factories

pytestmark = pytest.mark.django_db
BEACON = "/recherche/sans-clic/"
REPORT = "/admin/search/zeroresultsearch/"
MONDAY = date(2026, 3, 2)


@pytest.fixture
def on(monkeypatch):
    """A function: makes it another day."""

    def set_day(day: date) -> None:
        monkeypatch.setattr(zero_results.timezone, "localdate", lambda: day)

    set_day(MONDAY)
    return set_day


def noted() -> list[tuple]:
    return list(ZeroResultSearch.objects.values_list("words", "without_answer", "without_click"))


# What is kept


def test_words_of_one_day_are_not_written(on):
    zero_results.note_without_answer("zorbline bleue")
    zero_results.note_without_answer("zorbline bleue")
    assert noted() == [("", 2, 0)]
    [row] = ZeroResultSearch.objects.values()
    assert not any("zorbline" in str(value) for value in row.values())


def test_words_asked_on_two_days_are_written(on):
    zero_results.note_without_answer("Zorbline bleue")
    on(MONDAY + timedelta(days=1))
    zero_results.note_without_click("la  zorbline BLEUE".removeprefix("la "))
    assert noted() == [("zorbline BLEUE", 1, 1)]
    row = ZeroResultSearch.objects.get()
    assert (row.first_on, row.last_on) == (MONDAY, MONDAY + timedelta(days=1))


@pytest.mark.parametrize(
    "words",
    ["jean[arobase]exemple[.]net", "jean (at) exemple (dot) com", "jean arobase exemple . fr"],
)
def test_an_address_in_disguise_is_not_noted(words):
    assert not zero_results.may_be_noted(words)


def test_the_digest_cannot_be_made_without_the_key_of_the_site(settings):
    before = zero_results.digest_of("zorbline")
    assert zero_results.digest_of(" ZORBLÎNE ! ") == before
    settings.SECRET_KEY = "another-key"
    assert zero_results.digest_of("zorbline") != before


def test_nothing_of_a_person_can_be_kept():
    fields = {field.name for field in ZeroResultSearch._meta.get_fields()}
    days, counts = {"first_on", "last_on"}, {"without_answer", "without_click"}
    assert fields == {"id", "digest", "words"} | days | counts


@pytest.mark.parametrize(
    "query",
    [
        "jean@exemple.fr",
        "écrire à JEAN＠exemple.fr",
        "jean%40exemple.fr",
        "jean arobase exemple point fr",
        "jean.dupont chez gmail.com",
        "06 12 34 56 78",
        "+33 6.12.34.56.78",
        "appeler le 02-47-00-00-00",
        "37500",
        "code 1-2-3-4-5",
        "né le 12/03/1956",
        "1\u200b2\u200b3\u200b4\u200b5",
        "１２３４５",
        "٠١٢٣٤",
        "1 _ 2 _ 3 … 4 – 5",
        "mon mot de passe est Soleil37!",
        "mdp : 1234",
        "x" * 201,
        "",
        "  ",
        "?!",
    ],
)
def test_what_looks_like_somebody_is_never_noted(on, query):
    zero_results.note_without_answer(query)
    on(MONDAY + timedelta(days=1))
    zero_results.note_without_click(query)
    assert noted() == []


@pytest.mark.parametrize(
    "query", ["mot de passe", "formulaire 2042", "windows 11 ou 10", "arobase au clavier", "a" * 60]
)
def test_plain_words_are_noted(on, query):
    zero_results.note_without_answer(query)
    assert noted() == [("", 1, 0)]


@given(st.text(max_size=30), st.lists(st.sampled_from(" .-/_\u00a0"), min_size=4, max_size=4))
def test_five_digits_are_seen_whatever_parts_them(before, signs):
    number = "0" + "".join(f"{sign}{digit}" for sign, digit in zip(signs, "6123", strict=True))
    assert not zero_results.may_be_noted(f"{before} {number} mot")


# For how long


def test_single_ones_are_forgotten_after_a_month_others_after_twelve(on):
    zero_results.note_without_answer("zorbline")
    zero_results.note_without_answer("brimborion")
    on(MONDAY + timedelta(days=1))
    zero_results.note_without_answer("brimborion")
    assert zero_results.forget(MONDAY + timedelta(days=31)) == 0
    assert zero_results.forget(MONDAY + timedelta(days=32)) == 1
    assert noted() == [("brimborion", 2, 0)]
    assert zero_results.forget(MONDAY + timedelta(days=366)) == 0
    assert zero_results.forget(MONDAY + timedelta(days=367)) == 1


def test_what_came_back_after_it_was_forgotten_begins_anew(on):
    zero_results.note_without_answer("zorbline")
    on(MONDAY + timedelta(days=40))
    zero_results.note_without_answer("zorbline")
    assert noted() == [("", 1, 0)]


def test_the_command_forgets(on):
    zero_results.note_without_answer("zorbline")
    on(MONDAY + timedelta(days=400))
    out = StringIO()
    call_command("forget_searches", stdout=out)
    assert (noted(), out.getvalue()) == ([], "1 recherche oubliée.\n")


def test_robots_do_not_fill_the_table(on, monkeypatch):
    monkeypatch.setattr(zero_results, "MOST_A_DAY", 3)
    for number in range(5):
        zero_results.note_without_answer(f"zorbline {number}")
    assert len(noted()) == 3
    zero_results.note_without_answer("zorbline 0")
    assert max(count for _words, count, _click in noted()) == 2


def test_a_database_that_refuses_breaks_nothing(on, monkeypatch, caplog):
    def refuse(*args):
        raise OperationalError("database is locked")

    monkeypatch.setattr(zero_results, "write", refuse)
    zero_results.note_without_answer("zorbline")
    assert "was not noted" in caplog.text
    assert "zorbline" not in caplog.text


@pytest.mark.skipif(connection.vendor != "sqlite", reason="elsewhere it ends with the transaction")
def test_only_the_note_is_in_a_hurry(on):
    def patience() -> int:
        with connection.cursor() as cursor:
            return cursor.execute("PRAGMA busy_timeout").fetchone()[0]

    before = patience()
    zero_results.note_without_answer("zorbline")
    assert patience() == before > zero_results.PATIENCE


# The beacon


def beacon(query="zorbline", **headers):
    headers = headers or {"sec_fetch_site": "same-origin"}
    sent = {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    return Client(enforce_csrf_checks=True).post(BEACON, {"q": query}, **sent)


@pytest.mark.parametrize(
    "headers", [{"sec_fetch_site": "same-origin"}, {"origin": "http://testserver"}]
)
def test_the_beacon_notes_words_and_sets_no_cookie(headers):
    factories.page(title="Zorbline")
    answer = beacon(**headers)
    assert answer.status_code == 204
    assert not answer.cookies
    assert noted() == [("", 0, 1)]


def test_what_only_the_members_of_a_group_find_is_not_noted(on):
    factories.restricted_to_groups(factories.page(title="Zorbline"), "Bureau")
    assert beacon().status_code == 204
    assert noted() == []


def test_the_beacon_s_own_search_is_not_a_search_without_answer():
    assert beacon("xyzzyqwv").status_code == 204
    assert noted() == []


@pytest.mark.parametrize(
    "headers",
    [
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"sec_fetch_site": "none"},
        {"sec_fetch_site": "cross-site", "origin": "http://testserver"},
        {"origin": "http://ailleurs.example"},
        {"origin": "null"},
        {"referer": "http://testserver/"},
    ],
)
def test_other_sites_are_refused(headers):
    assert beacon(**headers).status_code == 403
    assert noted() == []


@pytest.mark.parametrize("query", ["a" * 201, "a " * 50_000])
def test_what_is_too_long_is_refused(query):
    assert beacon(query).status_code == 400
    assert noted() == []


def test_the_beacon_is_not_read(client):
    assert client.get(BEACON).status_code == 405


# The report


@pytest.fixture
def known(on):
    """Words asked on two days, and others asked once."""
    for number in range(2):
        on(MONDAY + timedelta(days=number))
        zero_results.note_without_answer("zorbline bleue")
    zero_results.note_without_answer("brimborion")
    return ZeroResultSearch.objects.get(words="zorbline bleue")


def test_facilitators_read_words_days_and_counts(known, logged_in, facilitator):
    shown = logged_in(facilitator).get(REPORT).content.decode()
    assert "zorbline bleue" in shown
    assert "2 mars 2026" in shown and "3 mars 2026" in shown
    assert "brimborion" not in shown


def test_one_press_leads_to_each_thing_to_do(known, logged_in, facilitator):
    shown = logged_in(facilitator).get(REPORT).content.decode()
    for address in (
        "/nouveau/?titre=zorbline+bleue",
        "/admin/search/synonym/create/?words=zorbline+bleue",
        "/admin/search/promoted/create/?words=zorbline+bleue",
    ):
        assert f'href="{address}"' in shown
        assert logged_in(facilitator).get(address).status_code == 200


def test_an_empty_report_says_what_it_is(logged_in, facilitator):
    shown = logged_in(facilitator).get(REPORT).content.decode()
    assert "deux jours différents" in shown


def test_a_facilitator_deletes_a_line_and_writes_none(known, logged_in, facilitator):
    desk = logged_in(facilitator)
    assert desk.get(f"{REPORT}create/").status_code == 403
    assert desk.get(f"{REPORT}edit/{known.pk}/").status_code == 403
    desk.post(f"{REPORT}delete/{known.pk}/")
    assert not ZeroResultSearch.objects.filter(pk=known.pk).exists()


@pytest.mark.parametrize("screen", ["", "delete/{}/"])
def test_only_facilitators_read_the_report(known, screen, logged_in, contributor, client):
    address = REPORT + screen.format(known.pk)
    for reader in (client, logged_in(contributor)):
        answer = reader.get(address)
        assert answer.status_code in (302, 403)
        assert "zorbline" not in answer.content.decode()


def test_the_way_to_the_report_is_on_the_page_of_facilitators(logged_in, facilitator, contributor):
    assert REPORT in logged_in(facilitator).get("/animer/").content.decode()
    for address in ("/animer/", "/profil/", "/mon-espace/"):
        assert REPORT not in logged_in(contributor).get(address).content.decode()


# From the page of results


def test_the_page_of_results_notes_what_it_did_not_find(on, client):
    client.get("/recherche/?q=xyzzyqwv")
    on(MONDAY + timedelta(days=1))
    client.get("/recherche/?q=xyzzyqwv")
    assert noted() == [("xyzzyqwv", 2, 0)]


@pytest.mark.parametrize("address", ["?q=mot+de+passe", "?q=", "?q=xyzzyqwv&page=2", ""])
def test_what_is_found_or_not_asked_is_not_noted(on, client, address):
    assert client.get(f"/recherche/{address}").status_code == 200
    assert noted() == []


def test_results_carry_the_words_for_the_beacon_unless_an_answer_is_shown(client):
    found = client.get("/recherche/?q=atelier").content.decode()
    assert 'data-kb-searched="atelier" data-kb-note="/recherche/sans-clic/"' in found
    for query in ("un usager me donne son mot de passe", "xyzzyqwv"):
        assert "data-kb-searched" not in client.get("/recherche/", {"q": query}).content.decode()
