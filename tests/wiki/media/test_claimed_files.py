"""Nobody opens a file by naming it: ids that nothing bears yet, files of others, old texts."""

import importlib

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from meetings.models import Attachment, MeetingPage
from practices.models import TrainingMaterialPage
from tests import factories
from tests.wiki import form_filling, secrets
from tests.wiki.screens import main_text
from wiki.models import FileUse, Version
from wiki.publishing import restoring
from wiki.publishing.publishing import Edit, newest_version, publish

pytestmark = pytest.mark.django_db

MODELS = {"document": get_document_model, "image": get_image_model}


@pytest.fixture(params=MODELS)
def kind(request) -> str:
    return request.param


@pytest.fixture
def colleague(db):
    return factories.person("Contributeurs")


def naming(kind: str, pk: int) -> str:
    if kind == "document":
        return f'<p>Lisez <a linktype="document" id="{pk}">la notice</a></p>'
    return f'<p>Voyez</p><embed embedtype="image" id="{pk}" alt="le dessin" format="full">'


def next_id(kind: str) -> int:
    """The id that the next file gets, as anybody may guess it."""
    last = sent_by(None, kind, "sonde")
    return last.pk + 1


def sent_by(person, kind: str, title: str = "zxnom"):
    if kind == "document":
        return secrets.document_named(title, title, "zxtexte", person)
    return secrets.image_named(title, title, person)


def address(kind: str, pk: int) -> str:
    return f"/fichiers/{pk}/" if kind == "document" else f"/photos/{pk}/"


def status(client, kind: str, pk: int) -> int:
    answer = client.get(address(kind, pk))
    if answer.streaming:
        assert b"".join(answer.streaming_content)
    return answer.status_code


def readers(kind: str, pk: int, logged_in, **people) -> dict[str, int]:
    return {name: status(logged_in(person), kind, pk) for name, person in people.items()}


def closed_page_with(kind: str, pk: int):
    page = factories.page()
    factories.restricted_to_groups(page, "Bureau")
    return factories.edited(page, body=naming(kind, pk))


def test_an_id_claimed_in_advance_opens_nothing(kind, contributor, colleague, client, logged_in):
    pk = next_id(kind)
    page = factories.page(author=contributor, body=naming(kind, pk))
    member = factories.person("Contributeurs", "Bureau")
    file = sent_by(member, kind)
    assert file.pk == pk
    closed_page_with(kind, pk)
    assert status(client, kind, pk) == 404
    seen = readers(kind, pk, logged_in, colleague=colleague, claimer=contributor, member=member)
    assert seen == {"colleague": 404, "claimer": 404, "member": 200}
    for screen in ("", "versions/1/", "historique/", "difference/"):
        assert "zxnom" not in client.get(f"{page.address}{screen}").content.decode()


def test_an_id_that_does_not_exist_leaves_the_body_and_its_words_stay(kind, contributor):
    page = factories.page(author=contributor, body=naming(kind, next_id(kind)))
    assert "id=" not in page.body
    assert ("la notice" in page.body) == (kind == "document")
    assert not FileUse.objects.filter(version__page_id=page.pk).exists()


def test_a_command_that_claims_an_id_opens_nothing_either(kind, client):
    pk = next_id(kind)
    page = factories.page(body=naming(kind, pk))
    assert "id=" not in page.body
    sent_by(None, kind)
    assert status(client, kind, pk) == 404


def test_an_unused_file_is_for_its_sender_and_facilitators(
    kind, contributor, colleague, facilitator, client, logged_in
):
    file = sent_by(contributor, kind)
    reader = factories.person()
    people = {"sender": contributor, "other": colleague, "reader": reader, "chief": facilitator}
    seen = readers(kind, file.pk, logged_in, **people)
    assert seen == {"sender": 200, "other": 404, "reader": 404, "chief": 200}
    assert status(client, kind, file.pk) == 404


def test_nobody_shows_what_a_colleague_sent_and_did_not_publish(
    kind, contributor, colleague, facilitator, client
):
    file = sent_by(contributor, kind)
    factories.page(author=colleague, body=naming(kind, file.pk))
    assert status(client, kind, file.pk) == 404
    for writer in (contributor, facilitator):
        shown = factories.page(author=writer, body=naming(kind, file.pk))
        assert status(client, kind, file.pk) == 200
        shown.delete()


def test_an_old_promise_of_the_page_is_not_kept_by_the_next_writer(
    kind, contributor, facilitator, client
):
    """A body stored before the rule: it names a file that came later."""
    page, pk = factories.page(author=contributor), next_id(kind)
    versions = Version.objects.filter(page_id=page.pk)
    body = page.body + naming(kind, pk)
    versions.update(content={**newest_version(page).content, "body": body})
    type(page).objects.filter(pk=page.pk).update(body=body)
    sent_by(contributor, kind)
    assert "zxnom" not in client.get(page.address).content.decode()
    page = factories.edited(page, author=facilitator, body=body + "<p>Une phrase de plus</p>")
    assert "id=" not in page.body
    assert status(client, kind, pk) == 404


