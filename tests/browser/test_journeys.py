"""Every kind of page is created, edited, compared and found by a contributor, on a phone
and on a desktop."""

import pytest
from playwright.sync_api import expect

# kind, what its form asks for besides the title and the text, a mark of its own screen
KINDS = {
    "article": ({"summary": "Une page pour essayer."}, "Modifier"),
    "lieu": ({"commune": "Panzoult", "telephone": "+33247000000"}, "02 47 00 00 00"),
    "situation": ({"short_answer": "Je demande conseil."}, "Réponse courte"),
    "fiche": ({"goals": "Savoir essayer.", "duration": "45"}, "Objectifs"),
    "support": ({"link": "https://exemple.example/"}, "Sur le web"),
    "reunion": ({"date": "2024-05-14", "place": "Avoine"}, "Heure et lieu"),
}


def fill(tab, values: dict[str, str]) -> None:
    for name, value in values.items():
        tab.locator(f"#id_{name}").fill(value)


def publish(tab, summary: str) -> None:
    tab.locator("#id_edit_summary").fill(summary)
    tab.get_by_role("button", name="Publier").click()
    tab.get_by_role("status").get_by_text("Merci").wait_for()


@pytest.mark.parametrize("kind", sorted(KINDS))
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
    tab.locator("#id_title").fill(title)
    fill(tab, fields)
    skeleton = tab.locator("#id_body").input_value()
    assert "<h2>" in skeleton
    tab.locator("#id_body").fill(skeleton + "\n<p>Premier passage.</p>")
    publish(tab, "Nouvelle page")
    expect(tab.get_by_role("heading", level=1)).to_have_text(title)
    expect(tab.locator("main").get_by_text(mark).first).to_be_visible()


def edit(tab) -> None:
    tab.get_by_role("link", name="Modifier").first.click()
    body = tab.locator("#id_body")
    body.fill(body.input_value().replace("Premier passage.", "Second passage, relu."))
    publish(tab, "Passage relu")
    expect(tab.get_by_text("Second passage, relu.")).to_be_visible()


def compare(tab) -> None:
    tab.get_by_role("link", name="Voir les 2 versions").click()
    expect(tab.get_by_text("Passage relu")).to_be_visible()
    expect(tab.get_by_text("Médiatrice du Véron").first).to_be_visible()
    tab.get_by_role("link", name="Voir ce qui change").first.click()
    expect(tab.locator("del").first).to_contain_text("Premier")
    expect(tab.locator("ins").first).to_contain_text("Second")
    tab.get_by_role("link", name="Revenir à la page").first.click()


def find(tab, word: str) -> None:
    search = tab.locator("header").get_by_role("searchbox")
    search.fill(word)
    search.press("Enter")
    tab.wait_for_url("**/recherche/**")
    tab.locator("main h3 a").first.click()
    expect(tab.get_by_role("heading", level=1)).to_contain_text(word)


def test_a_newcomer_finds_the_guideline_first(tab):
    tab.goto("/")
    tab.get_by_role("searchbox").first.fill("un usager me donne son mot de passe")
    tab.get_by_role("button", name="Chercher").first.click()
    first = tab.locator("main h3 a").first
    expect(first).to_have_text("Un usager me donne son mot de passe")
    first.click()
    expect(tab.get_by_role("heading", name="Réponse courte")).to_be_visible()


def test_a_late_form_gives_the_text_back_and_can_be_published(contributor_tab, chromium, site):
    tab = contributor_tab
    tab.goto("/nouveau/article/?titre=Deux+plumes")
    tab.locator("#id_body").fill("<p>Texte commun.</p>")
    publish(tab, "Début")
    address = tab.url
    tab.goto(f"{address}modifier/")
    other = tab.context.new_page()
    other.goto(f"{address}modifier/")
    other.locator("#id_body").fill("<p>Texte de la collègue.</p>")
    publish(other, "La collègue passe d’abord")
    tab.locator("#id_body").fill("<p>Mon texte à moi.</p>")
    tab.get_by_role("button", name="Publier").click()
    expect(tab.get_by_text("Rien n’est perdu")).to_be_visible()
    expect(tab.locator("#id_body")).to_have_value("<p>Mon texte à moi.</p>")
    expect(tab.locator("ins").get_by_text("collègue").first).to_be_visible()
    publish(tab, "Les deux")
    expect(tab.get_by_text("Mon texte à moi.")).to_be_visible()


def test_a_forgotten_password_is_asked_for_from_the_login_screen(tab):
    tab.goto("/")
    tab.get_by_role("link", name="Se connecter").first.click()
    tab.locator("main").get_by_role("link", name="oublié").click()
    tab.get_by_label("Adresse électronique").fill("contributeur@demo.example")
    tab.locator("main").get_by_role("button").first.click()
    tab.wait_for_url("**/mot-de-passe/envoye/")
