"""Numbers, moments and addresses as French people type them, in every form of every kind."""

from datetime import date, time

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import costs
from wiki.editing.forms import control
from wiki.pages import content, kinds
from wiki.text import moments, numbers, web_addresses
from wiki.text.model_fields import ChoiceListField, DegreesField, MinutesField


@pytest.mark.parametrize(
    ("read", "typed", "stored"),
    [
        (numbers.number_of, "47,17", 47.17),
        (numbers.number_of, "1\u202f200,5", 1200.5),
        (numbers.number_of, "12,50 €", 12.5),
        (numbers.whole_of, "1 200", 1200),
        (numbers.whole_of, "2023", 2023),
        *((numbers.whole_of, typed, 2020) for typed in ("depuis 2020", "année 2020")),
        (numbers.whole_of, "12 participants", 12),
        *((numbers.number_of, typed, 12.5) for typed in ("12€50", "12 € 50", "€ 12,50")),
        (numbers.number_of, "1.200,50", 1200.5),
        (numbers.number_of, "-1.200.000", -1200000),
        *((moments.time_of, typed, time(14, 30)) for typed in (
            *("14h30", "14 h 30", "14:30", "14.30", "14 heures 30", "14:30:00", "1430"),
            *("14h et demie", "14,30", "14h30mn."),
        )),
        *((moments.time_of, typed, time(12, 30)) for typed in ("midi et demi", "12h et demie")),
        *((moments.time_of, typed, time(0)) for typed in ("24h", "24 h 00", "24:00", "minuit")),
        (moments.time_of, "930", time(9, 30)),
        (moments.time_of, "midi moins le quart", time(11, 45)),
        (moments.time_of, "9h", time(9)),
        (moments.time_of, "midi", time(12)),
        *((moments.date_of, typed, date(2026, 3, 12)) for typed in (
            *("12/03/2026", "12 mars 2026", "jeudi 12 mars 2026", "2026-03-12", "12.3.26"),
            *("le 12 mars 2026", "12-03-2026", "jeu. 12 mars 2026", "12 mars, 2026"),
            *("12 mars 2026.", "12032026", "20260312", "0026-03-12"),
        )),
        *((moments.date_of, typed, date(2026, 3, 1)) for typed in (
            *("1 er mars 2026", "premier mars 2026", "dimanche premier mars 2026"),
        )),
        (moments.date_of, "mar. 3 mars 2026", date(2026, 3, 3)),
        (moments.date_of, "1er août 2026", date(2026, 8, 1)),
        *((moments.minutes_of, typed, 90) for typed in (
            *("90", "1 h 30", "1h30", "90 min", "1:30", "1 heure 30", "1 h et demie"),
            *("1,5 h", "1.5 heure", "1h½", "1½ h", "1 1/2 h", "environ 1h30", "une heure trente"),
        )),
        *((moments.minutes_of, typed, 30) for typed in (
            *("1/2 heure", "½ h", "trente minutes", "une demie heure"),
        )),
        (moments.minutes_of, "deux heures", 120),
        (moments.minutes_of, "3/4 d’heure", 45),
        (moments.minutes_of, "une heure", 60),
        (web_addresses.site_of, "www.exemple.fr", "https://www.exemple.fr"),
        (web_addresses.site_of, "HTTP://exemple.fr/A", "http://exemple.fr/A"),
        *((web_addresses.site_of, typed, "https://www.x.fr") for typed in (
            *("(www.x.fr)", "Site : www.x.fr", "https//www.x.fr", "https:/www.x.fr", "www.x.fr."),
            *("https:\\\\www.x.fr", "www.x.fr.),"),
        )),
        (web_addresses.site_of, "(https://x.fr/X_(Y))", "https://x.fr/X_(Y)"),
        (web_addresses.site_of, "https://x.fr/etc.", "https://x.fr/etc."),
        (web_addresses.site_of, "x.fr/vers:www.y.fr", "https://x.fr/vers:www.y.fr"),
        (web_addresses.site_of, "//x.fr.", "https://x.fr"),
        (web_addresses.mail_of, "mailto:a@b.fr", "a@b.fr"),
        (web_addresses.mail_of, "Mail : <a@b.fr>", "a@b.fr"),
    ],
)  # fmt: skip
def test_what_the_french_type_is_read(read, typed, stored):
    assert read(typed) == stored


