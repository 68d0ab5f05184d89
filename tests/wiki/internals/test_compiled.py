"""Queries whose SQL is made once give what the same querysets give, whatever their values."""

import threading
from datetime import date

import pytest
from django.db import connection
from django.db.models import Case, F, JSONField, OuterRef, Subquery, Value, When
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from tests import factories
from wiki.internals.compiled import MOST_SHAPES, NOTHING, Compiled, Day, Fixed, Identifier, OneOf
from wiki.models import ArticlePage, Topic, Version

pytestmark = pytest.mark.django_db


def by_ids(ids):
    return Page.objects.filter(pk__in=ids).order_by("pk")


def by_column(column, value):
    return Page.objects.filter(**{column: value}).order_by("pk")


def with_text(wanted, ids):
    newest = Version.objects.filter(page=OuterRef("pk")).order_by("-number")
    text = Case(
        When(pk=wanted, then=Subquery(newest.values("content")[:1])),
        default=None,
        output_field=JSONField(),
    )
    return by_ids(ids).annotate(text=text)


def to_review(ids) -> date:
    """These pages are to be reviewed one after the other, from the day after this one."""
    for rank, pk in enumerate(ids, start=1):
        ArticlePage.objects.filter(pk=pk).update(review_on=date(2026, 3, rank + 1))
    return date(2026, 3, 2)


SHAPES = {
    "models": (by_ids, lambda ids: (OneOf(ids),)),
    "one value": (lambda pk: Page.objects.filter(pk=pk), lambda ids: (ids[0],)),
    "an identifier": (
        lambda key: Page.objects.filter(translation_key=key),
        lambda ids: (Identifier(Page.objects.get(pk=ids[0]).translation_key),),
    ),
    "a day": (
        lambda day: ArticlePage.objects.filter(review_on__gt=day).order_by("pk"),
        lambda ids: (Day(to_review(ids)),),
    ),
    "a string": (lambda slug: Page.objects.filter(slug=slug), lambda ids: ("lieux",)),
    "fixed": (by_column, lambda ids: (Fixed("depth"), 3)),
    "nothing": (lambda none, ids: by_ids(ids), lambda ids: (NOTHING, OneOf(ids))),
    "none of them": (by_ids, lambda ids: (OneOf([]),)),
    "tuples": (lambda ids: by_ids(ids).values_list("pk", "title"), lambda ids: (OneOf(ids),)),
    "flat": (lambda ids: by_ids(ids).values_list("title", flat=True), lambda ids: (OneOf(ids),)),
    "dictionaries": (lambda ids: by_ids(ids).values("pk", "slug"), lambda ids: (OneOf(ids),)),
    "converted": (with_text, lambda ids: (ids[1], OneOf(ids))),
    "a part of them": (lambda ids: by_ids(ids)[1:3], lambda ids: (OneOf(ids),)),
    "two tables": (
        lambda pk: ArticlePage.objects.filter(topic_links__topic__links__page_id=pk).distinct(),
        lambda ids: (ids[0],),
    ),
    "with another row": (
        lambda pk: Version.objects.select_related("page").filter(page_id=pk),
        lambda ids: (ids[0],),
    ),
}


def told(rows) -> list:
    return [vars_of(row) for row in rows]


def vars_of(row):
    if not hasattr(row, "_meta"):
        return row
    kept = {name: value for name, value in vars(row).items() if not name.startswith("_")}
    return kept, {name: vars_of(one) for name, one in row._state.fields_cache.items()}


@pytest.fixture
def ids() -> list[int]:
    return [factories.page(title=f"Page {n}", topics=["Sujet"]).pk for n in range(5)]


@pytest.mark.parametrize("name", SHAPES)
def test_the_rows_are_those_of_the_queryset(name, ids):
    build, values_of = SHAPES[name]
    compiled = Compiled(build)
    for some in (ids[:2], ids[::-1], ids[1:]):
        values = values_of(some)
        plain = [getattr(value, "values", getattr(value, "value", value)) for value in values]
        assert told(compiled(*values)) == told(build(*plain))


def test_the_sql_is_made_once_for_lists_of_about_one_length(ids):
    made = []
    compiled = Compiled(lambda several: made.append(1) or by_ids(several))
    for size in (3, 4, 3):
        assert len(compiled(OneOf(ids[:size]))) == size
    assert len(made) == 1


def test_it_is_one_query(ids):
    compiled = Compiled(by_ids)
    with CaptureQueriesContext(connection) as queries:
        compiled(OneOf(ids))
    assert len(queries) == 1


def test_a_value_that_does_not_reach_the_sql_is_refused():
    with pytest.raises(ValueError, match="do not reach"):
        Compiled(lambda title: Page.objects.filter(title__startswith=title))("A")
    with pytest.raises(ValueError, match="do not reach"):
        Compiled(lambda unused: Page.objects.all())(3)


def test_what_is_kept_is_bounded():
    compiled = Compiled(lambda name, value: Page.objects.annotate(one=Value(name)).filter(pk=value))
    for number in range(MOST_SHAPES + 2):
        compiled(Fixed(number), 1)
    assert len(compiled.plans) <= MOST_SHAPES


def test_a_number_is_not_taken_for_one_of_the_sql():
    """The limit of a slice, a length: parameters that no value gave."""
    compiled = Compiled(lambda pk: Topic.objects.annotate(one=F("pk") + 7).filter(pk=pk)[:3])
    topic = Topic.objects.create(name="Sept", slug="sept")
    assert [row.one for row in compiled(topic.pk)] == [topic.pk + 7]


def test_each_thread_asks_through_its_own_connection():
    compiled, seen = Compiled(lambda pk: Page.objects.filter(pk=pk)), []
    compiled(1)

    def ask():
        with CaptureQueriesContext(connection) as queries:
            compiled(1)
        seen.append(len(queries))
        connection.close()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert seen == [1]
