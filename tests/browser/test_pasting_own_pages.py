"""What is copied from a page of the site comes back as it is stored."""

import pytest
from playwright.sync_api import expect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from tests.browser.editor import GUIDELINE, expect_body, fill, paste, pasted, put_caret, text
from tests.browser.writing import fill as write
from tests.browser.writing import publish

CHECKS = '<ul class="check"><li class="done">fait</li><li>à faire</li></ul>'
COPY = """() => {
    const range = document.createRange();
    const ends = [...document.querySelectorAll("article p")];
    const titles = [...document.querySelectorAll("h2")];
    range.setStartBefore(titles.find(title => title.textContent.includes("Début")));
    range.setEndAfter(ends.find(p => p.textContent === "La fin."));
    getSelection().removeAllRanges();
    getSelection().addRange(range);
}"""


def everything() -> str:
    """A text with all that readers see otherwise than it is stored."""
    page = Page.objects.get(url_path__endswith="/lieux/", depth=3)
    document = get_document_model().objects.first()
    image = get_image_model().objects.first()
    return f"""<h2>Début</h2>
<p>Voir <a linktype="page" id="{page.pk}">les lieux</a>, \
<a linktype="wanted" title="Zut &amp; flûte">Zut</a> et \
<a linktype="document" id="{document.pk}">l’affiche</a>.</p>
<ul class="check"><li class="done">fait</li><li>à faire</li></ul>
<p><embed embedtype="image" id="{image.pk}" alt="Une photo" format="fullwidth"></p>
<div class="note warn"><p>Gare</p></div>
<ol start="3" type="a"><li>trois</li><li>quatre</li></ol>
<table><caption>Prix</caption><thead><tr><th scope="col">A</th><th scope="col">B</th></tr></thead>\
<tbody><tr><td>1</td><td>2</td></tr></tbody></table>
<h3>Suite</h3>
<p>La fin.</p>"""


@pytest.fixture
def copier(desk):
    """A writer's page that may read and write the clipboard."""
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return desk


def published(tab, stored: str) -> str:
    """The address of a new page with this text."""
    tab.unroute("**/brouillons/**")
    tab.goto("/nouveau/article/")
    write(tab, {"title": "Ce que l’on copie"})
    fill(tab, stored)
    publish(tab)
    tab.route("**/brouillons/**", lambda route: route.abort())
    return tab.url


def paste_by_key(tab) -> None:
    tab.goto(GUIDELINE)
    expect(text(tab)).to_be_visible()
    fill(tab, "")
    text(tab).click()
    tab.keyboard.press("Control+v")


def test_our_own_pages_pasted_back_are_recognised(copier):
    stored = everything()
    page = published(copier, stored)
    for address in [page, f"{page}versions/1/"]:
        copier.goto(address)
        copier.evaluate(COPY)
        copier.keyboard.press("Control+c")
        paste_by_key(copier)
        expect_body(copier, stored)


def test_a_whole_page_of_ours_pasted_back_is_its_text(copier):
    stored = everything()
    page = published(copier, stored)
    for address in [page, f"{page}versions/1/"]:
        copier.goto(address)
        copier.keyboard.press("Control+a")
        copier.keyboard.press("Control+c")
        paste_by_key(copier)
        expect_body(copier, stored)


def test_the_screen_of_who_wrote_what_pasted_back_is_the_words_of_the_page(copier):
    page = published(copier, f"<h2>Début</h2>\n<p>Un mot.</p>\n{CHECKS}")
    copier.goto(f"{page}annoter/")
    copier.keyboard.press("Control+a")
    copier.keyboard.press("Control+c")
    paste_by_key(copier)
    expect_body(copier, f"<h2>Début</h2>\n<p>Un mot.</p>\n{CHECKS}")


def test_pages_of_others_that_name_their_text_as_ours_are_whole(desk):
    html = '<nav class="meta"><a href="https://a.example/">a</a></nav><div class="prose">b</div>'
    link = '<a href="https://a.example/">a</a>'
    assert pasted(desk, html).replace("\n", "") == f"<p>{link}</p><p>b</p>"


def test_an_address_of_the_site_pasted_becomes_a_link_to_its_page(desk, site):
    page = Page.objects.get(url_path__endswith="/lieux/", depth=3)
    fill(desk, '<p>avant <a href="/pratiques/">ancien</a></p>')
    put_caret(desk, "avant", 0)
    link = f'<a href="{site}/lieux/">les lieux</a>'
    file = f'<a href="{site}/fichiers/7/">un fichier</a>'
    other = f'<a href="{site}/lieux/?famille=x">filtrés</a>'
    paste(desk, "text/html", f"<span>{link} {file} {other}</span>")
    expect_body(
        desk,
        f'<p><a linktype="page" id="{page.pk}">les lieux</a> <a linktype="document" id="7">un '
        'fichier</a> <a href="/lieux/?famille=x">filtrés</a>avant '
        '<a href="/pratiques/">ancien</a></p>',
    )


def test_pieces_of_the_editor_come_back_as_they_went(copier):
    stored = everything()
    fill(copier, stored)
    put_caret(copier, "Début", 0)
    copier.keyboard.press("Control+a")
    copier.keyboard.press("Control+x")
    expect_body(copier, "")
    copier.keyboard.press("Control+v")
    expect_body(copier, stored)
