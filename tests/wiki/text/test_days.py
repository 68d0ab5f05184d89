"""A day is written as French people write it wherever one is written: « 1er septembre 2026 »."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils import translation

from wiki.text.days import date_format

FIRST, SECOND, ELEVENTH = date(2026, 9, 1), date(2026, 9, 2), date(2026, 9, 11)
ROOMS = ("kb", "home", "search", "practices", "meetings", "structures", "wiki")


def in_template(value, format: str) -> str:
    return Template("{{ value|date:format }}").render(Context({"value": value, "format": format}))


@pytest.mark.parametrize("write", [date_format, in_template])
@pytest.mark.parametrize(
    ("day", "format", "written"),
    [
        (FIRST, "j F Y", "1er septembre 2026"),
        (FIRST, "l j F Y", "mardi 1er septembre 2026"),
        (FIRST, "j N Y", "1er sept. 2026"),
        (FIRST, "DATE_FORMAT", "1er septembre 2026"),
        (SECOND, "j F Y", "2 septembre 2026"),
        (ELEVENTH, "j F Y", "11 septembre 2026"),
        (FIRST, "j", "1"),
        (FIRST, "F Y", "septembre 2026"),
        (FIRST, "d/m/Y", "01/09/2026"),
        (FIRST, "Y-m-d", "2026-09-01"),
    ],
)
def test_the_first_of_a_month_is_written_1er(write, day, format, written):
    assert write(day, format).lower() == written


def test_a_moment_is_of_the_day_of_paris():
    last_of_august_in_greenwich = datetime(2026, 8, 31, 23, 0, tzinfo=UTC)
    assert in_template(last_of_august_in_greenwich, "j F Y, G:i") == "1er septembre 2026, 1:00"


def test_nothing_is_written_for_no_day_and_other_languages_keep_their_way():
    assert in_template(None, "j F Y") == in_template("", "j F Y") == ""
    with translation.override("en"):
        assert date_format(FIRST, "j F Y") == "1 September 2026"


def test_no_code_writes_days_in_another_way():
    """`|date` is ours in every template: Python has `wiki.text.days` alone."""
    other = re.compile(r"django\.utils.*import.*\bdate_?format\b|strftime\(.*%B")
    for room in ROOMS:
        for path in Path(settings.ROOT, room).rglob("*.py"):
            if path.name != "days.py":
                assert not other.search(path.read_text()), path
