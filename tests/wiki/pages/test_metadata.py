"""What search engines, messages and browsers' tabs show of a page: its one address, its title, a
sentence, a picture, the icon of the site. Nothing of what not everybody may read."""

import re
from io import BytesIO

import pytest
from lxml import html
from PIL import Image

from practices.models import GuidelinePage, PracticeIndexPage
from tests import factories
from tests.wiki.pictures import halves, saved
from wiki.media import photos

pytestmark = pytest.mark.django_db
SITE = "http://testserver"
SHARED = {"title", "description", "image", "locale", "type", "url", "site_name"}
OPEN = ["/", "/lieux/", "/pratiques/fiches/", "/themes/", "/themes/mots-de-passe/", "/changements/"]
OPEN += ["/contributeurs/", "/plan-du-site/", "/pratiques/situations/usager-donne-mot-de-passe/"]
# The screen that stands there is no page, or another address says the same.
APART = [
    "/changements/?sorte=fiche",
    "/recherche/?q=wifi",
    "/pratiques/situations/usager-donne-mot-de-passe/versions/1/",
    "/pratiques/situations/usager-donne-mot-de-passe/historique/",
    "/pratiques/situations/usager-donne-mot-de-passe/difference/",
    "/connexion/",
    "/nulle-part/",
]


def shared(answer) -> dict[str, str]:
    root = html.fromstring(answer.content)
    told = root.xpath("//meta[starts-with(@property, 'og:')]")
    return {one.get("property")[3:]: one.get("content") for one in told}


def canonical(answer) -> list[str]:
    return html.fromstring(answer.content).xpath("//head/link[@rel='canonical']/@href")


@pytest.mark.parametrize("address", OPEN)
def test_an_open_page_says_what_others_show_of_it(client, address):
    answer = client.get(f"{address}?zx=1", headers={"host": "mal.example"})
    told = shared(answer)
    assert told.keys() >= SHARED
    assert all(told.values())
    assert canonical(answer) == [told["url"]] == [f"{SITE}{address}"]
    assert told["locale"] == "fr_FR"
    assert "mal.example" not in "".join(told.values())
    assert told["image"].startswith((f"{SITE}/static/img/sharing", f"{SITE}/media/images/"))


@pytest.mark.parametrize("address", APART)
def test_other_screens_have_no_address_of_their_own_to_share(client, address):
    answer = client.get(address)
    assert shared(answer) == {}
    assert canonical(answer) == []


def test_what_is_typed_stays_text(client):
    title = 'Un « titre » "à guillemets" <b>'
    page = factories.page(GuidelinePage, title=title, short_answer='Oui "non" <i>')
    told = shared(client.get(page.address))
    assert (told["title"], told["description"]) == (title, 'Oui "non" <i>')
    assert told["type"] == "article"
    assert shared(client.get("/pratiques/fiches/"))["type"] == "website"


def test_the_first_photo_of_a_page_is_shown(client, contributor):
    image = photos.keep(saved(halves()), "Un poste", contributor)
    body = f'<embed embedtype="image" id="{image.pk}" alt="Un poste" format="fullwidth">'
    page = factories.page(body=body, author=contributor)
    address = shared(client.get(page.address))["image"]
    assert address.startswith(f"{SITE}/media/images/")
    photo = client.get(address.removeprefix(SITE))
    assert photo["Content-Type"] == "image/webp"
    assert b"".join(photo.streaming_content)


@pytest.mark.parametrize("restrict", ["login", "groups"])
def test_a_closed_page_gives_nothing_to_share(client, logged_in, facilitator, restrict):
    page = factories.page(title="Zxreserve", summary="Zxresume", author=facilitator)
    if restrict == "login":
        factories.restricted_to_login(page)
    else:
        factories.restricted_to_groups(page, "Animateurs")
    asked = client.get(page.address, follow=True)
    assert shared(asked) == {}
    assert "Zxres" not in asked.content.decode()
    read = logged_in(facilitator).get(page.address)
    assert "Zxresume" in read.content.decode()
    assert (shared(read), canonical(read)) == ({}, [])


def test_a_section_above_a_closed_page_says_nothing_of_it(client):
    index = PracticeIndexPage.objects.first()
    factories.restricted_to_login(index)
    assert shared(client.get(index.url, follow=True)) == {}


def test_the_icon_stands_at_the_address_that_browsers_guess(client):
    answer = client.get("/favicon.ico")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/vnd.microsoft.icon"
    assert Image.open(BytesIO(answer.content)).format == "ICO"
    assert "max-age" in answer["Cache-Control"]
    assert client.head("/favicon.ico").status_code == 200
    assert client.post("/favicon.ico").status_code == 405


@pytest.mark.parametrize("address", ["/", "/lieux/", "/connexion/", "/nulle-part/"])
def test_every_screen_has_its_icons(client, address):
    links = html.fromstring(client.get(address).content).xpath("//head/link")
    icons = {link.get("href") for link in links if re.search("icon", link.get("rel"))}
    assert icons == {"/favicon.ico", "/static/img/logo.svg", "/static/img/apple-touch-icon.png"}
