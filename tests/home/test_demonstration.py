"""The demonstration: complete, in order, linked, in French, and about nobody."""

import hashlib
import re
import unicodedata
from itertools import pairwise
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from wagtail.models import Page

from home import demonstration
from home.demo_files import FOLDER
from meetings.models import MeetingPage
from practices.models import GuidelinePage, PracticePage, TrainingMaterialPage
from search.models import SearchEntry
from structures.models import StructurePage
from wiki.markup import html
from wiki.models import SiteRevision, Version, WikiPage
from wiki.organizing import actions
from wiki.pages import content
from wiki.publishing.publishing import Edit, newest_version, publish
from wiki.trash import trash

pytestmark = pytest.mark.django_db
ENOUGH = [
    (StructurePage, 15),
    (GuidelinePage, 20),
    (PracticePage, 15),
    (TrainingMaterialPage, 6),
    (MeetingPage, 3),
]
# The study of 2020 names 19 people. Their names are not ours to publish, not even here:
# each is the beginning of the SHA-256 of « passerelles: » and the name, without accents.
SURNAMES = {
    *("101b59670c9c6e59", "3c8fc867f6c15390", "480b689ea1d2d235", "8872edb31aaceab0"),
    *("a636c8fce0ce653c", "ae740e5ed35141e7", "be41cd33745848af", "c3c59cb7f514f54d"),
    *("d68e6302ff5703fc", "dc18f12c6901f82f", "ea73eec2d26efb8b", "f115791e33b3af99"),
}
FULL_NAMES = {
    *("0f2babcbb0f26652", "0ff5d20e77381cf9", "1ab583c64eafead4", "34aeae58ce30f639"),
    *("5194f7051fb1bafc", "5ad362fd100b4775", "5dfd86146e6609ec", "69f635f581359f21"),
    *("82f51170550df91f", "885ffe5260fb4010", "97819b26beddbeb4", "97e96a1de2e63193"),
    *("9e14e6f0cfbe325d", "bad4e085d8e06de0", "bd48fea033a497ca", "cfa2c6020e648a5f"),
    *("d53373199d7762a4", "f8c14f698197105b", "68916c8e7c45b180"),
}


def written() -> list[WikiPage]:
    return list(Page.objects.filter(live=True, depth__gt=2).specific())


@pytest.mark.parametrize(("model", "count"), ENOUGH)
def test_there_is_enough_of_each_kind(model, count):
    assert model.objects.filter(live=True).count() >= count


def test_a_fact_that_the_newest_version_leaves_out_is_gone():
    """« Gratuit » stood in the version before; nobody could say where it came from."""
    page = StructurePage.objects.get(slug="centre-social-du-veron")
    before = Version.objects.filter(page=page).order_by("-number")[1]
    assert before.content["frais_a_charge"] and not page.frais_a_charge


def test_two_reports_and_a_meeting_to_come():
    meetings = MeetingPage.objects.filter(live=True)
    assert sum(meeting.is_coming for meeting in meetings) == 1
    assert {meeting.date.year for meeting in meetings if not meeting.is_coming} == {2019, 2020}


def test_the_glossary_explains_thirty_words():
    glossary = Page.objects.get(slug="glossaire").specific
    words = re.findall(r"<h3>(.+?)</h3>", glossary.body)
    assert len(set(words)) >= 30
    folded = [plain(word) for word in words]
    assert folded == sorted(folded)


def test_loading_again_changes_nothing():
    before = (Version.objects.count(), Page.objects.count(), SiteRevision.current())
    assert demonstration.load(quiet=True) == 0
    call_command("load_demo", verbosity=0)
    assert (Version.objects.count(), Page.objects.count(), SiteRevision.current()) == before


def test_loading_again_leaves_what_people_changed(contributor):
    page = GuidelinePage.objects.get(slug="usager-donne-mot-de-passe")
    page.short_answer = "Notre réponse."
    page.save_revision().publish()
    demonstration.load(quiet=True)
    assert GuidelinePage.objects.get(pk=page.pk).short_answer == "Notre réponse."


def older(page: Page, count: int = 1) -> None:
    """The site as an older demonstration left it: the newest versions of a page are not there."""
    for version in Version.objects.filter(page=page).order_by("-number")[:count]:
        version.delete()
    page = page.specific
    content.fill(page, newest_version(page).content)
    page.save()


