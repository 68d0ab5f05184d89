"""A page that was put in the trash while somebody writes in it, or comes for it."""

from uuid import uuid4

import pytest
from lxml import html as lxml_html
from wagtail.models import Page

from tests import factories
from tests.wiki import form_filling
from tests.wiki.screens import form_of, main_text, text_of
from wiki.access import in_trash
from wiki.editing import views as editing_view
from wiki.models import Draft, Version
from wiki.organizing import actions
from wiki.publishing.publishing import Edit
from wiki.trash import deleted_pages, trash

pytestmark = pytest.mark.django_db
TYPED = "<p>Ce que je viens d’écrire</p>"


@pytest.fixture
def page(facilitator):
    return factories.page(title="Le wifi public", body="<p>Texte</p>", author=facilitator)


def typing(client, page) -> dict:
    return {**form_filling.opened(client, page), "body": TYPED, "page": str(page.pk)}


@pytest.mark.parametrize("screen", ["modifier", "apercu"])
def test_a_text_sent_to_a_page_in_the_trash_is_kept_and_it_is_said(
    writer, contributor, facilitator, page, screen
):
    typed = typing(writer, page)
    trash.put_in(page, facilitator, "Doublon")
    answer = writer.post(f"{page.address}{screen}/", typed)
    said = main_text(answer)
    assert answer.status_code == 409
    assert "Cette page est à la corbeille" in said
    assert "Votre texte n’est pas publié. Il est gardé dans vos brouillons." in said
    assert "Demandez à un animateur" in said
    assert facilitator.public_name not in said  # that is for those who may take it back
    draft = Draft.objects.get(person=contributor)
    assert (draft.page_id, draft.data["fields"]["body"]) == (page.pk, [TYPED])
    assert Version.objects.filter(page=page.pk).count() == 1
    (form,) = lxml_html.fromstring(answer.content).xpath("//main//form[@method='post']")
    opened = writer.post(form.action, {**dict(form.form_values()), "reopen": "1"})
    (field,) = lxml_html.fromstring(opened.content).xpath("//*[@name='body']")
    assert "Ce que je viens d’écrire" in field.text_content()  # in one press


def test_those_who_may_take_it_back_are_told_who_and_led_there(
    administrator, facilitator, page, logged_in
):
    client = logged_in(administrator)
    typed = typing(client, page)
    trash.put_in(page, facilitator, "Doublon")
    answer = client.post(f"{page.address}modifier/", typed)
    assert f"{facilitator.public_name} a mis cette page à la corbeille" in main_text(answer)
    assert f'href="/corbeille/{page.pk}/"' in answer.content.decode()


def test_the_draft_stays_under_the_title_of_its_page_and_opens_again(
    writer, contributor, facilitator, page
):
    typed = typing(writer, page)
    trash.put_in(page, facilitator, "Doublon")
    writer.post("/brouillons/enregistrer/", typed)
    listed = main_text(writer.get("/brouillons/"))
    assert "Changements de la page « Le wifi public », qui est à la corbeille." in listed
    assert "Nouvelle page" not in listed
    draft = Draft.objects.get(person=contributor)
    opened = writer.get(f"/brouillons/{draft.key}/").content.decode()
    assert "Ce que je viens d’écrire" in opened
    assert 'action="/nouveau/article/' in opened
    assert "n’est plus à sa place" in opened
    trash.take_back(in_trash.shown_to(facilitator).get(pk=page.pk), facilitator)
    again = writer.get(f"/brouillons/{draft.key}/").content.decode()
    assert f'action="{page.address}modifier/' in again
    assert "n’est plus à sa place" not in again


@pytest.mark.parametrize(
    ("address", "what_then"),
    [
        ("/brouillons/enregistrer/", "Votre texte est gardé dans vos brouillons."),
        ("/brouillons/presence/", "Ce que vous écrivez va dans vos brouillons."),
    ],
)
def test_a_form_that_stays_open_hears_that_its_page_is_in_the_trash(
    writer, facilitator, page, address, what_then
):
    typed = typing(writer, page)
    assert "lost" not in writer.post(address, typed).json()
    trash.put_in(page, facilitator, "Doublon")
    told = writer.post(address, typed).json()
    assert "mise à la corbeille" in told["lost"]
    assert what_then in told["lost"]


