"""The search engine: what it finds, in what order, for whom, and that it keeps up."""

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Page

from meetings.models import Attendance, MeetingPage
from search.engine import get_engine
from search.models import SearchEntry
from structures.models import StructurePage
from tests import factories
from wiki.models import Topic
from wiki.organizing import actions
from wiki.publishing.publishing import Edit
from wiki.trash import trash

pytestmark = pytest.mark.django_db


def titles(query, user, **options) -> list[str]:
    return [hit.page.title for hit in get_engine().search(query, user, **options).hits]


def page(title="Zorblinette", **fields):
    return factories.page(title=title, **fields)


# The index follows the pages


def test_a_published_page_is_found_at_once(anonymous):
    page(body="<p>Le prototype zorblinette est dans l’armoire.</p>")
    assert titles("zorblinette prototype", anonymous) == ["Zorblinette"]


def test_the_index_is_rolled_back_with_the_page(anonymous):
    with pytest.raises(RuntimeError), transaction.atomic():
        page()
        raise RuntimeError
    assert titles("zorblinette", anonymous) == []


def test_the_old_text_of_an_edited_page_is_forgotten(anonymous):
    old = page(body="<p>brimborion</p>")
    factories.edited(old, body="<p>colifichet</p>")
    assert titles("brimborion", anonymous) == []
    assert titles("colifichet", anonymous) == ["Zorblinette"]


def test_an_unpublished_page_is_forgotten_and_found_again_once_published(anonymous):
    made = page()
    made.unpublish()
    assert titles("zorblinette", anonymous) == []
    made.save_revision().publish()
    assert titles("zorblinette", anonymous) == ["Zorblinette"]


def test_a_page_in_the_trash_is_forgotten(anonymous, facilitator):
    trash.put_in(page(), facilitator, "double")
    assert titles("zorblinette", anonymous) == []
    assert titles("zorblinette", facilitator) == []


def test_a_deleted_page_leaves_no_entry(anonymous):
    made = page()
    Page.objects.get(pk=made.pk).delete()
    assert titles("zorblinette", anonymous) == []
    assert not SearchEntry.objects.filter(page_id=made.pk).exists()


def test_a_renamed_page_is_found_by_its_new_title_only(anonymous, contributor):
    made = page()
    actions.rename(made, "Brimborion", False, Edit(author=contributor))
    assert titles("zorblinette", anonymous) == []
    assert titles("brimborion", anonymous) == ["Brimborion"]


def test_a_moved_page_takes_the_rights_of_its_new_place(anonymous, contributor, facilitator):
    closed = page("Coulisses")
    factories.restricted_to_login(closed)
    made = page()
    actions.move(made, closed, facilitator)
    assert titles("zorblinette", anonymous) == []
    assert titles("zorblinette", contributor) == ["Zorblinette"]


def test_a_renamed_topic_is_found_by_its_new_name_only(anonymous):
    page(topics=["brimborion"])
    topic = Topic.objects.get(name="brimborion")
    topic.name = "colifichet"
    topic.save()
    assert titles("brimborion", anonymous) == []
    assert titles("colifichet", anonymous) == ["Zorblinette"]


def test_pages_of_a_merged_topic_are_found_by_the_other_one(anonymous):
    page(topics=["brimborion"])
    page("Autre", topics=["colifichet"])
    old, new = (Topic.objects.get(name=name) for name in ("brimborion", "colifichet"))
    old.merge_into(new)
    assert titles("brimborion", anonymous) == []
    assert sorted(titles("colifichet", anonymous)) == ["Autre", "Zorblinette"]


# What is found


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("brimborion", {"title": "Le brimborion"}),
        ("brimborion", {"summary": "Un brimborion."}),
        ("brimborion", {"body": "<p>Deux brimborions.</p>"}),
        ("brimborion", {"topics": ["brimborion"]}),
        ("brimbo", {"body": "<p>Deux brimborions.</p>"}),
        ("cœlacanthe", {"body": "<p>Un coelacanthe.</p>"}),
        ("coelacanthe", {"body": "<p>Un cœlacanthe.</p>"}),
        ("vantail", {"body": "<p>Les vantaux.</p>"}),
        ("echantignole", {"body": "<p>Une échantignole.</p>"}),
        ("brèlapige", {"body": "<p>brelapige</p>"}),
        ("anémomètre", {"body": "<p>l’anémomètre</p>"}),
        ("QUINCONCE", {"body": "<p>en quinconce</p>"}),
        ("tournebroche", {"body": "<p>un mini-tournebroche-solaire</p>"}),
    ],
)
def test_a_word_is_found_wherever_and_however_it_is_written(anonymous, query, field):
    made = page(**{"title": "Une page", **field})
    hits = get_engine().search(query, anonymous).hits
    assert [hit.page.pk for hit in hits] == [made.pk]


