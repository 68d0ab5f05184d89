"""A file of the site in a form: a few are offered, any other is found by words of its name."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html
from wagtail.documents import get_document_model

from meetings.models import Attachment, MeetingPage
from practices.models import TrainingMaterialPage
from tests import factories
from tests.wiki import form_filling
from tests.wiki.form_filling import COMMON
from tests.wiki.screens import form_of, main_text
from wiki.access.files import readable_documents
from wiki.editing import sensitive
from wiki.editing.document_field import MOST_LATEST, MOST_OWN, MOST_TOLD
from wiki.models import Draft, Version
from wiki.publishing.publishing import newest_version
from wiki.text.french_order import french_key

pytestmark = pytest.mark.django_db
FIELDS = {"support": "document", "reunion": "attachments-0-document"}
MEETING = {**COMMON, "date": "2021-03-04"}


@pytest.fixture(params=FIELDS)
def kind(request) -> str:
    return request.param


@pytest.fixture
def colleague(db):
    return factories.person("Contributeurs")


def document(title: str, sender=None):
    documents = get_document_model().objects
    return documents.create(title=title, file="documents/x.pdf", uploaded_by_user=sender)


def shown(*documents) -> None:
    """In a page that everybody reads."""
    links = "".join(f'<p><a linktype="document" id="{d.pk}">lire</a></p>' for d in documents)
    factories.page(author=factories.person("Animateurs"), body=links)


def open_document(title: str):
    made = document(title)
    shown(made)
    return made


def closed_document(title: str):
    made = document(title)
    page = factories.page()
    factories.restricted_to_groups(page, "Bureau")
    body = f'<p><a linktype="document" id="{made.pk}">lire</a></p>'
    factories.edited(page, author=factories.person("Animateurs", "Bureau"), body=body)
    return made


def crowd(count: int) -> None:
    shown(*[document(f"Fichier {rank}") for rank in range(count)])


def sent(client, kind: str, words: str, **more):
    return form_filling.write(client, kind, **MEETING, **{f"{FIELDS[kind]}-named": words}, **more)


def file_of(kind: str, title: str = COMMON["title"]):
    if kind == "support":
        return TrainingMaterialPage.objects.get(title=title).document
    (row,) = MeetingPage.objects.get(title=title).attachments.all()
    return row.document


def field_in(answer, kind: str):
    (select,) = html.fromstring(answer.content).xpath(f'//select[@name="{FIELDS[kind]}"]')
    return select.xpath("ancestor::fieldset[contains(@class, 'file-field')]")[0]


def options(answer, kind: str) -> list[str]:
    return field_in(answer, kind).xpath(".//option[@value != '']/text()")


def error(answer, kind: str) -> str:
    said = field_in(answer, kind).xpath(".//strong[@class='error']")
    return " ".join(said[0].text_content().split()) if said else ""


# What is offered.


def test_a_form_offers_ones_own_latest_and_the_latest_of_all_in_french_order(
    writer, contributor, kind
):
    for rank in range(MOST_OWN + 2):
        document(f"Œuvre {rank}", contributor)
    crowd(MOST_LATEST + 5)
    said = options(writer.get(f"/nouveau/{kind}/"), kind)
    assert len(said) == MOST_OWN + MOST_LATEST
    assert said == sorted(said, key=french_key)
    assert any(one.startswith("Œuvre 13") for one in said)
    assert not any(one.startswith("Œuvre 1 ") for one in said)


def test_the_control_for_names_comes_when_there_are_others(writer, kind):
    asked = f"//input[@name='{FIELDS[kind]}-named']"
    assert not html.fromstring(writer.get(f"/nouveau/{kind}/").content).xpath(asked)
    crowd(MOST_LATEST + 5)
    assert html.fromstring(writer.get(f"/nouveau/{kind}/").content).xpath(asked)


def test_what_a_page_holds_is_offered_however_old(writer, kind):
    old = open_document("Tout premier")
    crowd(60)
    assert not any("Tout premier" in one for one in options(writer.get(f"/nouveau/{kind}/"), kind))
    sent(writer, kind, "tout premier")
    page = get_page(kind)
    opened = writer.get(f"{page.address}modifier/")
    assert form_of(opened)[FIELDS[kind]] == [str(old.pk)]
    assert sum("Tout premier" in one for one in options(opened, kind)) == 1
    assert "Tout premier (PDF)" in main_text(opened)


def get_page(kind: str):
    model = TrainingMaterialPage if kind == "support" else MeetingPage
    return model.objects.get(title=COMMON["title"])


def test_a_form_costs_the_same_with_sixty_documents_and_with_three_hundred(writer, kind):
    crowd(60)
    writer.get(f"/nouveau/{kind}/")
    few, few_options = cost(writer, kind)
    crowd(240)
    writer.get(f"/nouveau/{kind}/")
    many, many_options = cost(writer, kind)
    assert many == few
    assert many_options == few_options


def cost(writer, kind: str) -> tuple[int, int]:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = writer.get(f"/nouveau/{kind}/")
    return len(queries), len(html.fromstring(answer.content).xpath("//option"))


def test_rows_of_a_meeting_share_what_is_read(writer):
    crowd(80)
    files = list(get_document_model().objects.order_by("pk")[:20])
    counts = []
    for number in (2, 20):
        rows = [Attachment(document=file) for file in files[:number]]
        author = factories.person("Animateurs")
        page = factories.page(MeetingPage, author=author, date="2021-03-04", attachments=rows)
        with CaptureQueriesContext(connection) as queries:
            assert writer.get(f"{page.address}modifier/").status_code == 200
        counts.append(sum("wagtaildocs_document" in one["sql"] for one in queries))
    assert counts[0] == counts[1] <= 4


def test_words_of_many_rows_are_looked_for_together(writer):
    crowd(80)
    counts = []
    for number in (1, 20):
        fields = {f"attachments-{rank}-document-named": f"zz{rank}" for rank in range(number)}
        form = {**form_filling.blank(writer, "reunion"), **MEETING, "title": "", **fields}
        with CaptureQueriesContext(connection) as queries:
            answer = writer.post(
                "/nouveau/reunion/", {**form, "attachments-TOTAL_FORMS": str(number)}
            )
        assert answer.status_code == 422
        said = html.fromstring(answer.content).xpath("//strong[@class='error']")
        assert sum("Aucun fichier du site" in one.text_content() for one in said) == number
        counts.append(sum("wagtaildocs_document" in one["sql"] for one in queries))
    assert counts[0] == counts[1]


# Words.


@pytest.mark.parametrize("words", ["GUINGUETTE", "ete guinguette", "  l’Été  ", "guinguet d'ete"])
def test_words_that_one_name_holds_choose_it(writer, kind, words):
    wanted = open_document("La guinguette d’été, l’été")
    crowd(60)
    answer = sent(writer, kind, words)
    assert answer.status_code == 302, main_text(answer)
    assert file_of(kind) == wanted


def test_a_whole_name_is_clear_though_others_hold_it(writer, kind):
    wanted = open_document("Plan")
    open_document("Plan d’accès")
    assert sent(writer, kind, "plan").status_code == 302
    assert file_of(kind) == wanted


def test_several_are_named_and_offered_and_the_words_stay(writer, kind):
    made = [open_document(f"Guinguette {rank}") for rank in range(MOST_TOLD + 3)]
    crowd(60)
    answer = sent(writer, kind, "guinguette")
    assert answer.status_code == 422
    said = error(answer, kind)
    assert said.startswith("Plusieurs fichiers ont « guinguette » dans leur nom : ")
    assert said.count("Guinguette ") == MOST_TOLD
    assert "; et d’autres. Choisissez" in said
    form = form_of(answer)
    assert form[f"{FIELDS[kind]}-named"] == ["guinguette"]
    assert form["title"] == [COMMON["title"]]
    assert sum(one.startswith("Guinguette ") for one in options(answer, kind)) == MOST_TOLD
    chosen = {**form, FIELDS[kind]: str(made[-1].pk)}
    assert writer.post(f"/nouveau/{kind}/", chosen).status_code == 302
    assert file_of(kind) == made[-1]


@pytest.mark.parametrize("words", ["brimborion", "?!", "%", "_", "x" * 3000])
def test_none_is_told_and_the_words_stay(writer, kind, words):
    crowd(60)
    answer = sent(writer, kind, words)
    assert answer.status_code == 422
    said = error(answer, kind)
    assert said.startswith("Aucun fichier du site")
    assert said.endswith("ou envoyez le fichier de cet appareil.")
    assert form_of(answer)[f"{FIELDS[kind]}-named"][0] == words[:255]


def test_words_go_before_what_the_page_holds_and_not_before_a_new_choice(writer, kind):
    first, second, third = map(open_document, ["Premier", "Deuxième", "Troisième"])
    crowd(60)
    sent(writer, kind, "premier")
    page, name = get_page(kind), FIELDS[kind]
    form_filling.edit(writer, page, **{f"{name}-named": "troisieme", name: str(second.pk)})
    assert file_of(kind) == second
    form_filling.edit(writer, page, **{f"{name}-named": "troisieme"})
    assert file_of(kind) == third
    form_filling.edit(writer, page, **{f"{name}-named": " "})
    assert file_of(kind) == third
    assert first.pk


def test_a_preview_shows_what_words_choose_and_tells_what_they_do_not(writer, kind):
    wanted = open_document("Guinguette")
    form = {**form_filling.blank(writer, kind), **MEETING, f"{FIELDS[kind]}-named": "guinguette"}
    assert (
        f"/fichiers/{wanted.pk}/" in writer.post(f"/nouveau/{kind}/apercu/", form).content.decode()
    )
    form[f"{FIELDS[kind]}-named"] = "brimborion"
    assert "Aucun fichier du site" in main_text(writer.post(f"/nouveau/{kind}/apercu/", form))


def test_a_draft_keeps_the_words_and_gives_them_back(writer, kind):
    wanted = open_document("Guinguette")
    name = f"{FIELDS[kind]}-named"
    form = {**form_filling.blank(writer, kind), **MEETING, "key": str(uuid4()), name: "guinguette"}
    assert writer.post("/brouillons/enregistrer/", {**form, "kind": kind}).status_code == 200
    draft = Draft.objects.get(title=COMMON["title"])
    opened = writer.get(f"/brouillons/{draft.key}/")
    assert form_of(opened)[name] == ["guinguette"]
    assert error(opened, kind) == ""
    assert field_in(opened, kind).xpath(".//details[@class='from-site']/@open")
    resent = {k: v for k, v in form_of(opened).items() if k != "reopen"}
    assert writer.post(f"/nouveau/{kind}/", resent).status_code == 302
    assert file_of(kind) == wanted


def test_words_outlive_a_conflict(writer):
    wanted = open_document("Guinguette")
    page = factories.page(TrainingMaterialPage, title=COMMON["title"], summary="Avant")
    form = {**form_filling.opened(writer, page), "summary": "Le mien"}
    factories.edited(page, summary="Le leur")
    answer = writer.post(f"{page.address}modifier/", {**form, "document-named": "guinguette"})
    assert answer.status_code == 409
    chosen = {**form_of(answer, "chosen_on"), "choice-0": "mienne"}
    assert writer.post(f"{page.address}modifier/", chosen).status_code == 302
    assert file_of("support") == wanted


def test_changes_of_others_are_taken_beside_words(writer):
    open_document("Guinguette")
    page = factories.page(TrainingMaterialPage, title=COMMON["title"], summary="Avant")
    form = {**form_filling.opened(writer, page), "document-named": "guinguette"}
    factories.edited(page, summary="Le leur")
    told = writer.post("/brouillons/reunir/", {**form, "page": str(page.pk)}).json()
    assert told["fields"]["summary"] == "Le leur"
    assert told["rows"] is False
    assert not {"document", "document-named"} & told["fields"].keys()


def test_a_file_that_others_chose_comes_with_the_whole_form(writer):
    theirs = open_document("Le leur")
    crowd(60)
    page = factories.page(TrainingMaterialPage, title=COMMON["title"])
    form = form_filling.opened(writer, page)
    page.document = theirs
    factories.edited(page, author=factories.person("Animateurs"), document=theirs)
    told = writer.post("/brouillons/reunir/", {**form, "page": str(page.pk)}).json()
    assert told["rows"] is True


def test_words_that_name_a_file_are_no_secret_of_the_text():
    typed = {"document-named": ["paie@exemple.fr"], "attachments-0-document-named": ["paie@a.fr"]}

    class Sent(dict):
        def lists(self):
            return self.items()

    assert sensitive.typed_text(Sent(typed)) == ""


# Rights.


def test_a_number_that_is_not_offered_is_taken_while_one_may_read_it(writer, kind):
    old = open_document("Tout premier")
    crowd(60)
    answer = form_filling.write(writer, kind, **MEETING, **{FIELDS[kind]: str(old.pk)})
    assert answer.status_code == 302, main_text(answer)
    assert file_of(kind) == old


@pytest.mark.parametrize("number", ["0", "-1", "9" * 18, "9" * 40, "abc", "1 2", "²"])
def test_an_odd_number_is_refused(writer, kind, number):
    answer = form_filling.write(writer, kind, **MEETING, **{FIELDS[kind]: number})
    assert answer.status_code == 422


def test_nothing_closed_is_offered_found_given_or_told(writer, colleague, kind):
    hidden = [document("Zxguinguette une", colleague), closed_document("Zxguinguette deux")]
    crowd(3)
    assert "guinguette" not in writer.get(f"/nouveau/{kind}/").content.decode()
    for words in ("zxguinguette", "zxguinguette une", "zxguinguette deux"):
        answer = sent(writer, kind, words)
        assert error(answer, kind).startswith("Aucun fichier du site")
        assert "Zxguinguette" not in answer.content.decode()
    mine = open_document("Zxguinguette ouverte")
    assert sent(writer, kind, "zxguinguette").status_code == 302
    assert file_of(kind) == mine
    for one in hidden:
        refused = form_filling.write(
            writer, kind, **{**MEETING, "title": "Autre"}, **{FIELDS[kind]: str(one.pk)}
        )
        assert refused.status_code == 422
        assert "Zxguinguette une" not in refused.content.decode()
        assert "Zxguinguette deux" not in refused.content.decode()


def test_facilitators_find_what_nobody_shows_and_senders_their_own(logged_in, colleague, kind):
    wanted = document("Guinguette", colleague)
    for person in (colleague, factories.person("Animateurs")):
        assert wanted in readable_documents(person, get_document_model().objects.all())
        assert sent(logged_in(person), kind, "guinguette").status_code == 302
        get_page(kind).delete()


def test_a_file_that_the_page_holds_stays_though_its_name_may_not_be_known(writer):
    """A text stored before the rule: it names a file of another page."""
    secret = closed_document("Zxsecret")
    crowd(60)
    page = factories.page(TrainingMaterialPage, title=COMMON["title"])
    content = {**newest_version(page).content, "document": secret.pk}
    Version.objects.filter(page_id=page.pk).update(content=content)
    TrainingMaterialPage.objects.filter(pk=page.pk).update(document=secret)
    opened = writer.get(f"{page.address}modifier/")
    assert "Zxsecret" not in opened.content.decode()
    assert form_of(opened)["document"] == [str(secret.pk)]
    assert "(non disponible)" in options(opened, "support")
    again = writer.post(f"{page.address}modifier/", {**form_of(opened), "title": ""})
    assert error(again, "support") == ""
    assert "Zxsecret" not in again.content.decode()
