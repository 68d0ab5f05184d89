"""What more people will read than until now: told before publishing, once."""

import pytest

from tests import factories
from tests.wiki import form_filling, secrets
from tests.wiki.screens import form_of, main_text
from wiki.publishing.publishing import newest_version

pytestmark = pytest.mark.django_db
SAVE = "/brouillons/enregistrer/"


@pytest.fixture
def member():
    return factories.person("Contributeurs", "Bureau")


@pytest.fixture
def keeper(member, logged_in):
    return logged_in(member)


def closed_page(**fields):
    page = factories.page(**fields)
    return page, factories.restricted_to_groups(page, "Bureau")


@pytest.fixture(params=["documents", "photos"])
def file(request, member):
    if request.param == "documents":
        return secrets.document_named("zxnom", "zxnom", "zxtexte", member)
    return secrets.image_named("zxnom", "zxnom", member)


def naming(file) -> str:
    if file._meta.model_name == "document":
        return f'<p>Lisez <a linktype="document" id="{file.pk}">la notice</a></p>'
    return f'<p>Voyez</p><embed embedtype="image" id="{file.pk}" alt="le dessin" format="full">'


def shown_by_closed_page(file):
    page, _restriction = closed_page(title="Fermée")
    return factories.edited(page, body=naming(file))


def test_a_page_opened_while_one_writes_is_told(keeper):
    page, restriction = closed_page(title="Plan", body="<p>Rien</p>")
    form = {**form_filling.opened(keeper, page), "body": "<p>Zinzolin</p>"}
    restriction.delete()
    asked = keeper.post(f"{page.address}modifier/", form)
    assert "réservée quand vous l’avez ouverte : Bureau" in main_text(asked)
    assert "Tout le monde peut lire cette page. Publiez si cela vous convient." in main_text(asked)
    assert "Zinzolin" not in newest_version(page).content["body"]
    again = keeper.post(f"{page.address}modifier/", form_of(asked))
    assert again.status_code == 302
    assert "Zinzolin" in newest_version(page).content["body"]


def test_a_draft_typed_while_the_page_was_reserved_tells_it(keeper):
    page, restriction = closed_page(title="Plan", body="<p>Rien</p>")
    form = {**form_filling.opened(keeper, page), "page": page.pk, "body": "<p>Zinzolin</p>"}
    assert keeper.post(SAVE, form).json()["warnings"] == []
    restriction.delete()
    assert "Bureau" in keeper.post(SAVE, form).json()["warnings"][0]
    opened = keeper.get(f"/brouillons/{form['key'][0]}/")
    assert "réservée quand vous l’avez ouverte : Bureau" in main_text(opened)


def test_a_page_that_stays_as_it_was_tells_nothing(keeper):
    page, _restriction = closed_page(title="Plan", body="<p>Rien</p>")
    assert form_filling.edit(keeper, page, body="<p>Deux</p>").status_code == 302
    form = {**form_filling.opened(keeper, page), "body": "<p>Trois</p>"}
    factories.restricted_to_groups(page, "Direction")
    answer = keeper.post(f"{page.address}modifier/", form)
    assert "quand vous l’avez ouverte" not in answer.content.decode()


@pytest.mark.parametrize("readers", ["groups:", "groups:x", "groups:99999", "&&", "a" * 999, "é"])
def test_odd_readers_break_nothing(keeper, readers):
    page = factories.page(title="Plan")
    answer = form_filling.edit(keeper, page, body="<p>Deux</p>", readers=readers)
    assert answer.status_code == 200


def test_a_file_of_closed_pages_is_told_before_it_is_opened(keeper, client, file):
    shown_by_closed_page(file)
    page = factories.page(title="Ouverte", body="<p>Rien</p>")
    asked = form_filling.edit(keeper, page, body=naming(file))
    assert asked.status_code == 200
    assert "Seules des pages réservées montraient" in main_text(asked)
    assert "« zxnom »" in main_text(asked)
    assert newest_version(page).number == 1
    sent = keeper.post(f"{page.address}modifier/", form_of(asked))
    assert sent.status_code == 302
    assert newest_version(page).file_uses.exists()


def test_a_new_page_tells_it_too(keeper, file):
    shown_by_closed_page(file)
    fields = {**form_filling.COMMON, "body": naming(file)}
    assert "zxnom" in main_text(form_filling.write(keeper, "article", **fields))


@pytest.mark.parametrize("where", ["unused", "open", "same page", "as closed"])
def test_a_file_that_opens_nothing_new_is_not_told(keeper, file, where):
    page = factories.page(title="Plan", body="<p>Rien</p>")
    if where == "open":
        factories.page(title="Autre", body=naming(file))
    if where == "same page":
        page = factories.edited(page, body=naming(file))
    if where == "as closed":
        shown_by_closed_page(file)
        factories.restricted_to_groups(page, "Bureau")
    answer = form_filling.edit(keeper, page, body=naming(file) + "<p>Suite</p>")
    assert answer.status_code == 302


def test_a_file_that_one_may_not_read_is_not_named(writer, file):
    shown_by_closed_page(file)
    page = factories.page(title="Plan", body="<p>Rien</p>")
    form = {**form_filling.opened(writer, page), "page": page.pk, "body": naming(file)}
    answer = writer.post(SAVE, form)
    assert answer.json()["warnings"] == []
    assert "zxnom" not in answer.content.decode()


def test_a_document_chosen_in_a_field_is_told(keeper, member):
    document = secrets.document_named("zxnom", "zxnom", "zxtexte", member)
    shown_by_closed_page(document)
    fields = {
        **form_filling.blank(keeper, "support"),
        **form_filling.COMMON,
        "document": document.pk,
    }
    assert "zxnom" in main_text(keeper.post("/nouveau/support/", fields))


def test_a_file_that_stays_behind_is_told(writer, file, logged_in, contributor):
    shown_by_closed_page(file)
    page = factories.page(title="Plan", body="<p>Rien</p>")
    answer = form_filling.edit(writer, page, body="<p>Un</p>" + naming(file))
    assert "n’a pas suivi" in main_text(writer.get(answer.url))
    answer = form_filling.edit(writer, page, body="<p>Deux</p>")
    assert "n’a pas suivi" not in main_text(writer.get(answer.url))


@pytest.mark.parametrize(
    ("before", "after"),
    [("login", ["Bureau"]), (["Bureau", "Direction"], ["Bureau"]), (["Bureau"], ["Bureau"])],
)
def test_a_page_that_fewer_people_read_tells_nothing(keeper, before, after):
    page = factories.page(title="Plan", body="<p>Rien</p>")
    if before == "login":
        restriction = factories.restricted_to_login(page)
    else:
        restriction = factories.restricted_to_groups(page, *before)
    form = {**form_filling.opened(keeper, page), "body": "<p>Zinzolin</p>"}
    restriction.delete()
    factories.restricted_to_groups(page, *after)
    assert keeper.post(f"{page.address}modifier/", form).status_code == 302


def test_a_page_closed_to_its_writer_is_not_said_to_be_open(member, keeper):
    page, restriction = closed_page(title="Plan", body="<p>Rien</p>")
    form = {**form_filling.opened(keeper, page), "page": page.pk, "body": "<p>Zinzolin</p>"}
    restriction.delete()
    factories.restricted_to_groups(page, "Direction")
    assert keeper.post(SAVE, form).json()["warnings"] == []
    assert keeper.post(f"{page.address}modifier/", form).status_code == 403
