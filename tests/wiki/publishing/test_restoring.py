"""Going back: an old version again, one change undone, old addresses of the history."""

import pytest
from django.test import TestCase

from practices.models import GuidelinePage, Source
from structures.models import Label, StructurePage
from tests import factories
from tests.wiki.screens import form_of, main_text, said
from tests.wiki.secrets import document_named
from wiki.models import ArticlePage, Version
from wiki.organizing import actions
from wiki.publishing.publishing import Edit, newest_version

pytestmark = pytest.mark.django_db
FIRST = "<p>Le wifi est ouvert.</p>\n<p>Il est gratuit.</p>\n<p>Demandez le code.</p>"
SECOND = "<p>Le wifi est fermé.</p>\n<p>Il est gratuit.</p>\n<p>Demandez le code.</p>"
THIRD = "<p>Le wifi est fermé.</p>\n<p>Il est gratuit.</p>\n<p>Demandez le code à l’accueil.</p>"


@pytest.fixture
def page(other_contributor):
    """An article of three versions, each changing one paragraph."""
    page = factories.page(title="Le wifi", body=FIRST, author=other_contributor, topics=["Bleu"])
    page = factories.edited(page, body=SECOND, author=other_contributor)
    return factories.edited(page, body=THIRD, title="Le wifi public", author=other_contributor)


def fresh(page):
    return type(page).objects.get(pk=page.pk)


def restore(client, subject, number, **values):
    return client.post(f"{subject.address}versions/{number}/restaurer/", values)


def undo(client, page, number, **values):
    return client.post(f"{page.address}versions/{number}/annuler/", values)


# Restoring.


def test_an_old_version_is_restored_in_one_press_with_its_summary(page, writer, contributor):
    form = form_of(writer.get(f"{page.address}versions/1/"), "summary")
    assert form["summary"] == [said("Back to version %(number)s") % {"number": 1}]
    answer = restore(writer, page, 1, **form)
    assert (answer.status_code, answer.url.endswith(page.address)) == (302, True)
    newest = newest_version(page)
    assert (newest.number, newest.origin, newest.author) == (4, "restore", contributor)
    assert newest.summary == form["summary"][0]
    assert fresh(page).body == FIRST
    assert Version.objects.filter(page_id=page.pk).count() == 4


def test_a_restored_page_has_its_old_title_and_its_address_of_today(page, writer, client):
    restore(writer, page, 1)
    assert fresh(page).title == fresh(page).draft_title == "Le wifi"
    assert fresh(page).address == page.address
    assert "Le wifi est ouvert" in main_text(client.get(page.address))


def test_the_history_offers_to_restore_and_undo_to_those_who_may_edit(page, writer, client):
    offered = writer.get(f"{page.address}historique/").content.decode()
    assert f"{page.address}versions/1/restaurer/" in offered
    assert f"{page.address}versions/3/restaurer/" not in offered
    assert f"{page.address}versions/2/annuler/" in offered
    assert f"{page.address}versions/1/annuler/" not in offered
    assert "restaurer" not in client.get(f"{page.address}historique/").content.decode()


def test_typed_fields_rows_and_topics_come_back_too(writer):
    place = factories.page(
        StructurePage, telephone="+33247000000", labels=[Label(name="Pix", year=2019)], topics=["A"]
    )
    place = fresh(place)
    place.set_topics(["B"])
    place = factories.edited(place, telephone="+33247000001", labels=[])
    restore(writer, place, 1)
    again = fresh(place)
    assert again.telephone == "+33247000000"
    assert [row.name for row in again.labels.all()] == ["Pix"]
    assert newest_version(place).content == Version.objects.get(page=place, number=1).content


def test_what_an_old_version_names_and_that_exists_no_more_is_left_out(writer):
    parent = factories.page(StructurePage)
    place = factories.page(StructurePage, structure_parente=parent)
    place = factories.edited(place, structure_parente=None)
    parent.delete()
    assert restore(writer, place, 1).status_code == 302


