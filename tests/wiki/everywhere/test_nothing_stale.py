"""After any change, what is kept of other pages is what a fresh page would be.

Everything that a visitor reads is kept, then something changes: each act of the site and of its
admin, each field of each kind of page. What is still kept must be what is made again.
"""

from contextlib import contextmanager
from datetime import date, time, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.test import Client
from wagtail.fields import RichTextField
from wagtail.models import Page, get_page_models

from meetings.models import MeetingPage
from structures.models import StructurePage
from tests import factories, kept
from tests.wiki import admin_acts, front_acts, secrets
from wiki.access.visibility import visible_to
from wiki.http import kept_pages as kept_pages_module
from wiki.http.kept_pages import kept_pages
from wiki.models import SiteRevision, WikiPage
from wiki.pages.content import child_relations, row_fields, written_fields
from wiki.publishing import altered
from wiki.text.model_fields import BodyField

pytestmark = pytest.mark.django_db
SCREENS = [
    *("/", "/recherche/", "/recherche/?q=wifi", "/themes/", "/changements/", "/changements/flux/"),
    *("/contributeurs/", "/plan-du-site/", "/sitemap.xml", "/lieux/", "/reunions/", "/pratiques/"),
    *("/sitemap-0.xml", "/collectif/reunions/", "/pratiques/fiches/"),
    *("/pages-a-ecrire/", "/pages-orphelines/", "/fiches/", "/supports/", "/situations/"),
]


# What is kept, and what is made again


class Visited:
    """What a visitor and a contributor were sent of all pages and screens, as it is kept."""

    def __init__(self, addresses: list[str]):
        self.asked: dict[tuple, tuple[Client, str]] = {}
        for client in (Client(raise_request_exception=False), contributing()):
            for address in addresses:
                self.visit(client, address)
        self.answers, self.stamp = dict(kept_pages.answers), kept_pages.stamp
        self.weight = kept_pages.weight

    def visit(self, client: Client, address: str) -> None:
        known = set(kept_pages.answers)
        client.get(address)
        for key in set(kept_pages.answers) - known:
            self.asked[key] = (client, address)

    def keep_again(self) -> None:
        """As it was before what a test has undone."""
        kept_pages.forget()
        kept_pages.answers.update(self.answers)
        kept_pages.stamp, kept_pages.weight = self.stamp, self.weight

    def still_kept(self) -> dict[tuple, bytes]:
        stamp = SiteRevision.newest()
        found = {key: kept_pages.get(key, stamp) for key in list(kept_pages.answers)}
        return {key: one.body for key, one in found.items() if one and key in self.asked}

    def stale(self) -> list[str]:
        """The addresses whose kept answer is not the one that is made again. A person whose
        rights have changed asks for another one."""
        known = self.still_kept()
        kept.forget_all()
        made = {key: self.asked[key][0].get(self.asked[key][1]).content for key in known}
        served = set(kept_pages.answers) | {key for key in known if is_of_visitors(key)}
        return [self.asked[key][1] for key in known if key in served and made[key] != known[key]]


def is_of_visitors(key: tuple) -> bool:
    return key[1] != "testserver"


def contributing() -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(factories.person("Contributeurs"))
    return client


@contextmanager
def block():
    """A transaction undone at the end, which the site takes for no transaction of its own."""
    around = transaction.atomic()
    around._from_testcase = True
    with around:
        yield
        transaction.set_rollback(True)


def open_addresses() -> list[str]:
    pages = visible_to(AnonymousUser()).filter(depth__gte=2)
    return [page.specific.address for page in pages if hasattr(page.specific, "address")]


@contextmanager
def visited(most: int | None = None):
    kept.forget_all()
    yield Visited([*SCREENS, *open_addresses()[-most:]] if most else [*SCREENS, *open_addresses()])
    kept.forget_all()


