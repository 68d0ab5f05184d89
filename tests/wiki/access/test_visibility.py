"""Who may know what: the matrix of readers and outputs, and the rules behind it."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver

from tests.wiki import secrets
from tests.wiki.outputs import OUTPUTS
from tests.wiki.secrets import told

NOBODY = "zyxwvut"  # a word that no page holds


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """The site with secrets, built once for the module and taken back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield secrets.build()
        transaction.set_rollback(True)


def client_of(world, role: str) -> Client:
    client = Client()
    if role != "anonymous":
        client.force_login(world.people[role])
    client.raise_request_exception = False
    return client


ADMIN = "admin/"  # see test_admin_matrix


def routes(patterns, prefix: str = "") -> set[str]:
    """The names of all routes, else what they lead to; the admin's excepted."""
    found: set[str] = set()
    for pattern in patterns:
        if str(pattern.pattern).startswith(ADMIN) and not prefix:
            continue
        if isinstance(pattern, URLResolver):
            found |= routes(pattern.url_patterns, f"{prefix}{pattern.pattern}")
        else:
            found.add(pattern.name or pattern.callback.__name__)
    return found


def test_every_route_of_the_site_stands_in_the_matrix():
    assert routes(get_resolver("kb.urls").url_patterns) == set(OUTPUTS)


@pytest.mark.sampled(every=5)
@pytest.mark.django_db
@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize("role", secrets.in_turn(secrets.ROLES))
def test_no_secret_is_told_to_who_may_not_read_it(world, role, output):
    client, leaks = client_of(world, role), []
    for address in OUTPUTS[output](world):
        response = client.get(address)
        answer = told(response)
        assert response.status_code < 500, address
        found = {word for word in world.words_hidden_from(role) if word in answer}
        leaks += [(address, word) for word in sorted(found) if word not in address]
    assert leaks == []


@pytest.mark.sampled(every=4)
@pytest.mark.django_db
@pytest.mark.parametrize("role", secrets.ROLES)
def test_who_may_read_a_secret_does_read_it(world, role):
    """The matrix would also pass on a site that shows nothing."""
    client = client_of(world, role)
    for secret in world.secrets:
        if secret.name == "passe":
            continue
        response = client.get(secret.page.address)
        answer = told(response) if response.status_code == 200 else ""
        assert (secret.words[0] in answer) == (role in secret.readers), secret.name


@pytest.mark.django_db
@pytest.mark.parametrize("role", secrets.ROLES)
def test_old_words_are_read_again_by_those_they_were_written_for(world, role):
    secret = next(secret for secret in world.secrets if secret.name == "passe")
    history = told(client_of(world, role).get(f"{secret.page.address}historique/"))
    old = client_of(world, role).get(f"{secret.page.address}versions/2/")
    assert ("zxpassemodification" in history) == (role in secret.readers)
    assert (old.status_code == 200) == (role in secret.readers)


@pytest.mark.sampled(every=4)
@pytest.mark.django_db
@pytest.mark.parametrize("role", secrets.ROLES)
def test_files_follow_the_pages_that_show_them(world, role):
    client = client_of(world, role)
    for secret in world.secrets:
        if secret.document:
            expected = 200 if role in secret.readers else 404
            files = [f"/fichiers/{secret.document.pk}/", f"/media/{secret.image.file.name}"]
            for address in [*files, secret.image.renditions.first().url]:
                response = client.get(address)
                assert told(response)
                assert response.status_code == expected, address


@pytest.mark.django_db
@pytest.mark.parametrize(
    "role", secrets.in_turn(["anonymous", "outsider", "contributor", "facilitator"])
)
def test_a_hidden_word_answers_as_a_word_that_nobody_wrote(world, role):
    """Counts, facets and suggestions included: both screens are the same."""
    client = client_of(world, role)
    reference = screen_without(client, NOBODY)
    for word in sorted(world.words_hidden_from(role)):
        assert screen_without(client, word) == reference, word


def screen_without(client, word: str) -> str:
    text = client.get(f"/recherche/?q={word}").content.decode()
    return text.replace(word, "MOT")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "count"), [("anonymous", 2), ("outsider", 3), ("member", 6), ("facilitator", 3)]
)
def test_counts_are_of_what_one_may_read(world, role, count):
    """The common topic is on the public page, the opened one, and five or more closed ones."""
    answer = client_of(world, role).get("/themes/sujet-commun/")
    assert answer.context["total"] == count
    letters = client_of(world, role).get("/themes/").context["topics"]
    listed = [topic for _letter, topics in letters for topic in topics]
    assert [topic.total for topic in listed if topic.slug == "sujet-commun"] == [count]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["connecte", "groupe", "dessous", "deplacee", "lieu"])