def test_a_page_put_in_the_trash_at_the_very_moment_is_said_too(
    writer, contributor, facilitator, page, monkeypatch
):
    typed = typing(writer, page)
    publish = editing_view.publish

    def late(*args):
        trash.put_in(page, facilitator, "Doublon")
        return publish(*args)

    monkeypatch.setattr(editing_view, "publish", late)
    answer = writer.post(f"{page.address}modifier/", typed)
    assert answer.status_code == 409
    assert "Cette page est à la corbeille" in main_text(answer)
    assert Draft.objects.filter(person=contributor).exists()


def test_a_page_that_one_could_not_read_is_never_named(writer, contributor, facilitator, page):
    factories.restricted_to_groups(page, "Animateurs")
    trash.put_in(page, facilitator, "Doublon")
    typed = {"key": str(uuid4()), "title": "x", "body": "y", "page": str(page.pk)}
    assert writer.post(f"{page.address}modifier/", typed).status_code == 404
    assert "lost" not in writer.post("/brouillons/enregistrer/", typed).json()
    assert Draft.objects.get(person=contributor).page is None


def test_a_text_meant_for_a_trashed_page_never_goes_to_the_one_written_at_its_address(
    writer, contributor, facilitator, page
):
    typed = {**form_filling.opened(writer, page), "body": TYPED}
    trash.put_in(page, facilitator, "Doublon")
    again = factories.page(title="Le wifi public", body="<p>Autre</p>", author=facilitator)
    assert again.address == page.address
    assert writer.post(f"{page.address}modifier/", typed).status_code == 409
    assert Version.objects.filter(page=again.pk).count() == 1
    assert Draft.objects.get(person=contributor).page_id == page.pk


# The address of a page in the trash.


def test_the_address_of_a_trashed_page_says_so_to_those_who_may_take_it_back(
    contributor, other_contributor, facilitator, client, logged_in
):
    page = factories.page(title="Le wifi public", author=contributor)
    below = factories.page(title="Plus bas", parent=page, author=contributor)
    trash.put_in(page, contributor, "Doublon")
    link = f'href="/corbeille/{page.pk}/"'
    for person in (contributor, facilitator):
        for end in ("", "historique/", "modifier/"):
            answer = logged_in(person).get(f"{page.address}{end}")
            assert answer.status_code == 404
            assert "Cette page est à la corbeille" in main_text(answer)
            assert f"{contributor.public_name} a mis cette page" in main_text(answer)
            assert "Pourquoi : « Doublon »." in main_text(answer)
            assert link in answer.content.decode()
    assert f"/corbeille/{below.pk}/" in logged_in(facilitator).get(below.address).content.decode()
    for reader in (client, logged_in(other_contributor)):
        answer = reader.get(page.address)
        assert answer.status_code == 404
        assert "corbeille/" + str(page.pk) not in answer.content.decode()
        assert "Cette page n’est pas ici" in main_text(answer)


def test_a_page_written_at_the_address_of_a_trashed_one_is_shown(facilitator, logged_in, page):
    trash.put_in(page, facilitator, "Doublon")
    again = factories.page(title="Le wifi public", author=facilitator)
    assert again.address == page.address
    assert logged_in(facilitator).get(page.address).status_code == 200


