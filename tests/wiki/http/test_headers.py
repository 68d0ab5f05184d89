"""What browsers are told, on every answer of every route, the admin's included, errors too."""

import re
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client, TestCase
from django.urls import get_resolver

from tests import factories
from tests.wiki import every_route
from wiki.http import headers

pytestmark = pytest.mark.django_db
STRICT_ADMIN = {"default-src": "'none'", "base-uri": "'none'", "frame-ancestors": "'self'"}
OWN_SCRIPTS = re.compile(r"'self'(?: 'sha256-[\w+/=]+')*")
CONVERTERS = {
    "int": "1",
    "slug": "image",
    "str": "1",
    "path": "x",
    "uuid": str(uuid4()),
}
FILLED = {"app_label": "wiki", "app_name": "wiki", "model_name": "user", "action": "delete"}
WRITTEN_OUT = {r"\.": ".", r"(\d+)": "1", r"([^/]+)": "1", r"(\w+)": "wiki", ".*/": "nulle-part/"}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        atomics = TestCase._enter_atomics()
        made = every_route.build()
        made.administrator = factories.person("Administrateurs")
        yield made
        TestCase._rollback_atomics(atomics)


def patterns(parts, prefix: str = "") -> list[str]:
    found = []
    for part in parts:
        path = prefix + str(part.pattern)
        below = getattr(part, "url_patterns", None)
        found += patterns(below, path) if below is not None else [path]
    return found


def admin_addresses() -> list[str]:
    everything = patterns(get_resolver("kb.urls").url_patterns)
    return sorted({f"/{filled(one)}" for one in everything if one.startswith("admin/")})


def filled(pattern: str) -> str:
    """An address that the pattern answers, though nothing may stand behind it."""
    pattern = re.sub(
        r"<(?:(\w+):)?(\w+)>",
        lambda part: FILLED.get(part[2]) or CONVERTERS[part[1] or "str"],
        re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", pattern),
    )
    for written, value in WRITTEN_OUT.items():
        pattern = pattern.replace(written, value)
    return pattern.replace("^", "").replace("$", "").replace("\\Z", "")


def policy_of(answer) -> dict[str, str]:
    said = answer.headers.get("Content-Security-Policy", "").split(";")
    return dict(rule.strip().partition(" ")[::2] for rule in said if rule.strip())


def faults(answer, address: str, is_known: bool) -> list[str]:
    """What an answer fails to tell browsers."""
    found = []
    policy = policy_of(answer)
    if policy.get("default-src") != "'none'" and "sandbox" not in policy:
        found.append("no policy")
    if not OWN_SCRIPTS.fullmatch(policy.get("script-src", "'self'")):
        found.append("inline scripts")
    if address.startswith("/admin/") and not STRICT_ADMIN.items() <= policy.items():
        found.append("not the policy of the admin")
    wanted = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}
    wanted["X-Frame-Options"] = "SAMEORIGIN"
    found += [name for name, value in wanted.items() if answer.headers.get(name) != value]
    kept = answer.headers.get("Cache-Control", "")
    if is_known and not re.search("private|no-store", kept):
        found.append(f"kept by others: {kept!r}")
    return found


def faults_at(client, addresses, is_known: bool) -> dict:
    found = {}
    for address in addresses:
        answer = client.get(address)
        wrong = faults(answer, address, is_known)
        list(answer)  # a file is closed once it is sent
        if wrong:
            found[address] = wrong
    return found


def test_every_route_of_the_admin_has_an_address():
    addresses = admin_addresses()
    assert len(addresses) > 200
    assert not [address for address in addresses if re.search(r"[<>()\\]", address)]


@pytest.mark.parametrize("is_known", [False, True])
def test_every_answer_of_the_site_tells_browsers_what_to_do(world, is_known):
    client = Client(raise_request_exception=False)
    if is_known:
        client.force_login(world.person)
    addresses = every_route.addresses(world).values()
    assert faults_at(client, [*addresses, "/nulle-part/"], is_known) == {}


@pytest.mark.parametrize("is_known", [False, True])
def test_every_answer_of_the_admin_tells_browsers_what_to_do(world, is_known, admin_templates):
    client = Client(raise_request_exception=False)
    if is_known:
        client.force_login(world.administrator)
    assert faults_at(client, admin_addresses(), is_known) == {}


@pytest.mark.parametrize(
    ("script", "is_allowed"),
    [
        ('new PageChooser("id_page", {"modalUrl": "/admin/choose-page/"});', True),
        ('new PageChooser("id_page", {"a": alert(1)});', False),
        ('new PageChooser("id_page", {"a": "b"});alert(1);', False),
        ("alert(1)", False),
    ],
)
def test_a_script_in_a_page_of_the_admin_opens_a_chooser_or_nothing(script, is_allowed):
    answer = HttpResponse(f"<p>a</p><script>{script}</script>")
    assert bool(headers.chooser_hashes(answer)) == is_allowed


def test_errors_tell_browsers_what_to_do(world, monkeypatch, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 10
    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client(raise_request_exception=False)
    client.force_login(world.person)
    strict = Client(enforce_csrf_checks=True)
    many = {f"x{number}": "" for number in range(20)}
    monkeypatch.setattr("wiki.pages.site_views.site_plan", None)
    answers = {
        400: client.post("/profil/", many),
        403: strict.post("/connexion/", {"username": "x"}),
        404: client.get("/nulle-part/"),
        405: client.get("/deconnexion/"),
        413: client.post(
            "/brouillons/enregistrer/",
            {"key": str(uuid4()), "kind": "article", "title": "x", "body": "x" * 2_000_000},
        ),
        500: client.get("/plan-du-site/"),
    }
    assert {status: answer.status_code for status, answer in answers.items()} == {
        status: status for status in answers
    }
    assert {status: faults(answer, "/", False) for status, answer in answers.items()} == {
        status: [] for status in answers
    }
    unknown_host = client.get("/", HTTP_HOST="ailleurs.example")
    assert (unknown_host.status_code, faults(unknown_host, "/", False)) == (400, [])
    kept = [Client().get("/aide/") for _twice in range(2)]
    assert [faults(answer, "/aide/", False) for answer in kept] == [[], []]