def test_a_page_that_nobody_touched_gets_the_versions_written_since():
    page = Page.objects.get(slug="usager-donne-mot-de-passe")
    numbers = list(Version.objects.filter(page=page).values_list("number", flat=True))
    title = newest_version(page).content["short_answer"]
    older(page, 2)
    assert demonstration.load(quiet=True) == 2
    assert list(Version.objects.filter(page=page).values_list("number", flat=True)) == numbers
    assert GuidelinePage.objects.get(pk=page.pk).short_answer == title
    assert demonstration.load(quiet=True) == 0


def test_a_page_loaded_when_ranks_made_the_keys_is_not_loaded_twice():
    page = Page.objects.get(slug="usager-donne-mot-de-passe")
    count = Version.objects.filter(page=page).count()
    for rank, version in enumerate(Version.objects.filter(page=page).order_by("number"), 1):
        sign = "" if rank == count else str(rank)
        version.key = uuid5(NAMESPACE_URL, f"passerelles-demonstration/{page.slug}/{sign}")
        version.save()
    assert demonstration.load(quiet=True) == 0


def test_a_page_that_somebody_wrote_or_deleted_gets_no_version_more(facilitator):
    pages = [Page.objects.get(slug=s) for s in ("usager-donne-mot-de-passe", "conseil-achat")]
    for page in pages:
        older(page)
    written = pages[0].specific
    written.short_answer = "Notre réponse."
    publish(written, Edit(author=facilitator))
    trash.put_in(pages[1].specific, facilitator, "Inutile ici")
    assert demonstration.load(quiet=True) == 0
    assert GuidelinePage.objects.get(pk=written.pk).short_answer == "Notre réponse."


def test_a_page_that_people_made_at_the_same_place_is_left_alone(facilitator):
    page = Page.objects.get(slug="conseil-achat").specific
    Version.objects.filter(page=page).delete()
    publish(page, Edit(author=facilitator))
    assert demonstration.load(quiet=True) == 0
    assert Version.objects.get(page=page).author == facilitator


def test_a_page_that_people_deleted_does_not_come_back(facilitator):
    page = GuidelinePage.objects.get(slug="conseil-achat")
    trash.put_in(page, facilitator, "Inutile ici")
    demonstration.load(quiet=True)
    assert not GuidelinePage.objects.filter(slug="conseil-achat", live=True).exists()


def test_a_page_that_people_renamed_is_not_made_again(facilitator):
    page = GuidelinePage.objects.get(slug="conseil-achat")
    count = Page.objects.count()
    actions.rename(page, "Conseiller un achat", False, Edit(author=facilitator))
    demonstration.load(quiet=True)
    assert Page.objects.count() == count


@pytest.mark.whole
def test_every_link_leads_somewhere(client):
    """Within the site only: nothing is fetched from elsewhere."""
    broken, seen = [], set()
    for page in written():
        text = client.get(page.address).content.decode()
        for address in set(re.findall(r'href="(/[^"#?]*)', text)) - seen:
            seen.add(address)
            if address.startswith(("/static/", "/admin/")):
                continue
            answer = client.get(address)
            if answer.status_code not in {200, 302}:
                broken.append((page.address, address, answer.status_code))
            if answer.streaming:
                b"".join(answer.streaming_content)
    assert broken == []


def test_every_page_link_of_a_body_resolves():
    known = set(Page.objects.filter(live=True).values_list("pk", flat=True))
    lost = []
    for page in written():
        for link in html.fragment(page.body).iter("a"):
            if link.get("linktype") == "page" and int(link.get("id")) not in known:
                lost.append((page.slug, link.text))
            assert not link.get("href", "").startswith("page:"), page.slug
    assert lost == []


def test_pages_lead_to_one_another():
    linked = set()
    for page in written():
        links = html.fragment(page.body).iter("a")
        linked |= {int(a.get("id")) for a in links if a.get("linktype") == "page"}
    guidelines = set(GuidelinePage.objects.values_list("pk", flat=True))
    sheets = set(PracticePage.objects.values_list("pk", flat=True))
    assert len(linked & guidelines) >= len(guidelines) * 0.7
    assert len(linked & sheets) >= len(sheets) * 0.7


def test_several_pages_have_real_versions_by_several_people():
    authors = {}
    for version in Version.objects.filter(page__depth__gt=3).select_related("page"):
        authors.setdefault(version.page_id, set()).add(version.author_name)
    several = [page for page, names in authors.items() if len(names) > 1]
    assert len(several) >= 8
    assert len(set().union(*authors.values())) >= 5


def test_versions_follow_one_another_in_time():
    for page in written():
        versions = Version.objects.filter(page_id=page.pk).order_by("number")
        moments = [version.created_at for version in versions]
        assert moments == sorted(moments), page.slug
        contents = [version.content for version in versions]
        assert all(a != b for a, b in pairwise(contents)), page.slug
        assert all(version.author_name for version in versions), page.slug


