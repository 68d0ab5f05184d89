"""Numbers, moments and addresses as French people type them, in every form of every kind."""

from datetime import date, time

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from hypothesis import given, settings
from hypothesis import strategies as st

from wiki import content, kinds, moments, numbers, web_addresses
from wiki.fields import ChoiceListField, DegreesField, MinutesField
from wiki.forms import control


@pytest.mark.parametrize(
    ("read", "typed", "stored"),
    [
        (numbers.number_of, "47,17", 47.17),
        (numbers.number_of, "1\u202f200,5", 1200.5),
        (numbers.number_of, "12,50 €", 12.5),
        (numbers.whole_of, "1 200", 1200),
        (numbers.whole_of, "2023", 2023),
        *((moments.time_of, typed, time(14, 30)) for typed in (
            *("14h30", "14 h 30", "14:30", "14.30", "14 heures 30", "14:30:00", "1430"),
        )),
        (moments.time_of, "9h", time(9)),
        (moments.time_of, "midi", time(12)),
        *((moments.date_of, typed, date(2026, 3, 12)) for typed in (
            *("12/03/2026", "12 mars 2026", "jeudi 12 mars 2026", "2026-03-12", "12.3.26"),
            *("le 12 mars 2026", "12-03-2026"),
        )),
        (moments.date_of, "1er août 2026", date(2026, 8, 1)),
        *((moments.minutes_of, typed, 90) for typed in (
            *("90", "1 h 30", "1h30", "90 min", "1:30", "1 heure 30", "1 h et demie"),
        )),
        (moments.minutes_of, "une heure", 60),
        (web_addresses.site_of, "www.exemple.fr", "https://www.exemple.fr"),
        (web_addresses.site_of, "HTTP://exemple.fr/A", "http://exemple.fr/A"),
        (web_addresses.mail_of, "mailto:a@b.fr", "a@b.fr"),
    ],
)  # fmt: skip
def test_what_the_french_type_is_read(read, typed, stored):
    assert read(typed) == stored


@pytest.mark.parametrize(
    ("read", "typed"),
    [
        *((numbers.number_of, typed) for typed in ("abc", "1e5", "nan", "1 2")),
        *((numbers.whole_of, typed) for typed in ("12,5", "beaucoup")),
        *((moments.time_of, typed) for typed in ("25h", "9h75", "matin")),
        *((moments.date_of, typed) for typed in ("31/02/2026", "demain", "13/13/2026")),
        *((moments.minutes_of, typed) for typed in ("longtemps", "-5", "0", "0 h 00")),
        *((web_addresses.site_of, typed) for typed in (
            *("exemple", "a@b.fr", "ftp://x.fr", "javascript:alert(1)"),
        )),
        *((web_addresses.mail_of, typed) for typed in ("a@b", "exemple.fr", "a b@c.fr")),
    ],
)  # fmt: skip
def test_what_is_none_is_refused_by_its_name(read, typed):
    with pytest.raises(ValidationError) as refused:
        read(typed)
    assert typed in refused.value.messages[0]


@pytest.mark.parametrize(
    "typed",
    [
        *("a@b.fr c@d.fr", "a@b.fr, c@d.fr", "a@b.fr ; c@d.fr", "a@b.fr et c@d.fr"),
        *("a@b.fr\nc@d.fr", "a@b.fr | c@d.fr", "A <a@b.fr>, C <c@d.fr>", "a@b.fr / c@d.fr"),
    ],
)
def test_several_mails_are_parted_whatever_stands_between_them(typed):
    pieces = web_addresses.mails_in(typed)
    assert [web_addresses.mail_of(piece) for piece in pieces] == ["a@b.fr", "c@d.fr"]


@pytest.mark.parametrize(
    "typed",
    [
        *("a.fr www.c.fr/x,y", "a.fr, www.c.fr/x,y", "a.fr ; www.c.fr/x,y", "a.fr | www.c.fr/x,y"),
        *("a.fr\nwww.c.fr/x,y", "a.fr et www.c.fr/x,y"),
    ],
)
def test_several_sites_are_parted_and_a_comma_of_a_path_stays(typed):
    sites = [web_addresses.site_of(piece) for piece in web_addresses.sites_in(typed)]
    assert sites == ["https://a.fr", "https://www.c.fr/x,y"]


READERS = [
    *(numbers.number_of, numbers.whole_of, moments.time_of, moments.date_of, moments.minutes_of),
    *(web_addresses.site_of, web_addresses.mail_of),
]


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
@given(text=st.text(max_size=60))
@settings(deadline=None, max_examples=60)
def test_nothing_but_a_validation_error_comes_of_any_text(read, text):
    try:
        read(text)
    except ValidationError as refused:
        assert refused.messages[0].strip()


def typed_fields() -> list[models.Field]:
    """Every field that people type in, of every kind of page and of its rows."""
    found = []
    for model in kinds.all_kinds().values():
        found += content.written_fields(model)
        for row in content.child_relations(model).values():
            found += content.row_fields(row)
    return [field for field in found if not field.choices and not field.is_relation]


FRENCH = {
    DegreesField: "0,2375",
    MinutesField: "1 h 30",
    models.IntegerField: "2 023",
    models.DateField: "12 mars 2026",
    models.TimeField: "14 h 30",
    models.URLField: "www.exemple.fr",
}


@pytest.mark.parametrize("db_field", typed_fields(), ids=str)
def test_no_typed_field_refuses_what_the_french_type(db_field):
    """A kind of field that is new must say here how people type it."""
    field = control(db_field)
    typed = next((FRENCH[kind] for kind in FRENCH if isinstance(db_field, kind)), None)
    if typed is None:
        assert isinstance(db_field, (models.CharField, models.TextField, ChoiceListField))
    else:
        assert field.clean(typed) not in (None, "")


@pytest.mark.parametrize("db_field", typed_fields(), ids=str)
def test_no_browser_refuses_what_the_server_reads(db_field):
    field = control(db_field)
    shown = {**field.widget.attrs, **field.widget_attrs(field.widget)}
    assert getattr(field.widget, "input_type", "text") not in {"number", "url", "email", "tel"}
    assert "pattern" not in shown
    if isinstance(field, forms.CharField) and hasattr(field, "read"):
        assert int(shown["maxlength"]) >= 1000


@pytest.mark.parametrize(
    ("db_field", "typed", "shown"),
    [(models.TimeField("x"), "14h30", time(14, 30)), (models.DateField("x"), "1/2/2026", None)],
)
def test_a_browser_shows_again_the_moment_that_was_typed(db_field, typed, shown):
    assert control(db_field).prepare_value(typed) == (shown or date(2026, 2, 1))
