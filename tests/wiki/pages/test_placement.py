"""Where a new page goes: never in a more public place than its writer was told."""

from functools import partial

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Page, PageViewRestriction

from tests import factories
from tests.wiki import form_filling
from tests.wiki.screens import form_of, links_of, main_text, said
from wiki.access.visibility import place_sign
from wiki.models import ArticlePage, Draft
from wiki.pages.kinds import all_kinds
from wiki.publishing.publishing import Edit, create
from wiki.trash import trash

pytestmark = pytest.mark.django_db
INDEXED = [kind for kind in all_kinds() if kind != "article"]
TITLE, TEXT = "Pour nous seulement", "<p>Ce que le groupe se dit</p>"
SAVE = "/brouillons/enregistrer/"
MISSING = "The place meant for this page is not open to you, or it is no more there."
ANYBODY = "où tout le monde peut la lire"


def index_of(kind: str):
    app, _dot, name = all_kinds()[kind].parent_model.partition(".")
    found = Page.objects.filter(content_type__app_label=app, content_type__model=name.lower())
    return found.order_by("path").last().specific


def closed(page, facilitator):
    factories.restricted_to_groups(page, "Animateurs")


def unpublished(page, facilitator):
    page.unpublish()


def thrown_away(page, facilitator):
    trash.put_in(page, facilitator, "Plus besoin.")


def gone(page, facilitator):
    Page.objects.get(pk=page.pk).delete()


def is_published() -> bool:
    return Page.objects.filter(title=TITLE).exists()


@pytest.fixture
def group(db):
    """A page that anybody may write under."""
    return factories.page(title="Les groupes de travail")


@pytest.mark.parametrize("kind", INDEXED)
def test_a_kind_whose_section_is_closed_is_not_offered(writer, facilitator, logged_in, kind):
    address, index = f"/nouveau/{kind}/", index_of(kind)
    assert address in links_of(writer.get("/nouveau/"))
    closed(index, facilitator)
    offered = links_of(writer.get("/nouveau/"))
    assert address not in offered
    assert "/nouveau/article/" in offered
    answer = writer.get(address)
    assert answer.status_code == 403
    assert "sont réservées : Animateurs. Demandez à l’animation." in main_text(answer)
    assert index.address not in answer.content.decode().partition("<main")[2].partition("</main")[0]
    assert logged_in(facilitator).get(address).status_code == 200


@pytest.mark.parametrize("happens", [closed, unpublished])
@pytest.mark.parametrize("kind", INDEXED)
def test_nothing_is_published_elsewhere_when_the_section_of_a_kind_closes(
    writer, facilitator, kind, happens
):
    typed = {**form_filling.blank(writer, kind), "title": TITLE, "body": TEXT}
    happens(index_of(kind), facilitator)
    for _turn in range(2):
        answer = writer.post(f"/nouveau/{kind}/", typed)
        assert answer.status_code == 422
        assert "Ce que le groupe se dit" in answer.content.decode()
        assert "Demandez à l’animation" in main_text(answer)
        assert not is_published()
        typed = {**form_of(answer), "title": TITLE}


@pytest.mark.parametrize("happens", [closed, unpublished, thrown_away, gone])
def test_an_article_whose_place_is_lost_asks_for_another_one(writer, facilitator, group, happens):
    form = form_of(writer.get(f"/nouveau/article/?sous={group.pk}"))
    happens(group, facilitator)
    answer = writer.post("/nouveau/article/", {**form, "title": TITLE, "body": TEXT})
    assert answer.status_code == 422
    assert "ne vous est pas ouvert, ou n’est plus là" in main_text(answer)
    assert "Ce que le groupe se dit" in answer.content.decode()
    again = form_of(answer)
    assert again["sous"] == [""]
    refused = writer.post("/nouveau/article/", again)
    assert refused.status_code == 422
    assert said("Choose where the page goes.") in main_text(refused)
    assert not is_published()
    chosen = {**form_of(refused), "sous": str(Page.objects.get(slug="pratiques").pk)}
    assert writer.post("/nouveau/article/", chosen).status_code == 302
    assert Page.objects.get(title=TITLE).get_parent().slug == "pratiques"


def test_an_article_chooses_its_place_when_the_usual_section_is_closed(writer, facilitator):
    closed(index_of("article"), facilitator)
    form = form_of(writer.get("/nouveau/article/"))
    assert form["sous"] == [""]
    assert writer.post("/nouveau/article/", {**form, "title": TITLE}).status_code == 422
    assert not is_published()