# Each act


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), block():
        things = admin_acts.build()
        opened = things.world.pages["open"]
        factories.page(title="Qui mène à elle", body=leading_to(opened))
        with visited(most=60) as seen:
            yield things, seen


def leading_to(page) -> str:
    return f'<p>Voir <a linktype="page" id="{page.pk}">cette page</a>.</p>'


EVERY_ACT = [("front", act) for act in front_acts.ACTS] + [("admin", a) for a in admin_acts.ACTS]


@pytest.mark.sampled(every=12)
@pytest.mark.parametrize(("door", "act"), EVERY_ACT, ids=lambda one: str(one))
def test_after_an_act_nothing_kept_is_old(world, door, act):
    things, seen = world
    for role in [r for r in ("superuser", "contributor") if r in act.allowed or not act.allowed]:
        client = things.world.clients[role]
        cookies = client.cookies.copy()
        with block():
            seen.keep_again()
            act.send(things if door == "admin" else things.world, role, client)
            assert seen.stale() == [], role
        client.cookies = cookies


def test_what_is_kept_is_pages_and_screens(world):
    _things, seen = world
    seen.keep_again()
    assert len(seen.still_kept()) > 60
    assert seen.stale() == []


# Each field of each kind of page


KINDS = [model for model in get_page_models() if issubclass(model, WikiPage)]
WORDS = [
    *("Autre chose", "37500", "02 47 00 00 00", "https://exemple.org/", "a@exemple.org"),
    *("26370018900013", "Mo 09:00-12:00", "47.17", "30", "1"),
]


def fields_of(model) -> list[str]:
    names = [field.name for field in written_fields(model)]
    return [*names, *child_relations(model), "topics"]


CASES = [(model, name) for model in KINDS for name in fields_of(model)]


@pytest.fixture(scope="module")
def rings(django_db_setup, django_db_blocker):
    """A page of each kind with pages around it in all the ways that there are."""
    with django_db_blocker.unblock(), block():
        pages = {model: ring_around(model) for model in KINDS}
        with visited() as seen:
            yield pages, seen


def ring_around(model) -> Page:
    if not model.creatable:
        return model.objects.live().order_by("-depth").first()
    own = {"date": date(2026, 3, 3)} if model is MeetingPage else {}
    if model is StructurePage:
        own["commune"] = "Chinon"
    around = factories.page(model, title=f"Voisine {model.kind}", topics=["Anneau"], **own)
    body = f'{leading_to(around)}<p><a linktype="wanted" title="À venir">À venir</a></p>'
    page = factories.page(
        model, title=f"Au centre {model.kind}", topics=["Anneau"], body=body, **own
    )
    factories.page(title=f"Mène à {model.kind}", body=leading_to(page), topics=["Anneau"])
    named = f'<p><a linktype="wanted" title="{page.title}">elle</a></p>'
    factories.page(title=f"Nomme {model.kind}", body=named)
    return page


def other_values(field: models.Field, page) -> list:
    """Values of a field that it has not, the likeliest to be accepted first."""
    old = getattr(page, field.name, None)
    if isinstance(field, (BodyField, RichTextField)):
        target = Page.objects.get(slug="glossaire")
        return [
            f'<p>Plus rien.</p>{leading_to(target)}<p><a linktype="wanted" title="Neuf">n</a></p>'
        ]
    if isinstance(field, models.ForeignKey):
        rows = field.remote_field.model.objects.exclude(pk=page.pk).order_by("-pk")
        return [row for row in rows[:5] if row != old] or [made_for(field)]
    if isinstance(field, models.DateField):
        return [(old or date(2026, 5, 5)) - timedelta(days=400)]
    if isinstance(field, models.TimeField):
        return [time(9, 30), time(23, 0)]
    if isinstance(field, models.FloatField):
        return [47.1673, 0.2412]  # both may be either
    choices = [value for value, _name in field.flatchoices or getattr(field, "choices", None) or []]
    if isinstance(old, list):
        return [[value] for value in choices or WORDS if [value] != old]
    return [value for value in choices or WORDS if value not in (old, "")]


