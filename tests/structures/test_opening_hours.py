"""Opening hours: OpenStreetMap's syntax in, a week that people read out."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from structures.french_hours import DAYS, NAMES
from structures.hours_besides import besides, is_in_table, rules_of
from structures.models import StructurePage
from structures.opening_hours import (
    hours_in_words,
    hours_of,
    on_day,
    on_holidays,
    validate,
    week,
)
from tests.wiki import form_filling
from tests.wiki.screens import main_text

MONDAY = date(2026, 11, 23)
B = "\u00a0"
PIECES = st.sampled_from(
    [
        "Mo",
        "Tu-Fr",
        "Sa,Su",
        "PH",
        "off",
        "09:00-12:00",
        "14:00-26:00",
        "24/7",
        ";",
        ",",
        "||",
        "Jan-Mar",
        "week 2-10/2",
        "easter",
        "sunrise-sunset",
        "(sunset-01:00)",
        "2024-2030",
        "+",
        '"sur rendez-vous"',
        "SH",
        "Mo[1]",
        "Mo[-1]",
        "-3 days",
        "99:99",
        "unknown",
        "00:00-48:00",
    ]
)
HOURS = st.lists(PIECES, max_size=8).map(" ".join) | st.text(max_size=60)


def words(text: str, day: int = 0) -> tuple[str, str]:
    """The morning and the afternoon of a day, ordinary blanks for reading."""
    found = week(text, MONDAY)[day]
    return found.morning.replace(B, " "), found.afternoon.replace(B, " ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mo-Fr 09:00-12:00,14:00-17:00", ("9 h – 12 h", "14 h – 17 h")),
        ("Mo 08:30-12:30", ("8 h 30 – 12 h 30", "")),
        ("Mo 14:00-18:05", ("", "14 h – 18 h 05")),
        ("Mo 10:00-18:00", ("10 h – 18 h", "")),
        ("Mo 09:00-10:00,11:00-12:00", ("9 h – 10 h, 11 h – 12 h", "")),
        ("Tu 09:00-12:00", ("", "")),
        ("Mo-Su 09:00-12:00; Mo off", ("", "")),
    ],
)
def test_a_day_is_read_as_a_morning_and_an_afternoon(text, expected):
    assert words(text) == expected


def test_a_place_always_open_closes_at_midnight_not_at_zero():
    morning, _afternoon = words("24/7")
    assert "– 0 h" not in morning


def test_a_night_ends_at_midnight_not_at_zero():
    assert "– 0 h" not in words("Mo 22:00-26:00")[1]


def test_a_week_starts_on_monday_and_names_its_days_in_french():
    days = week("Mo-Fr 09:00-12:00", MONDAY)
    assert [day.name for day in days] == [
        *("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
    ]
    assert [day.closed for day in days] == [False] * 5 + [True] * 2


def test_the_week_of_today_starts_on_monday_too():
    assert week("24/7")[0].name == "lundi"


@pytest.mark.parametrize("text", ["lundi matin", "9h-12h", "Mo 9", "Mo-", "", "é", "<b>", "; ;"])
def test_hours_that_do_not_parse_are_refused_with_an_example(text):
    with pytest.raises(ValidationError) as refused:
        validate(text)
    assert "lundi 9h-12h et 14h-17h" in refused.value.messages[0]
    assert week(text) == []


@given(HOURS)
@settings(deadline=None, max_examples=300)
def test_nothing_but_a_validation_error_comes_of_any_text(text):
    try:
        stored = hours_of(text)
    except ValidationError:
        assert week(text, MONDAY) == []
    else:
        assert len(week(stored, MONDAY)) == 7
        assert hours_of(hours_in_words(stored)) == hours_of(stored) == stored


@given(HOURS, st.dates(date(2020, 1, 6), date(2035, 1, 1)))
@settings(deadline=None, max_examples=150)
def test_any_week_of_any_year_can_be_read(text, monday):
    assert len(week(text, monday)) in {0, 7}


@pytest.mark.django_db
def test_every_place_of_the_demonstration_has_hours_that_parse():
    for place in StructurePage.objects.exclude(horaires=""):
        validate(place.horaires)
        assert any(not day.closed for day in place.week), place.title


@pytest.mark.parametrize(
    ("osm", "whole", "morning"),
    [
        ("Mo 09:00-17:00", "9 h – 17 h", ""),
        ("Mo 12:00-14:00", "12 h – 14 h", ""),
        ("Mo 09:00-12:00,14:00-17:00", "", "9 h – 12 h"),
        ("Mo 09:00-13:00", "", "9 h – 13 h"),
    ],
)
def test_hours_that_go_on_through_noon_are_told_whole(osm, whole, morning):
    monday = week(osm)[0]
    assert monday.whole.replace("\u00a0", " ") == whole
    assert whole or monday.morning.replace("\u00a0", " ") == morning


@pytest.mark.parametrize("day", [*DAYS, "PH", "SH"])
@pytest.mark.parametrize("hours", ["14:00-18:00", "09:00-12:00,14:00-17:00", "off"])
def test_what_is_stored_is_read_again_as_itself(day, hours):
    """The field of the database reads again what the form has read."""
    assert hours_of(f"{day} {hours}") == f"{day} {hours}"


@pytest.mark.sampled(every=7)
@pytest.mark.django_db
@pytest.mark.parametrize("day", NAMES)
def test_each_day_alone_is_open_on_that_day_only(day, logged_in, contributor, client):
    typed = {"title": f"Ouvert le {day}", "horaires": f"{day} 14h-18h"}
    answer = form_filling.write(logged_in(contributor), "lieu", **typed)
    page = StructurePage.objects.get(title=typed["title"])
    assert answer.status_code == 302
    assert [one.name for one in page.week if not one.closed] == [day]
    for _turn in range(2):  # opened and saved again, nothing changes
        form_filling.edit(logged_in(contributor), page)
        assert StructurePage.objects.get(pk=page.pk).horaires == page.horaires


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("lundi 9h-12h, jours fériés fermé", "Jours fériésFermé"),
        ("dimanche et jours fériés 10h-12h", "Jours fériésDe 10 h à 12 h"),
    ],
)
def test_hours_of_public_holidays_are_shown(typed, shown, logged_in, contributor, client):
    fields = {"title": "Ouvert parfois", "horaires": typed}
    answer = form_filling.write(logged_in(contributor), "lieu", **fields)
    assert shown in main_text(client.get(answer.url)).replace("\u00a0", " ")


@pytest.mark.sampled(every=4)
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (
            "lundi 9h à 12h et de 14h à 17h sauf vacances scolaires",
            "Fermé pendant les vacances scolaires.",
        ),
        (
            "lundi 9h-12h, vacances scolaires 10h-11h",
            "Pendant les vacances scolaires de 10 h à 11 h.",
        ),
        ('Mo 10:00-12:00 "sur rendez-vous"', "Lundi de 10 h à 12 h, sur rendez-vous."),
        ("Mo 10:00-12:00 unknown", "Lundi de 10 h à 12 h, à confirmer."),
        ("Mo 09:00-12:00; Jul-Aug off", "De juillet à août : fermé."),
        (
            "Mo 09:00-12:00; 2026 Dec 24-2027 Jan 02 off",
            "Du 24 décembre 2026 au 2 janvier 2027 : fermé.",
        ),
        ("Mo 09:00-12:00; Jul 14 off", "Le 14 juillet : fermé."),
        ("Aug 10:00-12:00", "En août : de 10 h à 12 h."),
        ("week 1-53/2 Mo 09:00-12:00", "Les semaines impaires : lundi de 9 h à 12 h."),
        ("week 10-20 Mo 09:00-12:00", "De la semaine 10 à la semaine 20 : lundi de 9 h à 12 h."),
        ("Mo[1] 10:00-12:00", "Le premier lundi du mois : de 10 h à 12 h."),
        ("Mo[-1] 10:00-12:00", "Le dernier lundi du mois : de 10 h à 12 h."),
        ("Mo 09:00-12:00; easter off", "« easter off » (notation d’OpenStreetMap)."),
    ],
)
def test_what_a_week_cannot_say_is_told_beside_it_and_beside_today(
    typed, told, logged_in, contributor, client
):
    answer = form_filling.write(
        logged_in(contributor), "lieu", title="Ouvert parfois", horaires=typed
    )
    assert answer.status_code == 302
    text = main_text(client.get(answer.url)).replace("\u00a0", " ")
    assert text.count(told) == 2  # under « Aujourd’hui », and under the table


@given(HOURS)
@settings(deadline=None, max_examples=200)
def test_every_rule_of_accepted_hours_is_told(text):
    try:
        stored = hours_of(text)
    except ValidationError:
        return
    rest = [rule for rule in rules_of(stored) if not is_in_table(rule)]
    assert len([line for line in besides(stored) if len(line) > 1]) == len(rest)


@pytest.mark.parametrize(
    ("rule", "opens"), [("off", []), ("10:00-11:00", ["10 h – 11 h"]), ("", ["9 h – 12 h"])]
)
def test_today_knows_public_holidays(rule, opens):
    day = on_day("Mo-Su 09:00-12:00" + (f"; PH {rule}" if rule else ""), date(2026, 12, 25))
    assert [day.morning.replace("\u00a0", " ")] == (opens or [""])
    assert day.closed == (not opens)


@pytest.mark.parametrize(
    "rules", ["Mo 09:00-12:00; PH off; Jul off", "PH off; week 2 Mo 09:00-12:00"]
)
def test_public_holidays_are_told_whatever_else_is(rules):
    assert on_holidays(rules) == "fermé"


@pytest.mark.parametrize(
    ("typed", "left_out"),
    [
        ("tous les jours sauf le dimanche", "dimanche"),
        ("du lundi au vendredi sauf le mercredi", "mercredi"),
        ("tous les jours sauf samedi et dimanche", "samedi"),
    ],
)
def test_a_day_that_is_left_out_is_not_asked_about(typed, left_out):
    with pytest.raises(ValidationError) as refused:
        hours_of(typed)
    assert "lundi" in refused.value.messages[0]
    assert left_out not in refused.value.messages[0].partition("»")[0]
