"""The text of files: each format, and files made to harm; in a process of its own."""

import os
import signal
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.indexing import extraction, reading
from tests import costs
from tests.search import made_files as made
from wiki.text.characters import normal

SAID = "L’été, à Chinon : « cœur » et ça"
READABLE = {
    "affiche.pdf": made.pdf(f"{SAID}\nDeuxième ligne", "Page deux"),
    "affiche.odt": made.odt(SAID, "Deuxième <text:span>ligne</text:span>", "Page deux"),
    "affiche.ods": made.ods((SAID, "Deuxième ligne"), ("Page deux", "")),
    "affiche.odp": made.odt(SAID, "Deuxième ligne", "Page deux", tag="text:h"),
    "affiche.docx": made.docx(SAID, "Deuxième ligne", "Page deux"),
    "affiche.xlsx": made.xlsx(SAID, "Deuxième ligne", "Page deux"),
    "affiche.pptx": made.pptx(SAID, "Deuxième ligne", "Page deux"),
    "affiche.txt": f"{SAID}\r\nDeuxième ligne\nPage deux".encode(),
    "affiche.csv": f"{SAID}\nDeuxième ligne\nPage deux".encode("utf-8-sig"),
    "windows.txt": f"{SAID}\nDeuxième ligne\nPage deux".encode("cp1252"),
    "utf16.txt": f"{SAID}\nDeuxième ligne\nPage deux".encode("utf-16"),
    "utf16-sans-marque.csv": f"{SAID}\nDeuxième ligne\nPage deux".encode("utf-16-le"),
    "utf16-a-l-envers.csv": f"{SAID}\nDeuxième ligne\nPage deux".encode("utf-16-be"),
}


@pytest.fixture
def text_of(tmp_path):
    """A function: the text of a file, as the site reads it."""

    def read(name: str, content: bytes, seconds: int = 30) -> str:
        (tmp_path / name).write_bytes(content)
        return reading.text_of(str(tmp_path / name), name.rpartition(".")[2], seconds)

    return read


@pytest.mark.parametrize("name", READABLE)
def test_the_text_of_each_format_is_read_with_its_accents_in_order(text_of, name):
    assert text_of(name, READABLE[name]).splitlines() == [SAID, "Deuxième ligne", "Page deux"]


@pytest.mark.parametrize(
    ("alphabet", "said"),
    [
        ("iso8859-15", "L'été au cœur de l'œuvre"),
        ("iso8859-15", "BŒUF à 5 €"),
        ("cp1252", "Le cœur de l’été à 1½h"),
        ("cp1252", "Été : ½ tarif, ¼ d'heure, 1½h, 2 ½"),
    ],
)
def test_the_western_alphabets_are_told_from_one_another(text_of, alphabet, said):
    assert text_of("a.csv", said.encode(alphabet)) == said


def test_the_name_of_a_format_may_be_in_capitals(text_of):
    assert text_of("AFFICHE.TXT", b"Bonjour") == "Bonjour"


def test_the_slides_come_in_order(text_of):
    slides = [f"Diapositive {n}" for n in range(1, 13)]
    assert text_of("seance.pptx", made.pptx(*slides)).splitlines() == slides


def test_notes_are_read_after_the_text_of_a_document(text_of):
    note = f'<w:footnotes xmlns:w="{made.WORD}"><w:p><w:r><w:t>Note</w:t></w:r></w:p></w:footnotes>'
    assert text_of("notes.docx", made.docx("Texte", word_footnotes=note)) == "Texte\nNote"


def test_what_was_struck_out_and_remarks_are_not_read(text_of):
    remark = "<office:annotation><text:p>remarque</text:p></office:annotation>"
    struck = "<text:tracked-changes><text:p>effacé</text:p></text:tracked-changes>"
    assert text_of("suivi.odt", made.odt(f"Gardé{remark}", struck)) == "Gardé"
    struck = '</w:t><w:delText>effacé</w:delText></w:r></w:p><w:p><w:r><w:t xml:space="preserve">'
    assert text_of("suivi.docx", made.docx(f"Gardé{struck}")) == "Gardé"


def test_a_tab_parts_two_words(text_of):
    assert text_of("tab.odt", made.odt("Heure<text:tab/>lieu")) == "Heure lieu"


