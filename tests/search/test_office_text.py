"""The text that people see of office files: signs, numbers and dates read, what is hidden left."""

import zipfile
from io import BytesIO

import pytest

from search import reading
from tests.search import made_files as made

RELATIONS = (
    '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/>'
    '<Relationship Id="r2" Target="/xl/worksheets/sheet2.xml"/></Relationships>'
)
BOOK = (
    f'<workbook xmlns="{made.SHEET}" xmlns:r="urn:r"><sheets><sheet name="A" r:id="r1"/>'
    '<sheet name="B" state="{}" r:id="r2"/></sheets></workbook>'
)
FORMATS = (
    f'<styleSheet xmlns="{made.SHEET}"><numFmts>'
    '<numFmt numFmtId="170" formatCode="{}"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="0"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/></cellXfs></styleSheet>'
)


@pytest.fixture
def text_of(tmp_path):
    def read(name: str, content: bytes) -> str:
        (tmp_path / name).write_bytes(content)
        return reading.text_of(str(tmp_path / name), name.rpartition(".")[2], 30)

    return read


def word(runs: str, **parts: str) -> bytes:
    body = f"</w:t></w:r>{runs}<w:r><w:t>"
    return made.docx(body, **parts)


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def test_a_hyphen_that_does_not_break_joins_two_words(text_of):
    runs = "<w:r><w:t>garde</w:t><w:noBreakHyphen/><w:t>chiourme</w:t></w:r>"
    assert text_of("a.docx", word(runs)) == "garde-chiourme"


def test_a_soft_hyphen_is_no_sign(text_of):
    assert text_of("a.docx", word("<w:r><w:t>numé</w:t><w:softHyphen/><w:t>rique</w:t></w:r>")) == (
        "numérique"
    )


@pytest.mark.parametrize(
    "hiding", ["<w:vanish/>", '<w:vanish w:val="1"/>', '<w:b/><w:vanish w:val="true"/>']
)
def test_hidden_words_of_a_document_are_left_out(text_of, hiding):
    assert text_of("a.docx", word(run("vu ") + run("caché", hiding) + run("aussi"))) == "vu aussi"


@pytest.mark.parametrize("shown", ['<w:vanish w:val="0"/>', '<w:vanish w:val="false"/>', "<w:b/>"])
def test_words_that_are_said_not_hidden_are_read(text_of, shown):
    assert text_of("a.docx", word(run("vu", shown))) == "vu"


@pytest.mark.parametrize("style", ['<w:rStyle w:val="Secret"/>', ""])
def test_words_hidden_by_their_style_are_left_out(text_of, style):
    styles = (
        f'<w:styles xmlns:w="{made.WORD}"><w:style w:styleId="Secret"><w:rPr><w:vanish/></w:rPr>'
        '</w:style><w:style w:styleId="Autre"><w:rPr><w:b/></w:rPr></w:style></w:styles>'
    )
    read = text_of("a.docx", word(run("vu") + run("caché", style), word_styles=styles))
    assert ("caché" in read) is not bool(style)


def test_a_paragraph_mark_that_is_hidden_hides_nothing(text_of):
    mark = "</w:t></w:r></w:p><w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:t>vu"
    assert text_of("a.docx", made.docx(f"un{mark}")) == "un\nvu"


def test_hidden_text_and_sheets_of_open_documents_are_left_out(text_of):
    styles = (
        '<style:style xmlns:style="urn:s" style:name="T9">'
        '<style:text-properties text:display="none"/></style:style>'
        '<style:style xmlns:style="urn:s" style:name="ta9"><style:table-properties '
        'table:display="false"/></style:style>'
    )
    runs = (
        'vu <text:span text:style-name="T9">caché</text:span>'
        "<text:hidden-text>tu</text:hidden-text>"
    )
    content = (
        f"<office:document-content {made.ODF}>{styles}<text:p>{runs}fin</text:p>"
        '<table:table table:style-name="ta9"><text:p>feuille cachée</text:p></table:table>'
        '<table:table><table:table-row table:visibility="collapse"><text:p>rang</text:p>'
        "</table:table-row><text:p>vue</text:p></table:table></office:document-content>"
    )
    assert text_of("a.ods", made.zipped(content=content)) == "vu fin\nvue"