@pytest.mark.parametrize("way", ["moved", "renamed"])
def test_the_addresses_of_a_page_before_it_was_moved_or_renamed_say_so_too(
    way, contributor, facilitator, writer, logged_in, client, django_capture_on_commit_callbacks
):
    page = factories.page(title="Le wifi public", author=contributor)
    below = factories.page(title="La borne", parent=page, author=contributor)
    old, old_below = page.address, below.address
    typed = typing(writer, page)
    with django_capture_on_commit_callbacks(execute=True):
        if way == "moved":
            actions.move(page, factories.page(title="Ailleurs"), facilitator)
        else:
            actions.rename(page, "La borne wifi", False, Edit(author=facilitator))
    page = type(page).objects.get(pk=page.pk)
    assert page.address != old
    trash.put_in(page, facilitator, "Doublon")
    answer = writer.post(f"{old}modifier/", typed)
    assert answer.status_code == 409
    assert "Votre texte n’est pas publié. Il est gardé dans vos brouillons." in main_text(answer)
    for address in (old, old_below, page.address):
        assert "Cette page est à la corbeille" in main_text(logged_in(facilitator).get(address))
        assert "Cette page n’est pas ici" in main_text(client.get(address))


def test_the_title_of_a_page_that_was_not_on_the_site_is_not_told(
    writer, contributor, facilitator, page
):
    """It stood, unpublished, below the one that was put in the trash."""
    below = factories.page(title="Zinzoline", parent=Page.objects.get(pk=page.pk))
    below.unpublish()
    form = {**form_filling.opened(writer, page), "page": str(below.pk)}
    trash.put_in(page, facilitator, "Doublon")
    answer = writer.post("/brouillons/enregistrer/", form)
    assert "lost" not in answer.json()
    assert "Zinzoline" not in main_text(writer.get("/brouillons/"))
    assert "Zinzoline" not in writer.post(f"{page.address}modifier/", form).content.decode()


@pytest.fixture
def taken(writer, contributor, facilitator, page):
    """The form of a page that was renamed meanwhile; another page took its address."""
    form = typing(writer, page)
    actions.rename(page, "Le hotspot", False, Edit(author=facilitator))
    other = factories.page(title="Le wifi public", body="<p>Autre</p>", author=contributor)
    assert other.url_path != page.__class__.objects.get(pk=page.pk).url_path
    return form, page.address, other


def test_a_form_is_published_on_the_page_it_was_opened_on(writer, page, taken):
    form, address, other = taken
    assert writer.post(f"{address}modifier/", form).status_code == 302
    assert Version.objects.filter(page=page.pk).latest("number").content["body"] == TYPED
    assert Version.objects.filter(page=other.pk).count() == 1


def test_a_form_sent_to_an_old_address_is_published_too(writer, facilitator, page):
    form, address = typing(writer, page), page.address
    actions.rename(page, "Le hotspot", False, Edit(author=facilitator))
    assert writer.post(f"{address}modifier/", form).status_code == 302
    assert Version.objects.filter(page=page.pk).latest("number").content["body"] == TYPED


def test_a_form_of_a_page_that_was_closed_meanwhile_is_published_nowhere(writer, page, taken):
    form, address, other = taken
    restriction = factories.restricted_to_groups(page, "Bureau")
    answer = writer.post(f"{address}modifier/", form)
    assert answer.status_code == 403
    assert "Ce que je viens d’écrire" in answer.content.decode()
    assert Version.objects.filter(page=other.pk).count() == 1
    restriction.delete()  # its text waits on the screen, which sends it again
    assert writer.post(f"{address}modifier/", form_of(answer, "key")).status_code == 302
    assert Version.objects.filter(page=page.pk).latest("number").content["body"] == TYPED


@pytest.mark.parametrize("act", ["supprimer", "renommer", "deplacer", "restaurer", "annuler"])
def test_every_act_is_of_the_page_whose_screen_had_its_button(facilitator, logged_in, act):
    page = factories.edited(factories.page(title="Le wifi public"), body="<p>Deux</p>")
    keeper, address = logged_in(facilitator), page.address
    screen = "historique/" if act in ("restaurer", "annuler") else f"{act}/"
    number = {"restaurer": 1, "annuler": 2}.get(act)
    action = f"{address}versions/{number}/{act}/" if number else f"{address}{act}/"
    shown = lxml_html.fromstring(keeper.get(f"{address}{screen}").content)
    forms = [
        f
        for f in shown.forms
        if f.method == "POST" and (f.action or f"{address}{screen}").endswith(action)
    ]
    form = dict(forms[0].form_values()) | {"reason": "Doublon", "title": "Encore un nom"}
    form["parent"] = Page.objects.get(slug="situations").pk
    actions.rename(page, "Le hotspot", False, Edit(author=facilitator))
    other = factories.page(title="Le wifi public", body="<p>Autre</p>")
    keeper.post(action, form)
    after = type(other).objects.get(pk=other.pk)
    assert (after.live, after.title, after.path) == (True, other.title, other.path)
    assert Version.objects.filter(page=other.pk).count() == 1


