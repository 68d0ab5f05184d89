"""What a page view costs: at most 8 queries with a cold cache, one (the stamp) with a warm one.

The content types and the paths of the sites are kept in memory by Django and Wagtail for
the life of a worker: they are warm here, as they are after a worker's first page. Saving
points are the tests' own and are not counted.
"""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Site

from meetings.models import Attendance, Decision, MeetingPage
from practices.models import GuidelinePage, PracticePage, Source, TrainingMaterialPage
from structures.models import Permanence, StructurePage
from tests import factories
from wiki.http.kept_pages import kept_pages
from wiki.models import ArticlePage

pytestmark = pytest.mark.django_db
MOST = 8
ADDRESSES = [
    "/",
    "/lieux/",
    "/lieux/?commune=Chinon",
    "/lieux/epn-mediatheque-du-veron/",
    "/pratiques/",
    "/pratiques/situations/",
    "/pratiques/situations/?theme=mots-de-passe",
    "/pratiques/situations/usager-donne-mot-de-passe/",
    "/pratiques/fiches/",
    "/pratiques/fiches/?niveau=debutant&appareil=telephone",
    "/pratiques/fiches/reconnaitre-un-faux-message/",
    "/pratiques/supports/",
    "/pratiques/supports/?famille=culture",
    "/pratiques/glossaire/",
    "/collectif/",
    "/collectif/reunions/",
    "/collectif/reunions/reunion-du-5-fevrier-2020/",
    "/collectif/reunions/prochaine-reunion/",
    "/aide/",
    "/themes/",
    "/changements/",
    "/changements/?sorte=fiche",
    "/changements/?theme=mots-de-passe&mineures=non",
    "/contributeurs/",
    "/changements/flux/",
    "/plan-du-site/",
    "/pages-a-ecrire/",
    "/pages-orphelines/",
    "/pratiques/situations/usager-donne-mot-de-passe/pages-liees/",
    "/sitemap.xml",
    "/sitemap-0.xml",
    "/recherche/",
    "/recherche/?q=mot+de+passe",
    "/recherche/?q=un+usager+me+donne+son+mot+de+passe&sorte=situation",
    "/recherche/?q=zzzzzz",
    "/pratiques/situations/usager-donne-mot-de-passe/historique/",
    "/pratiques/situations/usager-donne-mot-de-passe/versions/1/",
    "/pratiques/situations/usager-donne-mot-de-passe/difference/",
    "/pratiques/situations/usager-donne-mot-de-passe/difference/?de=1&a=3",
    "/pratiques/situations/usager-donne-mot-de-passe/annoter/",
    "/pratiques/situations/usager-donne-mot-de-passe/flux/",
    (NOWHERE := "/nulle-part/"),
]


