"""Every form that a template holds is sent, as each role, and none is refused."""

import re
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from search.models import Promoted, Synonym, ZeroResultSearch
from tests import factories
from tests.wiki import every_route, form_filling, secrets
from tests.wiki.crawling import TOKEN, Crawl, fault_of, screen_of, sendings
from tests.wiki.pictures import halves, saved
from wiki.editing import drafts
from wiki.trash import trash

TEMPLATES = Path(settings.ROOT) / "templates"
FORM = re.compile(r"<form\b[^>]*?(?:{%.*?%}[^>]*?)*>")
ROLES = {
    "visitor": (),
    "contributor": ("Contributeurs",),
    "facilitator": ("Animateurs",),
    "administrator": ("Administrateurs",),
}
# An administrator has the forms of a facilitator; those of the admin are asked below.
LONG_IN_TURN = [
    *("visitor", "contributor", "facilitator"),
    pytest.param("administrator", marks=pytest.mark.whole),
]
# Made by scripts of Wagtail's own: without them a form of blocks or files is not whole.
OF_WAGTAIL = ("/admin/pages/", "/admin/images/", "/admin/documents/", "/admin/logout/")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield every_route.build()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def met():
    """What the crawls of this module sent, for the count at the end."""
    return []


def browser_of(role: str) -> tuple[Client, object]:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    person = factories.person(*ROLES[role]) if ROLES[role] else None
    if person:
        client.force_login(person)
    return client, person


# Met while somebody else writes for too long, or when the site fails: test_busy.py sends them; on
# a page that was locked or closed meanwhile: test_deleted_pages.py does.
ELSEWHERE = {
    *("wiki/busy.html", "wiki/failed.html", "wiki/not_published.html"),
    "414.html",  # tests/wiki/http/test_slow_bodies.py asks again
    "components/moved.html",  # tests/wiki/organizing/test_moving.py sends it
    "components/settled.html",  # tests/wiki/dashboards/test_reports.py sends it
    "wiki/opens_again.html",  # tests/wiki/access/test_past_restrictions.py sends it
}


def starts(world, person) -> list[str]:
    """An address of every route, and those that only this person has."""
    found = list(every_route.addresses(world).values())
    found += [f"/nouveau/{kind}/" for kind in ("lieu", "situation", "article")]
    found += [f"{world.page.address}difference/?de=1&a=2", "/recherche/?q=ordinateur"]
    found += ["/", "/pratiques/fiches/", "/lieux/"]
    found.append(reset_address(world.person))
    return [*found, *own_addresses(world, person)] if person else found


def reset_address(person) -> str:
    uid = urlsafe_base64_encode(force_bytes(person.pk))
    token = default_token_generator.make_token(person)
    return reverse("password_reset_confirm", args=[uid, token])


def own_addresses(world, person) -> list[str]:
    """Drafts of a page, a new one, one that is gone; a page in the trash, one to be deleted."""
    keys = [uuid4(), uuid4(), uuid4()]
    gone = factories.page()
    drafts.save(person, keys[2], QueryDict("title=Seul&body=y&base=1"), gone, gone.kind)
    gone.delete()
    drafts.save(person, keys[0], QueryDict("title=x&body=y"), world.page, world.page.kind)
    drafts.save(person, keys[1], QueryDict("title=x&body=y"), None, "article")
    mine, trashed = (factories.page(author=person) for _ in range(2))
    trash.put_in(trashed, person, "Doublon")
    about = [
        f"{mine.address}{name}/"
        for name in ("supprimer", "renommer", "deplacer", "verrouiller", "reserver")
    ]
    drafted = [f"/brouillons/{key}/{end}" for key in keys for end in ("", "jeter/")]
    plan = secrets.document_named("Un plan", "plan", "Le plan", person)
    own = [f"/mes-fichiers/documents/{plan.pk}/{end}/" for end in ("renommer", "supprimer")]
    return [*about, *drafted, f"/corbeille/{trashed.pk}/", "/corbeille/", *own]


def conflicting(client, page):
    """The answer of an editor whose passage somebody else changed meanwhile."""
    typed = form_filling.opened(client, page) | {"body": "<h2>Un</h2><p>À moi</p>"}
    factories.edited(page, author=factories.person("Contributeurs"), body="<h2>Un</h2><p>À eux</p>")
    return client.post(f"{page.address}modifier/", typed)


def lost_session(client, page):
    """The answer to somebody whose session ended while they wrote."""
    typed = {"key": str(uuid4()), "title": "x", "body": "y", "base": "2"}
    typed[TOKEN] = token_of(client)
    return client.post(f"{page.address}modifier/", typed)


