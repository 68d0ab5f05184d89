"""What tests of the rich text editor do with a page that shows it."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

GUIDELINE = "/pratiques/situations/usager-donne-mot-de-passe/modifier/"
INSPECTING = "/static/inspecting.js"  # tests/editor/inspecting.js, built where tests serve a site
BODY = "#id_body"


def open_editor(tab) -> None:
    """Drafts are not saved: they would be offered to the tests that follow."""
    tab.route("**/brouillons/**", lambda route: route.abort())
    tab.goto(GUIDELINE)
    expect(text(tab)).to_be_visible()


def text(tab):
    return tab.get_by_role("textbox", name="Texte de la page")


def tool(tab, name: str):
    """A button of the bar, behind « Plus » on a phone for some."""
    button = tab.locator(f"[data-tool={name}]")
    expect(button).to_be_attached()
    if not button.is_visible():
        tab.get_by_role("button", name="Plus", exact=True).click()
    return button


def fill(tab, html: str) -> None:
    tab.evaluate("html => document.querySelector('#id_body').kbEditor.setHtml(html)", html)


def body(tab) -> str:
    return tab.locator(BODY).input_value()


def expect_body(tab, html: str) -> None:
    expect(tab.locator(BODY)).to_have_value(html)


def ask(tab, call: str, argument):
    """What the functions of tests/editor/inspecting.js say of some HTML."""
    script = f"async argument => {{ const editor = await import('{INSPECTING}'); return {call}; }}"
    return tab.evaluate(script, argument)


def caret(tab, words: str, at: int = -1) -> None:
    """Put the caret in the first text that holds these words; -1: at its end."""
    tab.evaluate(
        """([words, at]) => {
            const sheet = document.querySelector(".ProseMirror");
            sheet.focus();
            const walker = document.createTreeWalker(sheet, NodeFilter.SHOW_TEXT);
            while (walker.nextNode() && !walker.currentNode.data.includes(words));
            const text = walker.currentNode;
            getSelection().collapse(text, at < 0 ? text.data.length : at);
        }""",
        [words, at],
    )


def type_keys(tab, *keys: str) -> None:
    """What one types: « <Enter> » is a key, any other text is written."""
    for key in keys:
        if len(key) > 2 and key[0] == "<" and key[-1] == ">":
            tab.keyboard.press(key[1:-1])
        else:
            tab.keyboard.type(key)


def touch(tab, *acts: str) -> None:
    """As a phone's keyboard does it: no key has a name, words are composed (« ~word »), and
    « !insertNewline », « !deleteBackward », « !deleteForward » are orders to the browser; what is
    said or chosen comes in one piece (« =words »)."""
    screen = tab.context.new_cdp_session(tab)
    for act in acts:
        if act[0] == "!":
            key = {"windowsVirtualKeyCode": 229, "key": "Unidentified"}
            down = {"type": "rawKeyDown", **key, "commands": [act[1:]]}
            screen.send("Input.dispatchKeyEvent", down)
            screen.send("Input.dispatchKeyEvent", {"type": "keyUp", **key})
        elif act[0] == "~":
            _compose(screen, act[1:])
        elif act[0] == "=":
            screen.send("Input.insertText", {"text": act[1:]})
        else:
            for sign in act:
                screen.send("Input.insertText", {"text": sign})
        tab.wait_for_timeout(80)  # the editor reads what was composed after a while


def _compose(screen, word: str) -> None:
    for end in range(1, len(word) + 1):
        place = {"selectionStart": end, "selectionEnd": end}
        screen.send("Input.imeSetComposition", {"text": word[:end], **place})
    screen.send("Input.insertText", {"text": word})


def paste(tab, kind: str, data: str, files: list[list[str]] = ()) -> None:
    """`files`: names and types of those that the clipboard holds beside."""
    tab.evaluate(
        """([kind, data, files]) => {
            const clipboardData = new DataTransfer();
            if (data) clipboardData.setData(kind, data);
            for (const [name, type] of files)
                clipboardData.items.add(new File(["x"], name, { type }));
            const options = { clipboardData, bubbles: true, cancelable: true };
            const paste = new ClipboardEvent("paste", options);
            document.querySelector(".ProseMirror").dispatchEvent(paste);
        }""",
        [kind, data, list(files)],
    )


def pasted(tab, data: str, kind: str = "text/html") -> str:
    """What a page stores when this is pasted in a text without a word."""
    fill(tab, "")
    text(tab).focus()
    paste(tab, kind, data)
    return body(tab)


def said(tab) -> str:
    """What the editor says of the last paste."""
    return tab.locator(".kb-editor .said").text_content()


def put_caret(tab, words: str, after: int) -> None:
    """After so many signs of these words of the text."""
    tab.evaluate(
        """([words, after]) => {
            const root = document.querySelector(".ProseMirror");
            const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
            while (!walker.nextNode().data.includes(words));
            const { currentNode } = walker;
            root.focus();
            getSelection().collapse(currentNode, currentNode.data.indexOf(words) + after);
        }""",
        [words, after],
    )
    tab.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 30)))")


def select_words(tab, words: str) -> None:
    """Where they stand in a text of the editor."""
    put_caret(tab, words, 0)
    tab.evaluate(
        """(count) => {
            const { anchorNode, anchorOffset } = getSelection();
            getSelection().extend(anchorNode, anchorOffset + count);
        }""",
        len(words),
    )
    tab.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 30)))")


def choices(tab):
    return tab.locator(".choices").get_by_role("option")


def answer_titles(tab, pages: list[dict] | None) -> None:
    """What the server answers to whoever types a title; None: nothing, ever."""

    def answer(route):
        return route.abort() if pages is None else route.fulfill(json={"pages": pages})

    tab.route("**/recherche/titres/**", answer)


PAGES = [
    {"id": 12, "title": "Créer un code", "kind": "situation", "kind_name": "Situation"},
    {"id": 13, "title": "Code oublié", "kind": "situation", "kind_name": "Situation"},
]


def violations(tab, *parts: str) -> list[str]:
    """What axe finds in these parts of the page, all of it when none is named."""
    context = {"include": [[part] for part in parts]} if parts else None
    found = Axe().run(tab, context).response["violations"]
    return [f"{v['id']}: {node['html'][:160]}" for v in found for node in v["nodes"]]