def test_a_long_text_is_cut(text_of):
    long = text_of("long.docx", made.docx(*["mot " * 999 + "fin"] * 100))
    assert extraction.MOST_CHARACTERS - 5 < len(long) <= extraction.MOST_CHARACTERS
    assert len(text_of("long.txt", "é".encode() * 500_001)) == extraction.MOST_CHARACTERS


def test_the_pages_of_a_pdf_are_counted(text_of):
    pages = [f"Page numéro {n}" for n in range(extraction.MOST_PAGES + 5)]
    assert text_of("livre.pdf", made.pdf(*pages)).splitlines() == pages[: extraction.MOST_PAGES]


@pytest.mark.parametrize(
    ("pages", "read"),
    [
        (("la numé-", "rimentation"), ["la", "numérimentation"]),
        (("a-", "b-", "c"), ["abc"]),
        (("un rendez-", "vous"), ["un", "rendez-vous"]),
        (("Saint-", "Benoît"), ["Saint-", "Benoît"]),
        (("fin-",), ["fin-"]),
    ],
)
def test_a_word_cut_over_two_pages_of_a_pdf_is_whole(text_of, pages, read):
    assert text_of("a.pdf", made.pdf(*pages)).split() == read


def test_a_word_without_end_is_read_in_time():
    word = "a" * 50_000
    read = costs.within(1, lambda: (extraction.mended_lines(word), extraction.parted(word)))
    assert read == (word, (word, ""))


def test_a_broken_page_of_a_pdf_does_not_hide_the_others(text_of):
    streams = [made.drawn("Avant"), b"BT /F1 12 Tf (", made.drawn("Après")]
    assert text_of("abime.pdf", made.with_streams(streams)).split() == ["Avant", "Après"]


def test_no_sign_that_a_database_refuses_is_given(text_of):
    assert text_of("signes.txt", "mot\x01\x0b de pas\u00adse\ufffe".encode()) == "mot de passe"


@pytest.mark.parametrize(("name", "content"), made.HOSTILE.values(), ids=made.HOSTILE.keys())
def test_a_file_made_to_harm_is_refused(text_of, name, content):
    with pytest.raises(subprocess.CalledProcessError):
        text_of(name, content)


def test_a_stream_that_unpacks_without_end_gives_nothing(text_of):
    bomb = made.with_streams([b" " * 400_000_000])
    try:
        assert text_of("bombe.pdf", bomb) == ""
    except subprocess.CalledProcessError as refused:
        assert refused.returncode


def test_a_reading_that_never_ends_is_stopped(tmp_path):
    endless = tmp_path / "sans-fin.txt"
    os.mkfifo(endless)
    with pytest.raises(subprocess.TimeoutExpired):
        reading.text_of(str(endless), "txt", 1)


LIMITED = (
    "from search.indexing import extraction;"
    " extraction.SECONDS = 1; extraction.limit_this_process();"
)


def limited(code: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-c", f"{LIMITED} {code}"],
        cwd=reading.ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_the_processor_is_taken_from_a_reader_that_turns_in_circles():
    assert -limited("\nwhile True: pass").returncode in (signal.SIGXCPU, signal.SIGKILL)


def test_the_memory_is_refused_to_a_reader_that_eats_it():
    assert "MemoryError" in limited("held = bytearray(10**9)").stderr


def test_a_reader_writes_no_file(tmp_path):
    trace = tmp_path / "trace"
    assert (
        "File too large" in limited(f"\nwith open({str(trace)!r}, 'w') as f: f.write('x')").stderr
    )
    assert trace.read_bytes() == b""


def test_the_reader_knows_neither_the_site_nor_its_secrets(text_of, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "zxsecret")
    asked = "import os, sys, search.indexing.extraction; print(*os.environ); print(*sys.modules)"
    known = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=reading.ROOT,
        env=reading.ALPHABET,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "SECRET_KEY" not in known
    assert "django" not in known.split()


@settings(max_examples=300, deadline=None)
@given(st.lists(st.text(max_size=40), max_size=8))
def test_any_parts_make_a_text_without_unwanted_signs(parts):
    text = extraction.gathered(iter(parts))
    assert normal(text) == text
    assert len(text) <= extraction.MOST_CHARACTERS
