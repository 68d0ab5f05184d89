"""Every route × hostile sizes, asked for and sent: bounded in time and in memory, and answered.

The light part asks all routes for one of each sort of size; the whole is for `make test-all`.
"""

import random
import resource
import time
from itertools import product
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import get_resolver

from tests import costs, factories, kept
from tests.wiki import every_route
from tests.wiki.access.test_visibility import routes
from tests.wiki.every_route import PARAMETERS, UNKNOWN
from tests.wiki.everywhere.test_hostile_input import NAMES, Browser
from wiki.publishing.publishing import newest_version

MOST_SECONDS = 2  # of processor
MOST_GROWN = 200_000  # kB
LINE = 3_500  # signs of an address: gunicorn refuses more
MEGABYTES = 10_000_000
DRAW = random.Random(4)
LETTERS = "abcdefghiklmnopq"  # 65,536 words of four of them

ASKED = {
    "quotes": '"' * LINE,
    "an open quote": '"' + " " * LINE,
    "blanks": "mdp=" + " " * LINE,
    "brackets": "[[" * (LINE // 2),
    "a word": "a" * LINE,
    "figures": "1" * LINE,
    "many words": "ab " * (LINE // 3),
    "minus signs": "-a " * (LINE // 3),
    "tags": "<ul><li>" * (LINE // 8),
    "addresses": "www.a.fr," * (LINE // 9),
}
SOME_ASKED = ["an open quote", "many words"]
BODIES = {
    "repeated blocks": "".join(f"<p>a {n % 3}</p>" for n in range(2_000)),
    "equal blocks": "<p>Le même paragraphe</p>" * 3_000,
    "lists in lists": "<ul><li>" * 18_000,
    "frames in frames": "<div>" * 30_000,
    "marks": "".join(f"<b title={n}>" for n in range(100)) + "<p>x" * 20_000,
    "a table": f"<table>{'<tr><td>a</td><td>b</td></tr>' * 2_000}</table>",
    "links": '<p><a href="/a/">x</a> www.exemple.fr [[Une page]]</p>' * 1_500,
    "one long word": f"<p>{'a' * 390_000}</p>",
    "blanks": f"<p>mdp={' ' * 390_000}</p>",
    "quotes": f"<p>{'&quot;« ' * 40_000}</p>",
    "brackets": f"<p>{'[[' * 190_000}</p>",
    "words": f"<p>{' '.join(DRAW.choice('ab') for _rank in range(190_000))}</p>",
    "titles": f"<p>{' '.join(f'[[{n}]]' for n in range(1_900))}</p>",
    "more titles": f"<p>{' '.join(f'[[{n}]]' for n in range(45_000))}</p>",
    "typed addresses": f"<p>{' '.join(f'a{n}@a.fr' for n in range(1_900))}</p>",
    "different words": f"<p>{' '.join(''.join(word) for word in product(LETTERS, repeat=4))}</p>",
    "arobases": f"<p>{'a@a.' * 95_000}</p>",
    "signs « and »": "&" * 399_000,
    "signs « more »": ">" * 399_000,
    "attributes": f"<p {' '.join(f'{n:x}' for n in range(68_000))}>x",
    "attributes, too long": f"<p {' '.join(f'{n:x}' for n in range(130_000))}>x",
    "too long": "<p>mot</p>" * 60_000,
}
SOME_BODIES = [
    *("equal blocks", "lists in lists", "more titles", "different words"),
    *("signs « and »", "attributes", "attributes, too long"),
]
FIELDS = (
    *("title", "summary", "topics", "edit_summary", "reason", "display_name", "email", "username"),
    *("password", "alt", "query", "base", "key", "kind", "date", "telephone", "site", "hours"),
    *("q", "parent", "sous", "person", "page", "seen", "resumes", "keys", "discard", "newest"),
)
LONG = {
    "blanks after a label": "mdp=" + " " * 64_000,
    "quotes": '"' * 64_000,
    "brackets": "[(<" * 20_000,
    "figures": "1 " * 32_000,
    "a word": "a" * 64_000,
    "addresses": "a@a.fr, www.a.fr " * 4_000,
    "lines": "\n- a" * 16_000,
}
SOME_LONG = ["blanks after a label", "addresses"]


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """A page whose two versions are as hard to compare as may be; what else every route asks."""
    with django_db_blocker.unblock(), transaction.atomic():
        built = every_route.build()
        bodies = BODIES["repeated blocks"], BODIES["repeated blocks"].replace("a 2", "a 1")
        for body in bodies:
            built.page = factories.edited(built.page, author=built.person, body=body)
        yield built
        transaction.set_rollback(True)


@pytest.fixture
def client(world):
    made = Browser(raise_request_exception=False)
    made.force_login(world.person)
    return made


def test_no_route_is_left_out(world):
    assert set(every_route.addresses(world)) == routes(get_resolver("kb.urls").url_patterns)


@pytest.mark.whole
def test_what_costs_too_much_is_seen():
    """The positive control."""
    assert faults_of("a turn", lambda: Answered(spent=2 * costs.most(MOST_SECONDS)))
    assert faults_of("memory", lambda: Answered(taken=3 * MOST_GROWN * 1000))
    assert faults_of("an error", lambda: Answered(status=500))
    assert not faults_of("nothing", lambda: Answered())


class Answered:
    """An answer that takes some seconds of processor and bytes."""

    def __init__(self, spent=0, taken=0, status=200):
        self.status_code, end = status, time.process_time() + spent
        while time.process_time() < end:
            pass
        held = bytearray(taken)
        held[::4096] = b"x" * len(held[::4096])


def faults_of(case: str, ask) -> list[str]:
    """A case that takes too long is asked twice more: the least of them counts."""
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    spent, answer = costs.timed(ask)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory
    for _turn in range(2):
        if costs.is_long(spent, MOST_SECONDS):
            spent = min(spent, costs.timed(ask)[0])
    found = [f"{spent:.1f} s"] if costs.is_long(spent, MOST_SECONDS) else []
    found += [f"{grown // 1000} MB"] if grown > MOST_GROWN else []
    found += [str(answer.status_code)] if answer.status_code >= 500 else []
    return [f"{case}: {', '.join(found)}"] if found else []


def undone(act):
    """Nothing is kept of what is sent: each case meets the same site."""

    def acted():
        with transaction.atomic():
            answer = act()
            transaction.set_rollback(True)
        kept.forget_all()
        return answer

    return acted


def asked(client, address: str, name: str, kinds) -> list[str]:
    faults = []
    for parameter in [*PARAMETERS.get(name, []), *UNKNOWN[:1]]:
        for kind in kinds:
            query = {parameter: ASKED[kind]}
            faults += faults_of(
                f"GET {name} {parameter} {kind}", lambda query=query: client.get(address, query)
            )
    return faults


def form_of(world, **changes) -> dict:
    """What the forms of a page carry, whatever their route reads of it."""
    base = newest_version(world.page).number - 1  # somebody published since: it is to merge
    common = {"title": "Titre", "licence": "cc-by-sa-4.0", "base": base, "key": str(uuid4())}
    return {**common, "page": world.page.pk, "date": "2026-12-01", "body": "<p>x</p>", **changes}


def rows(claimed: int, sent: int) -> dict:
    """Of every list that a type of page has."""
    lists = ("decisions", "actions", "attendances", "attachments", "permanences", "sources")
    made = {f"{name}-TOTAL_FORMS": str(claimed) for name in lists}
    for name in lists:
        for rank in range(sent):
            made |= {f"{name}-{rank}-text": "x" * 50, f"{name}-{rank}-rhythm": "le lundi"}
    return made


def sendings(world, bodies, long) -> list[tuple[str, dict]]:
    made = [(f"body {name}", form_of(world, body=BODIES[name])) for name in bodies]
    for name in long:
        made.append((f"fields {name}", form_of(world, **dict.fromkeys(FIELDS, LONG[name]))))
        made.append((f"title {name}", form_of(world, title=LONG[name])))
    made.append(("rows claimed", form_of(world, **rows(1000, 0))))
    made.append(("rows sent", form_of(world, **rows(1000, 300))))
    made.append(("fields", {f"x{n}": "1" for n in range(20_000)}))
    made.append(("10 MB", form_of(world, body="a" * MEGABYTES)))
    return made


def sent(client, address: str, name: str, world, bodies, long) -> list[str]:
    faults = []
    for kind, data in sendings(world, bodies, long):
        act = undone(lambda data=data: client.post(address, data))
        faults += faults_of(f"POST {name} {kind}", act)
    return faults + files(client, address, name)


def files(client, address: str, name: str) -> list[str]:
    faults = []
    for filename in ("a.png", "a.pdf", "a.docx"):

        def act(filename=filename):
            return client.post(address, {"file": SimpleUploadedFile(filename, b"a" * MEGABYTES)})

        faults += faults_of(f"POST {name} {filename} of 10 MB", undone(act))
    return faults


@pytest.mark.sampled(every=4)
@pytest.mark.parametrize("name", NAMES)
def test_no_route_takes_long_for_what_it_is_asked(world, client, name):
    address = every_route.addresses(world)[name]
    assert not asked(client, address, name, SOME_ASKED)


@pytest.mark.sampled(every=6)
@pytest.mark.parametrize("name", ["edit", "new", "preview", "save_draft", "rename", "login"])
def test_no_route_takes_long_for_what_it_is_sent(world, client, name):
    address = every_route.addresses(world)[name]
    assert not sent(client, address, name, world, SOME_BODIES, SOME_LONG)


@pytest.mark.whole
@pytest.mark.parametrize("name", NAMES)
def test_no_route_takes_long_for_anything(world, client, name):
    """As a facilitator, and as somebody who is not logged in."""
    address = every_route.addresses(world)[name]
    for person in (client, Browser(raise_request_exception=False)):
        found = asked(person, address, name, ASKED)
        found += sent(person, address, name, world, BODIES, LONG)
        assert not found


# Pages of a text that was taken


@pytest.mark.sampled(every=5)
@pytest.mark.parametrize(
    "kind", ["titles", "typed addresses", "different words", "signs « and »", "signs « more »"]
)
def test_no_page_of_a_text_that_was_taken_takes_long(world, client, kind):
    for person, faults in pages_of(world, client, kind):
        assert not faults, person


@pytest.mark.whole
@pytest.mark.parametrize("kind", BODIES)
def test_no_page_of_any_text_that_was_taken_takes_long(world, client, kind):
    for person, faults in pages_of(world, client, kind):
        assert not faults, person


def pages_of(world, client, kind):
    """What its screens cost whoever reads them, once it is sent twice, if it is taken."""
    with transaction.atomic():
        for body in (BODIES[kind], BODIES[kind].replace("a", "e", 40)):
            base = newest_version(world.page).number
            form = form_of(world, body=body, base=base)
            spent, _answer = costs.timed(
                lambda form=form: client.post(f"{world.page.address}modifier/", form)
            )
            yield "its writer", [f"{spent:.1f} s"] if costs.is_long(spent, MOST_SECONDS) else []
        number = newest_version(world.page).number
        for end in (
            "",
            "historique/",
            f"versions/{number}/",
            "difference/",
            "annoter/",
            "modifier/",
        ):
            for person in (client, Browser()):
                address = f"{world.page.address}{end}"
                yield end, faults_of(end, lambda p=person, a=address: p.get(a))
        transaction.set_rollback(True)
    kept.forget_all()
