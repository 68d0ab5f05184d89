"""Tables that the admin gives out, opened in a spreadsheet."""

import csv
from io import StringIO

import pytest
from wagtail.contrib.redirects.models import Redirect

from wiki.text import spreadsheets

FORMULAS = ["=HYPERLINK(1)", "+1+cmd", "-1+cmd", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"]


@pytest.mark.parametrize("cell", FORMULAS)
def test_a_cell_that_would_start_a_formula_is_text(cell):
    assert spreadsheets.as_text(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Le wifi", "-5", "+3,5", "12", "a=b", "l’accueil"])
def test_words_and_numbers_stay_as_they_are(cell):
    assert spreadsheets.as_text(cell) == cell


def test_rows_keep_their_cells_and_their_lines():
    rows = [["Titre", "=1"], ["deux\nlignes", 'une "citation", une virgule'], ["", "-2"]]
    written = StringIO()
    csv.writer(written).writerows(rows)
    parts = [line.encode() for line in written.getvalue().splitlines(keepends=True)]
    given = b"".join(spreadsheets.harmless(parts)).decode()
    assert list(csv.reader(StringIO(given, newline=""))) == [
        ["Titre", "'=1"],
        ["deux\nlignes", 'une "citation", une virgule'],
        ["", "-2"],
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["facilitator", "superuser"])
def test_no_export_of_the_admin_holds_a_formula(role, request, logged_in, admin_templates):
    Redirect.objects.create(old_path="/vieux", redirect_link="=HYPERLINK(1)")
    person = request.getfixturevalue(role)
    answer = logged_in(person).get("/admin/redirects/?export=csv")
    rows = list(csv.reader(StringIO(answer.getvalue().decode(), newline="")))
    assert "'=HYPERLINK(1)" in {cell for row in rows for cell in row}


@pytest.mark.django_db
def test_a_table_sent_to_the_site_is_given_back_as_it_was(contributor, logged_in):
    """Only what the admin writes is changed, never a document."""
    from django.core.files.base import ContentFile
    from wagtail.documents import get_document_model

    held = ContentFile(b"=1;2\r\n", name="table.csv")
    document = get_document_model().objects.create(title="Table", file=held)
    document.uploaded_by_user = contributor
    document.save()
    answer = logged_in(contributor).get(f"/fichiers/{document.pk}/")
    assert answer.getvalue() == b"=1;2\r\n"
