"""Addresses and « [[titles]] » that people just type are links, whatever door they came by."""

import json
from pathlib import Path

import pytest
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st
from wagtail.documents import get_document_model

from structures.models import StructurePage
from tests import costs, factories
from tests.wiki import form_filling
from tests.wiki.form_filling import COMMON
from wiki.markup import blocks, html
from wiki.models import ArticlePage, PageLink, Version
from wiki.organizing import actions
from wiki.publishing import restoring
from wiki.publishing.publishing import Edit, newest_version, publish
from wiki.rendering.autolinks import linked, with_links

CASES = json.loads(Path(__file__).with_name("autolinked.json").read_text())
BRACKETED = json.loads(Path(__file__).with_name("bracketed.json").read_text())


def expected(case: dict) -> str:
    """The text with its links, as the table says them in order."""
    text = html.clean(escape(case["text"]).replace("&#x27;", "'").replace("&quot;", '"'))
    out, rest = "", text
    for link in case["links"]:
        words, href = escaped(link["words"]), escaped(link["href"])
        before, _words, rest = rest.partition(words)
        out += f'{before}<a href="{href}">{words}</a>'
    return out + rest


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:30])
def test_addresses_of_a_text_become_links_and_nothing_else_does(case):
    made = linked(f"<p>{expected({**case, 'links': []})}</p>")
    assert made == f"<p>{expected(case)}</p>"
    assert html.clean_until_stable(made) == made
    assert linked(made) == made


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:30])
def test_plain_texts_are_shown_with_the_same_links(case):
    assert html.clean(with_links(case["text"])) == expected(case)


def test_plain_texts_stay_plain():
    assert with_links('<b> & "') == "&lt;b&gt; &amp; &quot;"
    assert with_links('https://a.fr/?b"onclick=') == (
        '<a href="https://a.fr/?b">https://a.fr/?b</a>&quot;onclick='
    )


@pytest.mark.parametrize(
    "body",
    [
        '<p><a href="https://exemple.example">www.caf.fr</a></p>',
        '<p><a linktype="page" id="3">contact@caf.fr</a></p>',
        "<p><code>www.caf.fr</code> <code><strong>[[Page]]</strong></code></p>",
        "<p>www.<strong>caf</strong>.fr [[Une <em>page</em>]]</p>",
        "<p>[[]] [[ ]] [[une<br>page]] [une page]</p>",
        '<p>www.caf<embed embedtype="image" id="1" alt="www.caf.fr">.fr</p>',
    ],
)
def test_links_code_and_words_dressed_in_part_stay_as_they_are(body):
    body = html.clean_until_stable(body)
    assert linked(body) == body


def test_all_titles_between_brackets_become_links():
    wanted = '<a linktype="wanted" title="{0}">{0}</a>'.format
    assert linked("<p>[[Un]] et [[Deux &amp; trois]], [[Un]]</p>") == (
        f"<p>{wanted('Un')} et {wanted('Deux &amp; trois')}, {wanted('Un')}</p>"
    )
    assert linked("<ul><li>[[ Un  mot ]]</li></ul>") == (
        '<ul><li><a linktype="wanted" title="Un mot">Un  mot</a></li></ul>'
    )


@pytest.mark.parametrize("case", BRACKETED, ids=lambda case: case["text"])
def test_brackets_say_where_a_link_leads_and_its_words(case):
    made = linked(f"<p>Voir {case['text']}.</p>")
    link = f'<a linktype="wanted" title="{case["title"]}">{case["words"]}</a>'
    assert made == f"<p>Voir {link}.</p>"
    assert linked("<p>[[|]] [[ | ]]</p>") == "<p>[[|]] [[ | ]]</p>"


def test_lines_that_nobody_touched_keep_their_bytes():
    old = "<p>Voir www.caf.fr</p>\n<ul>\n <li>[[Un]]</li>\n <li>www.a.fr</li>\n</ul>"
    touched = old.replace("www.a.fr", "www.b.fr")
    assert linked(old, known=old) == old
    assert linked(touched, known=old) == old.replace(
        "www.a.fr", '<a href="https://www.b.fr">www.b.fr</a>'
    )
    assert linked(f"Voir www.caf.fr\n{old}", known=old).endswith(old)


WORDS = st.sampled_from(
    [
        *("www.", "caf.fr", "@", "https://", "[[", "]]", "a", " ", ".", "/", "&amp;", "&lt;", "é"),
        *("<strong>", "</strong>", "<br>", "<code>", "</code>", "</p><p>", "<li>", "<tr><td>", ")"),
    ]
)


@given(st.lists(WORDS, max_size=25).map("".join).map(html.clean_until_stable))
def test_making_links_changes_no_word_and_is_done_once(body):
    made = linked(body)
    assert linked(made) == made
    assert html.clean_until_stable(made) == made
    assert "".join(block.html for block in blocks.split(made)) in (made, made.lstrip())
    assert words_of(made) == words_of(body)


