"""Any text is a valid query: a sample here at each run, ten thousand in bench/any_query.py."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engine import PAGE_SIZE, get_engine
from search.screens.params import SearchParams
from wiki.text.characters import one_line

pytestmark = pytest.mark.django_db

WORDS = ["mot de passe", "l’usager", "déontlogie", "curat", "caf", "mdp", "de", "wi-fi", "2020"]
SIGNS = ['"', "«", "»", "“", "-", "- ", " -", "*", "'", "’", "(", ")", ":", "OR", "\\", "%", "&"]
PIECES = st.sampled_from(WORDS + SIGNS) | st.text(
    st.characters(exclude_categories=["Cs"]), max_size=12
)
GLUED, APART = (st.lists(PIECES, max_size=9).map(glue.join) for glue in ("", " "))
QUERIES = GLUED | APART


@settings(deadline=None)
@given(QUERIES, st.sampled_from(["", "date"]), st.integers(0, 40))
def test_any_query_has_an_answer(query, order, offset):
    results = get_engine().search(query, AnonymousUser(), order=order, offset=offset)
    assert len(results.hits) <= PAGE_SIZE
    assert results.total >= len(results.hits)
    kinds = sum(value.count for value in results.facets.get("kind", []))
    assert kinds == results.total


@given(QUERIES)
def test_any_query_comes_back_in_the_addresses_of_its_screen(query):
    read = SearchParams.read(sent(query))
    again = SearchParams.read(QueryDict(read.address()[1:]))
    assert again.query == one_line(read.query[:500])


def sent(query: str) -> QueryDict:
    values = QueryDict(mutable=True)
    values["q"] = query
    return values
