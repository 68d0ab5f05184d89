"""« À lire aussi »: pages of the same words and topics, as the reader's rights have them."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from practices.models import GuidelinePage
from search.engine import get_engine
from search.engines import related
from tests import factories
from wiki.models import SectionPage
from wiki.models.site_revision import one_request
from wiki.organizing import actions
from wiki.pages import related as neighbours
from wiki.trash import trash

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    return factories.page(title="Le brimborion portatif")


def beside(page, user=None, count: int = neighbours.FEW) -> list[str]:
    """The titles that stand at the foot of a page."""
    return [p.title for p in get_engine().related(page, user or AnonymousUser(), count)]


def shown(client, page) -> list[str]:
    return [other.title for other in client.get(page.address).context["related"]]


def test_pages_that_share_a_rare_word_of_their_names_are_related(page):
    factories.page(title="Ranger un brimborion")
    factories.page(title="Tout autre chose")
    assert beside(page) == ["Ranger un brimborion"]


@pytest.mark.parametrize("title", ["Des brimborions", "BRIMBORION !", "L’usage du « brimborion »"])
def test_a_word_may_be_in_the_plural_or_written_otherwise(page, title):
    factories.page(title=title)
    assert beside(page) == [title]


def test_the_other_wordings_of_a_page_count_too(page):
    factories.page(GuidelinePage, title="Que faire ?", other_wordings="J’ai perdu un brimborion")
    assert beside(page) == ["Que faire ?"]


def test_pages_that_share_a_topic_are_related(page):
    page = factories.page(title="Zinzolin", topics=["Brocante"])
    factories.page(title="Coquecigrue", topics=["Brocante"])
    assert beside(page) == ["Coquecigrue"]


def test_the_likest_come_first(page):
    factories.page(title="Un brimborion")
    factories.page(title="Un autre brimborion portatif")
    assert beside(page)[0] == "Un autre brimborion portatif"
    assert len(beside(page, count=1)) == 1


def test_a_page_is_not_related_to_itself_nor_to_sections(page):
    parent = page.get_parent()
    parent.add_child(instance=SectionPage(title="Les brimborions", slug="les-brimborions"))
    SectionPage.objects.get(slug="les-brimborions").save_revision().publish()
    assert beside(page) == []


def test_common_words_relate_nothing(page):
    factories.page(title="Pour elle et pour eux")
    assert beside(factories.page(title="Avec elles et pour elles")) == []


def test_a_new_title_relates_at_once_and_the_old_one_no_longer(page, contributor):
    other = factories.page(title="Ranger un brimborion")
    assert beside(page) == ["Ranger un brimborion"]
    factories.edited(other, title="Ranger une zorblinette")
    assert beside(page) == []


# Rights


def test_a_restricted_page_is_related_for_its_readers_only(page):
    closed = factories.page(title="Brimborion secret")
    factories.restricted_to_groups(closed, "Bureau")
    assert beside(page) == beside(page, factories.person()) == []
    assert beside(page, factories.person("Bureau")) == ["Brimborion secret"]


def test_a_page_moved_below_a_restricted_one_is_no_longer_related(page, facilitator):
    other, closed = factories.page(title="Brimborion"), factories.page(title="Coulisses")
    assert beside(page) == ["Brimborion"]
    factories.restricted_to_login(closed)
    actions.move(other, closed, facilitator)
    assert beside(page) == []
    assert beside(page, facilitator) == ["Brimborion"]


@pytest.mark.parametrize("way", ["unpublish", "trash"])
def test_a_page_that_is_gone_is_no_longer_related(page, facilitator, way):
    other = factories.page(title="Brimborion")
    if way == "unpublish":
        other.unpublish()
    else:
        trash.put_in(other, facilitator, "finie")
    assert beside(page) == []


def test_hidden_pages_change_neither_the_number_nor_the_order(page):
    for number in range(3):
        factories.page(title=f"Brimborion portatif {number}")
    before = beside(page)
    for number in range(8):
        hidden = factories.page(title=f"Brimborion portatif caché {number}")
        factories.restricted_to_login(hidden)
    assert len(before) == 3
    assert beside(page) == before


# On the screen


def test_related_pages_are_links_at_the_foot_of_the_page(client, logged_in, contributor, page):
    other = factories.page(title="Ranger un brimborion")
    for reader in (client, logged_in(contributor)):
        text = reader.get(page.address).content.decode()
        assert "À lire aussi" in text
        assert f'<a href="{other.address}">Ranger un brimborion</a>' in text


def test_a_page_that_nothing_is_like_says_nothing(client):
    page = factories.page(title="Zinzolin")
    assert shown(client, page) == []
    assert "À lire aussi" not in client.get(page.address).content.decode()


def test_topics_stand_in_when_the_index_says_nothing(client, monkeypatch):
    page = factories.page(title="Zinzolin", topics=["Brocante"])
    factories.page(title="Coquecigrue", topics=["Brocante"])
    monkeypatch.setattr(related, "related_ids", lambda *_: [])
    assert shown(client, page) == ["Coquecigrue"]


def test_it_costs_one_query_whatever_the_number(page):
    for number in range(6):
        factories.page(title=f"Brimborion {number}", topics=["Brocante"])
    assert len(beside(page)) == 4
    assert len(page.topics) == 0
    with one_request(), CaptureQueriesContext(connection) as queries:
        assert len(beside(page)) == 4
    assert len(queries) == 2  # the stamp is the other one