def test_every_page_is_complete_and_in_the_search():
    for page in written():
        assert page.summary or page.lead, page.slug
        assert page.body or hasattr(page, "listed_model") or page.numchild or not page.creatable
        assert SearchEntry.objects.filter(page_id=page.pk).exists(), page.slug
        page.full_clean()


def test_every_situation_has_its_four_headings_an_answer_and_a_source():
    for page in GuidelinePage.objects.filter(live=True):
        headings = re.findall(r"<h2>(.+?)</h2>", page.body)
        for heading in ("Ce que je dis", "Ce que je peux faire", "Ce que je refuse"):
            assert heading in headings, (page.slug, heading)
        assert "Qui j’appelle" in headings, page.slug
        assert page.short_answer, page.slug
        assert len(page.other_wordings.splitlines()) >= 2, page.slug


def plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.replace("œ", "oe"))
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign)).lower()


def private_names(text: str) -> list[str]:
    words = re.findall(r"[a-z]+", plain(text))
    pairs = [f"{a} {b}" for a, b in pairwise(words)]
    return [w for w in words if hashed(w) in SURNAMES] + [
        pair
        for pair in pairs
        if hashed(pair) in FULL_NAMES or hashed(" ".join(reversed(pair.split()))) in FULL_NAMES
    ]


def hashed(text: str) -> str:
    return hashlib.sha256(f"passerelles:{text}".encode()).hexdigest()[:16]


def test_names_are_recognised_however_they_are_written(monkeypatch):
    """Otherwise the next tests would pass on anything. Jeanne Tuffeau is nobody."""
    monkeypatch.setattr("tests.home.test_demonstration.SURNAMES", {hashed("tuffeau")})
    monkeypatch.setattr("tests.home.test_demonstration.FULL_NAMES", {hashed("jeanne tuffeau")})
    for text in ("Jeanne TUFFEAU", "tuffeau, jeanne", "<b>Jeanne</b> Tufféau", "J. Tuffeau"):
        assert private_names(text), text
    assert private_names("Jeanne et un tuffier") == []


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.html")), ids=lambda path: path.name)
def test_no_file_of_the_demonstration_names_a_private_person(path: Path):
    assert private_names(path.read_text(encoding="utf-8")) == []


def test_no_page_nor_version_names_a_private_person():
    for version in Version.objects.all():
        text = f"{version.content} {version.summary} {version.author_name}"
        assert private_names(text) == [], version.title
    for person in get_user_model().objects.all():
        assert private_names(f"{person} {person.username} {person.get_full_name()}") == []


def test_no_page_gives_a_private_telephone_or_mail():
    """French mobile numbers, and addresses made of a first and a last name."""
    mobile = re.compile(r"(?<!\d)(?:\+33|0)\s?[67](?:[\s.]?\d{2}){4}(?!\d)")
    for page in written():
        text = f"{content.full_text(page)} {newest_version(page).content}"
        assert not mobile.search(text), page.slug


def test_doubts_are_flagged_rather_than_hidden():
    pages = StructurePage.objects.filter(live=True)
    flagged = [p for p in pages if "à vérifier" in content.full_text(p).lower()]
    assert len(flagged) >= 3


@pytest.mark.parametrize("address", ["/", "/lieux/", "/pratiques/", "/collectif/", "/aide/"])
def test_nothing_is_in_english_nor_undefined(client, address):
    text = client.get(address).content.decode()
    assert "UNDEFINED" not in text
    for word in (">Search<", ">Log in<", "Skip to content", ">Edit<", ">Home<"):
        assert word not in text


def test_demonstration_accounts_are_printed_only_where_they_exist(settings, capsys):
    call_command("demo_accounts")
    assert demonstration.PASSWORD in capsys.readouterr().out
    settings.DEMO_ACCOUNTS = False
    call_command("demo_accounts")
    assert demonstration.PASSWORD not in capsys.readouterr().out


def test_without_demonstration_accounts_nobody_has_a_known_password(settings):
    settings.DEMO_ACCOUNTS = False
    made = demonstration.make_person("essai", "Essai", "Contributeurs", demonstration.PASSWORD)
    assert not made.has_usable_password()


@pytest.mark.parametrize("username", [account[0] for account in demonstration.ACCOUNTS])
def test_demonstration_accounts_come_in(client, username):
    assert client.login(username=username, password=demonstration.PASSWORD)
    assert client.get("/profil/").status_code == 200