def words_of(body: str) -> list[str]:
    """Without brackets, nor the blanks beside them: « [[a ]] » is the title « a »."""
    return html.plain_text(body).translate(str.maketrans("", "", "[]")).split()


@pytest.mark.parametrize(
    "text",
    [
        *("a" * 400_000 + "@", "a@" * 200_000, "www." * 100_000 + "1", "https://" * 50_000),
        *("[[" * 200_000, "https://a/" + ")" * 390_000, "a.b@c.d " * 50_000),
        "<b>www.a.fr</b> " * 25_000,
    ],
    ids=lambda text: text[:12],
)
def test_hostile_texts_cost_little(text):
    costs.within(10, lambda: (linked(f"<p>{text}</p>"), with_links(text)))


# At every door

TYPED = "Voir www.caf.fr ou [[Créer un code]]\n\n<p>contact@caf.fr</p>"
LINKS = (
    '<a href="https://www.caf.fr">www.caf.fr</a>',
    '<a href="mailto:contact@caf.fr">contact@caf.fr</a>',
)


def body_of(page) -> str:
    return ArticlePage.objects.get(pk=page.pk).body


@pytest.mark.django_db
def test_a_form_sent_without_script_makes_the_links(writer):
    target = factories.page(title="Créer un code")
    form_filling.write(writer, "article", **{**COMMON, "body": TYPED})
    page = ArticlePage.objects.get(title=COMMON["title"])
    for link in (*LINKS, f'<a linktype="page" id="{target.pk}">Créer un code</a>'):
        assert link in page.body
    form_filling.edit(writer, page, body="<p>[[Page inexistante]] www.ameli.fr</p>")
    assert body_of(page) == (
        '<p><a linktype="wanted" title="Page inexistante">Page inexistante</a> '
        '<a href="https://www.ameli.fr">www.ameli.fr</a></p>'
    )


@pytest.mark.django_db
def test_an_import_makes_the_links():
    page = factories.page(body="<p>Rien</p>")
    page.body = TYPED
    publish(page, Edit(origin=Version.Origin.IMPORT))
    assert all(link in body_of(page) for link in LINKS)


@pytest.mark.django_db
def test_the_preview_shows_the_links_that_publishing_makes(writer):
    page = factories.page(body="<p>Rien</p>")
    form = {**form_filling.opened(writer, page), "body": TYPED}
    shown = writer.post(f"{page.address}apercu/", form).content.decode()
    assert all(link in shown for link in LINKS)


def without_links(page, body: str):
    """A page as it was published before addresses became links."""
    version = newest_version(page)
    Version.objects.filter(pk=version.pk).update(content={**version.content, "body": body})
    ArticlePage.objects.filter(pk=page.pk).update(body=body)
    return ArticlePage.objects.get(pk=page.pk)


OLD = "<p>Voir www.caf.fr</p>\n<p>Deux [[Un]]</p>\n<p>Trois</p>"


@pytest.mark.django_db
def test_an_old_text_published_again_makes_no_version(writer):
    page = without_links(factories.page(body="<p>Rien</p>"), OLD)
    form_filling.edit(writer, page)
    assert newest_version(page).number == 1
    assert body_of(page) == OLD


@pytest.mark.django_db
def test_only_the_touched_lines_of_an_old_text_change(writer):
    page = without_links(factories.page(body="<p>Rien</p>"), OLD)
    form_filling.edit(writer, page, body=OLD.replace("Trois", "Trois www.ameli.fr"))
    link = '<a href="https://www.ameli.fr">www.ameli.fr</a>'
    assert body_of(page) == OLD.replace("Trois", f"Trois {link}")


@pytest.mark.django_db
def test_two_who_write_at_once_are_merged_with_their_links(writer, logged_in, other_contributor):
    page = without_links(factories.page(body="<p>Rien</p>"), OLD)
    mine = form_filling.opened(writer, page)
    theirs = OLD.replace("Deux", "Deux contact@caf.fr")
    form_filling.edit(logged_in(other_contributor), page, body=theirs)
    answer = writer.post(
        f"{page.address}modifier/", {**mine, "body": OLD.replace("Trois", "www.caf.fr")}
    )
    assert answer.status_code == 302
    first, second, third = body_of(page).split("\n")
    assert first == "<p>Voir www.caf.fr</p>"
    assert LINKS[1] in second
    assert third == f"<p>{LINKS[0]}</p>"


@pytest.mark.django_db
def test_an_old_version_comes_back_as_it_was(contributor):
    page = without_links(factories.page(body="<p>Rien</p>"), OLD)
    factories.edited(page, body="<p>Autre</p>")
    restoring.restore(Version.objects.get(page_id=page.pk, number=1), Edit(author=contributor))
    assert body_of(page) == OLD


