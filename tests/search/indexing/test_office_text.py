"""The text that people see of office files: signs, numbers and dates read, what is hidden left."""

import zipfile
from io import BytesIO

import pytest

from search.indexing import reading
from tests.search import made_files as made

RELATIONS = (
    '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/>'
    '<Relationship Id="r2" Target="/xl/worksheets/sheet2.xml"/></Relationships>'
)
BOOK = (
    f'<workbook xmlns="{made.SHEET}" xmlns:r="urn:r"><sheets><sheet name="A" r:id="r1"/>'
    '<sheet name="B" state="{}" r:id="r2"/></sheets></workbook>'
)
DRAWN = (
    '<Relationships><Relationship Id="r1" Target="../drawings/drawing1.xml"/>'
    '<Relationship Id="r2" Target="/xl/drawings/drawing1.xml"/></Relationships>'
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


def with_part(archive: bytes, name: str, text: str) -> bytes:
    """The same archive with one more part, whose name `made.zipped` cannot say."""
    held = BytesIO(archive)
    with zipfile.ZipFile(held, "a") as opened:
        opened.writestr(name, text)
    return held.getvalue()


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


@pytest.mark.parametrize(
    ("own", "is_read"),
    [
        ("", False),
        ("<w:rPr><w:b/></w:rPr>", False),
        ('<w:rPr><w:vanish w:val="0"/></w:rPr>', True),
    ],
)
def test_a_style_made_after_a_hidden_one_hides_unless_it_says_otherwise(text_of, own, is_read):
    styles = (
        f'<w:styles xmlns:w="{made.WORD}"><w:style w:styleId="Fils"><w:basedOn w:val="Pere"/>{own}'
        '</w:style><w:style w:styleId="Pere"><w:basedOn w:val="Secret"/></w:style>'
        '<w:style w:styleId="Secret"><w:basedOn w:val="Pere"/><w:rPr><w:vanish/></w:rPr></w:style>'
        "</w:styles>"
    )
    read = text_of("a.docx", word(run("mot", '<w:rStyle w:val="Fils"/>'), word_styles=styles))
    assert (read == "mot") is is_read


@pytest.mark.parametrize(("mark", "read"), [("<w:hidden/>", "vu"), ('<w:hidden w:val="0"/>', "tu")])
def test_a_hidden_row_of_a_table_of_word_is_left_out(text_of, mark, read):
    row = "<w:tr>{}<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:tr>"
    rows = row.format(f"<w:trPr>{mark}</w:trPr>", "tu") + row.format("", "vu")
    body = f"</w:t></w:r></w:p><w:tbl>{rows}</w:tbl><w:p><w:r><w:t>"
    assert text_of("a.docx", made.docx(body)).split()[0] == read


def test_a_hidden_shape_is_left_out(text_of):
    box = "<w:txbxContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:txbxContent>"
    runs = f'<w:r><w:anchor><w:docPr w:hidden="1"/>{box.format("tu")}</w:anchor></w:r>'
    runs += f"<w:r><w:anchor><w:docPr/>{box.format('vu')}</w:anchor></w:r>"
    assert text_of("a.docx", word(runs)) == "vu"


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


ODF_STYLES = (
    '<office:styles {} xmlns:style="urn:s"><style:style style:name="Fils" '
    'style:parent-style-name="Secret"/><style:style style:name="Secret">'
    '<style:text-properties text:display="none"/></style:style></office:styles>'
)


@pytest.mark.parametrize(
    "hidden",
    [
        '<text:section text:display="none"><text:p>tu</text:p></text:section>',
        '<text:p text:style-name="Fils">tu</text:p>',
        '<text:p>vu<text:span text:style-name="T1">tu</text:span></text:p>',
        "<presentation:notes><text:p>tu</text:p></presentation:notes>",
        "<table:table><table:covered-table-cell><text:p>tu</text:p>"
        "</table:covered-table-cell></table:table>",
    ],
    ids=["section", "style after another", "style of the text after another", "notes", "covered"],
)
def test_what_an_open_document_hides_is_left_out(text_of, hidden):
    own = (
        '<style:style xmlns:style="urn:s" style:name="T1" style:parent-style-name="Fils">'
        '<style:text-properties/></style:style><style:style xmlns:style="urn:s" style:name="T2" '
        'style:parent-style-name="Fils"><style:text-properties text:display="true"/></style:style>'
    )
    content = (
        f'<office:document-content {made.ODF} xmlns:presentation="urn:p">{own}{hidden}'
        '<text:p text:style-name="T2">vu</text:p></office:document-content>'
    )
    parts = {"content": content, "styles": ODF_STYLES.format(made.ODF)}
    assert set(text_of("a.odp", made.zipped(**parts)).split()) == {"vu"}


def test_hidden_columns_of_an_open_document_are_left_out(text_of):
    columns = (
        '<table:table-column table:number-columns-repeated="2"/><table:table-column '
        'table:number-columns-repeated="2" table:visibility="collapse"/><table:table-column/>'
    )
    cell = "<table:table-cell{}><text:p>{}</text:p></table:table-cell>"
    cells = [cell.format("", text) for text in ("un", "deux", "tu", "caché", "trois")]
    repeated = [cell.format(' table:number-columns-repeated="2"', text) for text in ("a", "b")]
    rows = "".join(
        f"<table:table-row>{''.join(row)}</table:table-row>"
        for row in (cells, [*repeated, cells[-1]], cells[:1])
    )
    other = f"<table:table><table:table-row>{''.join(cells)}</table:table-row></table:table>"
    content = (
        f'<office:document-content {made.ODF}><office:spreadsheet><table:table table:name="Nom">'
        f"{columns}{rows}</table:table>{other}</office:spreadsheet></office:document-content>"
    )
    assert text_of("a.ods", made.zipped(content=content)).split() == [
        *("Nom", "un", "deux", "trois", "a", "trois", "un"),
        *("un", "deux", "tu", "caché", "trois"),
    ]


@pytest.mark.parametrize("number", ["", "-5", "x", "9" * 5000, "1048576", "²"])
def test_any_number_of_columns_is_read(text_of, number):
    body = (
        f'<table:table><table:table-column table:number-columns-repeated="{number}" '
        f'table:visibility="collapse"/><table:table-row><table:table-cell '
        f'table:number-columns-repeated="{number}"/></table:table-row></table:table>'
        "<text:p>vu</text:p>"
    )
    content = f"<office:document-content {made.ODF}>{body}</office:document-content>"
    assert text_of("a.ods", made.zipped(content=content)) == "vu"


def test_the_name_of_a_hidden_sheet_is_left_out(text_of):
    hidden = (
        '<style:style xmlns:style="urn:s" style:name="ta9"><style:table-properties '
        'table:display="false"/></style:style>'
    )
    content = (
        f"<office:document-content {made.ODF}>{hidden}<office:spreadsheet>"
        '<table:table table:name="Tue" table:style-name="ta9"/><table:table table:name="Vue"/>'
        "</office:spreadsheet></office:document-content>"
    )
    assert text_of("a.ods", made.zipped(content=content)) == "Vue"


INSIDE = {
    "a box of Word": (
        "a.docx",
        word(
            run("zor")
            + "<w:r><mc:AlternateContent xmlns:mc='urn:m'><mc:Choice><w:txbxContent><w:p>"
            "<w:r><w:t>boite</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback>"
            "<w:txbxContent><w:p><w:r><w:t>boite</w:t></w:r></w:p></w:txbxContent>"
            "</mc:Fallback></mc:AlternateContent></w:r>" + run("ble")
        ),
        ["boite", "zorble"],
    ),
    "a box": (
        "a.odt",
        made.odt("zor<frame><text-box><text:p>boite</text:p></text-box></frame>ble"),
        ["boite", "zorble"],
    ),
    "an image with a name": (
        "a.odt",
        made.odt("zor<frame><title>Titre img</title><desc>Desc</desc></frame>ble"),
        ["Titre img", "Desc", "zorble"],
    ),
    "a note": (
        "a.odt",
        made.odt(
            "zorble<text:note><text:note-citation>1</text:note-citation><text:note-body>"
            "<text:p>En bas</text:p></text:note-body></text:note>, suite"
        ),
        ["En bas", "zorble, suite"],
    ),
    "a remark": (
        "a.odt",
        made.odt("zor<office:annotation><text:p>tu</text:p></office:annotation>ble"),
        ["zorble"],
    ),
    "how a word is said": (
        "a.odt",
        made.odt(
            "<text:ruby><text:ruby-base>mot</text:ruby-base><text:ruby-text>dit</text:ruby-text>"
            "</text:ruby>"
        ),
        ["mot dit"],
    ),
    "a field in its line": (
        "a.odt",
        made.odt("Voir <text:title>Le guide</text:title> ici"),
        ["Voir Le guide ici"],
    ),
}


@pytest.mark.parametrize(("name", "content", "read"), INSIDE.values(), ids=INSIDE.keys())
def test_what_stands_inside_a_paragraph_does_not_glue_its_words(text_of, name, content, read):
    assert text_of(name, content).splitlines() == read


@pytest.mark.parametrize(("shown", "read"), [("true", ["Texte", "En tête"]), ("false", ["Texte"])])
def test_the_header_of_an_open_document_is_read_after_its_text(text_of, shown, read):
    styles = (
        f'<office:document-styles {made.ODF} xmlns:style="urn:s"><style:master-page><style:header '
        f'style:display="{shown}"><text:p>En tête</text:p></style:header></style:master-page>'
        "</office:document-styles>"
    )
    document = with_part(made.odt("Texte"), "styles.xml", styles)
    assert text_of("a.odt", document).splitlines() == read


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
        (2, "dd\\ mmmm\\ yyyy", "46093.75", "12 mars 2026 12/03/2026 18:00"),
        (2, "jj/mm/aaaa", "46093", "12/03/2026"),
        (2, "h:mm", "0.375", "09:00"),
        (2, '0.00" jours"', "12.5", "12,50 jours"),
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
def test_a_hidden_sheet_is_left_out_and_the_others_are_named(text_of, state):
    parts = {
        "xl_workbook": BOOK.format(state),
        "xl_worksheets_sheet2": made.sheet('<row><c t="str"><v>deux</v></c></row>'),
    }
    book = made.xlsx("un", **parts)
    book = with_part(book, "xl/_rels/workbook.xml.rels", RELATIONS)
    assert text_of("a.xlsx", book).split() == (
        ["A", "un", "B", "deux"] if state == "visible" else ["A", "un"]
    )


@pytest.mark.parametrize(("hidden", "read"), [("0", ["un", "bulle"]), ("1", ["un"])])
def test_boxes_drawn_over_a_sheet_are_read_once_unless_they_are_hidden(text_of, hidden, read):
    drawing = (
        f'<xdr:wsDr xmlns:xdr="urn:x" xmlns:a="{made.DRAWING}"><xdr:sp><xdr:nvSpPr>'
        f'<xdr:cNvPr name="Zone" hidden="{hidden}"/></xdr:nvSpPr><xdr:txBody><a:p><a:r><a:t>bulle'
        "</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:wsDr>"
    )
    book = made.xlsx("un", xl_drawings_drawing1=drawing)
    book = with_part(book, "xl/worksheets/_rels/sheet1.xml.rels", DRAWN)
    assert text_of("a.xlsx", book).split() == read


def test_the_boxes_of_a_hidden_sheet_are_left_out(text_of):
    drawing = f'<wsDr xmlns:a="{made.DRAWING}"><a:p><a:t>bulle</a:t></a:p></wsDr>'
    book = made.xlsx("un", xl_drawings_drawing1=drawing, xl_workbook=BOOK.format("hidden"))
    book = with_part(book, "xl/_rels/workbook.xml.rels", RELATIONS)
    book = with_part(book, "xl/worksheets/_rels/sheet2.xml.rels", DRAWN)
    assert text_of("a.xlsx", book).split() == ["A", "un"]


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
        ("LA NUMÉ-\nRIMENTATION", "LA NUMÉRIMENTATION NUMÉ-\nRIMENTATION"),
        ("LE CENTRE-\nVAL", "LE CENTREVAL CENTRE-\nVAL"),
        ("SAINT-\nBenoît", "SAINT-\nBenoît"),
        ("un tiret -\nseul", "un tiret -\nseul"),
    ],
)
def test_a_word_cut_at_the_end_of_a_line_of_a_pdf_is_whole(text_of, drawn, read):
    assert text_of("a.pdf", made.pdf(drawn)) == read