@pytest.mark.parametrize("kind", ["article", "reunion"])
def test_a_place_that_opens_to_everybody_is_told_again(writer, kind):
    kept = factories.restricted_to_groups(index_of(kind), "Contributeurs")
    opened = writer.get(f"/nouveau/{kind}/")
    assert "Page réservée : Contributeurs." in main_text(opened)
    PageViewRestriction.objects.get(pk=kept.pk).delete()
    typed = {**form_of(opened), "title": TITLE, "date": "2026-12-10"}
    answer = writer.post(f"/nouveau/{kind}/", typed)
    assert answer.status_code == 422
    assert ANYBODY in main_text(answer)
    assert not is_published()
    assert writer.post(f"/nouveau/{kind}/", form_of(answer)).status_code == 302
    assert is_published()


def test_a_place_that_moves_is_told_again(writer, facilitator, group):
    form = form_of(writer.get(f"/nouveau/article/?sous={group.pk}"))
    Page.objects.get(pk=group.pk).move(Page.objects.get(slug="pratiques"), pos="last-child")
    answer = writer.post("/nouveau/article/", {**form, "title": TITLE})
    assert answer.status_code == 422
    assert said("Nothing is published yet. Publish it if that suits you.") in main_text(answer)
    assert writer.post("/nouveau/article/", form_of(answer)).status_code == 302
    assert Page.objects.get(title=TITLE).get_parent().pk == group.pk


@pytest.mark.parametrize("happens", [closed, thrown_away, gone])
def test_a_resumed_draft_whose_place_is_lost_asks_for_another_one(
    writer, facilitator, group, happens
):
    form = form_of(writer.get(f"/nouveau/article/?sous={group.pk}"))
    writer.post(SAVE, {**form, "kind": "article", "title": TITLE, "parent": group.pk})
    happens(group, facilitator)
    answer = writer.get(f"/brouillons/{Draft.objects.get().key}/")
    assert "ne vous est pas ouvert, ou n’est plus là" in main_text(answer)
    assert form_of(answer)["sous"] == [""]
    assert writer.post("/nouveau/article/", form_of(answer)).status_code == 422
    assert not is_published()


def test_a_resumed_draft_of_a_closed_kind_is_not_lost(writer, facilitator):
    form = form_filling.blank(writer, "reunion")
    writer.post(SAVE, {**form, "kind": "reunion", "title": TITLE, "body": TEXT})
    closed(index_of("reunion"), facilitator)
    answer = writer.get(f"/brouillons/{Draft.objects.get().key}/")
    assert answer.status_code == 200
    assert "réservées : Animateurs" in main_text(answer)
    assert form_of(answer)["body"][0].strip() == TEXT


def test_the_text_of_a_page_that_closes_asks_where_it_goes(writer, facilitator, group):
    form = form_of(writer.get(f"{group.address}modifier/"))
    writer.post(SAVE, {**form, "page": group.pk, "kind": "article", "title": TITLE})
    closed(group, facilitator)
    answer = writer.get(f"/brouillons/{Draft.objects.get().key}/")
    assert "gardée pour d’autres personnes" in main_text(answer)
    anew = writer.post("/nouveau/article/", {**form_of(answer), "reopen": "1"})
    assert anew.status_code == 200
    assert form_of(anew)["sous"] == [""]
    assert form_of(anew)["title"] == [TITLE]
    assert not is_published()


@pytest.mark.parametrize("kind", ["article", "reunion"])
def test_a_preview_tells_that_the_place_is_lost(writer, facilitator, kind):
    typed = {**form_filling.blank(writer, kind), "title": TITLE}
    closed(index_of(kind), facilitator)
    answer = writer.post(f"/nouveau/{kind}/apercu/", typed)
    assert answer.status_code == 200
    assert "à l’animation" in main_text(answer)


def test_a_closed_place_and_none_are_answered_alike(writer, facilitator, group):
    """What is asked for by its number tells nothing of what stands there."""
    closed(group, facilitator)
    for address in ("/nouveau/", "/nouveau/article/"):
        told = [main_text(writer.get(f"{address}?sous={pk}")) for pk in (group.pk, 987654)]
        assert told[0] == told[1]
        assert "pas ouvert, ou n’est plus là" in told[0]


@pytest.mark.parametrize("happens", [closed, unpublished, thrown_away, gone])
def test_the_door_refuses_a_place_that_its_author_may_not_read(
    contributor, facilitator, group, happens
):
    place = Page.objects.get(pk=group.pk)
    door = partial(create, ArticlePage(title=TITLE), place)
    happens(group, facilitator)
    with pytest.raises(ValidationError):
        door(Edit(author=contributor))
    assert not is_published()


def test_the_door_refuses_a_place_that_is_not_as_told(contributor, facilitator, group):
    place = Page.objects.get(pk=group.pk)
    told = place_sign(place)
    factories.restricted_to_groups(group, "Contributeurs")
    with pytest.raises(ValidationError):
        create(ArticlePage(title=TITLE), place, Edit(author=contributor, place_told=told))
    now = Edit(author=contributor, place_told=place_sign(place))
    assert create(ArticlePage(title=TITLE), place, now).version.number == 1
