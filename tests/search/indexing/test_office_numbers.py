"""What the cells of a workbook show: numbers, dates and texts under the formats of Excel."""

from html import escape

import pytest

from search.indexing.office_text import office_parts
from tests.search import made_files as made

STYLES = (
    f'<styleSheet xmlns="{made.SHEET}"><numFmts><numFmt numFmtId="{{}}" formatCode="{{}}"/>'
    '</numFmts><cellXfs><xf numFmtId="{}"/></cellXfs></styleSheet>'
)
TELEPHONE = '0#" "##" "##" "##" "##'
EUROS = '_-* #,##0.00\\ "€"_-;\\-* #,##0.00\\ "€"_-;_-* "-"??\\ "€"_-;_-@_-'


@pytest.fixture
def shown(tmp_path):
    """A function: what is read of a cell."""

    def read(value: str, code: str = "", number: int = 170, kind: str = "n") -> str:
        parts = {
            "xl_styles": STYLES.format(number, escape(code), number),
            "xl_worksheets_sheet1": made.sheet(
                f'<row><c r="A1" s="0" t="{kind}"><v>{value}</v></c></row>'
            ),
        }
        (tmp_path / "a.xlsx").write_bytes(made.xlsx(**parts))
        return " ".join("\n".join(office_parts(str(tmp_path / "a.xlsx"), "xlsx")).split())

    return read


@pytest.mark.parametrize(
    ("code", "value", "read"),
    [
        ("", "0.30000000000000004", "0,3"),
        ("General", "1E-3", "0,001"),
        ("General", "3017620422003", "3017620422003"),
        ('General" ans"', "12", "12 ans"),
        ("00000", "1000", "01000"),
        ("0.00", "19.989999999999998", "19,99"),
        ("0.##", "12", "12"),
        ("0%", "0.25", "25 %"),
        ("0.0 %", "0.2537", "25,4 %"),
        ('0" jours"', "1.0", "1 jours"),
        ("0;[Red]\\-0", "-12", "-12"),
        ("0_);(0)", "-12", "(12)"),
        ('"oui";"non";"rien"', "0", "rien"),
        ("[<10]0;00000", "7", "7"),
        ("[<10]0;00000", "12", "00012"),
        ("[Red][<0]\\-0;0", "-12", "-12"),
        ('0,,"M"', "12345678", "12M"),
        ("0.00E+00", "100000", "100000"),
        (EUROS, "5", "5,00 €"),
        (EUROS, "-5", "-5,00 €"),
    ],
)
def test_a_number_is_read_as_its_format_shows_it(shown, code, value, read):
    assert shown(value, code) == read


@pytest.mark.parametrize(
    ("number", "value", "read"),
    [(9, "0.5", "50 %"), (2, "2.5", "2,50"), (12, "0.5", "1/2"), (17, "46093", "mars-2026")],
)
def test_the_formats_that_have_no_code_are_known(shown, number, value, read):
    assert shown(value, number=number) == read


@pytest.mark.parametrize(
    ("code", "value", "read"),
    [
        (TELEPHONE, "247931122", "02 47 93 11 22 0247931122"),
        ("00\\.00\\.00\\.00\\.00", "247931122", "02.47.93.11.22 0247931122"),
        ("#,##0.00", "1234567.5", "1 234 567,50 1234567,50"),
        ("#,##0", "123", "123"),
        (
            '[>=3000000000000]#" "##" "##" "##" "###" "###" | "##;#" "##" "##" "##" "###" "###',
            "1850578006084",
            "1 85 05 78 006 084 1850578006084",
        ),
    ],
)
def test_figures_shown_apart_are_found_side_by_side_too(shown, code, value, read):
    assert shown(value, code) == read


