"""What the demonstration says against its sources, and what it leaves blank.

In `facts.csv`, S is a line of the study of 2020, N the needs read in it, F the facts about
deontology, T those about the territory; other sources are named in full.
"""

import csv
import re
from pathlib import Path

import pytest
from django.db import models
from wagtail.models import Page

from home.demo_files import FOLDER, read
from meetings.models import MeetingPage
from practices.models import GuidelinePage, PracticePage, TrainingMaterialPage
from structures.models import StructurePage
from tests.home.shingles import LENGTH, known_shingles, shingles_of
from wiki.models import ArticlePage
from wiki.pages.content import child_relations, row_fields, written_fields
from wiki.text.model_fields import ChoiceListField

FACTS = Path(__file__).parent / "facts.csv"
FIRST_PAGES = Path(FOLDER).parent / "first_pages"
KINDS = [
    *(StructurePage, GuidelinePage, PracticePage),
    *(TrainingMaterialPage, MeetingPage, ArticlePage),
]
WORDS = {"title", "summary", "body", "licence", "review_on", "hours_note", "fees_note", "equipment"}
TEXTS = sorted([*FOLDER.rglob("*.html"), *FIRST_PAGES.glob("*.html")])
# Numbers that the regulator keeps for works of fiction, without their first 0.
FICTION = ("19900", "26191", "35301", "46571", "53649", "63998")


def filled(value) -> bool:
    return value not in (None, "", [])


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind)
def test_every_field_that_people_write_is_filled_somewhere(kind):
    pages = list(kind.objects.filter(live=True))
    blank = [
        field.name
        for field in written_fields(kind)
        if not any(filled(field.value_from_object(page)) for page in pages)
    ]
    for relation, model in child_relations(kind).items():
        rows = [row for page in pages for row in getattr(page, relation).all()]
        blank += [
            f"{relation}.{field.name}"
            for field in row_fields(model)
            if not any(filled(field.value_from_object(row)) for row in rows)
        ]
    assert blank == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["hours_note", "fees_note", "equipment"])
def test_texts_of_several_lines_are_met_too(name):
    values = StructurePage.objects.filter(live=True).values_list(name, flat=True)
    assert sum(len(value.splitlines()) > 1 for value in values) >= 3, name


@pytest.mark.django_db
def test_texts_of_several_lines_keep_their_lines_on_the_page(client):
    page = StructurePage.objects.get(slug="fiche-exemple")
    text = client.get(page.address).content.decode()
    for name in ("hours_note", "fees_note"):
        first, second, *_rest = getattr(page, name).splitlines()
        assert re.search(rf"{re.escape(first)}<br>\s*{re.escape(second)}", text), name


def facts_of(page: StructurePage) -> set[tuple[str, str, str]]:
    """Every value of a typed field of a place: its slug, the field, the value."""
    found = set()
    for field in written_fields(StructurePage):
        value = field.value_from_object(page)
        if field.name in WORDS or not filled(value):
            continue
        for item in value if isinstance(field, ChoiceListField) else [value]:
            found.add((page.slug, field.name, named(field, item)))
    for label in page.labels.all():
        found.add((page.slug, "labels", f"{label.name} {label.year or ''}".strip()))
    for row in page.permanences.all():
        where = row.place.slug if row.place else row.place_name
        found.add((page.slug, "permanences", f"{where}, {row.rhythm}".replace("\xa0", " ")))
    return found


def named(field: models.Field, value) -> str:
    if isinstance(field, models.ForeignKey):
        return Page.objects.get(pk=value).slug
    return str(value).replace("\xa0", " ")


@pytest.mark.django_db
def test_every_typed_fact_about_a_place_has_its_source_and_no_source_is_left_over():
    with FACTS.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert [row for row in rows if not row["source"].strip()] == []
    told = {(row["slug"], row["field"], row["value"]) for row in rows}
    shown = set()
    for page in StructurePage.objects.filter(live=True):
        shown |= facts_of(page)
    assert shown - told == set(), "without a source"
    assert told - shown == set(), "no longer on the site"


@pytest.mark.django_db
def test_only_invented_places_give_numbers_of_fiction_and_they_say_so():
    for page in StructurePage.objects.filter(live=True):
        fiction = page.telephone.removeprefix("+33").startswith(FICTION)
        contacts = [*page.courriels, *page.site_web, page.prise_rdv, page.fiche_acces_libre]
        invented = fiction or any(".example" in contact for contact in contacts)
        assert ("inventé" in page.title) == invented, page.slug
        if page.telephone and not invented:
            assert "à vérifier" in f"{page.hours_note} {page.body}".lower(), page.slug


def test_the_fingerprints_of_the_study_recognise_it():
    """Otherwise the next test would pass on anything: nine words of the study, and not of ours."""
    title = "du bassin de vie de Chinon sur la médiation numérique"
    assert known_shingles() & shingles_of(title)
    assert not known_shingles() & shingles_of("Ces neuf mots sont à nous et à personne d’autre.")
    assert LENGTH == 9


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_file_copies_nine_words_of_the_study(path: Path):
    assert not known_shingles() & shingles_of(path.read_text(encoding="utf-8"))


def newest_body(path: str) -> str:
    return read(FOLDER / path).body


def gestures(body: str) -> list[str]:
    """The names in bold of the list that has one for each of its points."""
    return [word.rstrip(".") for word in re.findall(r"<li><strong>(L\S+ ?\S*?)\.</strong>", body)]


def test_the_gestures_of_leaving_a_public_computer_are_the_same_everywhere():
    closing = newest_body("situations/fermer-un-poste-public.html")
    leaving = newest_body("fiches/effacer-ses-traces.html")
    poster = newest_body("supports/charte-du-poste-public.html")
    assert len(gestures(closing)) == 7
    assert gestures(closing) == gestures(leaving)
    for body in (closing, leaving, poster):
        assert "7\xa0gestes" in body
        assert not re.search(r"\b[0-689]\sgestes", body)


@pytest.mark.parametrize(("wrong", "right"), [("wifi", "Wi-Fi"), ("Cnil", "CNIL")])
def test_a_name_is_written_one_way(wrong, right):
    for path in TEXTS:
        if not re.search(r"\.v\d+\.html$", path.name):
            text = re.sub(r'href="[^"]*"', "", path.read_text(encoding="utf-8"))
            assert not re.search(rf"\b{wrong}\b", text), (path.name, right)


def test_what_is_invented_about_the_collective_says_so():
    for name in ("groupes-de-travail", "la-plaquette", "formation-des-acteurs"):
        assert "pour cette démonstration" in newest_body(f"collectif-articles/{name}.html"), name
    assert "pour cette démonstration" in newest_body(
        "pratiques-articles/charte-de-deontologie.html"
    )


def test_the_end_of_windows_10_is_flagged_wherever_it_is_dated():
    for path in TEXTS:
        if not re.search(r"\.v\d+\.html$", path.name):
            body = path.read_text(encoding="utf-8")
            for found in re.finditer(r"octobre\s2025", body):
                assert "à vérifier" in body[found.end() : found.end() + 40], path.name