@pytest.mark.parametrize(
    ("read", "typed"),
    [
        *((numbers.number_of, typed) for typed in ("abc", "1e5", "nan", "1 2", "12 mille")),
        *((numbers.number_of, typed) for typed in ("12€5", "12 € 50 personnes", "1.2000,5")),
        *((numbers.whole_of, typed) for typed in ("12,5", "beaucoup")),
        *((moments.time_of, typed) for typed in ("25h", "9h75", "matin", "14,5", "24h30")),
        *((moments.time_of, typed) for typed in ("975", "9h30 et demie", "14h et 16")),
        *((moments.date_of, typed) for typed in (
            *("31/02/2026", "demain", "13/13/2026", "0202-03-12", "12/03/202"),
        )),
        *((moments.date_of, typed) for typed in ("120326", "31/02", "99999999", "mars 2026")),
        *((moments.minutes_of, typed) for typed in ("longtemps", "-5", "0", "0 h 00")),
        *((moments.minutes_of, typed) for typed in ("1,30 h", "11/2 h", "deux", "1,5")),
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
    ("read", "typed", "said"),
    [
        *((moments.time_of, typed, "ce sont deux heures") for typed in (
            *("14h-16h", "de 14h à 16h", "midi-14h", "14h30/16h"),
        )),
        *((moments.date_of, typed, "de quelle année") for typed in (
            *("12 mars", "jeudi 12 mars", "12/03", "29 février", "1er mars"),
        )),
    ],
)  # fmt: skip
def test_what_is_too_much_or_lacks_is_said(read, typed, said):
    with pytest.raises(ValidationError) as refused:
        read(typed)
    assert typed in refused.value.messages[0]
    assert said in refused.value.messages[0]


@pytest.mark.parametrize(
    "typed",
    [
        *("a@b.fr - c@d.fr", "Accueil : a@b.fr Direction : c@d.fr", "a@b.fr (accueil), c@d.fr"),
        *("• a@b.fr\n• c@d.fr", "- a@b.fr\n- c@d.fr", '"B, A" <a@b.fr> “D, C” <c@d.fr>'),
        *("a@b.fr C <c@d.fr>", "a@b.fr\nC <c@d.fr>", "a@b.fr(accueil) c@d.fr (M. D)"),
    ],
)
def test_mails_are_read_without_the_words_around_them(typed):
    pieces = web_addresses.mails_in(typed)
    assert [web_addresses.mail_of(piece) for piece in pieces] == ["a@b.fr", "c@d.fr"]


@pytest.mark.parametrize(
    "typed",
    [
        *("www.a.fr - c.fr/x_(y)", "Site : www.a.fr Page : c.fr/x_(y)", "• www.a.fr • c.fr/x_(y)"),
        "(www.a.fr) (c.fr/x_(y))",
    ],
)
def test_sites_are_read_without_the_words_around_them(typed):
    sites = [web_addresses.site_of(piece) for piece in web_addresses.sites_in(typed)]
    assert sites == ["https://www.a.fr", "https://c.fr/x_(y)"]


@pytest.mark.parametrize(
    "typed", ["Accueil :", "(accueil)", "a@x.fr b.y.fr", "a@x.fr (b.y.fr)", "contact.x.fr : a@x.fr"]
)
def test_words_that_may_be_a_mail_are_not_lost(typed):
    with pytest.raises(ValidationError):
        [web_addresses.mail_of(piece) for piece in web_addresses.mails_in(typed)]


HOSTILE = ["\u00a0 ", "( ", ")", "<", "<@", "a: ", "a@", "x.", "1 ", '"', "•\n", "- "]


@pytest.mark.parametrize("unit", HOSTILE)
def test_the_time_to_part_a_text_grows_as_its_length(unit):
    text = f"1{unit * 8000}x"
    for parted in (web_addresses.mails_in, web_addresses.sites_in):
        costs.within(1, lambda parted=parted: parted(text))


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


PIECES = st.lists(
    st.sampled_from(
        ["a@x.fr", "www.x.fr", "https:/", "/p", "Site :", "(", ")", ".", " ", "<", "«", "12", "h ½"]
    )
).map("".join)


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
@given(text=st.text(max_size=60) | PIECES)
@settings(deadline=None, max_examples=60)
def test_nothing_but_a_validation_error_comes_of_any_text(read, text):
    try:
        stored = read(text)
    except ValidationError as refused:
        assert refused.messages[0].strip()
    else:
        assert not isinstance(stored, str) or read(stored) == stored


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
