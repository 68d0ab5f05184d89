"""The public history: versions, an old version, the difference of two."""

import re

import pytest
from django.utils.translation import ngettext
from lxml import html

from structures.models import Label, StructurePage
from tests import factories, kept
from tests.wiki.screens import links_of, main_text, said, text_of
from wiki.history import views
from wiki.models import Version
from wiki.publishing.publishing import Edit, newest_version, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(contributor, other_contributor):
    """An article of three versions by two people."""
    page = factories.page(
        title="Le wifi", body="<p>Un texte bleu.</p>", author=contributor, topics=["Bleu"]
    )
    factories.edited(
        page, author=other_contributor, body="<p>Un texte vert.</p>", summary_of_edit="Plus juste"
    )
    page = factories.edited(page, author=contributor, summary="Tout sur le wifi.")
    return page


def test_the_history_tells_who_when_what_and_how_much(page, client, contributor, other_contributor):
    answer = client.get(f"{page.address}historique/")
    read = main_text(answer)
    for words in (contributor.display_name, other_contributor.display_name, "Plus juste"):
        assert words in read
    assert ngettext("%(n)s character more", "%(n)s characters more", 18) % {"n": 18} in read
    assert [version.number for version in answer.context["versions"]] == [3, 2, 1]


def test_the_history_leads_to_every_version_and_difference(page, client):
    links = links_of(client.get(f"{page.address}historique/"))
    for number in (1, 2, 3):
        assert f"{page.address}versions/{number}/" in links
    for before in (1, 2):
        assert f"{page.address}difference/?de={before}&a={before + 1}" in links
    for link in links:
        if link.startswith("/"):
            assert client.get(link, follow=True).status_code == 200, link


def test_the_page_says_who_changed_it_last_and_who_wrote_it(
    page, client, contributor, other_contributor
):
    answer = client.get(page.address)
    assert answer.context["last_change"]["author_name"] == contributor.display_name
    assert [person.name for person in answer.context["contributors"]] == [
        contributor.display_name,
        other_contributor.display_name,
    ]
    assert other_contributor.display_name in text_of(answer)
    assert f"{page.address}historique/" in links_of(answer)


