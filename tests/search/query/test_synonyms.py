"""The vocabulary of facilitators: what the search reads of it, and the screens that keep it."""

import importlib

import pytest
from django.apps import apps
from django.db import connection

from search.language import analysis
from search.models import Synonym
from search.query import synonyms
from tests import factories
from wiki.models import SiteRevision

pytestmark = pytest.mark.django_db
ADMIN = "/admin/search/synonym/"


class ModelsOfThen:
    """As the migration knew them: the stamp has another name today."""

    def get_model(self, app: str, name: str):
        return apps.get_model(app, {"Stamp": "SiteRevision"}.get(name, name))


FIRST = importlib.import_module("search.migrations.0003_words_of_the_field")


@pytest.fixture
def desk(logged_in, facilitator):
    return logged_in(facilitator)


@pytest.mark.parametrize(
    ("words", "phrases"),
    [
        ("mdp, mot de passe", (("mdp",), ("mot", "de", "passe"))),
        ("Éphéméride , e-mail", (("ephemeride",), ("email",))),
        ("l’adresse,L'ADRESSE,,", (("adresse",),)),
        ("", ()),
        ("?!, …", ()),
    ],
)
def test_a_line_is_read_as_phrases_of_folded_words(words, phrases):
    assert synonyms.phrases_of(words) == phrases


def test_lines_are_read_from_memory_until_the_stamp_changes(django_assert_num_queries):
    Synonym.objects.all().delete()
    made = Synonym(words="zorbline, brimborion")
    made.save()
    assert synonyms.groups() == [(("zorbline",), ("brimborion",))]
    stamp = SiteRevision.current()
    with django_assert_num_queries(0):
        assert synonyms.groups(stamp)
    made.words = "zorbline, colifichet"
    made.save()
    assert synonyms.groups() == [(("zorbline",), ("colifichet",))]
    made.delete()
    assert synonyms.groups() == []


def test_a_line_of_one_wording_says_nothing():
    Synonym.objects.all().delete()
    Synonym(words="zorbline").save()
    assert synonyms.groups() == []


def test_a_new_line_counts_at_once_in_pages_that_were_kept_whole(client, desk):
    factories.page(title="Le colifichet")
    address = "/recherche/?q=zorbline"
    assert "Le colifichet" not in client.get(address).content.decode()
    desk.post(f"{ADMIN}create/", {"words": "zorbline, colifichet"})
    assert "Le colifichet" in client.get(address).content.decode()


# The first words


def test_the_first_words_are_all_valid_and_without_doubles():
    phrases = [phrase for words in FIRST.WORDS for phrase in synonyms.phrases_of(words)]
    assert len(phrases) == len(set(phrases))
    for words in FIRST.WORDS:
        assert len(synonyms.phrases_of(words)) == len(words.split(","))
        assert not any(analysis.STOP_WORDS.issuperset(p) for p in synonyms.phrases_of(words))


def test_the_first_words_are_written_once_and_taken_back_but_for_those_changed():
    Synonym.objects.all().delete()
    before = SiteRevision.current()
    FIRST.write(ModelsOfThen(), connection.schema_editor())
    FIRST.write(ModelsOfThen(), connection.schema_editor())
    assert Synonym.objects.count() == len(FIRST.WORDS)
    assert SiteRevision.current() == before + 1
    Synonym.objects.filter(words=FIRST.WORDS[0]).update(words="mdp, sésame")
    FIRST.forget(ModelsOfThen(), connection.schema_editor())
    assert [line.words for line in Synonym.objects.all()] == ["mdp, sésame"]


# Facilitators keep it


def test_a_facilitator_adds_changes_and_deletes_a_line(desk):
    before = SiteRevision.current()
    desk.post(f"{ADMIN}create/", {"words": "zorbline,  brimborion ,"})
    made = Synonym.objects.get(words="zorbline, brimborion")
    desk.post(f"{ADMIN}edit/{made.pk}/", {"words": "zorbline, colifichet"})
    made.refresh_from_db()
    assert made.words == "zorbline, colifichet"
    assert "zorbline, colifichet" in desk.get(f"{ADMIN}?q=colifichet").content.decode()
    desk.post(f"{ADMIN}delete/{made.pk}/")
    assert not Synonym.objects.filter(pk=made.pk).exists()
    assert SiteRevision.current() == before + 3


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("zorbline", "au moins deux"),
        ("zorbline, Zorblïne", "au moins deux"),
        ("zorbline, de la", "trop courant"),
    ],
)
def test_a_line_that_would_change_nothing_is_refused_and_why_is_said(desk, words, said):
    shown = desk.post(f"{ADMIN}create/", {"words": words}).content.decode()
    assert said in shown
    assert not Synonym.objects.filter(words=words).exists()


def test_a_word_of_another_line_is_said_and_allowed(desk):
    Synonym(words="zorbline, brimborion").save()
    answer = desk.post(f"{ADMIN}create/", {"words": "Zorbline, colifichet"}, follow=True)
    assert Synonym.objects.filter(words="Zorbline, colifichet").exists()
    assert "« zorbline » est aussi sur une autre ligne" in answer.content.decode().replace(
        "\u00a0", " "
    )


def test_words_come_filled_in_from_the_report(desk):
    shown = desk.get(f"{ADMIN}create/?words=zorbline+bleue").content.decode()
    assert 'value="zorbline bleue"' in shown


@pytest.mark.parametrize("screen", ["", "create/", "edit/{}/", "delete/{}/"])
def test_only_facilitators_see_it(screen, logged_in, contributor, administrator):
    made = Synonym.objects.create(words="zorbline, brimborion")
    address = ADMIN + screen.format(made.pk)
    assert logged_in(contributor).get(address).status_code == 403
    assert logged_in(contributor).post(address).status_code == 403
    assert logged_in(administrator).get(address).status_code == 200
    assert Synonym.objects.filter(pk=made.pk).exists()
