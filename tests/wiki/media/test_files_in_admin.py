"""Files in the admin: facilitators manage all those that they may read, whoever sent them."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import ReferenceIndex

from tests import factories
from tests.wiki import secrets
from tests.wiki.pictures import halves, saved

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("admin_templates")]


@pytest.fixture(params=["documents", "images"])
def kind(request) -> str:
    return request.param


@pytest.fixture
def sent(kind, contributor):
    """A function: a file of this title that a contributor sent."""

    def make(title: str):
        if kind == "documents":
            file, model = ContentFile(b"x", name="x.txt"), get_document_model()
        else:
            file, model = ImageFile(saved(halves()), name="x.jpg"), get_image_model()
        return model.objects.create(title=title, file=file, uploaded_by_user=contributor)

    return make


def page_with(file, **fields):
    if isinstance(file, get_document_model()):
        body = f'<p><a linktype="document" id="{file.pk}">x</a></p>'
    else:
        body = f'<embed embedtype="image" id="{file.pk}" alt="x">'
    page = factories.page(body=body, **fields)
    ReferenceIndex.create_or_update_for_object(page)
    return page


def listed(client, kind: str) -> str:
    answer = client.get(f"/admin/{kind}/")
    assert answer.status_code == 200
    return answer.content.decode()


def edit_address(kind: str, file) -> str:
    return (
        f"/admin/documents/edit/{file.pk}/" if kind == "documents" else f"/admin/images/{file.pk}/"
    )


def delete_address(kind: str, file) -> str:
    one = f"delete/{file.pk}" if kind == "documents" else f"{file.pk}/delete"
    return f"/admin/{kind}/{one}/"


@pytest.mark.parametrize("role", ["Animateurs", "Administrateurs"])
def test_facilitators_see_edit_and_delete_the_files_that_others_sent(kind, sent, role, logged_in):
    used, unused = sent("Zorblinette"), sent("Brimborion")
    page_with(used, title="Celle qui montre")
    client = logged_in(factories.person(role))
    shown = listed(client, kind)
    assert "Zorblinette" in shown
    assert "Brimborion" in shown
    assert client.get(edit_address(kind, used)).status_code == 200
    assert client.get(f"/admin/{kind}/usage/{used.pk}/").status_code == 200
    assert client.post(delete_address(kind, unused)).status_code == 302
    assert not type(unused).objects.filter(pk=unused.pk).exists()


def test_a_file_of_a_page_that_a_facilitator_may_not_read_is_not_theirs(
    kind, sent, facilitator, logged_in
):
    secret = sent("Zorblinette")
    factories.restricted_to_groups(page_with(secret), "Bureau")
    client = logged_in(facilitator)
    assert "Zorblinette" not in listed(client, kind)
    unknown = type(secret)(pk=999_999)
    for file in (secret, unknown):
        assert client.get(edit_address(kind, file)).status_code == 404
    assert "Zorblinette" not in client.get(f"/admin/{kind}/chooser/").content.decode()


def test_where_a_file_is_used_names_readable_pages_only(kind, sent, facilitator, logged_in):
    file = sent("Zorblinette")
    page_with(file, title="Page ouverte")
    factories.restricted_to_groups(page_with(file, title="Page du bureau"), "Bureau")
    shown = logged_in(facilitator).get(f"/admin/{kind}/usage/{file.pk}/").content.decode()
    assert "Page ouverte" in shown
    assert "Page du bureau" not in shown
    edited = logged_in(facilitator).get(edit_address(kind, file)).content.decode()
    assert "Sert 1 fois" in edited


def bulk_address(kind: str, action: str, file) -> str:
    named = "wagtaildocs/document" if kind == "documents" else "wagtailimages/image"
    return f"/admin/bulk/{named}/{action}/?id={file.pk}"


def posts_that_change(kind: str, file):
    """The addresses of the admin that replace, rename or delete a file, and what they read."""
    part = "doc" if kind == "documents" else "image"
    new = SimpleUploadedFile("x.jpg", saved(halves()).read())
    yield edit_address(kind, file), {"title": "Autre", "file": new}
    yield delete_address(kind, file), {}
    yield f"/admin/{kind}/multiple/{file.pk}/", {f"{part}-{file.pk}-title": "Autre"}
    yield f"/admin/{kind}/multiple/{file.pk}/delete/", {}
    for action in ("delete", "add_to_collection", "add_tags"):
        yield bulk_address(kind, action, file), {"collection": "1", "tags": "autre"}


@pytest.fixture
def shown_by_both(sent):
    file = sent("Zorblinette")
    page_with(file, title="Page ouverte")
    factories.restricted_to_groups(page_with(file, title="Page du bureau"), "Bureau")
    return file


def test_what_a_closed_page_shows_too_is_neither_replaced_nor_deleted_from_outside(
    kind, shown_by_both, facilitator, logged_in
):
    client, kept = logged_in(facilitator), (shown_by_both.title, shown_by_both.file.name)
    by_script = {"headers": {"X-Requested-With": "XMLHttpRequest"}}
    for address, fields in posts_that_change(kind, shown_by_both):
        client.post(address, fields, **by_script)
        left = type(shown_by_both).objects.get(pk=shown_by_both.pk)
        assert (left.title, left.file.name) == kept, address
        assert not left.tags.exists()
    refused = client.post(delete_address(kind, left), follow=True).content.decode()
    assert "Vous ne pouvez ni remplacer ni supprimer ce fichier" in refused
    assert delete_address(kind, left) not in refused


@pytest.mark.parametrize("who", ["member", "superuser"])
def test_those_who_read_all_that_shows_a_file_delete_it(
    kind, shown_by_both, who, superuser, logged_in
):
    people = {"member": factories.person("Animateurs", "Bureau"), "superuser": superuser}
    client = logged_in(people[who])
    assert client.post(delete_address(kind, shown_by_both)).status_code == 302
    assert not type(shown_by_both).objects.filter(pk=shown_by_both.pk).exists()


def test_contributors_have_no_list_of_files_in_the_admin(
    kind, sent, other_contributor, contributor, logged_in
):
    file = sent("Zorblinette")
    for person in (contributor, other_contributor):
        for address in (f"/admin/{kind}/", edit_address(kind, file)):
            answer = logged_in(person).get(address)
            assert answer.status_code == 403
            assert "Zorblinette" not in answer.content.decode()


@pytest.mark.parametrize("role", ["Animateurs", "Administrateurs"])
def test_facilitators_search_among_the_files_that_they_manage(kind, sent, role, logged_in):
    sent("Zorblinette"), sent("Brimborion")
    answer = logged_in(factories.person(role)).get(f"/admin/{kind}/", {"q": "zorblinette"})
    assert answer.status_code == 200
    assert "Zorblinette" in answer.content.decode()
    assert "Brimborion" not in answer.content.decode()


def test_contributors_destroy_nothing_by_the_admin(kind, sent, contributor, logged_in):
    used, unused = sent("Zorblinette"), sent("Brimborion")
    page_with(used, author=contributor)
    client = logged_in(contributor)
    for file in (used, unused):
        assert client.post(delete_address(kind, file)).status_code == 403
    left = set(type(used).objects.values_list("pk", flat=True))
    assert {used.pk, unused.pk} <= left


def test_several_files_are_sent_at_once_then_named(kind, facilitator, logged_in):
    client = logged_in(facilitator)
    held = {
        "documents": lambda: SimpleUploadedFile("plan.txt", b"Le plan"),
        "images": lambda: SimpleUploadedFile("plan.jpg", saved(halves()).read()),
    }
    by_script = {"headers": {"X-Requested-With": "XMLHttpRequest"}}
    posted = {"title": "Zorblinette", "files[]": held[kind]()}
    made = client.post(f"/admin/{kind}/multiple/add/", posted, **by_script).json()
    assert made["success"], made
    assert "Zorblinette" in made["form"]
    name = "doc" if kind == "documents" else "image"
    pk = made[f"{name}_id"]
    address = f"/admin/{kind}/multiple/{pk}/"
    named = client.post(address, {f"{name}-{pk}-title": "Brimborion"}, **by_script).json()
    assert named["success"], named
    assert "Brimborion" in listed(client, kind)


def test_tags_are_completed_from_those_of_files_that_one_may_know(
    sent, facilitator, superuser, logged_in
):
    known, closed = sent("Ouvert"), sent("Fermé")
    factories.restricted_to_groups(page_with(closed), "Bureau")
    known.tags.add("Zinzolin ouvert")
    closed.tags.add("Zinzolin fermé")
    answers = {
        who: logged_in(person).get("/admin/tag-autocomplete/?term=zinz").json()
        for who, person in (("keeper", facilitator), ("superuser", superuser))
    }
    assert answers == {
        "keeper": ["Zinzolin ouvert"],
        "superuser": ["Zinzolin fermé", "Zinzolin ouvert"],
    }
    assert logged_in(facilitator).get("/admin/tag-autocomplete/?term=").json() == []


@pytest.mark.parametrize("role", ["facilitator", "superuser"])
def test_lists_hold_the_bar_that_their_script_looks_for(role, kind, request, logged_in):
    client = logged_in(request.getfixturevalue(role))
    for address in (f"/admin/{kind}/", "/admin/pages/"):
        shown = client.get(address).content.decode()
        assert ("bulk-actions.js" in shown) == ("data-bulk-action-footer" in shown) is True


def test_documents_stand_in_the_order_of_french(logged_in, administrator):
    for title in ("Zéro", "Écrire", "Dessin"):
        secrets.document_named(title, title.lower(), title, administrator)
    shown = logged_in(administrator).get("/admin/documents/?ordering=title").content.decode()
    assert shown.index("Dessin") < shown.index("Écrire") < shown.index("Zéro")
    back = logged_in(administrator).get("/admin/documents/?ordering=-title").content.decode()
    assert back.index("Zéro") < back.index("Écrire") < back.index("Dessin")
