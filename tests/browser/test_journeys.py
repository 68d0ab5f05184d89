"""Every kind of page is created, edited, compared and found by a contributor, on a phone
and on a desktop."""

import pytest
from playwright.sync_api import expect

from tests.browser.writing import fill, publish, rewrite, sheet, type_at_the_end

# kind, what its form asks for besides the title and the text, a mark of its own screen
KINDS = {
    "article": ({"summary": "Une page pour essayer."}, "Modifier"),
    "lieu": ({"commune": "Panzoult", "telephone": "+33247000000"}, "02 47 00 00 00"),
    "situation": ({"short_answer": "Je demande conseil."}, "Réponse courte"),
    "fiche": ({"goals": "Savoir essayer.", "duration": "45"}, "Objectifs"),
    "support": ({"link": "https://exemple.example/"}, "Sur le web"),
    "reunion": ({"date": "2024-05-14", "place": "Avoine"}, "Heure et lieu"),
}


@pytest.mark.sampled(every=4)
@pytest.mark.at_every_size
@pytest.mark.parametrize(
    ("size", "kind"),
    [*(("phone", kind) for kind in sorted(KINDS)), ("desktop", "fiche")],
    indirect=["size"],
)
def test_a_page_is_created_edited_compared_and_found(contributor_tab, size, kind):
    tab, (fields, mark) = contributor_tab, KINDS[kind]
    word = f"zirconium{kind}{size}"
    create(tab, kind, f"Essai {word}", fields, mark)
    edit(tab)
    compare(tab)
    find(tab, word)


def create(tab, kind: str, title: str, fields: dict[str, str], mark: str) -> None:
    tab.goto("/nouveau/")
    tab.locator(f'main a[href^="/nouveau/{kind}/"]').first.click()
    fill(tab, {"title": title, **fields})
    expect(sheet(tab).locator("h2").first).to_be_visible()
    type_at_the_end(tab, "Premier passage.")
    publish(tab)
    expect(tab.get_by_role("heading", level=1)).to_have_text(title)
    expect(tab.locator("main").get_by_text(mark).first).to_be_visible()


def edit(tab) -> None:
    tab.get_by_role("link", name="Modifier").first.click()
    rewrite(tab, "Premier passage.", "Second passage, relu.")
    publish(tab, "Passage relu")
    expect(tab.get_by_text("Second passage, relu.")).to_be_visible()


def compare(tab) -> None:
    tab.get_by_role("link", name="Historique (2 versions)").click()
    expect(tab.get_by_text("Passage relu")).to_be_visible()
    expect(tab.get_by_text("Médiatrice du Véron").first).to_be_visible()
    tab.get_by_role("link", name="Voir ce qui change").first.click()
    expect(tab.locator("del").first).to_contain_text("Premier")
    expect(tab.locator("ins").first).to_contain_text("Second")
    tab.get_by_role("link", name="Revenir à la page").first.click()


def find(tab, word: str) -> None:
    search = tab.locator("header").get_by_role("combobox")
    search.fill(word)
    search.press("Enter")
    tab.wait_for_url("**/recherche/**")
    tab.locator("main h3 a").first.click()
    expect(tab.get_by_role("heading", level=1)).to_contain_text(word)


def test_a_newcomer_finds_the_guideline_first(tab, guideline):
    tab.goto("/")
    tab.get_by_role("combobox").first.fill("un usager me donne son mot de passe")
    tab.get_by_role("button", name="Chercher").first.click()
    first = tab.locator("main h3 a").first
    expect(first).to_have_text(guideline.title)
    first.click()
    expect(tab.get_by_role("heading", name="Réponse courte")).to_be_visible()


def test_a_forgotten_password_is_asked_for_from_the_login_screen(tab):
    tab.goto("/")
    tab.get_by_role("link", name="Se connecter").first.click()
    tab.locator("main").get_by_role("link", name="oublié").click()
    tab.get_by_label("Adresse électronique").fill("contributeur@demo.example")
    tab.locator("main").get_by_role("button").first.click()
    tab.wait_for_url("**/mot-de-passe/envoye/")
