"""The preview: the page as it would be read, and nothing written."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from wagtail.models import Page, Revision

from practices.models import GuidelinePage, Source
from tests import factories
from tests.wiki import form_filling, secrets
from tests.wiki.editing.test_editing_screens import KINDS
from tests.wiki.form_filling import COMMON
from tests.wiki.screens import main_text, said
from wiki.models import ArticlePage, Draft, Topic, Version
from wiki.pages import kinds
from wiki.text import addresses

pytestmark = pytest.mark.django_db


def counts() -> list[int]:
    return [m.objects.count() for m in (Page, Version, Revision, Topic, Draft, Source)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_page_of_each_kind_is_shown_as_it_would_be(writer, kind):
    _model, typed, shown = KINDS[kind]
    form, before = {**form_filling.blank(writer, kind), **COMMON, **typed}, counts()
    answer = writer.post(f"/nouveau/{kind}/apercu/", form)
    assert answer.status_code == 200
    read = main_text(answer)
    for words in [COMMON["title"], "Le texte de la page.", "Tuffeau blanc", *shown]:
        assert words in read, words
    assert said("Preview: nothing is published") in read
    assert counts() == before


@pytest.mark.whole
def test_every_page_of_the_demonstration_can_be_previewed(facilitator, logged_in):
    client = logged_in(facilitator)
    for page in Page.objects.filter(live=True, depth__gt=2):
        form = form_filling.opened(client, page.specific)
        answer = client.post(f"{page.url}apercu/", {**form, "title": "Titre essayé"})
        assert answer.status_code == 200, page.url
        assert "Titre essayé" in main_text(answer), page.url


def test_what_is_typed_is_shown_and_not_written(writer, guideline):
    form, before = form_filling.opened(writer, guideline), counts()
    changes = {"title": "Autre titre", "body": "<p>Autre texte</p>", "topics": "Thème neuf"}
    answer = writer.post(f"{guideline.address}apercu/", {**form, **changes})
    for words in ("Autre titre", "Autre texte", "Thème neuf"):
        assert words in main_text(answer)
    assert counts() == before
    assert GuidelinePage.objects.get(pk=guideline.pk).title == guideline.title


def test_a_preview_writes_nothing_in_the_database(writer, guideline):
    form = form_filling.opened(writer, guideline)
    writer.post(f"{guideline.address}apercu/", form)
    connection.force_debug_cursor = True
    connection.queries_log.clear()
    writer.post(f"{guideline.address}apercu/", {**form, "topics": "Neuf", "title": "Autre"})
    connection.force_debug_cursor = False
    said_to_it = [query["sql"].split()[0] for query in connection.queries_log]
    assert not {"INSERT", "UPDATE", "DELETE"} & set(said_to_it)


def test_rows_are_shown_in_their_order_without_the_removed_ones(writer):
    rows = [Source(title="Première", sort_order=0), Source(title="Deuxième", sort_order=1)]
    page = factories.page(GuidelinePage, sources=rows)
    form = form_filling.opened(writer, page)
    form.update({"sources-2-title": "Troisième", "sources-2-ORDER": "0", "sources-0-DELETE": "on"})
    read = main_text(writer.post(f"{page.address}apercu/", form))
    assert "Première" not in read
    assert read.index("Troisième") < read.index("Deuxième")


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("fiche", {"duration": "longtemps"}),
        ("reunion", {"date": "le 3 mai"}),
        ("lieu", {"horaires": "quand je veux", "labels-0-year": "jadis"}),
        ("situation", {"sources-0-title": "CNIL", "sources-0-url": "pas une adresse"}),
        ("article", {"title": "", "topics": "???"}),
    ],
)
def test_what_is_wrong_is_told_and_the_rest_is_shown(writer, kind, wrong):
    form = {**form_filling.blank(writer, kind), **COMMON, **KINDS[kind][1], **wrong}
    answer = writer.post(f"/nouveau/{kind}/apercu/", form)
    assert answer.status_code == 200
    assert "Le texte de la page." in main_text(answer)
    assert said("Before you publish, look at this again:") in main_text(answer)


@pytest.mark.parametrize("kind", list(kinds.all_kinds()))
def test_an_empty_form_can_be_previewed(writer, kind):
    assert writer.post(f"/nouveau/{kind}/apercu/", {}).status_code == 200


def test_a_script_is_not_shown(writer, guideline):
    form = form_filling.opened(writer, guideline)
    form["body"] = (
        "<p onclick=alert(1)>Bon</p><script>alert(2)</script><img src=x onerror=alert(3)>"
    )
    form["title"] = "<script>alert(4)</script>"
    text = writer.post(f"{guideline.address}apercu/", form).content.decode()
    for trap in ("<script>alert", "onclick", "onerror"):
        assert trap not in text


def test_files_and_links_follow_the_rights_of_who_looks(contributor, logged_in, guideline):
    secret = secrets.guideline("apercu", Page.objects.get(slug="situations"), set())
    factories.restricted_to_groups(secret.page, "Bureau")
    client = logged_in(contributor)
    form = form_filling.opened(client, guideline)
    form["body"] = (
        f'<p>Début</p><embed embedtype="image" id="{secret.image.pk}" alt="">'
        f'<p><a linktype="document" id="{secret.document.pk}">doc</a></p>'
        f'<p><a linktype="page" id="{secret.page.pk}">page</a></p>'
    )
    text = client.post(f"{guideline.address}apercu/", form).content.decode()
    assert "Début" in text
    assert f"/fichiers/{secret.document.pk}/" not in text
    assert "zx" not in text
    assert secret.page.address not in text


def test_a_preview_is_not_kept_nor_indexed(writer, guideline):
    answer = writer.post(f"{guideline.address}apercu/", form_filling.opened(writer, guideline))
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"
    assert 'content="noindex"' in answer.content.decode()


def test_asking_for_a_preview_without_form_leads_to_the_editor(writer, guideline):
    assert writer.get(f"{guideline.address}apercu/").url == f"{guideline.address}modifier/"
    assert writer.get("/nouveau/fiche/apercu/").url == "/nouveau/fiche/"
    assert writer.get("/nouveau/inconnu/apercu/").status_code == 404


def test_only_those_who_may_edit_preview(client, logged_in, contributor, guideline):
    assert client.post(f"{guideline.address}apercu/", {}).status_code == 302
    reader = logged_in(factories.person())
    assert reader.post(f"{guideline.address}apercu/", {}).status_code == 403
    assert reader.post("/nouveau/fiche/apercu/", {}).status_code == 403
    factories.restricted_to_groups(guideline, "Bureau")
    assert logged_in(contributor).post(f"{guideline.address}apercu/", {}).status_code == 403


# Titles whose address the site keeps for itself, or that give none, or that another page has.
ODD_TITLES = [
    *sorted(addresses.RESERVED),
    *("Images", "Voir comme", "Sitemap.xml", "robots.txt", "Médias", "!!!", "’’’", "", "_", "中文"),
    *("x" * 255, "é" * 300, "Situations", "Lieux", "home", "0"),
]


@pytest.mark.whole
@pytest.mark.parametrize("kind", ["article", "reunion"])
def test_no_title_breaks_the_preview_or_the_publication_of_a_new_page(writer, kind):
    """Each is shown, and published at another address when its own is taken."""
    blank, faults = form_filling.blank(writer, kind), []
    form = {**blank, **COMMON, **KINDS[kind][1]}
    for title in ODD_TITLES:
        shown = writer.post(f"/nouveau/{kind}/apercu/", {**form, "title": title})
        if shown.status_code != 200:
            faults.append((title[:20], "preview", shown.status_code))
        if kind == "reunion" or (title in addresses.SCREENS and title not in addresses.ACTIONS):
            continue  # publishing takes longer, and one kind says enough
        sent = {**form, "title": title, "key": str(uuid4())}
        made = writer.post(f"/nouveau/{kind}/", sent)
        if made.status_code not in {302, 422}:
            faults.append((title[:20], "publication", made.status_code))
        elif made.status_code == 302 and addresses.RESERVED & set(made.url.split("/")):
            faults.append((title[:20], "address", made.url))
    assert faults == []


def test_a_fault_of_a_field_that_the_form_has_not_is_said_above_it(writer, monkeypatch):
    def refused(page):
        raise ValidationError({"slug": "Adresse refusée."})

    monkeypatch.setattr(ArticlePage, "clean", refused)
    form = {**form_filling.blank(writer, "article"), **COMMON}
    for address in ("/nouveau/article/", "/nouveau/article/apercu/"):
        answer = writer.post(address, form)
        assert answer.status_code in {200, 422}
        assert "Adresse refusée." in main_text(answer)


def test_a_topic_of_closed_pages_only_looks_like_none(writer):
    factories.restricted_to_groups(factories.page(topics=["Zinzolin fermé"]), "Bureau")
    factories.page(topics=["Garance ouverte"])
    form = {**form_filling.blank(writer, "article"), "title": "Essai", "body": "<p>x</p>"}
    sent = {**form, "topics": "ZINZOLIN FERMÉ, GARANCE OUVERTE, NULLE PART"}
    shown = writer.post("/nouveau/article/apercu/", sent).content.decode()
    assert "ZINZOLIN FERMÉ" in shown
    assert "NULLE PART" in shown
    assert "/themes/zinzolin-ferme/" not in shown
    assert "/themes/garance-ouverte/" in shown
