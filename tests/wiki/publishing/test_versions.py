"""What a version holds of a page, and back again."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Page

from meetings.models import Action, Decision, MeetingPage
from practices.models import GuidelinePage, Source
from structures.models import Label, Permanence, StructurePage
from tests import factories
from tests.wiki.screens import said, text_of
from wiki.markup import html
from wiki.models import ArticlePage, Version
from wiki.pages import content
from wiki.publishing.publishing import newest_version

pytestmark = pytest.mark.django_db
on_a_database = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def test_every_page_of_the_demonstration_comes_back_from_its_version():
    for page in Page.objects.filter(live=True, depth__gt=1).specific():
        held = newest_version(page).content
        assert content.content_of(page) == held, page.slug
        built = content.page_with(page, held)
        built.topic_links = page.topic_links.all()
        assert content.content_of(built) == held, page.slug


def test_every_old_version_of_the_demonstration_can_be_built():
    for version in Version.objects.select_related("page"):
        built = content.page_with(version.page, version.content)
        assert built.title == version.title
        assert len(content.full_text(built)) > 0


def test_the_page_read_is_the_page_stored():
    """Readers get the newest version; the admin and the search read the page's own table."""
    for page in Page.objects.filter(live=True, depth__gt=2).specific():
        built = content.page_with(page, newest_version(page).content)
        for field in content.written_fields(type(page)):
            assert getattr(built, field.attname) == getattr(page, field.attname), page.slug


def test_building_a_page_costs_no_query():
    page = StructurePage.objects.get(slug="epn-mediatheque-du-veron")
    base, held = Page.objects.get(pk=page.pk), newest_version(page).content
    assert base.specific_class  # its content type is known
    with CaptureQueriesContext(
        connection,
    ) as captured:
        built = content.page_with(base, held)
        list(built.permanences.all())
    assert len(captured) == 0


PLAIN = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60)
LINES = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


@on_a_database
@given(
    title=PLAIN.filter(lambda text: text.strip()),
    summary=PLAIN,
    answer=LINES,
    rows=st.lists(st.tuples(PLAIN.filter(str.strip), PLAIN), max_size=4),
)
def test_any_guideline_comes_back(guideline, title, summary, answer, rows):
    page = GuidelinePage(title=title, summary=summary, short_answer=answer)
    page.sources = [Source(title=name, dated=dated) for name, dated in rows]
    held = content.content_of(page)
    built = content.page_with(guideline, held)
    built.topic_links = []
    assert content.content_of(built) == held


@on_a_database
@given(
    day=st.dates(),
    begin=st.none() | st.times().map(lambda moment: moment.replace(microsecond=0)),
    place=PLAIN,
    actions=st.lists(st.tuples(PLAIN, st.none() | st.dates()), max_size=4),
)
def test_any_meeting_comes_back(day, begin, place, actions):
    known = MeetingPage.objects.first()
    page = MeetingPage(title="Réunion", date=day, starts_at=begin, place=place)
    page.actions = [Action(what=what, due=due) for what, due in actions]
    page.decisions = [Decision(text=what) for what, _due in actions]
    held = content.content_of(page)
    built = content.page_with(known, held)
    built.topic_links = []
    assert content.content_of(built) == held
    assert built.date == day


@on_a_database
@given(
    latitude=st.none() | st.floats(-90, 90),
    kinds=st.lists(st.sampled_from(["EPN", "BIB", "ASSO", "MUNI"]), unique=True),
    emails=st.lists(st.emails().filter(lambda text: "|" not in text), max_size=3),
)
def test_any_structure_comes_back(latitude, kinds, emails):
    known = StructurePage.objects.first()
    page = StructurePage(title="Lieu", latitude=latitude, typologie=kinds, courriels=emails)
    page.labels = [Label(name="Label", year=2020)]
    page.permanences = [Permanence(place=known, rhythm="lundi")]
    held = content.content_of(page)
    built = content.page_with(known, held)
    built.topic_links = []
    assert content.content_of(built) == held