# Those who wrote it, when somebody else threw it away.


def readers_of_its_trash(page, role: str, logged_in) -> tuple:
    """A person of this role, who wrote the page, and their client."""
    person = factories.person(*role.split())
    factories.edited(page, author=person, body="<p>Encore</p>")
    return person, logged_in(person)


def test_who_wrote_a_page_is_told_who_put_it_in_the_trash_why_and_whom_to_ask(
    page, facilitator, logged_in
):
    _person, client = readers_of_its_trash(page, "Contributeurs", logged_in)
    trash.put_in(type(page).objects.get(pk=page.pk), facilitator, "Fait doublon")
    told = main_text(client.get(page.address))
    listed = main_text(client.get("/corbeille/"))
    for read in (told, listed):
        assert f"{facilitator.public_name} a mis cette page à la corbeille" in read
        assert "« Fait doublon »" in read
        assert "demandez à un animateur" in read.lower()
    assert "Le wifi public" in listed
    assert "Vous n’avez rien mis ici" not in listed
    for answer in (client.get(page.address), client.get("/corbeille/")):
        assert f"/corbeille/{page.pk}/" not in answer.content.decode()


def test_who_wrote_a_page_below_is_told_too(page, facilitator, logged_in):
    below = factories.page(title="Plus bas", parent=page, author=factories.person("Contributeurs"))
    person, client = readers_of_its_trash(below, "Contributeurs", logged_in)
    trash.put_in(type(page).objects.get(pk=page.pk), facilitator, "Fait doublon")
    assert "Cette page est à la corbeille" in main_text(client.get(below.address))
    assert [told.page.title for told in deleted_pages.deleted_by_others(person)] == ["Plus bas"]


@pytest.mark.parametrize("case", ["did not write", "closed since", "closed above", "not a writer"])
def test_nothing_is_told_to_those_who_could_not_read_it_or_did_not_write(
    case, page, facilitator, other_contributor, logged_in
):
    person, client = readers_of_its_trash(page, "Contributeurs", logged_in)
    boss = factories.person("Animateurs", "Bureau")
    if case == "closed above":
        factories.restricted_to_groups(Page.objects.get(pk=page.pk).get_parent().specific, "Bureau")
    trash.put_in(type(page).objects.get(pk=page.pk), boss, "Fait doublon")
    if case == "closed since":
        factories.restricted_to_groups(page, "Bureau")
    if case == "not a writer":
        person.groups.clear()
    if case == "did not write":
        client = logged_in(other_contributor)
    answer = client.get(page.address)
    assert answer.status_code == 404
    for read in (main_text(answer), main_text(client.get("/corbeille/"))):
        assert "Fait doublon" not in read
        assert boss.public_name not in read


# Taken off the site, not put in the trash.


def test_a_page_taken_off_the_site_is_told_to_facilitators_only(logged_in):
    page = factories.page(title="Dépubliée")
    page.unpublish()
    seen = {
        group: "Cette page a été retirée du site"
        in text_of(logged_in(factories.person(group)).get(page.address))
        for group in ("Contributeurs", "Animateurs")
    }
    assert seen == {"Contributeurs": False, "Animateurs": True}
    factories.restricted_to_groups(page, "Bureau")
    keeper = logged_in(factories.person("Animateurs"))
    assert "retirée du site" not in text_of(keeper.get(page.address))
