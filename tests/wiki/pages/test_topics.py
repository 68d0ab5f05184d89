"""Topics: written freely, listed with their pages, renamed and merged by facilitators."""

import pytest
from django.urls import reverse

from tests import factories
from tests.wiki import form_filling
from tests.wiki.screens import form_of, main_text, text_of
from wiki.editing.suggestions import suggested_topics
from wiki.models import SiteRevision, Topic
from wiki.models.topics import topic_slug

pytestmark = pytest.mark.django_db


@pytest.fixture
def animator(facilitator, logged_in, admin_templates):
    return logged_in(facilitator)


@pytest.fixture
def inn():
    """A topic of two articles."""
    for title in ("La terrasse de la gare", "La terrasse du bourg"):
        factories.page(title=title, topics=["Guinguette"])
    return Topic.objects.get(slug="guinguette")


def test_a_topic_shows_its_pages_by_kind(client, inn):
    answer = client.get("/themes/guinguette/")
    names = [group.name for group in answer.context["groups"]]
    assert names == sorted(names)
    assert answer.context["total"] >= 2
    read = main_text(answer)
    assert "La terrasse de la gare" in read
    assert "La terrasse du bourg" in read


def test_all_topics_are_listed_with_their_count(client, inn):
    letters = client.get("/themes/").context["topics"]
    listed = {topic.slug: topic.total for _letter, topics in letters for topic in topics}
    assert listed["guinguette"] == client.get("/themes/guinguette/").context["total"]


def test_a_topic_without_page_is_not_shown(client):
    Topic.objects.create(name="Sans page")
    assert "Sans page" not in main_text(client.get("/themes/"))
    assert client.get("/themes/sans-page/").status_code == 404


@pytest.mark.parametrize("slug", ["inconnu", "x" * 200, "%00", "é"])
def test_an_unknown_topic_is_not_found(client, slug):
    assert client.get(f"/themes/{slug}/").status_code == 404


@pytest.mark.parametrize("names", [["Wifi", "wifi"], ["Wi fi", "wi-fi"], ["Été", "ete"]])
def test_names_that_differ_by_case_or_accents_are_one_topic(names):
    first, second = (Topic.objects.named([name])[0] for name in names)
    assert first == second


def test_the_same_topic_twice_is_kept_once():
    page = factories.page(topics=["Wifi", "wifi", "WIFI"])
    assert page.topic_links.count() == 1


def rename(client, topic, **fields):
    address = reverse("wiki_topic_modeladmin_edit", args=[topic.pk])
    form = {"name": topic.name, "slug": topic.slug, "summary": ""}
    return client.post(address, {**form, **fields})


def test_a_facilitator_renames_a_topic(animator, client, inn):
    page = inn.links.first().page
    client.get(page.url)
    stamp = SiteRevision.current()
    assert rename(animator, inn, name="Guinguettes du bord").status_code == 302
    assert SiteRevision.current() > stamp
    assert "Guinguettes du bord" in main_text(client.get(page.url))
    assert "Guinguettes du bord" in main_text(client.get("/themes/guinguette/"))


def test_a_renamed_topic_is_found_by_its_new_name(animator, client, inn):
    rename(animator, inn, name="Zinzolin")
    assert client.get("/recherche/?q=zinzolin").context["results"].total == 2


def test_a_page_of_a_renamed_topic_is_saved_again(animator, contributor, logged_in, inn):
    rename(animator, inn, name="La guinguette")
    page = inn.links.first().page.specific
    assert form_filling.edit(logged_in(contributor), page, summary="Autre").status_code == 302
    assert [topic.pk for topic in type(page).objects.get(pk=page.pk).topics] == [inn.pk]


def test_two_topics_do_not_take_the_same_name(animator, inn):
    factories.page(topics=["Réseau"])
    other = Topic.objects.get(name="Réseau")
    assert rename(animator, other, name="Guinguette").status_code == 200
    assert Topic.objects.get(pk=other.pk).name == "Réseau"


def merge(client, topic, into):
    address = reverse("merge_topic", args=[topic.pk])
    form = form_of(client.get(address), "into")
    return client.post(address, {**form, "into": str(into.pk)})


def test_a_facilitator_merges_two_topics(animator, client, inn):
    both = factories.page(title="Les deux", topics=["Guinguette", "Réseau"])
    factories.page(title="Réseau seul", topics=["Réseau"])
    network = Topic.objects.get(slug="reseau")
    stamp = SiteRevision.current()
    assert merge(animator, network, inn).status_code == 302
    assert SiteRevision.current() > stamp
    assert not Topic.objects.filter(pk=network.pk).exists()
    assert client.get("/themes/reseau/").status_code == 404
    read = main_text(client.get("/themes/guinguette/"))
    for title in ("Les deux", "Réseau seul", "La terrasse du bourg"):
        assert title in read
    assert [topic.name for topic in both.topics] == ["Guinguette"]