def test_a_structure_is_found_by_its_commune_and_the_name_of_its_parent(anonymous):
    parent = page("Réseau Zorblinette", model=StructurePage)
    page("Antenne", model=StructurePage, commune="Brimborion-sur-Loire", structure_parente=parent)
    assert titles("antenne brimborion zorblinette", anonymous) == ["Antenne"]


def test_pages_with_all_the_words_come_before_those_with_most(anonymous):
    page("Presque toutes", body="<p>brimborion, puis colifichet, enfin babiole</p>" * 3)
    page("Toutes", body="<p>brimborion, puis colifichet, enfin quincaillerie</p>")
    page("Un seul", body="<p>brimborion</p>")
    found = titles("brimborion colifichet quincaillerie", anonymous)
    assert found == ["Toutes", "Presque toutes"]


def test_a_rare_word_is_enough_and_a_common_one_is_not(anonymous):
    page("Rare", body="<p>brimborion</p>")
    assert titles("personne brimborion", anonymous) == ["Rare"]


def test_the_title_that_is_the_query_comes_first(anonymous):
    page("Autre chose", body="<p>brimborion colifichet</p>" * 5)
    page("Le brimborion et le colifichet de la réunion de janvier à la mairie")
    page("Brimborion colifichet")
    assert titles("brimborions colifichets", anonymous)[0] == "Brimborion colifichet"


def test_words_side_by_side_come_before_the_same_words_apart(anonymous):
    page("A", body="<p>colifichet</p><p>Beaucoup d’autres mots ici</p><p>brimborion</p>")
    page("B", body="<p>Beaucoup d’autres mots ici</p><p>brimborion colifichet</p>")
    assert titles("brimborion colifichet", anonymous) == ["B", "A"]


def test_whole_words_are_preferred_to_beginnings(anonymous):
    page("Entier", body="<p>brimbor</p>")
    page("Début", body="<p>brimborion</p>")
    assert titles("brimbor", anonymous) == ["Entier"]


def test_results_are_paged_without_hole_nor_double(anonymous):
    whole = titles("numérique", anonymous, limit=1000)
    parts = [
        title
        for offset in range(0, len(whole), 7)
        for title in titles("numérique", anonymous, offset=offset, limit=7)
    ]
    assert parts == whole and len(whole) > 20


def counts(results, facet: str = "kind") -> dict[str, int]:
    return {value.value: value.count for value in results.facets.get(facet, [])}


def test_kinds_are_counted_before_the_filter_and_the_total_after(anonymous):
    everything = get_engine().search("mot de passe", anonymous)
    only = {"kind": ["situation"]}
    situations = get_engine().search("mot de passe", anonymous, filters=only, limit=1000)
    assert situations.facets["kind"] == everything.facets["kind"]
    assert everything.total == sum(counts(everything).values())
    assert situations.total == len(situations.hits) == counts(everything)["situation"]
    assert {hit.kind for hit in situations.hits} == {"situation"}


@pytest.mark.parametrize("query", ["", "   ", "!?…", "🙂", "\x00", "xyzzyqwv", "\ud800"])
def test_a_query_without_answer_has_an_empty_result(anonymous, query):
    results = get_engine().search(query, anonymous)
    assert (results.hits, results.total, results.facets) == ([], 0, {})


# Rights


def restricted(restriction: str):
    made = page("Zorblinette", body="<p>Le brimborion de la zorblinette.</p>")
    if restriction == "login":
        factories.restricted_to_login(made)
    else:
        factories.restricted_to_groups(made, "Comité")


@pytest.mark.parametrize(
    ("restriction", "reader", "may"),
    [
        ("login", "anonymous", False),
        ("login", "contributor", True),
        ("login", "member", True),
        ("groups", "anonymous", False),
        ("groups", "contributor", False),
        ("groups", "member", True),
    ],
)
def test_a_restricted_page_is_found_and_counted_for_its_readers_only(
    request, contributor, restriction, reader, may
):
    member = factories.person("Contributeurs")
    member.groups.add(Group.objects.get_or_create(name="Comité")[0])
    user = member if reader == "member" else request.getfixturevalue(reader)
    restricted(restriction)
    for query in ("zorblinette", "brimborion", "brimbo", "zorblinette personne"):
        results = get_engine().search(query, user)
        found = [hit for hit in results.hits if "brimborion" in hit.extract]
        assert bool(found) is may
        assert (counts(results).get("article", 0) > 0) is may or query.endswith("personne")


