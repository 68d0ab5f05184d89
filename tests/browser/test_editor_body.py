"""The rich text editor: it loses no byte, and everybody can use it."""

import gzip
import io
import json
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from PIL import Image
from playwright.sync_api import expect

from tests.browser import pastes
from tests.browser.canonical_bodies import bodies
from tests.browser.conftest import PATIENCE, SIZES, log_in
from wiki.html import clean
from wiki.models import Version

GUIDELINE = "/pratiques/situations/usager-donne-mot-de-passe/modifier/"
SIGN = "☃"
MODULE = "[...document.scripts].find(script => script.type === 'module').src"
BODY = "#id_body"


@pytest.fixture
def writer(contributor_tab):
    """A contributor's tab on an editing page; the console must stay without a complaint."""
    complaints = []
    contributor_tab.on(
        "console",
        lambda line: complaints.append(line.text) if "Content Security" in line.text else None,
    )
    open_editor(contributor_tab)
    yield contributor_tab
    assert complaints == []


@pytest.fixture
def desk(chromium, site):
    """One editing page on a desktop, for what has nothing to do with the screen."""
    context = chromium.new_context(base_url=site, locale="fr-FR", **SIZES["desktop"])
    context.set_default_timeout(PATIENCE * 4)
    page = context.new_page()
    log_in(page, "contributeur")
    open_editor(page)
    yield page
    context.close()


def open_editor(tab) -> None:
    tab.goto(GUIDELINE)
    expect(text(tab)).to_be_visible()


def text(tab):
    return tab.get_by_role("textbox", name="Texte de la page")


def tool(tab, name: str):
    """A button of the bar, behind « Plus » on a phone for some."""
    button = tab.locator(f"[data-tool={name}]")
    if not button.is_visible():
        tab.get_by_role("button", name="Plus", exact=True).click()
    return button


def fill(tab, html: str) -> None:
    tab.evaluate("html => document.querySelector('#id_body').kbEditor.setHtml(html)", html)


def body(tab) -> str:
    return tab.locator(BODY).input_value()


def ask(tab, call: str, argument):
    """What the bundle's own functions say of some HTML."""
    script = f"async argument => {{ const editor = await import({MODULE}); return {call}; }}"
    return tab.evaluate(script, argument)


