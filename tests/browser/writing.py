"""Writing as a person does in the browser: with the editor, its buttons and the keyboard."""

from playwright.sync_api import Page, expect


def sheet(tab: Page):
    """The place of the text, once the editor stands there."""
    return tab.locator(".kb-editor").get_by_role("textbox", name="Texte de la page")


def type_at_the_end(tab: Page, words: str) -> None:
    """A new paragraph after all the others."""
    to_the_end(tab)
    tab.keyboard.press("Enter")
    tab.keyboard.insert_text(words)


def to_the_end(tab: Page) -> None:
    sheet(tab).click()
    tab.keyboard.press("Control+End")
    settle(tab)


def settle(tab: Page) -> None:
    """Nobody types faster than the browser tells the editor where the caret is."""
    tab.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 60)))")


def rewrite(tab: Page, words: str, others: str) -> None:
    """Put other words in the place of the paragraph that holds these."""
    sheet(tab).locator("p, li", has_text=words).last.click(click_count=3)
    settle(tab)
    tab.keyboard.insert_text(others)


def press(tab: Page, name: str) -> None:
    """A button of the toolbar; on a phone the rare ones are behind « Plus »."""
    tools = tab.get_by_role("toolbar", name="Mise en forme")
    expect(tools).to_be_visible()
    button = tools.get_by_role("button", name=name, exact=True)
    if not button.is_visible():
        tools.get_by_role("button", name="Plus", exact=True).click()
    button.click()


def choose_act(tab: Page, name: str) -> None:
    """What one does with a page; on a phone all of it is behind « Actions »."""
    link = tab.locator(".meta .menu").get_by_role("link", name=name, exact=True)
    if not link.is_visible():
        tab.locator(".meta .menu > summary").click()
    link.click()


def fill(tab: Page, values: dict[str, str]) -> None:
    for name, value in values.items():
        field = tab.locator(f"#id_{name}")
        expect(field).to_be_attached()  # the form may be on its way still
        folded = tab.locator("details:not([open])", has=field)
        if folded.count():
            folded.last.locator("summary").first.click()
        field.fill(value)


def publish(tab: Page, summary: str = "") -> None:
    if summary:
        tab.locator("#id_edit_summary").fill(summary)
    tab.get_by_role("button", name="Publier", exact=True).click()
    expect(tab.get_by_role("status").get_by_text("publiée").or_(thanked(tab)).first).to_be_visible()


def thanked(tab: Page):
    return tab.get_by_role("status").get_by_text("Merci")