def test_an_old_content_may_hold_unknown_keys_and_miss_others(guideline, client):
    """Models change; versions do not."""
    version = Version.objects.get(page_id=guideline.pk, number=1)
    held = {key: value for key, value in version.content.items() if key != "short_answer"}
    held |= {"colour": "bleu", "steps": [{"a": 1}]}
    held["sources"] = [{"title": "Source", "colour": "bleu"}]
    Version.objects.filter(pk=version.pk).update(content=held)
    for screen in ("versions/1/", "difference/?de=1&a=2", "historique/"):
        assert client.get(f"{guideline.address}{screen}").status_code == 200, screen


@pytest.mark.parametrize("missing", ["title", "body", "topics", "sources", "licence", "summary"])
def test_an_old_content_may_miss_any_key(guideline, client, missing):
    version = Version.objects.get(page_id=guideline.pk, number=1)
    held = {key: value for key, value in version.content.items() if key != missing}
    Version.objects.filter(pk=version.pk).update(content=held)
    for screen in ("versions/1/", "difference/?de=1&a=2"):
        assert client.get(f"{guideline.address}{screen}").status_code == 200, screen


def test_an_old_content_may_name_pages_and_files_that_are_gone(client):
    place = factories.page(StructurePage, title="Lieu disparu")
    page = factories.page(StructurePage, permanences=[Permanence(place=place)])
    factories.edited(page, structure_parente=place, permanences=[])
    place.delete()
    for screen in ("versions/1/", "versions/2/", "difference/", "historique/", ""):
        answer = client.get(f"{page.address}{screen}")
        assert answer.status_code == 200, screen
        assert "Lieu disparu" not in answer.content.decode()


def test_a_person_who_leaves_keeps_their_name_on_what_they_wrote(contributor, client):
    page = factories.page(author=contributor)
    name = contributor.display_name
    contributor.delete()
    version = newest_version(page)
    assert (version.author, version.author_name, version.signature) == (None, name, name)
    assert name in client.get(page.address).content.decode()


def test_a_person_without_name_becomes_a_former_member(contributor, client):
    page = factories.page(author=contributor)
    contributor.delete()
    Version.objects.filter(page_id=page.pk).update(author_name="")
    assert newest_version(page).signature == said("former member")
    assert said("former member") in text_of(client.get(f"{page.address}historique/"))
    assert said("former member") in text_of(client.get("/changements/"))
    assert said("a former member") in text_of(client.get(page.address))


def test_a_page_that_is_erased_takes_its_versions_along(contributor):
    page = factories.page(author=contributor)
    page.delete()
    assert not Version.objects.filter(page_id=page.pk).exists()


def test_the_size_counts_what_one_reads():
    page = factories.page(title="Titre", summary="Résumé", body="<p>Un <b>mot</b></p>")
    assert newest_version(page).size == len("Titre\nRésumé\nUn mot")


@given(st.text(max_size=400))
@settings(deadline=None)
def test_plain_text_of_anything_is_text_without_tags(text):
    plain = html.plain_text(html.clean(text))
    assert "\n\n" not in plain
    assert plain == "\n".join(line.strip() for line in plain.splitlines() if line.strip())


@given(st.text(max_size=300))
@settings(deadline=None)
def test_cleaning_twice_is_cleaning_once(text):
    once = html.clean(text)
    assert html.clean(once) == once


def test_no_two_versions_of_a_page_share_a_number(contributor):
    page = factories.page(author=contributor)
    for number in range(3):
        factories.edited(page, title=f"Titre {number}")
    numbers = Version.objects.filter(page_id=page.pk).values_list("number", flat=True)
    assert sorted(numbers) == [1, 2, 3, 4]
    assert ArticlePage.objects.get(pk=page.pk).title == "Titre 2"
