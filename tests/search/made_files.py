"""Small files of each format, made for the tests, and files made to harm their reader."""

import zipfile
import zlib
from io import BytesIO

from pypdf import PdfReader, PdfWriter

ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
LAUGHS = f'<!DOCTYPE x [<!ENTITY l0 "zorblinette">{LAUGHS}]>'
SECRET = '<!DOCTYPE x [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>'


def zipped(**parts: str) -> bytes:
    """An archive; `_` in a name stands for `/`, and `.xml` is added."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(f"{name.replace('_', '/')}.xml", text)
    return held.getvalue()


def odt(*paragraphs: str, head: str = "", tag: str = "text:p") -> bytes:
    body = "".join(f"<{tag}>{text}</{tag}>" for text in paragraphs)
    return zipped(content=f"{head}<office:document-content {ODF}>{body}</office:document-content>")


def ods(*rows: tuple[str, ...]) -> bytes:
    cells = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    body = "".join(
        f"<table:table-row>{''.join(map(cells.format, row))}</table:table-row>" for row in rows
    )
    content = f"<table:table>{body}</table:table>"
    return zipped(content=f"<office:document-content {ODF}>{content}</office:document-content>")


def docx(*paragraphs: str, head: str = "", **parts: str) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    document = f'{head}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return zipped(word_document=document, **parts)


def xlsx(*cells: str, **parts: str) -> bytes:
    """A workbook of one sheet, a cell a row; `parts`: others, or in the place of its own."""
    shared = "".join(f"<si><t>{text}</t></si>" for text in cells)
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="s"><v>{n - 1}</v></c></row>' for n in range(1, len(cells) + 1)
    )
    own = {
        "xl_sharedStrings": f'<sst xmlns="{SHEET}">{shared}</sst>',
        "xl_worksheets_sheet1": sheet(rows),
    }
    return zipped(**{**own, **parts})


def sheet(rows: str, head: str = "") -> str:
    return f'<worksheet xmlns="{SHEET}">{head}<sheetData>{rows}</sheetData></worksheet>'


def pptx(*slides: str) -> bytes:
    one = '<p:sld xmlns:p="urn:p" xmlns:a="{}"><a:p><a:r><a:t>{}</a:t></a:r></a:p></p:sld>'
    parts = {f"ppt_slides_slide{n}": one.format(DRAWING, s) for n, s in enumerate(slides, 1)}
    return zipped(**parts)


def pdf(*pages: str) -> bytes:
    """Each line of a page is a line of the PDF, in the letters of Windows."""
    return with_streams([drawn(text) for text in pages])


def drawn(text: str) -> bytes:
    lines = b"".join(
        b"(" + line.encode("cp1252").replace(b"(", b"\\(").replace(b")", b"\\)") + b") Tj T* "
        for line in text.splitlines()
    )
    return b"BT /F1 12 Tf 14 TL 50 700 Td " + lines + b"ET"


def with_streams(streams: list[bytes], tree: bytes = b"") -> bytes:
    """A PDF whose pages have these contents; `tree`: in place of the tree of pages."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * rank) for rank in range(len(streams)))
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        tree or b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(streams)),
        font,
    ]
    for rank, stream in enumerate(streams):
        objects += page_objects(5 + 2 * rank, stream)
    return assembled(objects)


def page_objects(number: int, stream: bytes) -> list[bytes]:
    packed = zlib.compress(stream, 9)
    return [
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
        b"/Resources << /Font << /F1 3 0 R >> >> >>" % number,
        b"<< /Length %d /Filter /FlateDecode >> stream\n%s\nendstream" % (len(packed), packed),
    ]


def assembled(objects: list[bytes]) -> bytes:
    held, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(held))
        held += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (size, len(held))
    return held + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + end


def locked_pdf(text: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf(text))))
    writer.encrypt("un mot de passe", algorithm="RC4-128")
    held = BytesIO()
    writer.write(held)
    return held.getvalue()


def locked_zip() -> bytes:
    """An archive whose part says that it is under a password."""
    held = bytearray(odt("Texte"))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        held[held.index(mark) + flags] |= 1
    return bytes(held)


DEEP = "<text:p>" * 5_000 + "</text:p>" * 5_000
HOSTILE = {
    "nothing in it": ("vide.pdf", b""),
    "random bytes": ("bruit.pdf", bytes(range(256)) * 40),
    "a PDF cut short": ("coupe.pdf", pdf("Texte")[:90]),
    "a locked PDF": ("verrou.pdf", locked_pdf("Zorblinette")),
    "a PDF whose tree of pages holds itself": (
        "boucle.pdf",
        with_streams([], tree=b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"),
    ),
    "an archive cut short": ("coupe.docx", docx("Texte")[:-40]),
    "a locked archive": ("verrou.odt", locked_zip()),
    "an archive that is a bomb": ("bombe.docx", docx(*["x" * 1_000_000] * 80)),
    "a billion laughs": ("rires.odt", odt("&l9;", head=LAUGHS)),
    "a billion laughs in Word": ("rires.docx", docx("&l9;", head=LAUGHS)),
    "a file of the server": ("secret.odt", odt("&l9;", head=SECRET)),
    "too deep a tree": ("profond.odt", odt(DEEP)),
    "XML that is broken": ("casse.odt", odt("<b>")),
    "a table called a text": ("tableau.docx", xlsx("Texte")),
    "a PDF called a table": ("plan.xlsx", pdf("Texte")),
    "a program called a text": ("programme.txt", b"\x7fELF\x00\x00\x01" * 40),
    "a kind that is not read": ("page.html", b"<p>Texte</p>"),
}