def test_a_restricted_page_changes_neither_totals_nor_counts(anonymous):
    before = get_engine().search("numérique", anonymous)
    factories.restricted_to_login(page("Zorblinette", body="<p>numérique</p>"))
    after = get_engine().search("numérique", anonymous)
    assert (after.total, after.facets) == (before.total, before.facets)


def test_a_restricted_page_names_no_value_of_the_filters(anonymous):
    places = [factories.page(StructurePage, title="Zorbline", commune="Chinon") for _ in range(2)]
    closed = factories.page(StructurePage, title="Zorbline fermée", commune="CHINON (!)")
    factories.restricted_to_groups(closed, "Bureau")
    factories.edited(closed, title="Zorbline du bureau")

    def named() -> list[tuple]:
        found = get_engine().search("zorbline", anonymous).facets["commune"]
        return [(value.name, value.count) for value in found]

    assert named() == [("Chinon", 2)]
    factories.edited(places[0], commune="CHINON")
    factories.edited(places[1], commune="CHINON")
    assert named() == [("CHINON", 2)]


def test_a_restricted_page_changes_neither_order_nor_scores(anonymous):
    def answers():
        hits = get_engine().search("brimbor colifichet", anonymous).hits
        return [(hit.page.title, hit.score) for hit in hits]

    page("Public", body="<p>un brimborion</p>")
    page("Aussi public", body="<p>un colifichet</p>")
    before = answers()
    factories.restricted_to_login(page("Secret", body="<p>brimbor colifichet</p>" * 3))
    assert answers() == before and len(before) == 2


def test_a_page_below_a_restricted_one_is_hidden_too(anonymous, contributor):
    above = page("Coulisses")
    page("Zorblinette", parent=above)
    factories.restricted_to_login(above)
    assert titles("zorblinette", anonymous) == []
    assert titles("zorblinette", contributor) == ["Zorblinette"]


def test_a_lifted_restriction_opens_the_page_to_the_search(anonymous):
    restriction = factories.restricted_to_login(page())
    restriction.delete()
    assert titles("zorblinette", anonymous) == ["Zorblinette"]


# Names of structures that pages show


@pytest.fixture
def structure(db):
    return page("Maison Zorblinette", model=StructurePage)


@pytest.fixture
def meeting(structure):
    made = page("Assemblée", model=MeetingPage, date="2026-01-05")
    return factories.edited(made, attendances=[Attendance(structure=structure)])


def test_a_meeting_is_found_by_the_structures_that_were_present(anonymous, meeting):
    assert "Assemblée" in titles("zorblinette", anonymous)


def test_the_name_of_a_restricted_structure_is_not_indexed(anonymous, structure):
    factories.restricted_to_login(structure)
    made = page("Assemblée", model=MeetingPage, date="2026-01-05")
    factories.edited(made, attendances=[Attendance(structure=structure)])
    assert titles("zorblinette", anonymous) == []


def test_a_structure_restricted_afterwards_is_no_longer_named(anonymous, structure, meeting):
    restriction = factories.restricted_to_login(structure)
    assert titles("zorblinette", anonymous) == []
    restriction.delete()
    assert sorted(titles("zorblinette", anonymous)) == ["Assemblée", "Maison Zorblinette"]


def test_a_structure_moved_below_a_restricted_page_is_no_longer_named(
    anonymous, structure, meeting, facilitator
):
    closed = page("Coulisses")
    factories.restricted_to_login(closed)
    actions.move(structure, closed, facilitator)
    assert titles("zorblinette", anonymous) == []


@pytest.mark.parametrize("way", ["unpublish", "trash", "delete"])
def test_a_structure_that_is_gone_is_no_longer_named(
    anonymous, structure, meeting, facilitator, way
):
    if way == "unpublish":
        structure.unpublish()
    elif way == "trash":
        trash.put_in(structure, facilitator, "fermée")
    else:
        Page.objects.get(pk=structure.pk).delete()
    assert titles("zorblinette", anonymous) == []


def test_a_renamed_structure_is_named_by_its_new_title(anonymous, structure, meeting, contributor):
    actions.rename(structure, "Maison Brimborion", True, Edit(author=contributor))
    assert titles("zorblinette", anonymous) == []
    assert sorted(titles("brimborion", anonymous)) == ["Assemblée", "Maison Brimborion"]