def made_bodies(count: int) -> list[str]:
    made = []

    @hypothesis_settings(
        max_examples=count,
        database=None,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(bodies)
    def gather(body):
        made.append(body)

    gather()
    return made


# --- No byte lost


def test_every_text_of_the_demonstration_is_saved_as_it_was_opened(desk):
    contents = Version.objects.values_list("content", flat=True)
    texts = [content["body"] for content in contents if content.get("body")]
    seen = ask(desk, "argument.map(editor.inspect)", texts)
    assert len(texts) > 100
    assert [one["kept"] for one in seen] == texts
    assert [without_lines(one["canonical"]) for one in seen] == list(map(without_lines, texts))


def without_lines(html: str) -> str:
    return html.replace("\n", "")


def test_canonical_texts_are_held_whole_and_saved_as_they_were_opened(desk):
    texts = made_bodies(300)
    seen = ask(desk, "argument.map(editor.inspect)", texts)
    assert [one["kept"] for one in seen] == texts
    assert [without_lines(one["canonical"]) for one in seen] == list(map(without_lines, texts))
    assert [clean(one["canonical"]) for one in seen] == [one["canonical"] for one in seen]


def test_touching_one_block_changes_that_block_only(desk):
    texts = [text for text in made_bodies(300) if text]
    call = f"argument.map(html => editor.touched(html, '{SIGN}'))"
    for original, changed in zip(texts, ask(desk, call, texts), strict=True):
        assert [text.replace(SIGN, "", 1) for text in changed] == [original] * len(changed)


@pytest.mark.parametrize(
    ("original", "changed"),
    [
        ("<p>a  <b>b</b></p> \n<p><i>c</i></p>", "<p>☃a <strong>b</strong></p> \n<p><i>c</i></p>"),
        (
            "<ul>\n<li>un</li>\n  <li><p><b>deux</b></p></li>\n</ul>",
            "<ul>\n<li>☃un</li>\n  <li><p><b>deux</b></p></li>\n</ul>",
        ),
        (
            "<table>\n<tbody>\n<tr><td>a</td></tr>\n<tr> <td ><b>b</b></td></tr></tbody></table>",
            "<table>\n<tbody>\n<tr><td>☃a</td></tr>\n<tr> <td ><b>b</b></td></tr></tbody></table>",
        ),
        (
            '<div class="note"><p>a</p>\n<p> <b>b</b></p></div>mots nus<p>c</p>',
            '<div class="note"><p>☃a</p>\n<p> <b>b</b></p></div>mots nus<p>c</p>',
        ),
        (
            "<ol start='3'><li>a<ul><li> b </li></ul></li></ol>\n<p>x",
            '<ol start="3"><li>☃a<ul><li>b</li></ul></li></ol>\n<p>x</p>',
        ),
    ],
    ids=["marks", "items", "rows", "bare words", "badly nested"],
)
def test_what_is_beside_a_touched_block_keeps_its_bytes(desk, original, changed):
    assert ask(desk, "editor.inspect(argument).kept", original) == original
    assert ask(desk, f"editor.touched(argument, '{SIGN}')", original)[0] == changed


def test_texts_cut_across_blocks_say_what_the_editor_shows(desk):
    texts = [text for text in made_bodies(120) if text]
    for written, again in ask(desk, "argument.flatMap(editor.cut)", texts):
        assert written == again


def test_opening_the_page_and_typing_then_undoing_leaves_the_text_as_it_was(writer):
    before = body(writer)
    text(writer).press_sequentially("Un mot")
    expect(writer.locator(BODY)).not_to_have_value(before)
    for _ in range(6):
        if body(writer) != before:
            tool(writer, "undo").click()
    expect(writer.locator(BODY)).to_have_value(before)


# --- Pasting


@pytest.mark.parametrize("source", pastes.SAMPLES)
def test_what_is_pasted_comes_clean(desk, source):
    pasted, expected = pastes.SAMPLES[source]
    stored = ask(desk, "editor.pasted(argument)", pasted)
    assert stored == expected
    assert clean(stored) == stored


def paste(tab, kind: str, data: str) -> None:
    tab.evaluate(
        """([kind, data]) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData(kind, data);
            const options = { clipboardData, bubbles: true, cancelable: true };
            const paste = new ClipboardEvent("paste", options);
            document.querySelector(".ProseMirror").dispatchEvent(paste);
        }""",
        [kind, data],
    )


def test_pasting_says_that_pictures_stayed_behind(writer):
    fill(writer, "")
    text(writer).click()
    paste(writer, "text/html", pastes.WORD + '<img src="https://traceur.example/x.png">')
    expect(text(writer).get_by_role("heading", name="Le titre")).to_be_visible()
    expect(writer.get_by_text("n’ont pas pu suivre")).to_be_visible()
    assert "traceur" not in writer.content()


def test_lines_of_plain_text_become_paragraphs(writer):
    fill(writer, "")
    text(writer).click()
    paste(writer, "text/plain", "un <b>\ndeux")
    expect(writer.locator(BODY)).to_have_value("<p>un &lt;b&gt;</p>\n<p>deux</p>")


# --- Links


def answer_titles(tab, pages: list[dict] | None) -> None:
    def answer(route):
        return route.abort() if pages is None else route.fulfill(json={"pages": pages})

    tab.route("**/recherche/titres/**", answer)


PAGES = [
    {"id": 12, "title": "Créer un code", "kind": "situation", "kind_name": "Situation"},
    {"id": 13, "title": "Code oublié", "kind": "situation", "kind_name": "Situation"},
]


def test_two_brackets_propose_titles_and_make_a_link(writer):
    answer_titles(writer, PAGES)
    fill(writer, "<p></p>")
    text(writer).click()
    writer.keyboard.type("Voir [[cod")
    expect(writer.get_by_role("option")).to_have_count(3)
    expect(writer.get_by_role("option", selected=True)).to_have_text("Créer un code Situation")
    writer.keyboard.press("ArrowDown")
    active = text(writer).get_attribute("aria-activedescendant")
    expect(writer.locator(f"#{active}")).to_contain_text("Code oublié")
    writer.keyboard.press("Enter")
    writer.keyboard.type(" bien")
    link = '<a linktype="page" id="13">Code oublié</a>'
    expect(writer.locator(BODY)).to_have_value(f"<p>Voir {link} bien</p>")


def test_the_last_choice_is_a_page_to_write(writer):
    answer_titles(writer, PAGES)
    fill(writer, "<p></p>")
    text(writer).click()
    writer.keyboard.type("[[Le <b> & moi")
    choice = writer.get_by_role("option", name="Page à écrire")
    choice.click()
    link = '<a linktype="wanted" title="Le &lt;b&gt; &amp; moi">Le &lt;b&gt; &amp; moi</a>'
    expect(writer.locator(BODY)).to_have_value(f"<p>{link}</p>")
    expect(text(writer).get_by_role("link", name="Le <b> & moi")).to_have_class("wanted")


def test_two_closing_brackets_make_the_link_even_offline(writer):
    answer_titles(writer, None)
    fill(writer, "<p></p>")
    text(writer).click()
    writer.keyboard.type("[[Panne")
    expect(writer.get_by_text("Le réseau ne répond pas")).to_be_visible()
    writer.keyboard.type("]].")
    link = '<a linktype="wanted" title="Panne">Panne</a>'
    expect(writer.locator(BODY)).to_have_value(f"<p>{link}.</p>")
    expect(writer.get_by_role("listbox")).to_have_count(0)


def test_escape_leaves_brackets_as_they_are(writer):
    answer_titles(writer, PAGES)
    fill(writer, "<p></p>")
    text(writer).click()
    writer.keyboard.type("[[co")
    expect(writer.get_by_role("listbox")).to_be_visible()
    writer.keyboard.press("Escape")
    writer.keyboard.type("d")
    expect(writer.get_by_role("listbox")).to_have_count(0)
    expect(writer.locator(BODY)).to_have_value("<p>[[cod</p>")


def test_an_answer_that_comes_late_is_dropped(writer):
    held = []
    writer.route("**/recherche/titres/**", lambda route: held.append(route))
    fill(writer, "<p></p>")
    text(writer).click()
    writer.keyboard.type("[[a")
    expect(writer.get_by_text("Recherche…")).to_be_visible()
    writer.wait_for_timeout(400)
    writer.unroute("**/recherche/titres/**")
    answer_titles(writer, PAGES)
    writer.keyboard.type("b")
    expect(writer.get_by_role("option", name="Créer un code")).to_be_visible()
    assert held


@pytest.mark.parametrize(
    ("typed", "link"),
    [
        ("exemple.example/a", '<a href="https://exemple.example/a">'),
        ("aide@exemple.example", '<a href="mailto:aide@exemple.example">'),
        ("Créer un code", '<a linktype="page" id="12">'),
        ("javascript:alert(1)", '<a linktype="wanted" title="javascript:alert(1)">'),
    ],
)
def test_the_link_dialog_takes_a_page_or_an_address(writer, typed, link):
    answer_titles(writer, PAGES)
    fill(writer, "<p>Voir ici</p>")
    text(writer).click()
    writer.keyboard.press("Control+A")
    writer.keyboard.press("Control+K")
    dialog = writer.get_by_role("dialog", name="Ajouter un lien")
    dialog.get_by_role("combobox").press_sequentially(typed)
    expect(dialog.get_by_role("option").first).to_be_visible()
    dialog.get_by_role("option").first.click()
    dialog.get_by_role("button", name="Ajouter le lien").click()
    expect(writer.locator(BODY)).to_have_value(f"<p>{link}Voir ici</a></p>")
    expect(text(writer)).to_be_focused()


def test_a_link_is_changed_and_taken_away(writer):
    answer_titles(writer, PAGES)
    fill(writer, '<p>Un <a linktype="page" id="3">lien</a></p>')
    text(writer).get_by_role("link").click()
    writer.get_by_role("toolbar", name="Ce lien").get_by_role("button", name="Modifier").click()
    dialog = writer.get_by_role("dialog", name="Modifier le lien")
    dialog.get_by_role("combobox").fill("https://exemple.example")
    dialog.get_by_role("button", name="Modifier ce lien").click()
    link = '<a href="https://exemple.example">lien</a>'
    expect(writer.locator(BODY)).to_have_value(f"<p>Un {link}</p>")
    text(writer).get_by_role("link").click()
    writer.get_by_role("toolbar", name="Ce lien").get_by_role("button", name="Enlever").click()
    expect(writer.locator(BODY)).to_have_value("<p>Un lien</p>")


# --- Buttons and keys


def test_the_bar_is_used_by_keyboard_alone(writer):
    fill(writer, "<p>mot</p>")
    text(writer).focus()
    writer.keyboard.press("Control+A")
    writer.keyboard.press("Alt+F10")
    bar = writer.get_by_role("toolbar", name="Mise en forme")
    expect(bar.get_by_role("button", name="Titre", exact=True)).to_be_focused()
    writer.keyboard.press("ArrowRight")
    expect(bar.get_by_role("button", name="Gras")).to_be_focused()
    writer.keyboard.press("Enter")
    expect(text(writer)).to_be_focused()
    expect(bar.get_by_role("button", name="Gras")).to_have_attribute("aria-pressed", "true")
    expect(writer.locator(BODY)).to_have_value("<p><strong>mot</strong></p>")
    writer.keyboard.press("Alt+F10")
    writer.keyboard.press("Home")
    writer.keyboard.press("Enter")
    writer.keyboard.press("ArrowRight")
    expect(writer.get_by_role("button", name="Sous-titre")).to_be_focused()
    writer.keyboard.press("Enter")
    expect(writer.locator(BODY)).to_have_value("<h3><strong>mot</strong></h3>")
    writer.keyboard.press("Alt+F10")
    writer.keyboard.press("Escape")
    expect(text(writer)).to_be_focused()


@pytest.mark.parametrize(
    ("button", "html"),
    [
        ("list", "<ul><li>a</li><li>b</li></ul>"),
        ("numbers", "<ol><li>a</li><li>b</li></ol>"),
        ("checks", '<ul class="check"><li>a</li><li>b</li></ul>'),
        ("quote", "<blockquote><p>a</p><p>b</p></blockquote>"),
    ],
)
def test_buttons_dress_the_selected_paragraphs(writer, button, html):
    fill(writer, "<p>a</p>\n<p>b</p>")
    text(writer).click()
    writer.keyboard.press("Control+A")
    tool(writer, button).click()
    expect(writer.locator(BODY)).to_have_value(html)
    tool(writer, button).click()
    expect(writer.locator(BODY)).to_have_value("<p>a</p>\n<p>b</p>")


def test_a_callout_holds_the_whole_list_and_changes_its_kind(writer):
    fill(writer, "<ul><li>a</li><li>b</li></ul>")
    text(writer).get_by_text("b").click()
    tool(writer, "callout").click()
    writer.get_by_role("button", name="Attention").click()
    inside = "<ul><li>a</li><li>b</li></ul>"
    expect(writer.locator(BODY)).to_have_value(f'<div class="note warn">{inside}</div>')
    tool(writer, "callout").click()
    writer.get_by_role("button", name="Exemple").click()
    expect(writer.locator(BODY)).to_have_value(f'<div class="note eg">{inside}</div>')
    tool(writer, "callout").click()
    writer.get_by_role("button", name="Sans encadré").click()
    expect(writer.locator(BODY)).to_have_value(inside)


def test_boxes_are_ticked_and_the_next_item_is_not(writer):
    fill(writer, '<ul class="check"><li>un</li></ul>')
    text(writer).get_by_role("checkbox").check()
    text(writer).get_by_text("un").click()
    writer.keyboard.press("End")
    writer.keyboard.press("Enter")
    writer.keyboard.type("deux")
    html = '<ul class="check"><li class="done">un</li><li>deux</li></ul>'
    expect(writer.locator(BODY)).to_have_value(html)


def test_a_table_is_made_and_changed(writer):
    fill(writer, "")
    text(writer).click()
    tool(writer, "table").click()
    dialog = writer.get_by_role("dialog", name="Ajouter un tableau")
    dialog.get_by_label("Lignes").fill("2")
    dialog.get_by_role("button", name="Ajouter le tableau").click()
    writer.keyboard.type("Jour")
    writer.keyboard.press("Tab")
    writer.keyboard.type("Heure")
    writer.keyboard.press("Tab")
    writer.keyboard.type("lundi")
    for name in ("Ligne au-dessous", "Supprimer la colonne", "Titres à gauche"):
        about = writer.get_by_role("toolbar", name="Ce tableau")
        about.get_by_role("button", name=name).click()
    writer.get_by_role("toolbar", name="Ce tableau").get_by_role("button", name="Légende").click()
    writer.keyboard.type("Accueil")
    expect(writer.locator(BODY)).to_have_value(
        "<table><caption>Accueil</caption>"
        '<thead><tr><th scope="col">Heure</th></tr></thead>'
        '<tbody><tr><th scope="row"></th></tr><tr><th scope="row"></th></tr></tbody></table>'
    )
    tables = writer.get_by_role("toolbar", name="Ce tableau")
    tables.get_by_role("button", name="Supprimer le tableau").click()
    expect(writer.locator(BODY)).to_have_value("")


def test_nothing_typed_hides_under_the_bars(writer):
    fill(writer, "<p>mot</p>" * 60)
    text(writer).locator("p").last.click()
    for _ in range(4):
        writer.keyboard.type("encore")
        writer.keyboard.press("Enter")
    writer.keyboard.type("fin")
    assert not writer.evaluate(HIDDEN)
    for _ in range(45):
        writer.keyboard.press("ArrowUp")
    assert not writer.evaluate(HIDDEN)


HIDDEN = """() => {
    const caret = getSelection().getRangeAt(0).getBoundingClientRect();
    const tools = document.querySelector(".kb-tools").getBoundingClientRect();
    const bar = document.querySelector("form .bar").getBoundingClientRect();
    const bottom = Math.min(bar.top, innerHeight);
    return caret.height && (caret.top < tools.bottom || caret.bottom > bottom);
}"""


# --- Photos and files


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
    expect(dialog.get_by_role("img", name="Aperçu de vue.jpg")).to_be_visible()
    dialog.get_by_role("button", name="Ajouter la photo").click()
    expect(dialog.get_by_role("alert")).to_contain_text("en une phrase")
    dialog.get_by_label("Que montre-t-elle ?").fill("Une table & deux chaises")
    writer.route("**/photos/", lambda route: route.abort())
    dialog.get_by_role("button", name="Ajouter la photo").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Le réseau ne répond pas")
    writer.unroute("**/photos/")
    with writer.expect_request("**/photos/") as sent:
        dialog.get_by_role("button", name="Réessayer").click()
    check_sent(sent.value)
    picture = text(writer).get_by_role("img", name="Une table & deux chaises")
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("picture => [picture.naturalWidth, picture.naturalHeight]") == [
        500,
        1000,
    ]
    number = picture.get_attribute("data-picture")
    embed = f'id="{number}" alt="Une table &amp; deux chaises" format="fullwidth"'
    expect(writer.locator(BODY)).to_have_value(
        f'<p>avant</p>\n<p><embed embedtype="image" {embed}></p>'
    )


def check_sent(request) -> None:
    data = request.post_data_buffer
    assert b"lieu secret" not in data
    head = data.index(b"RIFF")
    assert Image.open(io.BytesIO(data[head:])).size == (800, 1600)


def test_a_photo_of_the_text_is_described_and_taken_away(writer):
    fill(writer, '<p><embed embedtype="image" id="1" alt="Avant" format="left"></p>')
    text(writer).get_by_role("img", name="Avant").click()
    writer.get_by_role("button", name="Décrire la photo").click()
    dialog = writer.get_by_role("dialog", name="Décrire cette photo")
    dialog.get_by_label("Que montre-t-elle ?").fill("Après")
    dialog.get_by_role("button", name="Garder").click()
    html = '<p><embed embedtype="image" id="1" alt="Après" format="left"></p>'
    expect(writer.locator(BODY)).to_have_value(html)
    writer.get_by_role("button", name="Enlever la photo").click()
    expect(writer.locator(BODY)).to_have_value("<p></p>")


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
    expect(writer.locator(BODY)).to_have_value(f"<p>{link}</p>")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"status": 400, "json": {"error": "Cette image est illisible."}}, "est illisible"),
        ({"status": 403, "body": "non"}, "connecté·e"),
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