def test_restoring_what_is_there_already_writes_nothing(page, writer):
    answer = writer.post(f"{page.address}versions/3/restaurer/", follow=True)
    assert said("The page already reads so: nothing was changed.") in main_text(answer)
    restore(writer, page, 1)
    restore(writer, page, 1)
    assert newest_version(page).number == 4


def test_restoring_a_page_that_changed_meanwhile_asks_to_look_again(page, writer):
    form = form_of(writer.get(f"{page.address}versions/1/"), "summary")
    factories.edited(page, body="<p>Tout neuf</p>")
    answer = writer.post(f"{page.address}versions/1/restaurer/", form, follow=True)
    assert said("The page has changed meanwhile: look at it again.") in main_text(answer)
    assert newest_version(page).number == 4
    assert fresh(page).body == "<p>Tout neuf</p>"


@pytest.mark.parametrize("action", ["restaurer", "annuler"])
def test_going_back_asks_to_log_in_and_to_be_a_contributor(page, client, logged_in, action):
    address = f"{page.address}versions/2/{action}/"
    assert client.post(address).url.startswith("/connexion/")
    assert logged_in(factories.person()).post(address).status_code == 403
    assert newest_version(page).number == 3


@pytest.mark.parametrize("action", ["restaurer", "annuler"])
def test_an_address_typed_by_hand_changes_nothing(page, writer, action):
    answer = writer.get(f"{page.address}versions/2/{action}/")
    assert (answer.status_code, answer.url) == (302, f"{page.address}versions/2/")
    assert newest_version(page).number == 3


@pytest.mark.parametrize("action", ["restaurer", "annuler"])
def test_a_locked_page_is_not_taken_back(page, writer, facilitator, logged_in, action):
    ArticlePage.objects.filter(pk=page.pk).update(locked=True)
    assert writer.post(f"{page.address}versions/2/{action}/").status_code == 403
    assert "restaurer" not in writer.get(f"{page.address}versions/1/").content.decode()
    answer = logged_in(facilitator).post(f"{page.address}versions/2/{action}/")
    assert answer.status_code == 302


@pytest.mark.parametrize("number", ["0", "4", "abc", "-1", "9" * 30])
def test_a_missing_version_is_not_restored(page, writer, number):
    assert restore(writer, page, number).status_code == 404
    assert undo(writer, page, number).status_code == 404


def test_a_version_written_for_others_is_not_restored(page, writer):
    restriction = factories.restricted_to_groups(page, "Bureau")
    factories.edited(page, body="<p>Garance</p>")
    restriction.delete()
    factories.edited(page, body="<p>Ouvert</p>")
    number = Version.objects.get(page=page, content__body="<p>Garance</p>", audience__isnull=False)
    assert restore(writer, page, number.number).status_code == 404
    assert undo(writer, page, number.number + 1).status_code == 404


def test_a_file_of_an_old_version_is_shown_again(writer, client):
    document = document_named("Le tarif", "tarif", "un euro")
    link = f'<p><a linktype="document" id="{document.pk}">tarif</a></p>'
    page = factories.edited(factories.page(body=link), body="<p>Rien</p>")
    restore(writer, page, 1)
    assert f"/fichiers/{document.pk}/" in client.get(page.address).content.decode()


def test_a_version_that_todays_rules_refuse_says_so(page, writer):
    version = Version.objects.get(page=page, number=1)
    version.content["licence"] = "inconnue"
    version.save()
    answer = restore(writer, page, 1)
    assert answer.status_code == 409
    assert said("Nothing was changed") in main_text(answer)
    assert newest_version(page).number == 3


def test_a_summary_that_is_too_long_or_odd_is_cut(page, writer):
    restore(writer, page, 1, summary="x\x00" * 300)
    assert newest_version(page).summary == "x" * 200


# Undoing one change.