def test_an_old_version_shows_its_text_with_a_banner_and_no_index(page, client):
    answer = client.get(f"{page.address}versions/1/")
    read = main_text(answer)
    assert "Un texte bleu." in read
    assert "Un texte vert." not in read
    assert "Tout sur le wifi." not in read
    assert said("This is an old version of “%(title)s”.") % {"title": page.title} in read
    assert answer["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in answer.content.decode()
    assert page.address in links_of(answer)


def test_the_newest_version_says_that_it_is_online(page, client):
    read = main_text(client.get(f"{page.address}versions/3/"))
    assert said("This is the version online.") in read


def test_an_old_version_offers_no_change_of_the_present_text(page, facilitator, logged_in):
    links = links_of(logged_in(facilitator).get(f"{page.address}versions/1/"))
    for action in ("modifier", "renommer", "deplacer", "supprimer"):
        assert f"{page.address}{action}/" not in links


def test_an_old_version_names_its_own_topics(page, client):
    factories.edited(page, title="Le wifi public")
    read = main_text(client.get(f"{page.address}versions/1/"))
    assert "Bleu" in read


def test_history_versions_and_differences_are_not_to_be_indexed(page, client):
    for screen in ("historique/", "difference/"):
        assert 'content="noindex"' in client.get(f"{page.address}{screen}").content.decode()


BAD = ["0", "-1", "abc", "4", "99999999999999", "２", "1.0", "+1", "%00", "1%00", "1e3", "٣"]
ENDLESS = "0" * 11 + "1" + "9" * 5000


@pytest.mark.parametrize("number", [*BAD, ENDLESS])
def test_a_bad_or_missing_version_is_not_found(page, client, number):
    assert client.get(f"{page.address}versions/{number}/").status_code == 404


@pytest.mark.sampled(every=4)
@pytest.mark.parametrize("name", ["de", "a"])
@pytest.mark.parametrize("number", [*BAD, "", " ", "1,2", ENDLESS])
def test_a_difference_with_a_bad_version_is_not_found(page, client, name, number):
    address = f"{page.address}difference/?{name}={number.replace('+', '%2B')}"
    assert client.get(address).status_code == 404


def test_a_version_of_another_page_is_not_found(page, client):
    other = factories.page()
    assert newest_version(other).number == 1
    assert client.get(f"{other.address}versions/3/").status_code == 404
    assert client.get(f"{other.address}difference/?de=1&a=3").status_code == 404


@pytest.mark.parametrize("screen", ["historique/", "versions/1/", "difference/"])
def test_a_page_that_does_not_exist_has_no_history(client, screen):
    assert client.get(f"/collectif/nulle-part/{screen}").status_code == 404
    assert client.get(f"/nulle-part/{screen}").status_code == 404


def test_the_history_of_the_home_page_is_public_too(client):
    for screen in ("historique/", "versions/1/", "difference/"):
        assert client.get(f"/{screen}").status_code == 200, screen


def test_a_long_history_is_paged(page, client):
    author = factories.person("Contributeurs")
    for number in range(32):
        publish(page, Edit(author=author, summary=f"Passage {number:02}"))
    first = client.get(f"{page.address}historique/")
    second = client.get(f"{page.address}historique/?page=2")
    assert len(first.context["versions"]) == 20
    assert [version.number for version in second.context["versions"]] == list(range(15, 0, -1))
    assert "?page=2" in links_of(first)
    assert second.context["versions"][0].before.number == 14
    assert first.context["versions"][-1].before.number == 15


def test_a_history_longer_than_what_is_offered_to_compare_tells_the_same(page, client, monkeypatch):
    for author in (factories.person("Contributeurs"), factories.person("Contributeurs")):
        for number in range(12):
            publish(page, Edit(author=author, summary=f"Passage {number:02}"))
    address = f"{page.address}historique/"
    known = [client.get(address, {"page": number}).context for number in (1, 2)]
    kept.forget_all()
    monkeypatch.setattr(views, "LISTED", 10)
    for number, before in zip((1, 2), known, strict=True):
        told = client.get(address, {"page": number}).context
        for name in ("versions", "since", "writers", "newest_number"):
            assert told[name] == before[name]
        assert told["listed"].paginator.count == before["listed"].paginator.count
        assert len(told["choices"]) == 10


@pytest.mark.parametrize("number", ["0", "-1", "abc", "999", "9" * 5000, "%00"])
def test_a_page_of_the_history_that_does_not_exist_shows_another_one(page, client, number):
    assert client.get(f"{page.address}historique/?page={number}").status_code == 200
    assert client.get(f"/changements/?page={number}").status_code == 200


# The difference as one reads it.


def test_the_newest_change_is_shown_without_numbers(page, client):
    read = main_text(client.get(f"{page.address}difference/"))
    assert "Tout sur le wifi." in read
    assert "bleu" not in read


def test_words_added_and_removed_are_marked(page, client):
    text = client.get(f"{page.address}difference/?de=1&a=2").content.decode()
    assert "Un texte <del>bleu</del><ins>vert</ins>." in text


def test_a_difference_may_go_backwards(page, client):
    text = client.get(f"{page.address}difference/?de=2&a=1").content.decode()
    assert "Un texte <del>vert</del><ins>bleu</ins>." in text


def test_a_version_does_not_differ_from_itself(page, client):
    read = main_text(client.get(f"{page.address}difference/?de=2&a=2"))
    assert said("Nothing differs between these two versions.") in read


def test_the_first_version_is_compared_with_itself(client):
    page = factories.page()
    assert client.get(f"{page.address}difference/").status_code == 200


def test_changed_topics_are_told(page, client):
    fresh = type(page).objects.get(pk=page.pk)
    fresh.set_topics(["Vert"])
    publish(fresh, Edit())
    text = client.get(f"{page.address}difference/").content.decode()
    assert "<del>Bleu</del>" in text
    assert "<ins>Vert</ins>" in text


def test_changed_typed_fields_and_rows_are_told(client):
    place = factories.page(
        StructurePage,
        telephone="+33247000000",
        typologie=["BIB"],
        labels=[Label(name="Aidants Connect", year=2020), Label(name="Pix", year=2019)],
    )
    factories.edited(
        place,
        telephone="+33247000001",
        typologie=["BIB", "EPN"],
        labels=[Label(name="Aidants Connect", year=2023)],
    )
    text = client.get(f"{place.address}difference/").content.decode()
    assert "Espace public numérique</ins>" in text
    assert "<del>2020</del><ins>2023</ins>" in text
    assert "<del>Pix — 2019</del>" in text
    assert "<ins>01</ins>" in text


def test_a_page_that_one_may_not_read_is_not_named_in_a_difference(client):
    parent = factories.page(StructurePage, title="Lieu réservé")
    place = factories.page(StructurePage)
    factories.edited(place, structure_parente=parent)
    factories.restricted_to_groups(parent, "Bureau")
    read = main_text(client.get(f"{place.address}difference/"))
    assert "Lieu réservé" not in read
    assert said("(not available)") in read


def test_an_old_version_names_all_who_wrote_it_and_its_paper_says_that_it_is_old(
    client, contributor, other_contributor, facilitator
):
    page = factories.page(title="À plusieurs", author=contributor, body="<p>Un</p>")
    for author in (other_contributor, facilitator):
        page = factories.edited(page, author=author, body=f"<p>{author.public_name}</p>")
    shown = main_text(client.get(f"{page.address}versions/2/"))
    signed = shown.partition("Contributeurs :")[2].partition("Licence")[0]
    assert contributor.public_name in signed
    assert other_contributor.public_name in signed
    assert facilitator.public_name not in signed
    old = client.get(f"{page.address}versions/2/").content.decode()
    assert "Ancienne version (2). La page d’aujourd’hui" in old
    assert "Version à jour" not in old
    assert "Version à jour" in client.get(page.address).content.decode()


def test_who_wrote_what_says_when_it_leaves_fields_out(client):
    said = "Cet écran montre le texte long seulement"
    for address, is_partial in (("/lieux/fiche-exemple/", True), ("/aide/", False)):
        assert (said in main_text(client.get(f"{address}annoter/"))) == is_partial


def test_an_index_is_dated_as_an_introduction(client):
    for address in ("/lieux/", "/pratiques/fiches/", "/collectif/reunions/", "/pratiques/"):
        assert "Présentation écrite le" in main_text(client.get(address))
    assert "Présentation écrite le" not in main_text(client.get("/aide/"))


# Who wrote, counted as the names that one sees.


def people_told(client, page) -> str:
    read = main_text(client.get(f"{page.address}historique/"))
    return re.search(r"(\w+) personnes? y", read)[1]


def test_a_former_member_counts_among_those_who_wrote(client, contributor):
    page = factories.page(author=contributor)
    page = factories.edited(page, body="<p>b</p>", author=factories.person("Contributeurs"))
    Version.objects.filter(page_id=page.pk, number=2).update(author=None, author_name="")
    assert people_told(client, page) == "2"
    assert "ancien membre" in main_text(client.get(f"{page.address}historique/"))


def test_who_opened_a_page_to_more_readers_wrote_nothing(client, contributor, facilitator):
    page = factories.page(author=contributor)
    publish(page, Edit(author=facilitator, origin=Version.Origin.OPENING))
    assert people_told(client, page) == "Une"
    read = main_text(client.get(f"{page.address}historique/"))
    assert f"ouverte par {facilitator.public_name}" in read


def test_one_who_wrote_twice_is_one(client, page):
    assert people_told(client, page) == "2"


def test_large_numbers_are_written_in_groups(client, contributor):
    page = factories.page(body=f"<p>{'mot ' * 400}</p>", author=contributor)
    answer = client.get(f"{page.address}historique/").content.decode()
    assert re.search("1\u00a0[0-9]{3} signes de plus", answer)


def test_an_old_version_tells_what_was_changed_since(client, page):
    read = main_text(client.get(f"{page.address}versions/1/"))
    assert "Version 1 sur 3" in read
    assert "Plus juste" in read.partition("Ce qui a changé depuis")[2].partition("Lire la page")[0]
    assert "Ce qui a changé depuis" not in main_text(client.get(f"{page.address}versions/3/"))


def test_an_old_version_names_three_of_many_changes(client, page, contributor):
    for number in range(5):
        page = factories.edited(page, author=contributor, body=f"<p>{number}</p>")
    answer = client.get(f"{page.address}versions/2/")
    assert [version.number for version in answer.context["since"]] == [8, 7, 6]
    assert "et 3 autres changements" in main_text(answer)


def test_going_back_is_asked_on_the_screen_that_shows_it(page, contributor, logged_in, client):
    """One press opens the question, the next one does it; who may not edit is asked nothing."""
    for screen in ("historique/", "versions/1/"):
        root = html.fromstring(logged_in(contributor).get(f"{page.address}{screen}").content)
        forms = root.xpath("//details[contains(@class, 'ask')]//form")
        assert f"{page.address}versions/1/restaurer/" in [form.get("action") for form in forms]
        assert not root.xpath("//form[contains(@action, 'restaurer') and not(ancestor::details)]")
        assert "restaurer" not in client.get(f"{page.address}{screen}").content.decode()


def test_the_opening_of_a_page_is_no_change_that_one_undoes(page, contributor, logged_in):
    restriction = factories.restricted_to_groups(page, "Contributeurs")
    factories.edited(page, author=contributor, body="<p>Un texte jaune.</p>")
    restriction.delete()
    answer = logged_in(contributor).get(f"{page.address}historique/")
    newest, *others = answer.context["versions"]
    assert newest.origin == Version.Origin.OPENING
    text = answer.content.decode()
    assert f"versions/{newest.number}/annuler/" not in text
    assert f"versions/{others[0].number}/annuler/" in text