@pytest.mark.parametrize("action", ["", "historique/", "versions/1/", "difference/", "modifier/"])
def test_a_closed_page_asks_unknown_readers_to_log_in(world, name, action):
    page = next(secret.page for secret in world.secrets if secret.name == name)
    answer = client_of(world, "anonymous").get(f"{page.address}{action}")
    assert (answer.status_code, answer.url) == (302, f"/connexion/?next={page.address}{action}")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["groupe", "dessous", "deplacee", "lieu"])
@pytest.mark.parametrize("action", ["", "historique/", "versions/1/", "difference/", "modifier/"])
def test_a_closed_page_says_no_to_known_outsiders(world, name, action):
    page = next(secret.page for secret in world.secrets if secret.name == name)
    for role in ("outsider", "contributor", "facilitator", "administrator"):
        assert client_of(world, role).get(f"{page.address}{action}").status_code == 403


@pytest.mark.sampled(every=4)
@pytest.mark.django_db
@pytest.mark.parametrize("name", ["depubliee", "supprimee", "jetee", "sousjetee"])
@pytest.mark.parametrize("role", secrets.ROLES)
def test_a_page_that_is_gone_is_as_a_page_that_never_was(world, name, role):
    page = next(secret.page for secret in world.secrets if secret.name == name)
    client = client_of(world, role)
    for action in ("", "historique/", "versions/1/", "difference/", "modifier/"):
        assert client.get(f"{page.address}{action}").status_code == 404
        assert client.get(f"/pratiques/situations/{page.slug}/{action}").status_code == 404


@pytest.mark.django_db
def test_conditional_requests_do_not_tell_whether_a_file_exists(world):
    secret = next(secret for secret in world.secrets if secret.name == "groupe")
    client = client_of(world, "outsider")
    asked = {"If-None-Match": "*", "If-Modified-Since": "Sun, 06 Nov 2094 08:49:37 GMT"}
    there = client.get(f"/fichiers/{secret.document.pk}/", headers=asked)
    nowhere = client.get("/fichiers/999999/", headers=asked)
    assert there.status_code == nowhere.status_code == 404
    assert "ETag" not in there
    assert "Last-Modified" not in there


@pytest.mark.django_db
def test_every_answer_to_a_known_reader_is_private(world):
    client = client_of(world, "member")
    for secret in world.secrets:
        answer = client.get(secret.page.address)
        assert "private" in answer["Cache-Control"], secret.name


@pytest.mark.django_db
@pytest.mark.parametrize("role", secrets.ROLES)
@pytest.mark.parametrize("name", ["jetee", "sousjetee"])
def test_a_deletion_is_told_to_those_who_could_read_the_page(world, name, role):
    secret = next(secret for secret in world.secrets if secret.name == name)
    for address in ("/changements/", "/changements/flux/"):
        answer = told(client_of(world, role).get(address))
        assert (f"zx{name}titre" in answer) == (role in secret.knowers), address


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["facilitator", "administrator", "superuser"])
def test_facilitators_read_in_the_trash_what_they_could_read(world, role):
    secret = next(secret for secret in world.secrets if secret.name == "supprimee")
    client = client_of(world, role)
    assert "zxsupprimeetexte" in told(client.get(f"/corbeille/{secret.page.pk}/"))
    assert "zxsupprimeetitre" in told(client.get("/corbeille/"))


@pytest.mark.django_db
@pytest.mark.parametrize("output", OUTPUTS)
def test_every_route_of_the_matrix_answers_somebody(world, output):
    """The matrix would also pass on addresses that nobody is answered at."""
    found = OUTPUTS[output](world)
    clients = [client_of(world, role) for role in ("superuser", "anonymous")]
    assert any(answers(client, address) for address in found for client in clients)


def answers(client, address: str) -> bool:
    response = client.get(address)
    return bool(told(response)) and response.status_code != 404


KEPT = ("wagtail_serve", "history", "version", "page_feed", "changes", "plan", "media")
KEPT += ("sitemap", "sitemap_part")


@pytest.mark.sampled(every=4)
@pytest.mark.django_db
@pytest.mark.parametrize("output", KEPT)
def test_what_is_kept_for_one_reader_is_not_given_to_another(world, output):
    """Asked first by a member of the group, then by others, with the validators of that answer."""
    member, leaks = client_of(world, "insider"), []
    others = {role: client_of(world, role) for role in ("anonymous", "facilitator")}
    for address in OUTPUTS[output](world)[::3]:
        first = member.get(address)
        known = {
            "If-None-Match": first.get("ETag", '"x"'),
            "If-Modified-Since": first.get("Last-Modified", ""),
        }
        secret = any(word in told(first) for word in world.words_hidden_from("facilitator"))
        for role, client in others.items():
            answer = client.get(address, headers=known)
            found = [word for word in world.words_hidden_from(role) if word in told(answer)]
            leaks += [(role, address, word) for word in found if word not in address]
            leaks += [(role, address, "304")] if secret and answer.status_code == 304 else []
    assert leaks == []