@pytest.mark.parametrize(
    ("code", "value", "read"),
    [
        ("# ?/?", "0.5", "1/2"),
        ("# ?/?", "1.5", "1 1/2"),
        ("# ?/?", "-2", "-2"),
        ("?/?", "1.5", "3/2"),
        ("# ?/8", "0.25", "2/8"),
        ("# ?/0", "0.25", "1/4"),
    ],
)
def test_a_fraction_is_read_as_one(shown, code, value, read):
    assert shown(value, code) == read


@pytest.mark.parametrize(
    ("code", "value", "read"),
    [
        ("mmm", "46093", "mars"),
        ("mmmm\\ yyyy", "46093", "mars 2026"),
        ("[$-40C]mmm\\-yy;@", "46093", "mars-2026"),
        ("yyyy", "46093", "2026"),
        ("mm/yyyy", "46093", "03/2026"),
        ("dddd\\ d\\ mmmm", "46093", "jeudi 12 mars 12/03/2026"),
        ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "46093", "jeudi 12 mars 2026 12/03/2026"),
        ("[h]:mm", "1.5", "36:00"),
        ("[h]:mm:ss", "1.0001", "24:00:09"),
        ("[mm]:ss", "0.02", "28:48"),
        ("[h]:mm", "-0.5", "-12:00"),
        ("mm:ss", "0.001", "01:26"),
        ("h:mm", "0.70833333333333", "17:00"),
        ("h:mm", "0", "00:00"),
        ("dd/mm/yyyy", "2958466", "2958466"),
    ],
)
def test_a_moment_is_read_in_french_as_its_format_shows_it(shown, code, value, read):
    assert shown(value, code) == read


@pytest.mark.parametrize("kind", ["n", "str", "b"])
def test_a_format_that_shows_nothing_hides_the_cell(shown, kind):
    assert shown("1", ";;;", kind=kind) == ""


@pytest.mark.parametrize("code", [";;", ";;;@", "0;0;0", '""', 'General;;"néant"'])
def test_a_text_under_a_format_that_hides_numbers_only_is_read(shown, code):
    assert shown("vu", code, kind="str") == "vu"


@pytest.mark.parametrize("code", ["0;-0;;@", "[=0];0", '[=0]"";General', "[<>0]0;"])
def test_a_format_may_hide_zeros_only(shown, code):
    assert (shown("0", code), shown("7", code)) == ("", "7")


@pytest.mark.parametrize(("value", "read"), [("1", "VRAI"), ("0", "FAUX"), ("9", "")])
def test_truths_are_read_in_french(shown, value, read):
    assert shown(value, kind="b") == read


def test_a_line_end_written_as_a_code_parts_two_words(shown):
    assert shown("un_x000D_deux", kind="str") == "un deux"


def test_a_code_of_a_sign_in_the_shared_words_is_that_sign(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(made.xlsx("un_x000D_deux", "nom_x005F_x000D_", "a_xZZZZ_"))
    read = list(office_parts(str(tmp_path / "a.xlsx"), "xlsx"))
    assert [line for line in read if line] == ["un\rdeux", "nom_x000D_", "a_xZZZZ_"]


@pytest.mark.parametrize("value", ["1e300", "-1e300", "1e-300", "nan", "inf", "1e999", "x", "5"])
@pytest.mark.parametrize(
    "code",
    [
        *(
            "0" * 300,
            f"0.{'0' * 250}",
            f"0{'%' * 250}",
            f"0{',' * 250}",
            "#/" * 100,
            "?/?",
            "# ?/0",
        ),
        *(
            "[h]",
            "[mm]:ss",
            "[h][h]",
            "[h]yy",
            "dddd",
            "mmmmm",
            "[<=x]0;0",
            "[<=]0;0",
            '"',
            "[",
            "\\",
            "_",
        ),
        *(
            ";" * 250,
            "[<" + "9" * 250 + "]0",
            ".",
            "%",
            ",",
            "/",
            "@@@",
            "E+",
            "0.0.0",
            "General.0",
        ),
    ],
)
def test_any_format_of_any_number_is_read(shown, code, value):
    assert len(shown(value, code)) < 1_000
