"""Photos and files in the rich text editor: made light, described, never lost by a failure."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.editor import body, caret, expect_body, fill, paste, said, text, tool
from tests.browser.waiting import let_it_draw


def photo() -> dict:
    """A picture lying on its side, as telephones write them, with a place in its metadata."""
    picture, held = Image.new("RGB", (2400, 1200), "teal"), io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter
    exif[0x010E] = "lieu secret"
    picture.save(held, "JPEG", exif=exif)
    return {"name": "vue.jpg", "mimeType": "image/jpeg", "buffer": held.getvalue()}


def test_a_photo_is_shrunk_described_and_survives_a_dead_network(writer):
    fill(writer, "<p>avant</p>")
    text(writer).click()
    tool(writer, "photo").click()
    dialog = writer.get_by_role("dialog", name="Ajouter une photo")
    dialog.get_by_label("Choisir ou prendre une photo").set_input_files(photo())
    expect(dialog.get_by_role("img", name="Aperçu : vue.jpg")).to_be_visible()
    dialog.get_by_role("button", name="Ajouter la photo").click()
    expect(dialog.get_by_role("alert")).to_contain_text("en une phrase")
    dialog.get_by_label("Que montre-t-elle ?").fill("Une table & deux chaises")
    writer.route("**/photos/", lambda route: route.abort())
    dialog.get_by_role("button", name="Ajouter la photo").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Le réseau ne répond pas")
    writer.unroute("**/photos/")
    writer.evaluate(KEEP_SENT)
    dialog.get_by_role("button", name="Réessayer").click()
    picture = text(writer).get_by_role("img", name="Une table & deux chaises")
    writer.wait_for_function("() => document.querySelector('img[data-picture]')?.naturalWidth")
    check_sent(bytes(writer.evaluate("window.sent")))
    assert picture.evaluate("picture => [picture.naturalWidth, picture.naturalHeight]") == [
        500,
        1000,
    ]
    number = picture.get_attribute("data-picture")
    embed = f'id="{number}" alt="Une table &amp; deux chaises" format="fullwidth"'
    expect_body(writer, f'<p>avant</p>\n<p><embed embedtype="image" {embed}></p>')


# Keeps the bytes of the file that the page sends.
KEEP_SENT = """() => {
    const send = window.fetch;
    window.fetch = (address, options) => {
        const file = options?.body instanceof FormData && options.body.get("file");
        if (file) file.arrayBuffer().then(data => (window.sent = [...new Uint8Array(data)]));
        return send(address, options);
    };
}"""


def check_sent(data: bytes) -> None:
    assert b"lieu secret" not in data
    assert len(data) <= 300 * 1024
    assert Image.open(io.BytesIO(data)).size == (800, 1600)


def test_a_photo_of_the_text_is_described_and_taken_away(writer):
    fill(writer, '<p><embed embedtype="image" id="1" alt="Avant" format="left"></p>')
    text(writer).get_by_role("img", name="Avant").click()
    writer.get_by_role("button", name="Décrire la photo").click()
    dialog = writer.get_by_role("dialog", name="Décrire cette photo")
    dialog.get_by_label("Que montre-t-elle ?").fill("Après")
    dialog.get_by_role("button", name="Garder").click()
    html = '<p><embed embedtype="image" id="1" alt="Après" format="left"></p>'
    expect_body(writer, html)
    writer.get_by_role("button", name="Enlever la photo").click()
    expect_body(writer, "")


def test_what_is_typed_after_a_photo_goes_below_it_and_not_into_a_heading(writer):
    fill(writer, "<p>avant</p><h2>Pour la suite</h2><p>fin</p>")
    caret(writer, "avant")
    tool(writer, "photo").click()
    dialog = writer.get_by_role("dialog", name="Ajouter une photo")
    dialog.get_by_label("Choisir ou prendre une photo").set_input_files(photo())
    dialog.get_by_label("Que montre-t-elle ?").fill("La salle")
    dialog.get_by_role("button", name="Ajouter la photo").click()
    expect(text(writer).get_by_role("img", name="La salle")).to_be_visible()
    writer.keyboard.type("Après la photo.")
    end = r"<p>Après la photo\.</p>\s*<h2>Pour la suite</h2>\s*<p>fin</p>$"
    expect(writer.locator("#id_body")).to_have_value(re.compile(end))


def test_a_photo_may_be_pasted(writer):
    text(writer).click()
    writer.evaluate(
        """() => {
            const clipboardData = new DataTransfer();
            clipboardData.items.add(new File(["x"], "collée.png", { type: "image/png" }));
            const options = { clipboardData, bubbles: true, cancelable: true };
            const paste = new ClipboardEvent("paste", options);
            document.querySelector(".ProseMirror").dispatchEvent(paste);
        }"""
    )
    expect(writer.get_by_role("dialog").get_by_text("collée.png")).to_be_visible()


WORD_PICTURE = '<p class=MsoNormal><img src="file:///x.png"><o:p>&nbsp;</o:p></p>'
PICTURE, DOCUMENT = ["image.png", "image/png"], ["notice.pdf", "application/pdf"]


def test_a_picture_copied_from_a_document_opens_the_photo_dialog(writer):
    text(writer).click()
    paste(writer, "text/html", WORD_PICTURE, [PICTURE])
    expect(writer.get_by_role("dialog").get_by_text("image.png")).to_be_visible()
    assert said(writer) == ""


def test_every_file_handed_over_gets_its_dialog_in_turn(writer):
    files = [PICTURE, DOCUMENT, ["vue.heic", ""], ["bizarre.xyz", ""]]
    text(writer).click()
    paste(writer, "", "", files)
    for rank, (name, _kind) in enumerate(files, start=1):
        dialog = writer.get_by_role("dialog", name=f"({rank} sur {len(files)})")
        expect(dialog.get_by_text(name)).to_be_visible()
        dialog.get_by_role("button", name="Annuler").click()
    expect(writer.get_by_role("dialog")).to_have_count(0)


def test_one_may_stop_at_the_first_of_many_files(writer):
    text(writer).click()
    paste(writer, "", "", [PICTURE] * 3)
    writer.get_by_role("button", name="Arrêter là").click()
    let_it_draw(writer)
    expect(writer.get_by_role("dialog")).to_have_count(0)


def test_several_photos_dropped_are_all_put_in_the_text(writer):
    numbers = iter(range(1, 9))

    def answer(route):
        route.fulfill(status=201, json={"id": next(numbers)})

    writer.route("**/photos/", answer)
    fill(writer, "<p>avant</p>")
    writer.evaluate(DROP, ["une.png", "deux.png"])
    for name in ("une.png", "deux.png"):
        dialog = writer.get_by_role("dialog")
        expect(dialog.get_by_text(name)).to_be_visible()
        dialog.get_by_label("Que montre-t-elle ?").fill(name)
        dialog.get_by_role("button", name="Ajouter la photo").click()
    embeds = [
        f'<p><embed embedtype="image" id="{n}" alt="{name}" format="fullwidth"></p>'
        for n, name in enumerate(("une.png", "deux.png"), start=1)
    ]
    expect_body(writer, "\n".join(["<p>avant</p>", *embeds]))


DROP = """names => {
    const dataTransfer = new DataTransfer();
    const type = "image/png";
    for (const name of names) dataTransfer.items.add(new File(["x"], name, { type }));
    const sheet = document.querySelector(".ProseMirror p");
    const { left, top } = sheet.getBoundingClientRect();
    const options = { dataTransfer, bubbles: true, cancelable: true };
    const place = { clientX: left + 60, clientY: top + 5 };
    sheet.dispatchEvent(new DragEvent("drop", { ...options, ...place }));
}"""


@pytest.mark.parametrize(
    ("html", "file", "words"),
    [
        ("<p>mots</p>", DOCUMENT, "notice.pdf"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", PICTURE, ""),
    ],
    ids=["a document is named", "a picture of the same words is not"],
)
def test_words_win_over_the_files_that_come_with_them(writer, html, file, words):
    fill(writer, "")
    text(writer).click()
    paste(writer, "text/html", html, [file])
    expect(writer.get_by_role("dialog")).to_have_count(0)
    assert words in said(writer) and bool(words) == bool(said(writer))
    assert body(writer)


def test_a_file_is_sent_and_linked_by_its_title(writer):
    def answer(route):
        route.fulfill(status=201, json={"id": 7, "title": "Affiche", "address": "/fichiers/7/"})

    writer.route("**/pieces/", answer)
    fill(writer, "<p></p>")
    text(writer).click()
    tool(writer, "file").click()
    dialog = writer.get_by_role("dialog", name="Ajouter un fichier")
    file = {"name": "affiche.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"}
    dialog.get_by_label("Choisir un fichier").set_input_files(file)
    dialog.get_by_role("button", name="Ajouter le fichier").click()
    link = '<a linktype="document" id="7">Affiche</a>'
    expect_body(writer, f"<p>{link}</p>")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"status": 400, "json": {"error": "Cette image est illisible."}}, "est illisible"),
        ({"status": 403, "body": "non"}, "connexion a pris fin"),
        ({"status": 413, "body": "non"}, "trop lourd"),
        ({"status": 500, "body": "non"}, "Réessayez"),
    ],
)
def test_a_refused_file_says_why(writer, answer, said):
    writer.route("**/pieces/", lambda route: route.fulfill(**answer))
    text(writer).click()
    tool(writer, "file").click()
    dialog = writer.get_by_role("dialog")
    file = {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"x"}
    dialog.get_by_label("Choisir un fichier").set_input_files(file)
    dialog.get_by_role("button", name="Ajouter le fichier").click()
    expect(dialog.get_by_role("alert")).to_contain_text(said)
    expect(dialog.get_by_role("button", name="Réessayer")).to_be_enabled()
