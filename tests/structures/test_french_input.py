"""What French people type in the fields of a place, and what is stored of it."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from structures import codes, coordinates
from structures.models import StructurePage
from structures.opening_hours import hours_in_words, hours_of
from structures.telephones import telephone_in_words, telephone_of
from tests.wiki import form_filling

B = "\u00a0"


@pytest.mark.parametrize(
    ("typed", "stored", "said"),
    [
        *((typed, "+33247937788", "02 47 93 77 88") for typed in (
            *("0247937788", "02 47 93 77 88", "02.47.93.77.88", "02-47-93-77-88"),
            *("+33 2 47 93 77 88", "+33 (0)2 47 93 77 88", "0033 2 47 93 77 88"),
            *("Tél. : 02 47 93 77 88", "02\u00a047\u202f93 77 88", "tel:+33247937788"),
        )),
        ("3949", "3949", "39 49"),
        ("36 46", "3646", "36 46"),
        ("116 006", "116006", "116 006"),
        ("17", "17", "17"),
        ("0800 123 456", "+33800123456", "0 800 12 34 56"),
        ("0262 20 00 00", "+262262200000", "0262 20 00 00"),
        ("0594 25 00 00", "+594594250000", "0594 25 00 00"),
        ("+687 24 00 00", "+687240000", "+687 24.00.00"),
        ("+32 2 234 56 78", "+3222345678", "+32 2 234 56 78"),
    ],
)  # fmt: skip
def test_a_telephone_number_is_read_as_the_french_type_it(typed, stored, said):
    assert telephone_of(typed) == stored
    assert telephone_in_words(stored) == said
    assert telephone_of(said) == telephone_of(stored) == stored


@pytest.mark.parametrize("typed", ["02 47 93 77", "bonjour", "9999", "1" * 30, "a@b.fr", "+33"])
def test_what_is_no_telephone_number_is_named_with_what_to_type(typed):
    with pytest.raises(ValidationError) as refused:
        telephone_of(typed)
    assert typed in refused.value.messages[0]
    assert "02 47 93 77 88" in refused.value.messages[0]


@pytest.mark.parametrize(
    "typed",
    ["02 47 93 77 88 ou 06 12 34 56 78", "Fixe : 02 47 93 77 88 / Port. : 06 12 34 56 78"],
)
def test_of_several_numbers_one_is_asked_for(typed):
    with pytest.raises(ValidationError) as refused:
        telephone_of(typed)
    assert refused.value.code == "several"


@pytest.mark.parametrize(
    "typed",
    [
        *("Standard : 02 47 93 77 88", "Fixe : 02 47 93 77 88", "Port. 02 47 93 77 88"),
        *("Tél. portable : 02 47 93 77 88", "02 47 93 77 88 (accueil)", "O2 47 93 77 88"),
        "Tél/Fax : 02 47 93 77 88",
    ],
)
def test_a_telephone_number_is_read_without_the_words_around_it(typed):
    assert telephone_of(typed) == "+33247937788"


@pytest.mark.parametrize("typed", ["Fax : 02 47 93 77 88", "02 47 93 77 88 (fax)"])
def test_a_fax_is_no_telephone(typed):
    with pytest.raises(ValidationError):
        telephone_of(typed)


@pytest.mark.parametrize("extension", [" poste 12", ", poste 12", " (poste 12)"])
def test_an_extension_is_sent_to_the_text_and_not_lost(extension):
    with pytest.raises(ValidationError) as refused:
        telephone_of(f"02 47 93 77 88{extension}")
    assert "Écrivez ici 02 47 93 77 88, et «\u00a0poste 12\u00a0»" in refused.value.messages[0]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("lundi 9h-12h et 14h-17h", "Mo 09:00-12:00,14:00-17:00"),
        ("du lundi au vendredi de 9 h à 12 h 30", "Mo-Fr 09:00-12:30"),
        ("mardi et jeudi : 14h00–18h00", "Tu,Th 14:00-18:00"),
        ("Lun-Ven 9h-12h / 14h-17h", "Mo-Fr 09:00-12:00,14:00-17:00"),
        ("lundi 9h-12h, mardi 14h-17h", "Mo 09:00-12:00; Tu 14:00-17:00"),
        ("lundi 9h-12h\nmardi 14h-17h", "Mo 09:00-12:00; Tu 14:00-17:00"),
        ("9h-12h du lundi au vendredi", "Mo-Fr 09:00-12:00"),
        ("lundi 9h-12h, fermé le mercredi", "Mo 09:00-12:00; We off"),
        ("lundi : fermé, mardi 9h-12h", "Tu 09:00-12:00; Mo off"),
        ("du lundi au vendredi 9h-12h sauf jours fériés", "Mo-Fr 09:00-12:00; PH off"),
        ("tous les jours sauf dimanche, de 9 h à midi", "Mo-Sa 09:00-12:00"),
        ("mercredi 14h-17h hors vacances scolaires", "We 14:00-17:00; SH off"),
        ("samedi matin 9h-12h", "Sa 09:00-12:00"),
        ("LUNDI AU JEUDI 08H30 - 12H00", "Mo-Th 08:30-12:00"),
        ("mardi 14.00-18.30", "Tu 14:00-18:30"),
        ("samedi 20h-minuit", "Sa 20:00-24:00"),
        ("24h/24 7j/7", "24/7"),
        ("lundi 9-12 14-17", "Mo 09:00-12:00,14:00-17:00"),
        ("entre 9h et 12h le lundi", "Mo 09:00-12:00"),
        ("matin : lundi et mardi 9h-12h ; après-midi : mardi 14h-17h",
         "Mo 09:00-12:00; Tu 09:00-12:00,14:00-17:00"),
        ("Mo-Fr 09:00-12:00,14:00-17:00; PH off", "Mo-Fr 09:00-12:00,14:00-17:00; PH off"),
        ("Mar-Oct Mo-Fr 09:00-12:00", "Mar-Oct Mo-Fr 09:00-12:00"),
    ],
)  # fmt: skip
def test_opening_hours_are_read_as_the_french_type_them(typed, stored):
    assert hours_of(typed) == stored
    assert hours_of(hours_in_words(stored)) == stored


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("samedi matin", "samedi matin"),
        ("lundi", "lundi"),
        ("9h-12h", "Quels jours"),
        ("fermé le mercredi", "quand c’est ouvert"),
        ("lundi 25h-26h", "25h"),
        ("lundi 14h-9h30", "14h-9h30"),
        ("lundi 9h-17h, lundi midi-14h", "deux horaires se chevauchent"),
        ("mardi 9h-12h et 11h-17h", "«\u00a0mardi\u00a0»"),
        ("vendredi 18h-2h, vendredi 22h-23h", "deux horaires"),
        ("sur rendez-vous", "sur rendez-vous"),
        ("lundi 9h-12h sauf Août", "Août"),
        ("du lundi au vendredi 9h-12h, fermé le mercredi après-midi", "après-midi"),
        ("lundi-vendredi 9h-12h ; 14h-17h sauf mercredi", "«\u00a0mercredi\u00a0»"),
        ("lundi 9h-12h ; 11h-17h", "deux horaires"),
        ("lundi fermé ; 14h-17h", "Quels jours"),
        ("du lundi au mardi, fermé le mercredi, de 9h à 12h", "«\u00a0lundi, mardi\u00a0»"),
        ("ouvert mardi. Fermé lundi. 9h-12h", "«\u00a0mardi\u00a0»"),
        ("lundi 9h-12h, fermé lundi", "quand c’est ouvert"),
        ("L-M 9h-17h", "L-M"),
        ("L-J-V 9h-17h", "L-J-V"),
        ("lundi 9h-12h 14h", "14h"),
    ],
)
def test_hours_that_are_not_understood_are_named_and_never_guessed(typed, named):
    with pytest.raises(ValidationError) as refused:
        hours_of(typed)
    assert named in refused.value.messages[0]
    assert "lundi 9h-12h et 14h-17h" in refused.value.messages[0]


TWICE = "Mo 09:00-12:00,14:00-17:00"
BOTH = "Mo 09:00-12:00; Tu 14:00-17:00"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        *((typed, TWICE) for typed in (
            *("lundi 9h-12h 14h-17h", "lundi 9h à 12h 14h à 17h", "lundi 9h/12h 14h/17h"),
            *("lundi 9h-12h 14-17h", "lundi 9h-12h14h-17h", "lundi de 9h à 12h 14:00 à 17:00"),
        )),
        ("lundi 9h-12h 14h-17h, mardi 9h-12h", f"{TWICE}; Tu 09:00-12:00"),
        ("lundi 9 h 30 - 12 h 15", "Mo 09:30-12:15"),
        ("lundi 9 h 30 - 12 h 15 / 14 h - 17 h 30", "Mo 09:30-12:15,14:00-17:30"),
        ("lundi 9 h 30 - 12 h 15 14 h - 17 h 30", "Mo 09:30-12:15,14:00-17:30"),
        ("lundi 9h-12 h 30 / mardi 14h-17h", "Mo 09:00-12:30; Tu 14:00-17:00"),
        ("lundi entre 9h et 12 h 30", "Mo 09:00-12:30"),
    ],
)  # fmt: skip
def test_a_number_that_opens_the_next_hours_is_no_minutes_of_those_before(typed, stored):
    assert hours_of(typed) == stored


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        *((typed, TWICE) for typed in (
            *("lundi 9h-12h ; 14h-17h", "lundi 9h-12h;14h-17h", "lundi 9h-12h. 14h-17h."),
            *("lundi matin 9h-12h ; après-midi 14h-17h", "lundi 9h-12h\n14h-17h"),
            *("lundi 9h-12h | 14h-17h", "lundi : • 9h-12h • 14h-17h", "lundi. 9h-12h. 14h-17h"),
        )),
        ("lundi 9h-12h ; 14h-17h, mardi 9h-10h ; 11h-12h", f"{TWICE}; Tu 09:00-10:00,11:00-12:00"),
        ("lundi 9h-12h ; 14h-17h sauf jours fériés", f"{TWICE}; PH off"),
        ("lundi 9h-12h ; 14h-17h mardi", BOTH),
        ("9h-12h lundi ; 14h-17h mardi", BOTH),
    ],
)  # fmt: skip
def test_hours_after_a_stop_are_of_the_days_said_before_when_none_follow(typed, stored):
    assert hours_of(typed) == stored


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Fermé le lundi. Mardi-samedi 10h-19h", "Tu-Sa 10:00-19:00; Mo off"),
        ("lun. 9h-12h mar. 14h-17h", BOTH),
        ("du lundi. au vendredi. 9h-12h", "Mo-Fr 09:00-12:00"),
        ("• lundi 9h-12h • mardi 14h-17h", BOTH),
        ("lundi 9h-12h | mardi fermé | mercredi 9h-12h", "Mo,We 09:00-12:00; Tu off"),
        ("L-V 9h-17h", "Mo-Fr 09:00-17:00"),
        ("lundi → vendredi 9h → 17h", "Mo-Fr 09:00-17:00"),
        ("lundi fermé mardi 9h-12h", "Tu 09:00-12:00; Mo off"),
        ("Sa 09:00-12:00 || 14:00-17:00", "Sa 09:00-12:00 || 14:00-17:00"),
    ],
)
def test_days_are_read_with_the_signs_around_them(typed, stored):
    assert hours_of(typed) == stored


def test_what_was_understood_of_hours_is_shown_in_french():
    said = hours_in_words("Mo-Fr 09:00-12:30,14:00-17:00; Sa off; PH off")
    assert said.replace(B, " ") == (
        "du lundi au vendredi de 9 h à 12 h 30 et de 14 h à 17 h ; "
        "fermé le samedi ; fermé les jours fériés"
    )
    assert hours_in_words('Mo 09:00-12:00 "sur rendez-vous"').startswith("Mo 09:00")


@pytest.mark.parametrize(
    ("read", "typed", "stored"),
    [
        (codes.postal_code_of, "37 500", "37500"),
        (codes.postal_code_of, "37500 Chinon", "37500"),
        *((codes.postal_code_of, typed, "37500") for typed in (
            *("37500 Chinon Cedex 1", "Chinon 37500", "CP 37500", "FR-37500", "Chinon (37500)"),
            *("37500 Lyon 3e", "Code postal : 37500", "F-37500"),
        )),
        (codes.insee_code_of, "2a 004", "2A004"),
        (codes.insee_code_of, "Code INSEE : 2A004", "2A004"),
        (codes.pivot_of, "N° SIRET : 123 456 789 00012", "12345678900012"),
        (codes.pivot_of, "Siret n° 123 456 789 00012", "12345678900012"),
        (codes.pivot_of, "n°RNA : W372001234", "W372001234"),
        (codes.pivot_of, "732 829 320 00074", "73282932000074"),
        (codes.pivot_of, "123 456 782", "123456782"),
        (codes.pivot_of, "w37 2001234", "W372001234"),
        (coordinates.latitude_of, "47,17", 47.17),
        (coordinates.latitude_of, "47,17° N", 47.17),
        (coordinates.latitude_of, "47°10′12″ N", 47.17),
        (coordinates.longitude_of, "0,24 O", -0.24),
        (coordinates.longitude_of, "−0.25", -0.25),
        (coordinates.latitude_of, "47 10 12 N", 47.17),
        (coordinates.latitude_of, "N 47 10 12", 47.17),
        (coordinates.longitude_of, "0 15 00 O", -0.25),
        (coordinates.longitude_of, ",2375", 0.2375),
        (coordinates.longitude_of, "-,2375", -0.2375),
    ],
)  # fmt: skip
def test_codes_and_coordinates_are_read_as_the_french_type_them(read, typed, stored):
    assert read(typed) == stored


@pytest.mark.parametrize(
    ("read", "typed"),
    [
        (codes.postal_code_of, "3750"),
        (codes.postal_code_of, "BP 12345"),
        (codes.postal_code_of, "37500 12"),
        (codes.postal_code_of, "37500 Chinon 37000 Tours"),
        (codes.pivot_of, "N° SIRET : 12"),
        (coordinates.latitude_of, "47 10 12"),
        (coordinates.latitude_of, "47 10 12 E"),
        (codes.insee_code_of, "2C004"),
        (codes.pivot_of, "123"),
        (coordinates.latitude_of, "91"),
        (coordinates.latitude_of, "47,17 E"),
        (coordinates.longitude_of, "ici"),
    ],
)
def test_a_code_that_is_none_is_named(read, typed):
    with pytest.raises(ValidationError) as refused:
        read(typed)
    assert typed in refused.value.messages[0]


@pytest.mark.parametrize(
    "pasted",
    [
        *("47.1673, 0.2375", "47,1673 0,2375", "47,1673 ; 0,2375", "47.1673,0.2375"),
        *("47,1673, 0,2375", "47.1673 N 0.2375 E", "GPS : 47.1673, 0.2375", "geo:47.1673,0.2375"),
        "https://www.openstreetmap.org/?mlat=47.1673&mlon=0.2375#map=17/47.1673/0.2375",
        *("N 47.1673 E 0.2375", "geo:47.1673,0.2375?z=15", "47 10 02,28 N 0 14 15 E"),
        "https://maps.google.com/?q=47.1673,0.2375",
        "https://www.google.com/maps/search/?api=1&query=47.1673%2C0.2375",
        "https://www.google.com/maps/place/X/@47.1,0.2,15z/data=!8m2!3d47.1673!4d0.2375",
    ],
)
def test_a_pair_of_coordinates_pasted_in_one_control_fills_both(pasted):
    both = {"latitude": "47,1673", "longitude": "0,2375"}
    assert StructurePage.spread({"latitude": pasted, "longitude": ""}) == both
    assert StructurePage.spread({"latitude": "", "longitude": pasted}) == both


def test_coordinates_typed_each_in_its_control_stay_there():
    assert StructurePage.spread({"latitude": "47,17", "longitude": "0,24"}) == {}
    assert StructurePage.spread({"latitude": "47.1, 0.2", "longitude": "0,3"}) == {}


READERS = [
    *(telephone_of, hours_of, codes.postal_code_of, codes.insee_code_of, codes.pivot_of),
    *(coordinates.latitude_of, coordinates.longitude_of),
]
TYPED = st.text(max_size=80) | st.lists(
    st.sampled_from(
        ["lundi", "9h", "-", "et", "fermé", "02 47", "47,1", "°", "N", "sauf", "\n", ";"]
    )
).map(" ".join)


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
@given(text=TYPED)
@settings(deadline=None, max_examples=80)
def test_any_text_is_read_the_same_again_or_refused_with_a_sentence(read, text):
    try:
        stored = read(text)
    except ValidationError as refused:
        assert all(message.strip() for message in refused.messages)
    else:
        assert read(str(stored)) == stored


@pytest.mark.parametrize(
    ("osm", "words"),
    [
        (
            "Mo-Tu 09:00-12:00; We 10:00-12:00; Th 09:00-12:00",
            "lundi et mardi de 9 h à 12 h ; mercredi de 10 h à 12 h ; jeudi de 9 h à 12 h",
        ),
        ("Mo,Tu,Th 09:00-12:00", "lundi, mardi et jeudi de 9 h à 12 h"),
    ],
)
def test_hours_are_said_in_french_however_their_days_are_grouped(osm, words):
    assert hours_in_words(osm).replace("\u00a0", " ") == words


@pytest.mark.django_db
def test_half_of_a_place_on_the_map_is_asked_for_and_nothing_is_lost(logged_in, contributor):
    client = logged_in(contributor)
    answer = form_filling.write(client, "lieu", title="Un lieu sur la carte", latitude="47,17")
    assert answer.status_code == 422
    assert "Il faut les deux" in answer.content.decode()
    assert "47,17" in answer.content.decode()
    both = {"latitude": "47,17", "longitude": "0,24"}
    answer = form_filling.write(client, "lieu", title="Un lieu sur la carte", **both)
    assert answer.status_code == 302