# --- For everybody


def violations(tab) -> list[str]:
    found = Axe().run(tab).response["violations"]
    return [f"{v['id']}: {node['html'][:160]}" for v in found for node in v["nodes"]]


EVERYTHING = (
    '<h2>a</h2><p>b <a linktype="wanted" title="x">x</a> <a linktype="page" id="3">y</a></p>'
    '<ul class="check"><li class="done">c</li></ul><div class="note"><p>d</p></div><hr>'
    '<p><embed embedtype="image" id="1" alt="e"></p><table><caption>f</caption><thead><tr>'
    '<th scope="col">g</th></tr></thead><tbody><tr><td>h</td></tr></tbody></table>'
)


@pytest.mark.parametrize("name", ["link", "photo", "file", "table", "shortcuts"])
def test_axe_finds_nothing_with_a_dialog_open(writer, name):
    fill(writer, EVERYTHING)
    text(writer).get_by_text("b ").click()
    writer.keyboard.press("Home")
    if name == "shortcuts":  # of no use, hence hidden, where one touches the screen
        writer.locator("[data-tool=shortcuts]").evaluate("button => button.click()")
    else:
        tool(writer, name).click()
    expect(writer.get_by_role("dialog")).to_be_visible()
    assert violations(writer) == []
    writer.keyboard.press("Escape")
    expect(writer.get_by_role("dialog")).to_have_count(0)


def test_axe_finds_nothing_around_the_text(writer):
    answer_titles(writer, PAGES)
    fill(writer, EVERYTHING)
    text(writer).get_by_text("h", exact=True).click()
    expect(writer.get_by_role("toolbar", name="Ce tableau")).to_be_visible()
    assert violations(writer) == []
    writer.keyboard.type("[[c")
    expect(writer.get_by_role("option").first).to_be_visible()
    assert violations(writer) == []


def test_the_bundle_is_light():
    script = Path(settings.ROOT, "static/js/editor.js").read_bytes()
    assert len(gzip.compress(script, 9)) <= 170 * 1024


def test_no_style_is_written_in_the_text(writer):
    fill(writer, EVERYTHING)
    styled = "[...document.querySelectorAll('.ProseMirror [style]')].map(e => e.outerHTML)"
    assert writer.evaluate(styled) == []


def test_words_of_the_script_are_all_there(writer):
    words = json.loads(writer.locator("#kb-body-words").text_content())
    named = {name for name in words if not words[name]}
    assert named == set()
