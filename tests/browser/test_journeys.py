"""Every kind of page is created, edited, compared and found by a contributor, on a phone
and on a desktop."""

import pytest

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
    assert tab.get_by_role("heading", level=1).inner_text() == title
    assert tab.locator("main").get_by_text(mark).first.is_visible()


def edit(tab) -> None:
    tab.get_by_role("link", name="Modifier").first.click()
    body = tab.locator("#id_body")
    body.fill(body.input_value().replace("Premier passage.", "Second passage, relu."))
    publish(tab, "Passage relu")
    assert tab.get_by_text("Second passage, relu.").is_visible()


def compare(tab) -> None:
    tab.get_by_role("link", name="Voir les 2 versions").click()
    assert tab.get_by_text("Passage relu").is_visible()
    assert tab.get_by_text("Médiatrice du Véron").first.is_visible()
    tab.get_by_role("link", name="Voir ce qui change").first.click()
    assert "Premier" in tab.locator("del").first.inner_text()
    assert "Second" in tab.locator("ins").first.inner_text()
    tab.get_by_role("link", name="Revenir à la page").first.click()


def find(tab, word: str) -> None:
    search = tab.locator("header").get_by_role("searchbox")
    search.fill(word)
    search.press("Enter")
    tab.wait_for_url("**/recherche/**")
    tab.locator("main h3 a").first.click()
    assert word in tab.get_by_role("heading", level=1).inner_text()


def test_a_newcomer_finds_the_guideline_first(tab):
    tab.goto("/")
    tab.get_by_role("searchbox").first.fill("un usager me donne son mot de passe")
    tab.get_by_role("button", name="Chercher").first.click()
    first = tab.locator("main h3 a").first
    assert first.inner_text() == "Un usager me donne son mot de passe"
    first.click()
    assert tab.get_by_role("heading", name="Réponse courte").is_visible()


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
    assert tab.get_by_text("Rien n’est perdu").is_visible()
    assert tab.locator("#id_body").input_value() == "<p>Mon texte à moi.</p>"
    assert tab.locator("ins").get_by_text("collègue").first.is_visible()
    publish(tab, "Les deux")
    assert tab.get_by_text("Mon texte à moi.").is_visible()


def test_a_forgotten_password_is_asked_for_from_the_login_screen(tab):
    tab.goto("/")
    tab.get_by_role("link", name="Se connecter").first.click()
    tab.locator("main").get_by_role("link", name="oublié").click()
    tab.get_by_label("Adresse électronique").fill("contributeur@demo.example")
    tab.locator("main").get_by_role("button").first.click()
    tab.wait_for_url("**/mot-de-passe/envoye/")
