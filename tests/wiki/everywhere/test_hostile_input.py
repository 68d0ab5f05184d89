"""Hostile requests to every route: policies, parameters, redirections, tokens."""

import re
from urllib.parse import urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client
from django.urls import get_resolver
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction

from tests import costs
from tests.browser.xss_vectors import VECTORS
from tests.wiki import every_route
from tests.wiki.access.test_visibility import routes
from tests.wiki.every_route import PARAMETERS, UNKNOWN
from tests.wiki.reading_markup import faults
from wiki.editing.forms import form_class
from wiki.models import Draft, Event, Report, ReportSender, TrashedPage, Version
from wiki.pages.kinds import all_kinds

POLICY = {
    "default-src": "'none'",
    "img-src": "'self'",
    "style-src": "'self'",
    "script-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
NAMES = sorted([*every_route.OF_THE_SITE, *every_route.OF_A_PAGE, *every_route.OF_THINGS])


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Built once for the module and taken back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield every_route.build()
        transaction.set_rollback(True)


class Browser(Client):
    """Reads what it is sent to the end, as browsers do; errors are answers."""

    def request(self, **request):
        answer = super().request(**request)
        if answer.streaming:
            list(answer)
        return answer


@pytest.fixture
def insider(world) -> Client:
    client = Browser(raise_request_exception=False)
    client.force_login(world.person)
    return client


@pytest.fixture
def stranger() -> Client:
    return Browser(raise_request_exception=False)


def policy_of(answer) -> dict[str, str]:
    said = answer.headers.get("Content-Security-Policy", "").split(";")
    return dict(rule.strip().partition(" ")[::2] for rule in said if rule.strip())


def is_html(answer) -> bool:
    return answer.headers.get("Content-Type", "").startswith("text/html")


@pytest.mark.django_db
def test_every_route_of_the_site_is_asked(world):
    assert routes(get_resolver("kb.urls").url_patterns) == set(NAMES)
    assert set(every_route.addresses(world)) == set(NAMES)


# The Content-Security-Policy.


@pytest.mark.sampled(every=4)
@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_every_screen_carries_the_strict_policy(world, insider, stranger, name):
    address = every_route.addresses(world)[name]
    for client in (insider, stranger):
        for answer in (client.get(address), client.get(address), client.post(address)):
            assert answer.status_code < 500
            if is_html(answer):
                assert policy_of(answer) == POLICY
                assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.django_db
def test_errors_carry_the_strict_policy_too(world, stranger, insider, monkeypatch, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 10
    closed = Client(enforce_csrf_checks=True)
    answers = [
        stranger.get("/cette-page-manque/"),
        insider.get("/cette-page-manque/<script>alert(1)</script>/"),
        stranger.get("/\x00/"),
        closed.post("/connexion/", {"username": "x"}),
        insider.post("/profil/", {f"x{n}": "" for n in range(20)}),
    ]
    monkeypatch.setattr("wiki.pages.site_views.site_plan", None)
    answers.append(stranger.get("/plan-du-site/"))
    assert [answer.status_code for answer in answers] == [404, 404, 404, 403, 400, 500]
    assert [policy_of(answer) for answer in answers] == [POLICY] * len(answers)
    assert [faults(answer.content.decode()) for answer in answers] == [[]] * len(answers)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/admin/", "/admin/login/", "/administration/"])
def test_the_admin_only_has_a_policy_of_its_own(stranger, address):
    policy = policy_of(stranger.get(address))
    assert (policy != POLICY) == address.startswith("/admin/")
    assert policy["script-src"] == "'self'"


# Parameters.

LONG = 10_000
HOSTILE = {
    "a word": "a" * LONG,
    "digits": "9" * LONG,
    "brackets": "(" * LONG,
    "quotes": "\"'" * (LONG // 2),
    "blanks": " \t\n" * (LONG // 3),
    "accents": "e\u0301" * (LONG // 2),
    "nuls": "a\x00" * (LONG // 2),
    "signs": "*?%_-+~:|&!\\" * (LONG // 12),
    "words": "mot " * (LONG // 4),
    "markup": "".join(VECTORS)[:LONG],
    "surrogate": "\ud800\udfff".encode(errors="surrogatepass").decode(errors="replace") * 1000,
    "number": "-1",
    "not a number": "١٢٣",
}


@pytest.mark.sampled(every=6)
@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_ten_thousand_hostile_signs_are_answered_at_once(world, insider, name):
    """Less than a second of processor each, no error of the server, nothing to run."""
    address = every_route.addresses(world)[name]
    for case, text in HOSTILE.items():
        query = dict.fromkeys([*PARAMETERS.get(name, []), *UNKNOWN], text)
        answer = costs.within(1, lambda query=query: insider.get(address, query))
        assert answer.status_code < 500, case
        if is_html(answer):
            assert faults(answer.content.decode()) == [], case


@pytest.mark.sampled(every=5)
@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(PARAMETERS))
def test_no_vector_in_the_address_is_shown_as_markup(world, insider, name):
    address = every_route.addresses(world)[name]
    for start in range(0, len(VECTORS), 20):
        text = " ".join(VECTORS[start : start + 20])
        answer = insider.get(address, dict.fromkeys(PARAMETERS[name], text))
        assert answer.status_code < 500
        if is_html(answer):
            assert faults(answer.content.decode()) == []


@pytest.mark.django_db
@pytest.mark.parametrize("vector", VECTORS[::5])
def test_no_vector_in_the_path_is_shown_as_markup(stranger, vector):
    for address in (f"/{vector}/", f"/themes/{vector}/", f"/media/{vector}"):
        answer = stranger.get(address)
        assert answer.status_code == 404
        assert faults(answer.content.decode()) == []
        assert "\n" not in answer.get("Location", "")


# Redirections.

ELSEWHERE = [
    "//evil.example/",
    "///evil.example/",
    "\\\\evil.example",
    "/\\evil.example",
    "https:evil.example",
    "https://evil.example/",
    "http:///evil.example",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
    "javascript:alert(1)",
    " javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "\t//evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "%2f%2fevil.example",
    "x\r\nLocation: https://evil.example",
]


def stays_here(address: str) -> bool:
    """As browsers read it: backslashes are slashes, blanks and line breaks are taken out."""
    bare = "".join(sign for sign in address if sign > " ").replace("\\", "/")
    parts = urlsplit(bare)
    return parts.scheme in ("", "http") and parts.netloc in ("", "testserver")


def own_profile(person) -> dict:
    return {"display_name": person.display_name, "email": person.email}


@pytest.mark.django_db
@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_nobody_is_sent_to_another_site(world, insider, stranger, elsewhere):
    person = {"username": world.person.username, "password": "un-mot-de-passe-solide"}
    answers = [
        Client().post("/connexion/", {**person, "next": elsewhere}),
        Client().post(f"/connexion/?next={elsewhere.strip()}", person),
        insider.get("/connexion/", {"next": elsewhere}),
        stranger.get("/admin/login/", {"next": elsewhere}),
        stranger.get(f"{world.page.address}modifier/", {"next": elsewhere}),
        insider.post(f"{world.page.address}renommer/", {"title": "Page", "next": elsewhere}),
        insider.post("/profil/", {**own_profile(world.person), "next": elsewhere}),
        insider.post("/deconnexion/", {"next": elsewhere}),
    ]
    for answer in answers:
        assert answer.status_code == 302
        assert stays_here(answer["Location"])


@pytest.mark.parametrize(
    "path", ["//evil.example", "//evil.example/x", "/\\evil.example", "/%5cevil.example", "/.//x"]
)
@pytest.mark.django_db
def test_an_address_without_its_last_slash_leads_nowhere_else(stranger, path):
    answer = stranger.get("/", PATH_INFO=path)
    assert answer.status_code == 404
    assert stays_here(answer.get("Location", "/"))


@pytest.mark.django_db
def test_a_forged_host_is_refused_where_the_hosts_are_known(stranger, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    answer = stranger.post("/mot-de-passe/", {"email": "x@example.org"}, headers={"host": "evil"})
    assert answer.status_code == 400


# Methods and tokens.

CHANGES_BY_POST = {
    *("logout", "profile", "password_change", "password_reset", "login"),
    *("new", "edit", "rename", "move", "lock", "reserve", "delete", "restore", "undo", "untrash"),
    *("move_back", "take_changes"),
    *("save_draft", "draft_state", "be_present", "discard_draft", "send_photo", "send_file"),
    *("preview", "preview_new", "rename_file", "delete_file", "report", "settle_report"),
}


def everything_kept() -> dict[str, object]:
    """What no GET may change; signs of life of an open form are not writing."""
    return {
        "versions": Version.objects.count(),
        "events": Event.objects.count(),
        "reports": sorted(Report.objects.values_list("text", "settled_at")),
        "senders": ReportSender.objects.count(),
        "trash": TrashedPage.objects.count(),
        "drafts": sorted(Draft.objects.values_list("key", "updated_at")),
        "pages": sorted(Page.objects.values_list("path", "title", "live", "url_path", "locked")),
        "closed": PageViewRestriction.objects.count(),
        "people": sorted(get_user_model().objects.values_list("username", "password", "email")),
        "images": get_image_model().objects.count(),
        "documents": get_document_model().objects.count(),
    }


@pytest.mark.django_db
def test_opening_an_address_changes_nothing(world, insider):
    before = everything_kept()
    fields = {
        **{"title": "zxpirate", "body": "x", "reason": "x", "parent": "2", "reopen": "1"},
        **{"locked": "1", "restriction_type": "login"},
        **{"discard": str(world.key), "keys": str(world.key), "display_name": "zxpirate"},
    }
    for address in every_route.addresses(world).values():
        assert insider.get(address, fields).status_code < 500
    assert everything_kept() == before
    assert insider.get("/profil/").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(CHANGES_BY_POST))
def test_what_changes_something_asks_for_the_token(world, name):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.person)
    before = everything_kept()
    fields = {"title": "zxpirate", "body": "x", "reason": "x", "key": str(world.key)}
    answer = client.post(every_route.addresses(world)[name], fields)
    assert answer.status_code == 403
    assert everything_kept() == before


@pytest.mark.django_db
def test_the_other_routes_change_nothing_when_they_are_posted_to(world, insider):
    """A route that comes to write something must be named above."""
    before = everything_kept()
    for name, address in every_route.addresses(world).items():
        if name not in CHANGES_BY_POST:
            assert insider.post(address, {"title": "zxpirate"}).status_code < 500
    assert everything_kept() == before


@pytest.mark.django_db
def test_what_another_site_sends_is_not_given_back_as_ones_own_text(world):
    """The text of a form with an old token is given back, to forms of this site only."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.person)
    sent = {"key": str(world.key), "title": "zxpirate", "body": "<script>alert(1)</script>"}
    address = f"{world.page.address}modifier/"
    foreign = client.post(address, sent, headers={"origin": "https://evil.example"})
    assert foreign.status_code == 403
    assert "zxpirate" not in foreign.content.decode()
    own = client.post(address, sent, headers={"origin": "http://testserver"})
    assert own.status_code == 403
    assert "zxpirate" in own.content.decode()
    assert faults(own.content.decode()) == []


# Numbers longer than any database holds.

LONG_NUMBER = "9" * 20
NUMBERED = (
    *("structure_parente", "structure", "document", "place", "base", "page", "parent", "into"),
    *("person", "newest", "seen", "sous", "licence", "duration", "review_on"),
    *(
        f"{rows}-0-{name}"
        for rows, name in (
            ("attendances", "structure"),
            ("attachments", "document"),
            ("permanences", "place"),
            ("decisions", "id"),
            ("actions", "ORDER"),
        )
    ),
)


@pytest.mark.sampled(every=4)
@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_no_number_is_too_long_to_be_asked_for(world, insider, name):
    address = every_route.addresses(world)[name]
    query = dict.fromkeys([*PARAMETERS.get(name, []), *UNKNOWN], LONG_NUMBER)
    assert insider.get(address, query).status_code < 500
    assert insider.get(re.sub(r"(?<=/)[0-9]+(?=/)", LONG_NUMBER, address)).status_code < 500


@pytest.mark.sampled(every=6)
@pytest.mark.django_db
@pytest.mark.parametrize("kind", sorted(all_kinds()))
def test_no_number_is_too_long_to_be_sent_in_a_form_of_any_kind(world, insider, kind):
    """All fields that the form has, and those of its rows."""
    form = form_class(all_kinds()[kind])
    names = {*NUMBERED, *form.base_fields} - {"body", "title", "summary", "key"}
    for field in sorted(names):
        rows = {f"{field.partition('-')[0]}-TOTAL_FORMS": "1"} if "-" in field else {}
        sent = {"title": "Titre", "licence": "cc-by-sa-4.0", **rows, field: LONG_NUMBER}
        answer = insider.post(f"/nouveau/{kind}/", sent)
        assert answer.status_code in {200, 302, 409, 422}, field


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(every_route.OF_A_PAGE))
def test_no_number_is_too_long_to_be_sent_to_an_act_on_a_page(world, insider, name):
    address = every_route.addresses(world)[name]
    for field in ("parent", "newest", "base", "page", "seen"):
        with transaction.atomic():
            assert insider.post(address, {field: LONG_NUMBER}).status_code < 500, field
            transaction.set_rollback(True)
