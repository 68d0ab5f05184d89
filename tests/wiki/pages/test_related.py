"""What stands in and around a text: nothing twice, the contents of a long one, files with their
weight, photos in several widths, a mark on what not everybody reads."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import html
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from meetings.models import MeetingPage
from structures.models import StructurePage
from tests import factories
from tests.wiki.pictures import noisy, saved
from tests.wiki.screens import main_text
from wiki.markup.sections import FEW_PARTS, SHORT
from wiki.media import attachments, photos, renditions
from wiki.models import FileUse
from wiki.publishing.publishing import newest_version
from wiki.rendering import bodies
from wiki.text.titles import key_of

pytestmark = pytest.mark.django_db
ALIKE = "Atelier tablette du jeudi"


def beside(client, page) -> list[str]:
    """The titles named around a page, in their order."""
    root = html.fromstring(client.get(page.address).content)
    around = root.xpath("//aside[contains(@class, 'beside')]//a[starts-with(@href, '/')]")
    own = [link for link in around if not link.get("href").startswith(("/themes", "/contrib"))]
    return [" ".join(link.text_content().split()) for link in own]


# Named once


def test_what_leads_to_a_page_and_is_like_it_is_named_once(client):
    page = factories.page(title=ALIKE, topics=["Tablette"])
    link = f'<p><a linktype="page" id="{page.pk}">là</a></p>'
    near = factories.page(title=f"{ALIKE} suite", topics=["Tablette"], body=link)
    apart = factories.page(title="Rien à voir", body=link)
    named = beside(client, page)
    assert named.count(near.title) == 1
    assert named.count(apart.title) == 1


def test_a_neighbour_of_a_place_is_named_once(client):
    above = factories.page(StructurePage, title="Maison commune", commune="Zxville")
    place = factories.page(
        StructurePage, title="Maison du haut", commune="Zxville", structure_parente=above
    )
    link = f'<p><a linktype="page" id="{place.pk}">là</a></p>'
    factories.page(StructurePage, title="Maison du bas", commune="Zxville", body=link)
    factories.edited(above, body=link)
    named = beside(client, place)
    assert "Maison du bas" in named
    assert "Maison commune" in named
    assert len(named) == len({key_of(title) for title in named})


def test_a_meeting_does_not_name_the_next_one_again(client):
    first = factories.page(MeetingPage, title="Réunion une", date="2031-01-10", topics=["Zx"])
    link = f'<p><a linktype="page" id="{first.pk}">là</a></p>'
    second = factories.page(
        MeetingPage, title="Réunion deux", date="2031-02-10", topics=["Zx"], body=link
    )
    assert beside(client, first).count(second.title) == 1


def test_two_pages_of_one_title_are_named_once(client):
    page = factories.page()
    link = f'<p><a linktype="page" id="{page.pk}">là</a></p>'
    for title in ("Les mêmes mots", "les memes mots"):
        factories.page(title=title, body=link)
    assert len([t for t in beside(client, page) if key_of(t) == "les memes mots"]) == 1


def test_every_page_of_the_demonstration_names_each_other_once(client):
    for model in (StructurePage, MeetingPage):
        for page in model.objects.live()[:6]:
            named = beside(client, page)
            assert len(named) == len({key_of(title) for title in named}), page.title


# Contents


def long_text(parts: int, signs: int) -> str:
    words = "Une phrase de plus. " * (signs // parts // 20 + 1)
    return "".join(f"<h2>Partie {n} & fin</h2><p>{words}</p>" for n in range(1, parts + 1))


def contents(client, page) -> list[tuple[str, str]]:
    root = html.fromstring(client.get(page.address).content)
    links = root.xpath("//nav[@class='contents']//a")
    assert all(root.xpath(f"//*[@id='{link.get('href')[1:]}']") for link in links)
    return [(link.get("href"), link.text_content()) for link in links]


def test_a_long_text_has_its_contents(client):
    page = factories.page(body=long_text(FEW_PARTS, SHORT))
    found = contents(client, page)
    assert found[0] == ("#partie-1-fin", "Partie 1 & fin")
    assert len(found) == FEW_PARTS


@pytest.mark.parametrize(("parts", "signs"), [(FEW_PARTS - 1, 3 * SHORT), (FEW_PARTS, SHORT // 2)])
def test_a_short_text_has_none(client, parts, signs):
    assert contents(client, factories.page(body=long_text(parts, signs))) == []


def test_the_parts_that_a_kind_of_page_writes_itself_are_in_the_contents(client):
    body = "<h2>Décisions</h2><p>Un titre du texte.</p>" + long_text(3, SHORT)
    page = factories.page(MeetingPage, date="2031-03-01", agenda="Un point", body=body)
    found = contents(client, page)
    assert ("#rubrique-ordre-du-jour", "Ordre du jour") in found
    assert ("#decisions", "Décisions") in found


# Files


def document(author):
    held = SimpleUploadedFile("charte.pdf", b"%PDF-" + b"x" * 122_000)
    return attachments.keep(held, author)


def test_a_link_to_a_file_says_its_kind_and_its_weight(client, contributor):
    held = document(contributor)
    body = f'<p>Lire <a linktype="document" id="{held.pk}">la charte</a>.</p>'
    read = main_text(client.get(factories.page(body=body, author=contributor).address))
    assert "Lire la charte (PDF · 119 Ko)." in read.replace("\u00a0", " ")


@pytest.mark.parametrize("said", ["(PDF, 119 Ko)", "1,2 Mo"])
def test_what_the_writer_said_of_the_weight_is_not_said_again(client, contributor, said):
    held = document(contributor)
    body = f'<p><a linktype="document" id="{held.pk}">la charte {said}</a></p>'
    answer = client.get(factories.page(body=body, author=contributor).address)
    assert 'class="weight"' not in answer.content.decode()


def test_a_file_that_nobody_weighed_says_its_kind(client, contributor):
    held = document(contributor)
    get_document_model().objects.filter(pk=held.pk).update(file_size=None)
    body = f'<p><a linktype="document" id="{held.pk}">la charte</a></p>'
    read = main_text(client.get(factories.page(body=body, author=contributor).address))
    assert "la charte (PDF)" in read


def test_nothing_is_said_of_a_file_that_one_may_not_open(contributor, facilitator):
    held = document(facilitator)
    body = f'<p><a linktype="document" id="{held.pk}">la charte</a></p>'
    assert "Ko" not in bodies.render(body, AnonymousUser()).html
    assert "Ko" in bodies.render(body, facilitator).html


# Photos


def content_of(client, url: str) -> bytes:
    answer = client.get(url)
    assert answer["Content-Type"] == "image/webp"
    return b"".join(answer.streaming_content)


def shown_image(answer):
    (image,) = html.fromstring(answer.content).xpath("//div[@class='prose']//img")
    return image


def photo(contributor, width, height):
    image = photos.keep(saved(noisy(width, height)), "Un poste", contributor)
    body = f'<embed embedtype="image" id="{image.pk}" alt="Un poste" format="fullwidth">'
    return image, factories.page(body=body, author=contributor)


def test_a_photo_comes_in_several_widths(client, contributor):
    image, page = photo(contributor, 1600, 1200)
    shown = shown_image(client.get(page.address))
    offered = dict(re.findall(r"(\S+) (\d+)w", shown.get("srcset")))
    assert sorted(map(int, offered.values())) == [400, 700, 1000]
    assert shown.get("sizes")
    assert offered[shown.get("src")] == shown.get("width") == "1000"
    assert len({len(content_of(client, url)) for url in offered}) == 3
    assert image.renditions.count() == 3


def test_a_small_photo_is_not_drawn_larger(client, contributor):
    _image, page = photo(contributor, 300, 200)
    shown = shown_image(client.get(page.address))
    assert shown.get("srcset") is None
    assert shown.get("width") == "300"


def test_the_widths_of_photos_sent_before_are_made_once(client, contributor):
    image, page = photo(contributor, 1600, 1200)
    image.get_rendition(renditions.PICTURE_SPEC)
    assert image.renditions.count() == 1
    client.get(page.address)
    made = set(image.renditions.values_list("pk", flat=True))
    client.get(f"{page.address}?encore")
    assert set(image.renditions.values_list("pk", flat=True)) == made
    assert len(made) == 3


def test_every_width_of_a_closed_photo_is_closed(client, logged_in, contributor):
    image, page = photo(contributor, 1600, 1200)
    factories.restricted_to_login(page)
    shown = shown_image(logged_in(contributor).get(page.address))
    urls = re.findall(r"(\S+) \d+w", shown.get("srcset"))
    assert len(urls) == 3
    for url in urls:
        assert client.get(url).status_code == 404
        assert content_of(logged_in(contributor), url)
    assert FileUse.objects.filter(image_id=image.pk, version=newest_version(page)).exists()
    assert get_image_model().objects.filter(pk=image.pk).exists()


# Marks


@pytest.fixture
def closed_page(facilitator):
    page = factories.page(title="Zxreservee", topics=["Zxsujet"], author=facilitator)
    factories.page(title="Zxouverte", topics=["Zxsujet"], author=facilitator)
    factories.restricted_to_groups(page, "Animateurs")
    return page


MARKED = [
    "/themes/zxsujet/",
    "/plan-du-site/",
    "/changements/?theme=Zxsujet",
    "/collectif/",
    "/recherche/?q=zxsujet",
]


@pytest.mark.parametrize("address", MARKED)
def test_lists_mark_what_not_everybody_reads(client, logged_in, facilitator, closed_page, address):
    root = html.fromstring(logged_in(facilitator).get(address).content)
    marks = root.xpath("//main//small[@class='closed']")
    assert {mark.text_content().strip() for mark in marks} == {"réservée"}
    beside_mark = marks[0].getparent().text_content()
    assert "Zxreservee" in beside_mark
    assert not root.xpath("//a[.='Zxouverte']/following-sibling::small[@class='closed']")
    seen = client.get(address).content.decode()
    assert "Zxouverte" in seen
    assert "réservée" not in seen
    assert "Zxreservee" not in seen


def test_what_stands_beside_a_page_is_marked(logged_in, facilitator, closed_page):
    page = factories.page(title="Zxvoisine")
    factories.edited(closed_page, body=f'<p><a linktype="page" id="{page.pk}">là</a></p>')
    root = html.fromstring(logged_in(facilitator).get(page.address).content)
    (mark,) = root.xpath("//aside//small[@class='closed']")
    assert "Zxreservee" in mark.getparent().text_content()