def made_for(field):
    return (
        secrets.document_named("Un plan", "plan", "Le plan") if "document" in field.name else None
    )


def changed_in(page, name: str) -> None:
    """The page published with another value of a field, or one row more."""
    relations = child_relations(type(page))
    if name == "topics":
        fresh = type(page).objects.get(pk=page.pk)
        fresh.set_topics(["Tout autre sujet"])
        publish_as_it_is(fresh)
    elif name in relations:
        add_row(page, name, relations[name])
    else:
        change_field(page, type(page)._meta.get_field(name))


def change_field(page, field) -> None:
    for value in other_values(field, page):
        try:
            with transaction.atomic():
                factories.edited(page, **with_its_pair(field, value))
                return
        except (ValidationError, ValueError, TypeError, ArithmeticError):
            continue
    raise AssertionError(f"no value for {field.name}")


def with_its_pair(field, value) -> dict:
    """A latitude goes with a longitude."""
    pair = ("latitude", "longitude") if isinstance(field, models.FloatField) else (field.name,)
    return dict.fromkeys(pair, value)


def add_row(page, name: str, model) -> None:
    fresh = type(page).objects.get(pk=page.pk)
    row = model()
    for field in row_fields(model):
        values = [1] if isinstance(field, models.IntegerField) else other_values(field, row)
        setattr(row, field.name, values[0] if values else None)
    setattr(fresh, name, [*getattr(fresh, name).all(), row])
    publish_as_it_is(fresh)


def publish_as_it_is(page) -> None:
    from wiki.publishing.publishing import Edit, newest_version, publish

    publish(page, Edit(base=newest_version(page).number))


def case_id(value) -> str:
    return getattr(value, "__name__", str(value))


@pytest.mark.sampled(every=10)
@pytest.mark.parametrize(("model", "name"), CASES, ids=case_id)
def test_after_a_field_changes_nothing_kept_is_old(rings, model, name):
    pages, seen = rings
    with block():
        seen.keep_again()
        stamp = SiteRevision.newest()
        changed_in(pages[model], name)
        assert SiteRevision.newest() > stamp
        assert seen.stale() == []


@pytest.mark.parametrize("name", ["title", "body"])
def test_a_change_that_told_less_than_it_alters_is_seen(rings, name, monkeypatch):
    """The other tests would also pass on a site where nothing is compared."""
    from wiki.models import ArticlePage

    monkeypatch.setattr(altered, "by_publication", lambda *_: {"nothing"})
    pages, seen = rings
    with block():
        seen.keep_again()
        changed_in(pages[ArticlePage], name)
        assert seen.stale() != []


@pytest.mark.sampled(every=4)
@pytest.mark.parametrize("model", KINDS, ids=case_id)
def test_a_new_text_ends_few_of_the_others(rings, model):
    """The page itself, those that name it, and the screens that list pages."""
    pages, seen = rings
    with block():
        seen.keep_again()
        before = len(seen.still_kept())
        change_field(pages[model], model._meta.get_field("body"))
        assert len(seen.still_kept()) > before * 0.6


def test_what_was_kept_before_a_backup_came_back_is_not_served(rings):
    _pages, seen = rings
    seen.keep_again()
    SiteRevision.objects.update(number=kept_pages.stamp - 3)
    assert seen.still_kept() == {}


def test_a_slow_thread_neither_empties_nor_revives_what_is_kept(rings):
    _pages, seen = rings
    seen.keep_again()
    key = next(iter(seen.answers))
    assert kept_pages.get(key, kept_pages.stamp - 1) is not None
    old = kept_pages_module.Kept(b"", [], "", 9e12, None)
    kept_pages.put(("/x", "", None, False, "http", None), old, kept_pages.stamp - 1)
    assert ("/x", "", None, False, "http", None) not in kept_pages.answers