@pytest.mark.django_db
def test_readers_follow_the_addresses_of_typed_fields(client):
    place = factories.page(
        StructurePage,
        summary="Voir www.caf.fr.",
        hours_note="Sur https://rdv.example/a?b=1&c=2 seulement.",
        equipment="Un poste\nwww.borne.example",
    )
    shown = client.get(place.address).content.decode()
    for href in (
        "https://www.caf.fr",
        "https://rdv.example/a?b=1&amp;c=2",
        "https://www.borne.example",
    ):
        assert f'<a href="{href}">' in shown


# Addresses of the site itself

OWN = [
    *("http://testserver{}", "https://testserver{}", "HTTPS://TestServer{}"),
    *('<a href="{}">mots</a>', '<a href="https://testserver{}">mots</a>'),
    *("[[{}]]", "[[{}|mots]]"),
]


def stored(body: str, author=None) -> str:
    return factories.page(body=body, author=author).body


@pytest.mark.django_db
@pytest.mark.parametrize("written", OWN)
@pytest.mark.parametrize("slash", ["/", ""])
def test_an_address_of_the_site_is_a_link_to_its_page_however_it_is_written(written, slash):
    target = factories.page(title="Cible")
    address = f"{target.address.rstrip('/')}{slash}"
    body = stored(f"<p>Voir {written.format(address)}, puis la suite.</p>")
    assert f'<p>Voir <a linktype="page" id="{target.pk}">' in body
    assert body.endswith("</a>, puis la suite.</p>")
    assert "href" not in body
    assert "[[" not in body


@pytest.mark.django_db
def test_the_last_words_of_an_address_between_brackets_lead_to_the_only_page_that_has_them():
    one = factories.page(title="Cible", slug="mon-adresse")
    assert stored("<p>[[mon-adresse]]</p>") == (
        f'<p><a linktype="page" id="{one.pk}">mon-adresse</a></p>'
    )
    factories.page(StructurePage, slug="mon-adresse")
    wanted = '<p><a linktype="wanted" title="mon-adresse">mon-adresse</a></p>'
    assert stored("<p>[[mon-adresse]]</p>") == wanted


@pytest.mark.django_db
def test_a_link_by_address_is_among_the_backlinks_and_follows_the_page(
    contributor, django_capture_on_commit_callbacks
):
    target = factories.page(title="Cible")
    old = target.address
    source = factories.page(body=f"<p>http://testserver{old}</p>")
    assert PageLink.objects.filter(source=source.pk, target=target.pk).exists()
    with django_capture_on_commit_callbacks(execute=True):
        actions.rename(target, "Autre nom", False, Edit(author=contributor))
    assert f'id="{target.pk}"' in stored(f'<p><a href="{old}">avant</a></p>')


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        *("{}?page=2", "{}#partie", "{}modifier/", "{}historique/", "/recherche/", "/admin/pages/"),
        *("/", "/page-inconnue/", "https://autre.example{}", "//autre.example{}", "/fichiers/999/"),
        "mailto:a@testserver",
    ],
)
def test_screens_questions_and_other_sites_stay_what_they_are(address):
    target = factories.page(title="Cible")
    body = f'<p><a href="{address.format(target.address)}">mots</a></p>'
    assert stored(body) == body


@pytest.mark.django_db
def test_addresses_of_closed_pages_are_links_for_those_who_may_read_them(contributor):
    target = factories.page(title="Cible")
    factories.restricted_to_groups(target, "Bureau")
    body = f'<p><a href="{target.address}">mots</a></p>'
    assert stored(body, contributor) == body
    member = factories.person("Contributeurs", "Bureau")
    assert stored(body, member) == f'<p><a linktype="page" id="{target.pk}">mots</a></p>'


@pytest.mark.django_db
def test_the_address_of_a_file_is_a_link_to_it_for_those_who_may_read_it(contributor):
    document = get_document_model().objects.create(
        title="Notice", file="documents/notice.pdf", uploaded_by_user=contributor
    )
    for address in (f"/fichiers/{document.pk}/", f"/fichiers/{document.pk}/notice.pdf"):
        assert stored(f"<p>http://testserver{address}</p>", contributor) == (
            f'<p><a linktype="document" id="{document.pk}">http://testserver{address}</a></p>'
        )


@pytest.mark.django_db
def test_links_by_address_in_untouched_lines_keep_their_bytes(writer):
    target = factories.page(title="Cible")
    old = f'<p><a href="{target.address}">mots</a></p>\n<p>Trois</p>'
    page = without_links(factories.page(body="<p>Rien</p>"), old)
    form_filling.edit(writer, page, body=old.replace("Trois", "Quatre"))
    assert body_of(page) == old.replace("Trois", "Quatre")
