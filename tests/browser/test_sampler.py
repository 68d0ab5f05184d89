"""What the editor shows and what readers see is the same: the sampler, screen by screen."""

import pytest
from django.conf import settings
from lxml import html as lxml_html
from playwright.sync_api import expect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction

from tests.browser import looks, sampler
from tests.browser.conftest import PATIENCE, log_in
from tests.browser.editor import ask
from tests.browser.writing import publish
from wiki.markup import html
from wiki.rendering.bodies import CALLOUT_LABELS

WORDS = sampler.words()
A4 = 673  # pixels between the margins of the paper
SIZES = {360: 740, 1366: 768}


def holding(text: str):
    return lxml_html.fragment_fromstring(text.replace("<embed", "<img"), create_parent="main")


def test_the_sampler_holds_all_that_a_body_may_hold():
    held = holding(sampler.body())
    tags = {"embed" if e.tag == "img" else e.tag for e in held.iter("*")} - {"main"}
    pairs = {("embed" if e.tag == "img" else e.tag, name) for e in held.iter() for name in e.attrib}
    values = {(e.tag, e.get("class")) for e in held.iter() if e.get("class")}
    links = {e.get("linktype") for e in held.iter("a")}
    assert tags >= html.TAGS
    assert {(tag, name) for tag, names in html.ATTRIBUTES.items() for name in names} <= pairs
    assert {(tag, value) for tag, known in html.CLASSES.items() for value in known} <= values
    assert links == {"page", "document", "wanted", None}
    assert set(CALLOUT_LABELS) == html.CALLOUTS
    assert html.clean(sampler.body()) == sampler.body()


@pytest.fixture(scope="module")
def desk(chromium, site):
    """A contributor's tab, whatever its size."""
    context = chromium.new_context(base_url=site, locale="fr-FR")
    context.set_default_timeout(PATIENCE * 2)
    tab = context.new_page()
    log_in(tab, "contributeur")
    yield tab
    context.close()


@pytest.fixture(scope="module")
def address(desk, django_db_setup, django_db_blocker):
    """The address of the sampler: published as a new version of a page of one paragraph. A page
    that it leads to is closed afterwards."""
    with django_db_blocker.unblock():
        page, closed = Page.objects.live().filter(depth=5).order_by("pk")[:2]
        known = {
            "page": page.pk,
            "closed": closed.pk,
            "document": get_document_model().objects.first().pk,
            "image": get_image_model().objects.first().pk,
        }
    desk.goto("/nouveau/article/?titre=Nuancier")
    desk.locator("#id_title").fill("Nuancier des textes")
    write(desk, "<p>Base du nuancier.</p>")
    publish(desk)
    here = desk.url
    desk.goto(f"{here}modifier/")
    write(desk, sampler.body(known))
    publish(desk)
    with django_db_blocker.unblock():
        restriction = PageViewRestriction.objects.create(page=closed, restriction_type="groups")
    yield here
    with django_db_blocker.unblock():
        restriction.delete()


def write(desk, text: str) -> None:
    expect(desk.locator(".ProseMirror")).to_be_visible()
    desk.evaluate("text => document.querySelector('#id_body').kbEditor.setHtml(text)", text)


def look(desk, address: str, width: int, root: str = ".prose") -> list[dict]:
    desk.set_viewport_size({"width": width, "height": SIZES.get(width, 950)})
    desk.goto(address)
    expect(desk.locator(root)).to_be_visible()
    desk.wait_for_load_state()
    return looks.measured(desk, root, WORDS)


@pytest.mark.sampled(every=2)
@pytest.mark.parametrize("width", SIZES)
def test_the_editor_the_preview_and_an_old_version_show_what_readers_see(desk, address, width):
    page = look(desk, address, width)
    screens = {"old version": look(desk, f"{address}versions/2/", width)}
    screens["editor"] = look(desk, f"{address}modifier/", width, ".ProseMirror")
    with desk.context.expect_page() as opened:
        desk.locator("[data-kb-preview]").click()
    preview = opened.value
    preview.set_viewport_size({"width": width, "height": SIZES[width]})
    expect(preview.locator(".prose")).to_be_visible()
    screens["preview"] = looks.measured(preview, ".prose", WORDS)
    preview.close()
    found = looks.out_of_place("page", page)
    for name, seen in screens.items():
        found += looks.differences(name, width, page, seen) + looks.out_of_place(name, seen)
    assert found == []


