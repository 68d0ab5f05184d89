"""What looks like a secret in a text, and what does not."""

import string

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.fr.nir import calc_check_digits

from tests.wiki import form_filling
from tests.wiki.form_filling import COMMON
from tests.wiki.screens import form_of, main_text, said
from wiki.editing import sensitive
from wiki.editing.sensitive import found_in
from wiki.models import ArticlePage, Version
from wiki.publishing.publishing import newest_version

# Countries whose account numbers may be digits only, by the registry of ISO 13616.
OF_DIGITS_ONLY = [
    *("AT", "BE", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "HR"),
    *("HU", "IS", "LT", "NO", "PL", "PT", "SE", "SI", "SK", "TN"),
]
SPACES = st.sampled_from([" ", "", "\u00a0", "\u202f"])


def kinds_in(text: str) -> set[str]:
    return {finding.kind for finding in found_in(text)}


def digits(count: int):
    return st.text(string.digits, min_size=count, max_size=count)


@st.composite
def nirs(draw) -> str:
    """Every NIR has 13 signs: sex, year, month, county, commune, rank."""
    sex, year = draw(st.sampled_from("12")), draw(digits(2))
    month = f"{draw(st.integers(1, 12)):02d}"
    county = draw(st.one_of(st.integers(1, 95).map("{:02d}".format), st.sampled_from(["2A", "2B"])))
    return sex + year + month + county + draw(digits(3)) + draw(digits(3))


def grouped(nir: str, space: str) -> str:
    return space.join([nir[0], nir[1:3], nir[3:5], nir[5:7], nir[7:10], nir[10:13]])


@given(nirs(), SPACES)
def test_a_social_security_number_with_its_key_is_found(nir, space):
    key = calc_check_digits(nir)
    assert "nir" in kinds_in(f"Son numéro : {grouped(nir, space)}{space}{key}, merci.")


@given(nirs(), SPACES, st.integers(1, 96))
def test_a_social_security_number_with_another_key_is_not(nir, space, more):
    key = f"{(int(calc_check_digits(nir)) + more - 1) % 97 + 1:02d}"
    assert "nir" not in kinds_in(f"Son numéro : {grouped(nir, space)}{space}{key}, merci.")


def test_the_key_is_the_one_of_the_public_example():
    """2 69 05 49 588 157 has the key 80, the example of the Insee's own notice."""
    assert kinds_in("Son numéro : 2 69 05 49 588 157 80.") == {"nir"}


def check_digits(country: str, account: str) -> str:
    number = int("".join(str(int(sign, 36)) for sign in f"{account}{country}00"))
    return f"{98 - number % 97:02d}"


@st.composite
def ibans(draw) -> str:
    country = draw(st.sampled_from(OF_DIGITS_ONLY))
    account = draw(digits(sensitive.IBAN_LENGTHS[country] - 4))
    return country + check_digits(country, account) + account


@given(ibans(), st.sampled_from(["", " ", "\u00a0"]))
def test_an_iban_is_found_whole_or_in_groups_of_four(iban, space):
    groups = space.join(iban[i : i + 4] for i in range(0, len(iban), 4))
    assert "iban" in kinds_in(f"Virement sur {groups}.")


@given(ibans(), st.integers(1, 9), st.data())
def test_an_iban_with_a_wrong_figure_is_not(iban, more, data):
    place = data.draw(st.integers(4, len(iban) - 1))
    wrong = iban[:place] + str((int(iban[place]) + more) % 10) + iban[place + 1 :]
    assert "iban" not in kinds_in(f"Virement sur {wrong}.")


def luhn_digit(number: str) -> str:
    return luhn.calc_check_digit(number)


@given(st.sampled_from(["4", "51", "55", "2221", "2720", "6011"]), st.data())
def test_a_bank_card_is_found_whole_or_in_groups(prefix, data):
    number = prefix + data.draw(digits(15 - len(prefix)))
    number += luhn_digit(number)
    groups = " ".join(number[i : i + 4] for i in range(0, 16, 4))
    assert "card" in kinds_in(f"Carte {number} !")
    assert "card" in kinds_in(f"Carte {groups} !")


@given(digits(13))
def test_a_siret_is_never_a_bank_card(number):
    assert "card" not in kinds_in(f"SIRET {number}{luhn_digit(number)}")