def queries_of(address: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        response = Client().get(address)
    assert response.status_code == (404 if address == NOWHERE else 200), address
    return [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]


def cold(address: str) -> list[str]:
    """The queries of a first view, the memory of a worker being warm."""
    Client().get(address)
    kept_pages.forget()
    Site.get_site_root_paths()
    return queries_of(address)


def is_note(sql: str) -> bool:
    """A zero-result search is noted after it is answered, once a day and stamp."""
    return "search_zeroresultsearch" in sql or "busy_timeout" in sql


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_first_view_costs_eight_queries_at_most(address):
    queries = [sql for sql in cold(address) if not is_note(sql)]
    assert len(queries) <= MOST, "\n".join(queries)


@pytest.mark.parametrize("address", [url for url in ADDRESSES if url != "/nulle-part/"])
def test_a_second_view_costs_one_query(address):
    cold(address)
    (query,) = queries_of(address)
    assert "wiki_siterevision" in query


def test_every_kind_of_page_is_measured():
    """So that a new page type comes with its address above."""
    measured = {
        page.specific_class
        for page in Page.objects.all()
        if page.live and page.url in {address.partition("?")[0] for address in ADDRESSES}
    }
    shown = {page.specific_class for page in Page.objects.filter(live=True, depth__gt=1)}
    assert shown - measured <= {TrainingMaterialPage}


def test_every_training_material_costs_eight_queries_at_most():
    for page in TrainingMaterialPage.objects.filter(live=True)[:3]:
        assert len(cold(page.address)) <= MOST


# The same number with 2 rows and with 30.

ALONE = {"Chapeau", "Souvent écrite", "Beaucoup de liens"}


def guidelines(count: int):
    for number in range(count):
        rows = [Source(title=f"Source {rank}") for rank in range(count)]
        factories.page(
            GuidelinePage, sources=rows, topics=["Lot", f"Lot {number}"], short_answer="Oui."
        )


def sheets(count: int):
    for _ in range(count):
        factories.page(PracticePage, topics=["Lot"], publics=["seniors"], devices=["tablette"])


def materials(count: int):
    for _ in range(count):
        factories.page(TrainingMaterialPage, topics=["Lot"], family="culture")


def places(count: int):
    first = StructurePage.objects.filter(live=True).first()
    for _ in range(count):
        rows = [Permanence(place=first, rhythm="lundi") for _ in range(count)]
        factories.page(StructurePage, commune="Lotville", permanences=rows, topics=["Lot"])


def meetings(count: int):
    first = StructurePage.objects.filter(live=True).first()
    for number in range(count):
        factories.page(
            MeetingPage,
            date=f"20{10 + number // 12}-{number % 12 + 1:02}-01",
            attendances=[Attendance(structure=first) for _ in range(count)],
            decisions=[Decision(text="Oui") for _ in range(count)],
        )


def articles(count: int):
    parent = factories.page(title="Chapeau", slug="chapeau")
    for _ in range(count):
        factories.page(parent=Page.objects.get(pk=parent.pk), topics=["Lot"])


def versions(count: int):
    page = factories.page(title="Souvent écrite", slug="souvent-ecrite")
    for number in range(count):
        page = factories.edited(page, body=f"<p>{number}</p>")


def links(count: int):
    targets = [factories.page() for _ in range(count)]
    body = "".join(f'<p><a linktype="page" id="{page.pk}">lien</a></p>' for page in targets)
    body += "".join(f'<a linktype="wanted" title="À écrire {n}">x</a>' for n in range(count))
    body += "".join(f'<a linktype="wanted" title="{page.title}">x</a>' for page in targets)
    factories.page(title="Beaucoup de liens", slug="beaucoup-de-liens", body=body)
    for _ in range(count):
        linked = ArticlePage.objects.get(slug="beaucoup-de-liens").pk
        factories.page(body=f'<p><a linktype="page" id="{linked}">lien</a></p>')


GROWING = {
    guidelines: [
        *("/pratiques/situations/", "/themes/", "/themes/lot/", "/recherche/?q=lot"),
        *("/changements/", "/changements/flux/", "/plan-du-site/", "/sitemap.xml", "/"),
        "/sitemap-0.xml",
    ],
    sheets: ["/pratiques/fiches/", "/pratiques/fiches/?public=seniors"],
    materials: ["/pratiques/supports/"],
    places: ["/lieux/", "/lieux/?commune=Lotville"],
    meetings: ["/collectif/reunions/"],
    articles: ["/collectif/", "/collectif/chapeau/"],
    versions: [
        f"/collectif/souvent-ecrite/{screen}" for screen in ("", "historique/", "difference/")
    ],
    links: [
        *("/collectif/beaucoup-de-liens/", "/collectif/beaucoup-de-liens/pages-liees/"),
        *("/pages-a-ecrire/", "/pages-orphelines/"),
    ],
}


@pytest.mark.sampled(every=8)
@pytest.mark.parametrize("make", GROWING, ids=lambda make: make.__name__)
def test_the_number_of_queries_does_not_grow_with_the_rows(make):
    make(2)
    few = {address: len(cold(address)) for address in GROWING[make]}
    for page in ArticlePage.objects.filter(title__in=ALONE):
        page.delete()
    make(30)
    many = {address: len(cold(address)) for address in GROWING[make]}
    assert many == few
    assert max(many.values()) <= MOST


ROWS = {GuidelinePage: guidelines, StructurePage: places, MeetingPage: meetings}


@pytest.mark.parametrize("model", ROWS)
def test_a_page_costs_the_same_however_many_rows_it_holds(model):
    ROWS[model](2)
    few = cold(model.objects.order_by("-pk").first().address)
    ROWS[model](6)
    many = cold(model.objects.order_by("-pk").first().address)
    assert len(many) == len(few) <= MOST, "\n".join(many)


def test_a_known_reader_costs_a_few_queries_more(contributor, logged_in, guideline):
    """The session, the person, their rights, who else edits; nothing that grows."""
    client = logged_in(contributor)
    client.get(guideline.address)
    with CaptureQueriesContext(connection) as captured:
        client.get(guideline.address)
    assert len([q for q in captured if "SAVEPOINT" not in q["sql"]]) <= MOST + 10