def too_long_for_a_page_in_the_trash(client, page):
    """The answer to a text that the page was put in the trash under, and that no draft holds."""
    typed = form_filling.opened(client, page) | {"body": "x" * (drafts.LONGEST + 1)}
    trash.put_in(page, factories.person("Animateurs"), "Doublon")
    return client.post(f"{page.address}modifier/", typed)


def token_of(client) -> str:
    return token_in(client.get("/connexion/"))


def token_in(answer) -> str:
    return screen_of("", answer).root.xpath(f"//input[@name='{TOKEN}']")[0].value


STATES = [(conflicting, 409), (too_long_for_a_page_in_the_trash, 409)]


@pytest.mark.django_db
@pytest.mark.parametrize("role", LONG_IN_TURN)
def test_every_form_of_every_screen_is_accepted_when_it_is_sent(world, met, role):
    client, person = browser_of(role)
    crawl = Crawl(client, passes_over=("/admin/",))
    crawl.go(starts(world, person))
    for state, status in STATES if person else [(lost_session, 401)]:
        page = factories.page(author=world.person, body="<h2>Un</h2><p>Deux</p>")
        answer = state(client, page)
        assert answer.status_code == status
        crawl.look_at(f"{page.address}modifier/", answer)
    met += crawl.found
    assert crawl.faults == [], "\n".join(crawl.faults)


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["facilitator", "administrator"])
def test_every_form_of_ours_in_the_admin_is_accepted(world, met, role, admin_templates):
    client, _person = browser_of(role)
    Synonym.objects.create(words="ordi, ordinateur")
    Promoted.objects.create(words="ordinateur", page=world.page.page_ptr)
    today = timezone.localdate()
    ZeroResultSearch.objects.create(digest="zut", words="zut", first_on=today, last_on=today)
    topic = world.page.topics[0]
    crawl = Crawl(client, under="/admin/", passes_over=OF_WAGTAIL)
    crawl.go([reverse("merge_topic", args=[topic.pk]), *admin_addresses()])
    met += crawl.found
    assert crawl.faults == [], "\n".join(crawl.faults)


def admin_addresses() -> list[str]:
    names = ("search_zeroresultsearch", "search_synonym", "search_promoted", "wiki_topic")
    return [reverse(f"{name}_modeladmin_index") for name in names]


# What keeps the crawl honest.


def forms_written() -> list[tuple[str, str, str]]:
    """(template, method, action) of every form in the templates; the action: a route's name,
    « … » when it is computed, nothing when the form goes back where it stands."""
    found = []
    for path in sorted(TEMPLATES.rglob("*.html")):
        for tag in FORM.findall(path.read_text()):
            method = "POST" if 'method="post"' in tag else "GET"
            found.append((path.relative_to(TEMPLATES).as_posix(), method, action_in(tag)))
    return found


def action_in(tag: str) -> str:
    action = re.search(r"""\baction="((?:{%.*?%}|[^"])*)\"""", tag)
    if action is None:
        return ""
    route = re.search(r"""{% (?:url|page_url page) '(\w+)'""", action[1])
    return route[1] if route else "…"


def is_met(form: tuple[str, str, str], found: list) -> bool:
    template, method, action = form
    return any(
        template in sending.screen.templates
        and method == sending.method
        and action in ({sending.goes_to, "…"} if sending.action else {""})
        for sending in found
    )


@pytest.mark.django_db
def test_the_crawl_met_every_form_that_a_template_holds(met):
    written = [form for form in forms_written() if form[0] not in ELSEWHERE]
    assert len(written) > 25
    missed = [form for form in written if not is_met(form, met)]
    assert missed == [], missed


@pytest.mark.django_db
def test_the_crawl_tells_a_form_without_token(world):
    client, _person = browser_of("contributor")
    address = f"{world.page.address}modifier/"
    screen = screen_of(address, client.get(address))
    whole, *_others = [s for s in sendings(screen) if s.goes_to == "edit"]
    assert fault_of(client, whole) == ""
    whole.fields = [(name, value) for name, value in whole.fields if name != TOKEN]
    assert fault_of(client, whole)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/photos/", "/pieces/"])
def test_the_token_of_the_form_is_what_sends_a_file(world, address):
    client, _person = browser_of("contributor")
    token = token_in(client.get(f"{world.page.address}modifier/"))
    statuses = []
    for headers in ({}, {"X-CSRFToken": token}):
        sent = {"file": saved(halves()), "alt": "x"}
        statuses.append(client.post(address, sent, headers=headers).status_code)
    assert statuses[0] == 403
    assert statuses[1] != 403