def test_an_old_promise_is_not_kept_by_going_back_to_it(kind, contributor, facilitator, client):
    page, pk = factories.page(author=contributor), next_id(kind)
    old = newest_version(page)
    old.content = {**old.content, "body": naming(kind, pk)}
    Version.objects.filter(pk=old.pk).update(content=old.content)
    page = factories.edited(page, author=contributor, body="<p>Autre</p>")
    sent_by(contributor, kind)
    restoring.restore(Version.objects.get(pk=old.pk), Edit(author=facilitator))
    assert status(client, kind, pk) == 404


def test_going_back_shows_again_what_the_version_showed(kind, contributor, colleague, client):
    file = sent_by(contributor, kind)
    page = factories.page(author=contributor, body=naming(kind, file.pk))
    old = newest_version(page)
    factories.edited(page, author=contributor, body="<p>Sans</p>")
    restoring.restore(old, Edit(author=colleague))
    assert f'id="{file.pk}"' in type(page).objects.get(pk=page.pk).body
    assert status(client, kind, file.pk) == 200


def test_opening_a_page_does_not_keep_its_promises(kind, contributor, client):
    page, pk = factories.page(author=contributor), next_id(kind)
    restriction = factories.restricted_to_groups(page, "Bureau")
    page = factories.edited(page, body="<p>Fermé</p>")
    type(page).objects.filter(pk=page.pk).update(body=naming(kind, pk))
    Version.objects.filter(page_id=page.pk, number=2).update(
        content={**newest_version(page).content, "body": naming(kind, pk)}
    )
    sent_by(contributor, kind)
    restriction.delete()
    assert newest_version(page).origin == Version.Origin.OPENING
    assert status(client, kind, pk) == 404


def test_a_preview_shows_no_file_of_others(kind, contributor, writer):
    file = sent_by(None, kind)
    form = {
        **form_filling.blank(writer, "article"),
        "title": "Essai",
        "body": naming(kind, file.pk),
    }
    answer = writer.post("/nouveau/article/apercu/", form)
    assert answer.status_code == 200
    assert "zxnom" not in answer.content.decode()
    assert f"/fichiers/{file.pk}/" not in answer.content.decode()
    type(file).objects.filter(pk=file.pk).update(uploaded_by_user=contributor)
    seen = writer.post("/nouveau/article/apercu/", form).content.decode()
    assert ("zxnom" if kind == "image" else f"/fichiers/{file.pk}/") in seen


def test_an_address_typed_in_a_text_shows_no_file_of_others(contributor, colleague):
    file = sent_by(contributor, "document")
    body = f"<p>http://testserver/fichiers/{file.pk}/</p>"
    assert "linktype" not in factories.page(author=colleague, body=body).body
    assert "linktype" in factories.page(author=contributor, body=body).body


def test_a_typed_field_gives_no_file_of_others(contributor, colleague, client):
    file = sent_by(contributor, "document")
    page = factories.page(TrainingMaterialPage, author=colleague)
    page.document = file
    with pytest.raises(ValidationError):
        publish(page, Edit(author=colleague))
    meeting = factories.page(MeetingPage, author=colleague, date="2021-03-04")
    meeting.attachments = [Attachment(document=file)]
    with pytest.raises(ValidationError):
        publish(meeting, Edit(author=colleague))
    assert status(client, "document", file.pk) == 404


@pytest.mark.parametrize("sort", ["support", "reunion"])
def test_forms_offer_no_file_of_others(sort, contributor, writer, colleague):
    sent_by(contributor, "document", "zxmien")
    hidden = sent_by(colleague, "document", "zxautre")
    shown = writer.get(f"/nouveau/{sort}/").content.decode()
    assert "Zxmien" in shown or "zxmien" in shown
    assert "zxautre" not in shown
    form = {**form_filling.blank(writer, sort), "title": "Essai", "summary": "Une phrase."}
    refused = writer.post(f"/nouveau/{sort}/", {**form, "document": str(hidden.pk)})
    assert not FileUse.objects.filter(document_id=hidden.pk).exists(), main_text(refused)


def test_uses_of_files_that_never_were_are_removed(contributor, kind):
    file, page = sent_by(contributor, kind), factories.page()
    version = newest_version(page)
    kept = FileUse.objects.create(version=version, **{f"{kind}_id": file.pk})
    FileUse.objects.create(version=version, **{f"{kind}_id": file.pk + 50})
    importlib.import_module("wiki.migrations.0008_uses_of_files_that_exist").remove_promises(
        apps, None
    )
    assert list(FileUse.objects.filter(version=version)) == [kept]
