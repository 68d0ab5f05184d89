"""Writing from the front office, as a person does: every kind of page, every sort of field."""

import pytest
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.models import Page

from meetings.models import Attendance, MeetingPage
from practices.models import GuidelinePage, PracticePage, Source, TrainingMaterialPage
from structures.models import Label, Permanence, StructurePage
from tests import factories
from tests.wiki import form_filling
from tests.wiki.form_filling import COMMON
from tests.wiki.screens import form_of, main_text
from wiki.models import ArticlePage, Topic, Version
from wiki.publishing.publishing import newest_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def chinon():
    return StructurePage.objects.get(slug="centre-social-de-chinon")


@pytest.fixture
def leaflet():
    return get_document_model().objects.order_by("pk").first()


# Kind: the type, what is typed, and what a reader finds of it on the page.
KINDS = {
    "article": (ArticlePage, {"review_on": "2030-05-01"}, ["mai 2030"]),
    "situation": (
        GuidelinePage,
        {
            "short_answer": "Je refuse poliment.",
            "other_wordings": "elle me tend son carnet\nil me dicte son code",
            "sources-0-title": "La CNIL",
            "sources-0-url": "https://www.cnil.fr/fr/mots-de-passe",
            "sources-0-dated": "avril 2024",
            "sources-1-title": "Notre charte",
        },
        ["Je refuse poliment.", "La CNIL", "avril 2024", "Notre charte"],
    ),
    "fiche": (
        PracticePage,
        {
            "goals": "Choisir une phrase",
            "duration": "45",
            "level": "debutant",
            "publics": ["seniors", "familles"],
            "devices": ["telephone", "papier"],
            "material": "Un crayon\nDes étiquettes",
            "vigilance": "Ne rien noter",
        },
        ["45", "Un crayon", "Des étiquettes", "Ne rien noter"],
    ),
    "support": (
        TrainingMaterialPage,
        {"family": "culture", "level": "debutant", "link": "https://cours.example/accueil"},
        ["cours.example"],
    ),
    "lieu": (
        StructurePage,
        {
            "typologie": ["EPN", "BIB"],
            "commune": "Chinon",
            "code_postal": "37500",
            "code_insee": "37072",
            "adresse": "1 rue des Tests",
            "telephone": "+33247000000",
            "courriels": "accueil@lieu.example|epn@lieu.example",
            "site_web": "https://lieu.example",
            "horaires": "Mo-Fr 09:00-12:00,14:00-17:00",
            "services": ["Aide aux démarches administratives"],
            "frais_a_charge": ["Gratuit"],
            "equipment": "Un scanner",
            "permanences-0-place_name": "À la mairie de Thizay",
            "permanences-0-rhythm": "le mardi matin",
            "labels-0-name": "Aidants Connect",
            "labels-0-year": "2023",
        },
        [
            *("Espace public numérique", "1 rue des Tests", "02 47 00 00 00", "Gratuit"),
            *("À la mairie de Thizay", "le mardi matin", "Aidants Connect", "Un scanner"),
        ],
    ),
    "reunion": (
        MeetingPage,
        {
            "date": "2021-03-04",
            "starts_at": "14:00",
            "ends_at": "16:30",
            "place": "Médiathèque du Véron",
            "agenda": "Tour de table\nPlaquette",
            "apologies": "Une mission locale",
            "decisions-0-text": "Imprimer la plaquette",
            "decisions-0-outcome": "à l’unanimité",
            "actions-0-what": "Écrire aux mairies",
            "actions-0-owner": "Le centre social",
            "actions-0-due": "2021-05-01",
            "actions-0-state": "en-cours",
        },
        [
            *("4 mars 2021", "Médiathèque du Véron", "Tour de table", "Imprimer la plaquette"),
            *("Écrire aux mairies", "Le centre social", "1er mai 2021"),
        ],
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_of_each_kind_is_written_read_and_found(writer, client, contributor, kind):
    model, typed, shown = KINDS[kind]
    answer = form_filling.write(writer, kind, **COMMON, **typed)
    assert answer.status_code == 302, main_text(answer)
    page = model.objects.get(title=COMMON["title"])
    assert answer.url.endswith(page.address)
    text = client.get(page.address).content.decode()
    read = main_text(client.get(page.address))
    for words in [COMMON["title"], "Le texte de la page.", "Tuffeau blanc", *shown]:
        assert words in read, words
    assert contributor.display_name in text
    found = client.get("/recherche/", {"q": COMMON["title"]})
    assert found.context["results"].hits[0].page.pk == page.pk
    version = Version.objects.get(page_id=page.pk)
    assert (version.number, version.author, version.summary) == (
        1,
        contributor,
        "Première écriture",
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_of_each_kind_keeps_every_field_when_saved_again(writer, kind):
    model, typed, _shown = KINDS[kind]
    form_filling.write(writer, kind, **COMMON, **typed)
    page = model.objects.get(title=COMMON["title"])
    before = newest_version(page).content
    assert form_filling.edit(writer, page).status_code == 302
    assert newest_version(page).number == 1
    assert form_filling.edit(writer, page, licence="cc-by-4.0").status_code == 302
    after = newest_version(page)
    assert after.number == 2
    assert after.content == {**before, "licence": "cc-by-4.0"}


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_page_starts_from_the_skeleton_of_its_kind(writer, kind):
    form = form_filling.blank(writer, kind)
    assert form["body"][0].replace("\r", "").strip() == KINDS[kind][0].skeleton.strip()


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_of_each_kind_is_changed_then_compared(writer, client, kind):
    model, typed, _shown = KINDS[kind]
    form_filling.write(writer, kind, **COMMON, **typed)
    page = model.objects.get(title=COMMON["title"])
    form_filling.edit(writer, page, summary="En trois mots.", topics="Tuffeau blanc")
    text = client.get(f"{page.address}difference/").content.decode()
    assert "<del>deux</del>" in text
    assert "<ins>trois</ins>" in text
    assert "<del>Ardoise bleue" in text


@pytest.mark.whole
def test_every_page_of_the_demonstration_survives_being_saved_unchanged(facilitator, logged_in):
    """What the form does not hold would be lost here."""
    client, lost = logged_in(facilitator), []
    for page in Page.objects.filter(live=True, depth__gt=2).specific():
        before = newest_version(page).content
        answer = form_filling.edit(client, page)
        after = newest_version(page)
        if answer.status_code != 302 or after.content != before:
            lost.append(page.address)
    assert lost == []


def test_the_title_in_the_address_prefills_the_form(writer):
    form = form_of(writer.get("/nouveau/situation/?titre=Une dame pleure"))
    assert form["title"] == ["Une dame pleure"]


def test_an_article_goes_under_the_page_it_was_asked_for(writer):
    parent = Page.objects.get(slug="pratiques")
    form = form_of(writer.get(f"/nouveau/article/?sous={parent.pk}"))
    writer.post(f"/nouveau/article/?sous={parent.pk}", {**form, "title": "Sous pratiques"})
    assert Page.objects.get(title="Sous pratiques").url == "/pratiques/sous-pratiques/"


@pytest.mark.parametrize("asked", ["0", "-1", "abc", "99999999999999999999", "２", "\x00"])
def test_a_parent_that_does_not_exist_is_passed_over(writer, asked):
    assert writer.get("/nouveau/article/", {"sous": asked}).status_code == 200


@pytest.mark.parametrize("kind", ["rubrique", "inconnu", "homepage"])
def test_there_is_no_form_for_other_kinds(writer, kind):
    assert writer.get(f"/nouveau/{kind}/").status_code == 404


# Child rows.


@pytest.fixture
def sourced(contributor):
    rows = [Source(title="Première", sort_order=0), Source(title="Deuxième", sort_order=1)]
    return factories.page(GuidelinePage, sources=rows, title="Sourcée", author=contributor)


def titles(page) -> list[str]:
    return [row["title"] for row in newest_version(page).content["sources"]]


def test_a_row_is_added(writer, sourced):
    form_filling.edit(writer, sourced, **{"sources-2-title": "Troisième"})
    assert titles(sourced) == ["Première", "Deuxième", "Troisième"]


def test_a_row_is_changed(writer, sourced):
    form_filling.edit(writer, sourced, **{"sources-0-title": "Corrigée"})
    assert titles(sourced) == ["Corrigée", "Deuxième"]


def test_a_row_is_removed(writer, sourced, client):
    form_filling.edit(writer, sourced, **{"sources-0-DELETE": "on"})
    assert titles(sourced) == ["Deuxième"]
    assert "Première" not in main_text(client.get(sourced.address))
    assert "Première" in main_text(client.get(f"{sourced.address}difference/"))


def test_a_retried_form_adds_its_rows_once(writer, sourced):
    data = {**form_filling.opened(writer, sourced), "sources-2-title": "Troisième"}
    for _ in range(2):
        assert writer.post(f"{sourced.address}modifier/", data).status_code == 302
    assert titles(sourced) == ["Première", "Deuxième", "Troisième"]
    assert Version.objects.filter(page_id=sourced.pk).count() == 2


def test_a_form_whose_row_somebody_removed_meanwhile_can_still_be_published(
    writer, logged_in, other_contributor, sourced
):
    mine = {**form_filling.opened(writer, sourced), "body": "<p>Mon texte</p>"}
    form_filling.edit(logged_in(other_contributor), sourced, **{"sources-0-DELETE": "on"})
    answer = writer.post(f"{sourced.address}modifier/", mine)
    assert answer.status_code == 302, main_text(answer)
    assert newest_version(sourced).content["body"] == "<p>Mon texte</p>"
    assert titles(sourced) == ["Deuxième"]


def test_a_structure_keeps_what_its_editor_may_not_see(writer):
    """A reference to a closed page is neither shown nor lost."""
    place = factories.page(StructurePage, title="Lieu réservé")
    page = factories.page(
        StructurePage,
        title="Lieu ouvert",
        structure_parente=place,
        permanences=[Permanence(place=place, rhythm="lundi")],
        labels=[Label(name="Label")],
    )
    factories.restricted_to_groups(place, "Bureau")
    answer = writer.get(f"{page.address}modifier/")
    assert "Lieu réservé" not in answer.content.decode()
    assert form_filling.edit(writer, page, summary="Autre").status_code == 302
    content = newest_version(page).content
    assert content["summary"] == "Autre"
    assert content["structure_parente"] == place.pk
    assert content["permanences"][0]["place"] == place.pk


def test_a_meeting_keeps_its_structures_and_files(writer, chinon, leaflet):
    answer = form_filling.write(
        writer,
        "reunion",
        **COMMON,
        **{
            "date": "2021-03-04",
            "attendances": [str(chinon.pk)],
            "attachments-0-document": str(leaflet.pk),
            "attachments-0-title": "La plaquette",
        },
    )
    assert answer.status_code == 302, main_text(answer)
    page = MeetingPage.objects.get(title=COMMON["title"])
    read = main_text(Client().get(page.address))
    assert chinon.title in read
    assert "La plaquette" in read
    assert f'href="/fichiers/{leaflet.pk}/' in Client().get(page.address).content.decode()


def test_a_structure_that_is_deleted_leaves_the_meeting_standing(writer, client):
    place = factories.page(StructurePage, title="Lieu fermé pour toujours")
    page = factories.page(MeetingPage, date="2021-03-04", attendances=[Attendance(structure=place)])
    place.delete()
    answer = client.get(page.address)
    assert answer.status_code == 200
    assert "Lieu fermé pour toujours" not in answer.content.decode()
    assert form_filling.edit(writer, page).status_code == 302


# Topics.


def test_topics_are_written_as_words_and_made_when_new(writer, guideline):
    form_filling.edit(writer, guideline, topics=" Wifi public,  wifi public , Tuffeau ,, ")
    assert newest_version(guideline).content["topics"] == ["Tuffeau", "Wifi public"]
    assert Topic.objects.filter(slug="wifi-public").count() == 1


def test_topics_are_removed(writer, guideline, client):
    form_filling.edit(writer, guideline, topics="")
    assert newest_version(guideline).content["topics"] == []
    assert client.get(guideline.address).context["page"].topics == []


@pytest.mark.parametrize("topics", ["???", ", ".join(f"t{n}" for n in range(13)), "😀"])
def test_topics_that_cannot_be_are_refused_with_a_message(writer, guideline, topics):
    answer = form_filling.edit(writer, guideline, topics=topics)
    assert answer.status_code == 422
    assert form_of(answer)["topics"] == [topics]


# Bad input: a clear message, and the text given back.

BAD = [
    ("situation", "title", "", "title"),
    ("situation", "title", "x" * 256, "title"),
    ("situation", "summary", "x" * 281, "summary"),
    ("situation", "sources-0-url", "pas une adresse", "sources-0-url"),
    ("fiche", "duration", "longtemps", "duration"),
    ("fiche", "duration", "-5", "duration"),
    ("fiche", "level", "expert", "level"),
    ("fiche", "publics", ["martiens"], "publics"),
    ("lieu", "horaires", "lundi matin", "horaires"),
    ("lieu", "telephone", "02 47 00", "telephone"),
    ("lieu", "code_postal", "3750", "code_postal"),
    ("lieu", "code_insee", "ABCDE", "code_insee"),
    ("lieu", "latitude", "nord", "latitude"),
    ("lieu", "structure_parente", "999999", "structure_parente"),
    ("lieu", "labels-0-year", "jadis", "labels-0-year"),
    ("reunion", "date", "", "date"),
    ("reunion", "date", "le 3 mai", "date"),
    ("reunion", "starts_at", "25:00", "starts_at"),
    ("reunion", "actions-0-due", "bientôt", "actions-0-due"),
    ("reunion", "licence", "tous-droits", "licence"),
    ("article", "review_on", "2021-13-45", "review_on"),
    ("article", "body", "<p>" + "x" * 400_001 + "</p>", "body"),
]


@pytest.mark.parametrize(("kind", "field", "value", "shown"), BAD)
def test_bad_input_gets_a_message_and_the_text_back(writer, kind, field, value, shown):
    pages = Page.objects.count()
    fields = {**COMMON, **KINDS[kind][1], field: value}
    answer = form_filling.write(writer, kind, **fields)
    assert answer.status_code == 422
    assert Page.objects.count() == pages
    given_back = form_of(answer)
    for name in {"title", "summary", "topics"} - {field}:
        assert given_back[name][0].strip() == fields[name]
    if field != "body":
        assert given_back["body"][0].replace("\r\n", "\n").strip() == COMMON["body"]
    errors = answer.context["form"].errors or {}
    rows = [row.errors for fs in answer.context["form"].formsets.values() for row in fs]
    assert shown.rpartition("-")[2] in {name for error in [errors, *rows] for name in error}
    assert 'role="alert"' in answer.content.decode()


def test_an_empty_form_is_not_a_publication(writer, guideline):
    before = Version.objects.count()
    assert writer.post(f"{guideline.address}modifier/", {}).status_code == 422
    assert Version.objects.count() == before


def test_a_script_in_a_title_is_shown_as_text(writer, client):
    title = '"><img src=x onerror=alert(1)>'
    form_filling.write(writer, "article", **{**COMMON, "title": title})
    page = ArticlePage.objects.get(title=title)
    for address in ["", "historique/", "versions/1/", "difference/"]:
        assert "<img src=x" not in client.get(f"{page.address}{address}").content.decode()
    for address in ["/changements/", "/plan-du-site/", "/collectif/", "/recherche/?q=onerror"]:
        assert "<img src=x" not in client.get(address).content.decode()
    assert "<img src=x" not in writer.get(f"{page.address}modifier/").content.decode()


def test_a_script_in_a_summary_of_edit_or_a_name_is_shown_as_text(contributor, logged_in, client):
    contributor.display_name = "<script>alert(2)</script>"
    contributor.save()
    writer = logged_in(contributor)
    form_filling.write(writer, "article", **{**COMMON, "edit_summary": "<script>alert(1)</script>"})
    page = ArticlePage.objects.get(title=COMMON["title"])
    for address in [page.address, f"{page.address}historique/", "/changements/", "/"]:
        assert "<script>alert" not in client.get(address).content.decode()
    assert "<script>alert" not in client.get("/changements/flux/").content.decode()