def test_a_hidden_slide_is_left_out(text_of):
    names = f'xmlns:p="urn:p" xmlns:a="{made.DRAWING}"'
    slide = f'<p:sld {names} show="0"><a:p><a:t>caché</a:t></a:p></p:sld>'
    shown = slide.replace(' show="0"', "").replace("caché", "vu")
    assert text_of("a.pptx", made.zipped(ppt_slides_slide1=slide, ppt_slides_slide2=shown)) == "vu"


def test_numbers_results_and_words_of_a_workbook_are_read_a_row_a_line(text_of):
    rows = (
        '<row><c r="A1" t="s"><v>0</v></c><c r="B1"><v>247931234</v></c></row>'
        '<row><c r="A2" t="str"><f>A1&amp;"x"</f><v>résultat</v></c>'
        '<c r="B2"><f>1+1</f><v>2.5</v></c></row>'
        '<row><c r="A3" t="inlineStr"><is><t>en ligne</t></is></c><c t="e"><v>#REF!</v></c></row>'
    )
    book = made.xlsx("Téléphone", xl_worksheets_sheet1=made.sheet(rows))
    assert text_of("a.xlsx", book).splitlines() == [
        "Téléphone 247931234",
        "résultat 2,5",
        "en ligne",
    ]


@pytest.mark.parametrize(
    ("style", "code", "value", "read"),
    [
        (0, "dd/mm/yyyy", "46000", "46000"),
        (1, "0", "46093", "12/03/2026"),
        (2, "dd\\ mmmm\\ yyyy", "46093.75", "12/03/2026 18:00"),
        (2, "jj/mm/aaaa", "46093", "12/03/2026"),
        (2, "h:mm", "0.375", "09:00"),
        (2, '0.00" jours"', "12.5", "12,5"),
        (2, "[Red]0", "12", "12"),
    ],
)
def test_a_number_is_a_date_when_its_style_says_so(text_of, style, code, value, read):
    rows = f'<row><c r="A1" s="{style}"><v>{value}</v></c></row>'
    parts = {
        "xl_worksheets_sheet1": made.sheet(rows),
        "xl_styles": FORMATS.format(code.replace('"', "&quot;")),
    }
    assert text_of("a.xlsx", made.xlsx(**parts)) == read


@pytest.mark.parametrize("state", ["hidden", "veryHidden", "visible"])
def test_a_hidden_sheet_is_left_out(text_of, state):
    parts = {
        "xl_workbook": BOOK.format(state),
        "xl_worksheets_sheet2": made.sheet('<row><c t="str"><v>deux</v></c></row>'),
    }
    book = made.xlsx("un", **parts)
    held = BytesIO(book)
    with zipfile.ZipFile(held, "a") as archive:
        archive.writestr("xl/_rels/workbook.xml.rels", RELATIONS)
    assert text_of("a.xlsx", held.getvalue()).split() == (
        ["un", "deux"] if state == "visible" else ["un"]
    )


def test_hidden_rows_and_columns_are_left_out(text_of):
    rows = (
        '<row><c r="A1" t="str"><v>vu</v></c><c r="B1" t="str"><v>caché</v></c></row>'
        '<row hidden="1"><c r="A2" t="str"><v>rang</v></c></row>'
    )
    head = '<cols><col min="2" max="3" hidden="1"/></cols>'
    assert text_of("a.xlsx", made.xlsx(xl_worksheets_sheet1=made.sheet(rows, head))) == "vu"


@pytest.mark.parametrize(
    ("drawn", "read"),
    [
        ("la numé-\nrimentation", "la numérimentation"),
        ("un rendez-\nvous pris", "un rendez-vous pris"),
        ("la douleur, la va-\nleur", "la douleur, la valeur"),
        ("peut-\nêtre", "peut-être"),
        ("Saint-\nBenoît", "Saint-\nBenoît"),
        ("page 12-\n14", "page 12-\n14"),
        ("un tiret -\nseul", "un tiret -\nseul"),
    ],
)
def test_a_word_cut_at_the_end_of_a_line_of_a_pdf_is_whole(text_of, drawn, read):
    assert text_of("a.pdf", made.pdf(drawn)) == read
