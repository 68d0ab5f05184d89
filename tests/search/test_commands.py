"""The commands `reindex` and `search`."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from search.engine import get_engine
from search.models import SearchEntry
from tests import factories

pytestmark = pytest.mark.django_db


def output_of(*args, **options) -> str:
    out = StringIO()
    call_command(*args, stdout=out, **options)
    return out.getvalue()


def found(query: str, *args) -> list[dict]:
    return json.loads(output_of("search", query, "--json", *args))


def entries() -> list[tuple]:
    fields = [field.name for field in SearchEntry._meta.fields]
    return list(SearchEntry.objects.order_by("page_id").values_list(*fields))


def test_reindexing_changes_nothing_when_the_index_is_right(anonymous):
    before = entries()
    first = output_of("reindex", verbosity=0)
    assert entries() == before
    assert output_of("reindex", verbosity=0) == first
    assert f"{len(before)} pages" in first


def test_reindexing_brings_back_what_is_missing_and_drops_what_should_not_be(anonymous):
    lost, stray = factories.page(title="Zorblinette"), factories.page(title="Brimborion")
    SearchEntry.objects.filter(page_id=lost.pk).delete()
    type(stray).objects.filter(pk=stray.pk).update(live=False)
    output_of("reindex", verbosity=0)
    hits = get_engine().search("zorblinette brimborion", anonymous).hits
    assert [hit.page.pk for hit in hits] == [lost.pk]
    assert not SearchEntry.objects.filter(page_id=stray.pk).exists()


def test_reindexing_shows_its_progress(capsys):
    output_of("reindex")
    assert "page/s" in capsys.readouterr().err


def test_search_prints_titles_addresses_kinds_and_scores(guideline):
    [first, *_others] = found("un usager me donne son mot de passe")
    assert first.keys() == {"title", "url", "kind", "score"}
    assert first["title"] == guideline.title
    assert first["url"] == "/pratiques/situations/usager-donne-mot-de-passe/"
    assert first["kind"] == "situation"
    assert first["score"] > 0


def test_search_is_in_order_of_score():
    scores = [row["score"] for row in found("mot de passe oublié", "--limit", "1000")]
    assert scores == sorted(scores, reverse=True) and len(scores) > 20


@pytest.mark.parametrize(("limit", "count"), [("3", 3), ("1", 1), ("0", 0), ("-2", 0)])
def test_search_prints_at_most_the_limit(limit, count):
    assert len(found("personne", "--limit", limit)) == count


def test_search_prints_an_empty_list_when_nothing_answers():
    assert found("xyzzyqwv") == []


def test_search_without_json_prints_a_line_a_page():
    shown = output_of("search", "un usager me donne son mot de passe", "--limit", "2")
    assert "usager-donne-mot-de-passe" in shown.splitlines()[0]
    assert "page" in shown.splitlines()[-1]


def test_search_is_anonymous_unless_it_is_said_who_asks(contributor):
    factories.restricted_to_login(factories.page(title="Zorblinette"))
    assert found("zorblinette") == []
    [row] = found("zorblinette", "--as", contributor.username)
    assert row["title"] == "Zorblinette"


def test_search_as_nobody_known_is_refused():
    with pytest.raises(CommandError, match="inconnue"):
        output_of("search", "mot", "--as", "inconnue")