def test_paper_shows_what_the_screen_shows(desk, address):
    page = look(desk, address, A4)
    desk.emulate_media(media="print")
    paper = looks.measured(desk, ".prose", WORDS)
    desk.emulate_media(media="screen")
    assert looks.on_paper(page, paper) + looks.out_of_place("paper", paper) == []


BROKEN = [
    ".check { list-style: disc }",
    ".prose .check > li::before { display: none }",
    ".prose .check > .done::after { content: none }",
    ".check { display: flex; gap: .7rem }",
    ".check > li { block-size: 0 }",
    "caption { text-align: center }",
    ".prose blockquote { border: 0 }",
    ".note.warn { border-inline-start-style: solid }",
    ".prose ol { padding-inline-start: 0 }",
    ".prose code { background: none }",
    ".prose em { font-style: normal }",
    ".wanted { text-decoration: none }",
    ".prose h4 { font-size: 1.2rem }",
    ".prose li + li { margin-block: 2rem 0 }",
    "thead th { border-block-end-width: 0 }",
]


def test_a_rule_that_breaks_one_element_is_seen_by_the_comparison(desk, address):
    """The positive control: each rule is put in the tab alone, over all others."""
    page = look(desk, address, 360)
    unseen = []
    for rule in BROKEN:
        desk.evaluate("rule => document.styleSheets[0].insertRule(rule, 0)", unlayered(rule))
        broken = looks.measured(desk, ".prose", WORDS)
        if not looks.differences("page", 360, page, broken):
            unseen.append(rule)
        desk.evaluate("document.styleSheets[0].deleteRule(0)")
    assert unseen == []
    assert looks.differences("page", 360, page, looks.measured(desk, ".prose", WORDS)) == []


def unlayered(rule: str) -> str:
    return rule.replace("}", "!important }").replace("; ", " !important; ")


def test_each_element_added_is_a_readable_row_of_the_difference(desk, address):
    desk.goto(f"{address}difference/?de=1&a=2")
    rows = desk.locator("main ol.ruled > li > p").all_inner_texts()
    assert [row for row in rows if not row.strip("+− \n")] == []
    assert [w["word"] for w in WORDS if not any(w["word"] in row for row in rows)] == []
    assert rows_overlap(desk) == []


def rows_overlap(desk) -> list[str]:
    """Rows that begin above the end of the one before, or wider than the screen."""
    return desk.evaluate(
        """() => [...document.querySelectorAll("main ol.ruled > li")].filter((row, rank, all) => {
            const box = row.getBoundingClientRect();
            const before = rank ? all[rank - 1].getBoundingClientRect().bottom : 0;
            return box.top < before - 1 || box.right > innerWidth;
        }).map((row) => row.innerText)"""
    )


def test_who_wrote_what_shows_boxes_and_what_is_done(desk, address):
    desk.goto(f"{address}annoter/")
    boxes = desk.locator(".part-tick > summary, .part-ticked > summary")
    marked = holding(sampler.body()).xpath("//ul[@class='check']/li")
    assert boxes.count() == len(marked)
    done = [item for item in marked if item.get("class") == "done"]
    told = desk.locator(".part-ticked .vh").all_text_contents()
    assert [" ".join(words.split()) for words in told] == ["Fait :"] * len(done)


def test_the_sampler_opened_and_published_unchanged_keeps_its_bytes(desk, address):
    desk.goto(f"{address}modifier/")
    expect(desk.locator(".ProseMirror")).to_be_visible()
    before = desk.locator("#id_body").input_value()
    assert ask(desk, "editor.inspect(argument).kept", before) == before
    desk.get_by_role("button", name="Publier", exact=True).click()
    expect(desk.get_by_role("status").get_by_text("Rien n’a changé").first).to_be_visible()


def test_only_what_one_writes_with_has_rules_on_the_screen_of_the_form_alone():
    """A body's own look stands where readers have it; the form's sheet holds no element's."""
    parts = (settings.ROOT / "assets/css/editor").glob("*.css")
    sheet = "\n".join(part.read_text() for part in parts)
    for word in ("blockquote", " hr", " code", "h2 ", "h3", "h4", " ul.check", "wanted"):
        rules = [line for line in sheet.splitlines() if ".ProseMirror" in line and word in line]
        assert all(":first-child" in rule for rule in rules), rules