def test_one_change_is_undone_and_what_came_after_it_is_kept(page, writer, contributor):
    assert undo(writer, page, 2).status_code == 302
    newest = newest_version(page)
    assert (newest.number, newest.origin, newest.author) == (4, "undo", contributor)
    assert fresh(page).body == THIRD.replace("fermé", "ouvert")
    assert fresh(page).title == "Le wifi public"


def test_undoing_the_newest_change_gives_the_one_before(page, writer):
    undo(writer, page, 3)
    assert newest_version(page).content == Version.objects.get(page=page, number=2).content


def test_a_change_undone_twice_is_undone_once(page, writer):
    undo(writer, page, 2)
    answer = writer.post(f"{page.address}versions/2/annuler/", follow=True)
    words = said("This change is no longer in the page: nothing was changed.")
    assert words in main_text(answer)
    assert newest_version(page).number == 4


def test_a_change_entangled_with_later_ones_is_kindly_refused(page, writer):
    factories.edited(page, body=THIRD.replace("fermé", "fermé le lundi"))
    answer = undo(writer, page, 2)
    assert answer.status_code == 409
    assert said("Nothing was changed") in main_text(answer)
    for address in ("difference/?a=2", "modifier/", "historique/"):
        assert f"{page.address}{address}" in answer.content.decode()
    assert newest_version(page).number == 4


def test_the_first_version_is_not_undone(page, writer):
    assert undo(writer, page, 1).status_code == 404


def test_a_child_row_is_undone_alone(writer):
    page = factories.page(GuidelinePage, sources=[Source(title="Un")])
    page = factories.edited(page, sources=[Source(title="Un"), Source(title="Deux")])
    page = factories.edited(page, short_answer="Oui.")
    undo(writer, page, 2)
    assert [row.title for row in fresh(page).sources.all()] == ["Un"]
    assert fresh(page).short_answer == "Oui."


def test_the_difference_offers_to_undo_the_change_it_shows(page, writer, client):
    address = f"{page.address}difference/"
    assert "versions/2/annuler/" in writer.get(f"{address}?a=2").content.decode()
    assert "annuler" not in writer.get(f"{address}?de=1&a=3").content.decode()
    assert "annuler" not in client.get(f"{address}?a=2").content.decode()


# Old addresses of the screens about a page.

SCREENS = [
    *("historique/", "versions/1/", "difference/?de=1&a=2", "modifier/", "annoter/"),
    *("flux/", "supprimer/"),
]


@pytest.mark.parametrize("screen", SCREENS)
def test_the_screens_of_a_renamed_page_are_found_at_their_old_address(page, client, screen):
    with TestCase.captureOnCommitCallbacks(execute=True):
        actions.rename(fresh(page), "Autre nom", False, Edit())
    answer = client.get(f"{page.address}{screen}")
    assert (answer.status_code, answer.url) == (301, f"/collectif/autre-nom/{screen}")
    assert client.get(answer.url).status_code in {200, 302}


def test_a_form_sent_to_an_old_address_arrives_with_what_it_holds(page, writer):
    with TestCase.captureOnCommitCallbacks(execute=True):
        actions.rename(fresh(page), "Autre nom", False, Edit())
    answer = writer.post(f"{page.address}versions/1/restaurer/", {"summary": "Retour"}, follow=True)
    assert answer.redirect_chain[0] == ("/collectif/autre-nom/versions/1/restaurer/", 307)
    assert newest_version(page).summary == "Retour"


def test_an_old_address_does_not_tell_where_a_closed_page_went(page, client, writer):
    with TestCase.captureOnCommitCallbacks(execute=True):
        actions.rename(fresh(page), "Nom secret", False, Edit())
    factories.restricted_to_groups(page, "Bureau")
    assert writer.get(f"{page.address}historique/").status_code == 404
    asked = f"{page.address}historique/"
    answer = client.get(asked)
    assert (answer.status_code, answer.url) == (302, f"/connexion/?next={asked}")


def test_a_screen_of_nothing_is_not_found(client):
    for address in ("/nulle-part/historique/", "/historique/historique/", "/%00/historique/"):
        assert client.get(address).status_code == 404