@given(st.text())
def test_any_text_can_be_read(text):
    for finding in found_in(text):
        assert str(finding)


@given(st.text(string.ascii_letters + string.digits, min_size=4))
def test_what_is_found_is_never_told_whole(value):
    assert sensitive.masked(value) != value
    assert "•" in sensitive.masked(value)


FOUND = {
    "Le mot de passe : Soleil37!": "password",
    "mdp=azerty2024": "password",
    "Mot de passe de la box : Xk9-trois-Lune": "password",
    "son code secret est 4821": "password",
    "password: Tournesol#12": "password",
    "écrire à jeanne.martin@gmail.com": "email",
    "ou bien Marcel-B@wanadoo.fr.": "email",
    "x@yahoo.co.uk": "email",
    "1 85 05 78 006 084": "nir",
    "FR76 3000 6000 0112 3456 7890 189 est le compte": "iban",
    "4970 1012 3456 7893": "card",
}


@pytest.mark.parametrize("text", FOUND)
def test_a_secret_is_found(text):
    assert kinds_in(text) == {FOUND[text]}


HARMLESS = [
    "Un mot de passe : la personne le tape elle-même.",
    "Mot de passe : au moins 12 signes.",
    "Le mot de passe est personnel.",
    "mot de passe : https://www.cnil.fr/fr/mots-de-passe-2024",
    "Mot de passe oublié ? Appuyez ici.",
    "accueil@centre-social-chinon.example",
    "02 47 93 04 12 et 06 12 34 56 78",
    "+33247930412",
    "Le 12 03 2024 de 14 h 00 à 16 h 30, salle 101",
    "SIRET 775 672 272 00010",
    "1234567890123456",
    "Code postal 37500, INSEE 37072",
    "",
]


@pytest.mark.parametrize("text", HARMLESS)
def test_ordinary_words_are_not_secrets(text):
    assert found_in(text) == set()


@pytest.mark.django_db
def test_the_demonstration_holds_no_secret():
    versions = Version.objects.all()
    found = {f for version in versions for f in found_in(sensitive.text_of(version.content))}
    assert found == set()


def test_the_fields_of_the_journey_are_not_read():
    data = QueryDict(
        "csrfmiddlewaretoken=4970101234567893&title=Bonjour&labels-0-id=4970101234567893"
    )
    assert sensitive.typed_text(data) == "Bonjour"


# On the way to a publication.

SECRET = "<p>Son adresse : jeanne@gmail.com</p>"
LINKED = '<p>Son adresse : <a href="mailto:jeanne@gmail.com">jeanne@gmail.com</a></p>'


@pytest.mark.django_db
def test_a_first_press_shows_the_warning_and_a_second_one_publishes(writer):
    answer = form_filling.write(writer, "article", **{**COMMON, "body": SECRET})
    text = main_text(answer)
    assert answer.status_code == 200
    assert not ArticlePage.objects.filter(title=COMMON["title"]).exists()
    assert said("Before you publish") in text
    assert "jea•••" in text
    assert said("Publish anyway") in text
    again = writer.post("/nouveau/article/", form_of(answer))
    assert again.status_code == 302
    assert ArticlePage.objects.get(title=COMMON["title"]).body == LINKED


@pytest.mark.django_db
def test_what_the_page_held_already_is_not_told_again(writer):
    answer = form_filling.write(writer, "article", **{**COMMON, "body": SECRET})
    writer.post("/nouveau/article/", form_of(answer))
    page = ArticlePage.objects.get(title=COMMON["title"])
    assert form_filling.edit(writer, page, summary="Autre résumé.").status_code == 302
    assert newest_version(page).content["summary"] == "Autre résumé."


@pytest.mark.django_db
def test_another_secret_is_told_even_after_a_first_warning(writer):
    first = form_of(form_filling.write(writer, "article", **{**COMMON, "body": SECRET}))
    answer = writer.post("/nouveau/article/", {**first, "summary": "mdp : Soleil37!"})
    assert answer.status_code == 200
    assert "Sol••••" in main_text(answer)


@pytest.mark.django_db
def test_a_secret_in_a_child_row_is_told(writer):
    answer = form_filling.write(
        writer, "lieu", **COMMON, **{"permanences-0-rhythm": "Écrire à jeanne@gmail.com"}
    )
    assert answer.status_code == 200
    assert "jea•••" in main_text(answer)