def test_pages_of_a_merged_topic_are_found_by_the_other_name(animator, client, inn):
    alone = factories.page(title="Page seule", topics=["Zinzolin"])
    merge(animator, Topic.objects.get(slug="zinzolin"), inn)
    found = client.get("/recherche/?q=guinguette&sorte=article").context["results"].hits
    assert alone.pk in {hit.page.pk for hit in found}
    assert client.get("/recherche/?q=zinzolin").context["results"].total == 0


def test_a_topic_is_not_merged_into_itself(animator, inn):
    assert merge(animator, inn, inn).status_code == 200
    assert Topic.objects.filter(pk=inn.pk).exists()


@pytest.mark.parametrize("groups", [(), ("Contributeurs",)])
def test_only_facilitators_keep_topics_in_order(logged_in, inn, groups):
    client = logged_in(factories.person(*groups))
    other = Topic.objects.create(name="Réseau")
    for method in ("get", "post"):
        answer = getattr(client, method)(reverse("merge_topic", args=[inn.pk]), {"into": other.pk})
        assert answer.status_code == 403
        edit = reverse("wiki_topic_modeladmin_edit", args=[inn.pk])
        assert getattr(client, method)(edit, {"name": "Volé"}).status_code == 403
    assert Topic.objects.get(pk=inn.pk).name == "Guinguette"


def test_the_list_of_topics_in_the_admin_has_counts_and_a_merge_button(animator, inn):
    answer = animator.get(reverse("wiki_topic_modeladmin_index") + "?q=Guinguette")
    assert answer.status_code == 200
    assert reverse("merge_topic", args=[inn.pk]) in answer.content.decode()


def test_pages_of_the_same_topics_are_offered_to_read(client, inn):
    first = inn.links.order_by("pk").first().page.specific
    related = client.get(first.address).context["related"]
    assert first.pk not in {page.pk for page in related}
    assert "La terrasse du bourg" in {page.title for page in related}


def add(client, name: str):
    sent = {"name": name, "slug": topic_slug(name), "summary": ""}
    return client.post(reverse("wiki_topic_modeladmin_create"), sent)


def listed(client, name: str) -> list[str]:
    rows = client.get(reverse("wiki_topic_modeladmin_index") + f"?q={name}").context["object_list"]
    return [row.name for row in rows]


def test_a_topic_made_by_hand_waits_for_its_first_page(animator, client, facilitator):
    assert add(animator, "Vélo").status_code == 302
    assert listed(animator, "Vélo") == ["Vélo"]
    edit = reverse("wiki_topic_modeladmin_edit", args=[Topic.objects.get(name="Vélo").pk])
    assert animator.get(edit).status_code == 200
    assert "Vélo" in suggested_topics(facilitator).names
    assert "Vélo" not in client.get("/themes/").content.decode()


def test_a_topic_that_only_closed_pages_have_is_made_as_if_it_were_new(animator, facilitator):
    closed = factories.page(topics=["Guinguétte"])
    factories.restricted_to_groups(closed, "Bureau")
    before = Topic.objects.get(name="Guinguétte")
    assert "Guinguétte" not in suggested_topics(facilitator).names
    answers = [add(animator, name) for name in ("Guinguette", "Vélo")]
    assert [answer.status_code for answer in answers] == [302, 302]
    after = Topic.objects.get(pk=before.pk)
    assert (after.name, after.made_by_hand) == ("Guinguette", True)
    assert closed.topic_links.get().topic_id == before.pk


def test_a_topic_that_one_knows_is_not_made_twice(animator, inn):
    answer = add(animator, "guinguette")
    assert answer.status_code == 200
    assert "Ce thème existe déjà" in answer.content.decode()


def test_deleting_a_topic_says_how_many_known_pages_lose_it(animator, inn):
    topic = Topic.objects.get(name="Guinguette")
    known = topic.links.count()
    for _rank in range(2):
        factories.page(topics=["Guinguette"])
    factories.restricted_to_groups(factories.page(topics=["Guinguette"]), "Bureau")
    answer = animator.get(reverse("wiki_topic_modeladmin_delete", args=[topic.pk]))
    assert f"{known + 2} pages portent le thème « Guinguette »" in text_of(answer)
    assert reverse("merge_topic", args=[topic.pk]) in answer.content.decode()
    assert animator.post(answer.request["PATH_INFO"]).status_code == 302
    assert not Topic.objects.filter(pk=topic.pk).exists()
