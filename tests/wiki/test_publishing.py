"""The one door for writing: one transaction, one version, whatever door one comes through."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, Revision
from wagtail.test.utils.form_data import nested_form_data, streamfield

from home.models import HomePage
from search.models import SearchEntry
from tests import factories
from tests.wiki import editing
from wiki import addresses, arranging, content
from wiki.models import ArticlePage, FileUse, Stamp, Version
from wiki.publishing import Edit, StalePage, create, newest_version, publish

pytestmark = pytest.mark.django_db


class Broken(Exception):
    """Raised by the part of the publication that a test breaks."""


@pytest.fixture
def article(contributor):
    return factories.page(title="Le wifi public", body="<p>Texte</p>", author=contributor)


def everything(page) -> dict:
    """All that a publication writes, to compare before and after."""
    return {
        "versions": list(Version.objects.filter(page_id=page.pk).values()),
        "revisions": Revision.objects.count(),
        "entries": list(SearchEntry.objects.filter(page_id=page.pk).values()),
        "files": FileUse.objects.count(),
        "stamp": Stamp.current(),
        "pages": Page.objects.count(),
        "row": ArticlePage.objects.filter(pk=page.pk).values().get(),
    }


def raises(*args, **kwargs):
    raise Broken


PARTS = {
    "the version": "wiki.publishing.record",
    "the list of files": "wiki.publishing.files_used",
    "the revision": "wagtail.models.ArticlePage.save_revision",
    "the publication": "wagtail.models.Revision.publish",
    "the search index": "search.embedded.EmbeddedEngine.index",
    "the stamp": "wiki.models.Stamp.raise_it",
}
PARTS["the revision"] = "wiki.models.ArticlePage.save_revision"


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS.keys())
def test_an_error_in_any_part_leaves_nothing(article, contributor, monkeypatch, part):
    before = everything(article)
    monkeypatch.setattr(part, raises)
    article.title, article.body = "Autre titre", "<p>Autre texte</p>"
    with pytest.raises(Broken):
        publish(article, Edit(author=contributor, base=1))
    assert everything(article) == before


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS.keys())
def test_an_error_in_any_part_leaves_no_new_page(article, contributor, monkeypatch, part):
    before = everything(article)
    monkeypatch.setattr(part, raises)
    parent = Page.objects.get(slug="collectif")
    with pytest.raises(Broken):
        create(ArticlePage(title="Page perdue"), parent, Edit(author=contributor))
    assert everything(article) == before
    assert not Page.objects.filter(title="Page perdue").exists()


def test_one_publication_writes_one_version_one_entry_and_raises_the_stamp(article, contributor):
    stamp = Stamp.current()
    factories.edited(article, author=contributor, title="Le wifi de la bibliothèque")
    versions = Version.objects.filter(page_id=article.pk)
    assert [version.number for version in versions.order_by("number")] == [1, 2]
    assert SearchEntry.objects.get(page_id=article.pk).page.title == "Le wifi de la bibliothèque"
    assert Stamp.current() > stamp


def test_a_stale_base_is_refused_with_nothing_written(article, contributor, other_contributor):
    factories.edited(article, author=other_contributor, body="<p>Plus récent</p>")
    before = everything(article)
    late = ArticlePage.objects.get(pk=article.pk)
    late.body = "<p>En retard</p>"
    with pytest.raises(StalePage) as refused:
        publish(late, Edit(author=contributor, base=1))
    assert refused.value.current.number == 2
    assert everything(article) == before


def test_a_base_that_never_was_is_stale_too(article, contributor):
    with pytest.raises(StalePage):
        publish(article, Edit(author=contributor, base=99))


def test_a_retried_publication_is_recognised_by_its_key(article, contributor):
    edit = Edit(author=contributor, base=1, key=uuid4())
    article.body = "<p>Une fois</p>"
    first = publish(article, edit)
    before = everything(article)
    again = publish(ArticlePage.objects.get(pk=article.pk), edit)
    assert again == first
    assert everything(article) == before


def test_a_retried_publication_is_recognised_after_somebody_else_published(article, contributor):
    edit = Edit(author=contributor, base=1, key=uuid4())
    first = publish(article, edit)
    factories.edited(article, body="<p>Entre-temps</p>")
    assert publish(ArticlePage.objects.get(pk=article.pk), edit) == first
    assert ArticlePage.objects.get(pk=article.pk).body == "<p>Entre-temps</p>"


def test_a_retried_creation_makes_one_page(contributor):
    parent, edit = Page.objects.get(slug="collectif"), Edit(author=contributor, key=uuid4())
    first = create(ArticlePage(title="Une seule fois"), parent, edit)
    again = create(ArticlePage(title="Une seule fois"), parent, edit)
    assert again == first
    assert Page.objects.filter(title="Une seule fois").count() == 1


def test_two_different_keys_make_two_versions(article, contributor):
    publish(article, Edit(author=contributor, base=1, key=uuid4()))
    publish(ArticlePage.objects.get(pk=article.pk), Edit(author=contributor, base=2, key=uuid4()))
    assert Version.objects.filter(page_id=article.pk).count() == 3


def test_a_version_holds_its_own_copy_and_is_never_rewritten(article, contributor):
    first = Version.objects.filter(page_id=article.pk).values().get()
    for text in ("Deux", "Trois"):
        factories.edited(article, author=contributor, body=f"<p>{text}</p>")
    Revision.objects.filter(object_id=str(article.pk)).delete()
    contributor.display_name = "Autre nom"
    contributor.save()
    assert Version.objects.filter(pk=first["id"]).values().get() == first
    assert first["content"]["body"] == "<p>Texte</p>"


def test_an_overwritten_revision_leaves_our_version_alone(article, contributor):
    version = newest_version(article)
    article.body = "<p>Réécrit</p>"
    article.save_revision(user=contributor, overwrite_revision=article.latest_revision)
    version.refresh_from_db()
    assert version.content["body"] == "<p>Texte</p>"


def test_the_version_tells_who_what_when_and_how(contributor):
    contributor.display_name = "Médiatrice du Véron"
    contributor.save()
    page = factories.page(author=contributor, title="Signée", body="<p>abc</p>")
    factories.edited(page, author=contributor, summary_of_edit="Faute corrigée", body="<p>abcd</p>")
    first, second = Version.objects.filter(page_id=page.pk).order_by("number")
    assert (first.origin, second.origin) == (Version.Origin.CREATION, Version.Origin.EDIT)
    assert second.author_name == "Médiatrice du Véron"
    assert second.summary == "Faute corrigée"
    assert second.size == first.size + 1
    assert timezone.now() - second.created_at < timedelta(minutes=1)


def test_an_imported_version_keeps_its_own_date(article):
    long_ago = timezone.now() - timedelta(days=900)
    publish(article, Edit(author_name="Ancien wiki", created_at=long_ago))
    assert newest_version(article).created_at == long_ago
    assert Page.objects.get(pk=article.pk).last_published_at == long_ago


SANITISED = [
    ("<p>a</p><script>alert(1)</script>", "<p>a</p>"),
    ('<p onclick="alert(1)">a</p>', "<p>a</p>"),
    ('<a href="javascript:alert(1)">a</a>', "<a>a</a>"),
    ('<a href="JaVaScRiPt:alert(1)">a</a>', "<a>a</a>"),
    ('<a href="data:text/html,x">a</a>', "<a>a</a>"),
    ('<p style="color:red">a</p>', "<p>a</p>"),
    ("<style>p{}</style><p>a</p>", "<p>a</p>"),
    ("<blink>a</blink>", "a"),
    ('<iframe src="https://x.example"></iframe><p>a</p>', "<p>a</p>"),
    ('<img src=x onerror="alert(1)"><p>a</p>', "<p>a</p>"),
    ("<form><input name=q></form><p>a</p>", "<p>a</p>"),
    ('<div class="roof">a</div>', "<div>a</div>"),
    ('<div class="note warn">a</div>', '<div class="note warn">a</div>'),
    ('<a linktype="admin" id="1">a</a>', '<a id="1">a</a>'),
    ('<embed embedtype="media" url="https://x.example">', '<embed url="https://x.example">'),
    ("<!-- caché --><p>a</p>", "<p>a</p>"),
    ("<p>a\x00b</p>", "<p>ab</p>"),
    ("<p>a\x0bb\x01c</p>", "<p>abc</p>"),
    ("<p>{{ 7*7 }}{% debug %}</p>", "<p>{{ 7*7 }}{% debug %}</p>"),
    (
        "<h2>Titre</h2>\n<p><strong>é œ ’</strong></p>",
        "<h2>Titre</h2>\n<p><strong>é œ ’</strong></p>",
    ),
]


@pytest.mark.parametrize(("written", "kept"), SANITISED)
def test_only_allowed_elements_are_saved(contributor, written, kept):
    page = factories.page(author=contributor, body=written)
    assert page.body == kept
    assert newest_version(page).content["body"] == kept
    assert factories.edited(page, author=contributor, body=written).body == kept


@pytest.mark.parametrize("word", sorted(addresses.RESERVED))
def test_no_page_takes_a_reserved_address(word):
    page = factories.page(title=word)
    assert page.slug == f"{word}-2"


@pytest.mark.parametrize("word", sorted(addresses.RESERVED))
def test_the_admin_cannot_give_a_reserved_address_either(article, word):
    article.slug = word
    with pytest.raises(ValidationError):
        article.full_clean()


def test_pages_of_the_same_title_get_addresses_of_their_own():
    slugs = [factories.page(title="L’été à Chinon !").slug for _ in range(3)]
    assert slugs == ["lete-a-chinon", "lete-a-chinon-2", "lete-a-chinon-3"]


@pytest.mark.parametrize(
    ("title", "slug"),
    [("!!!", "page"), ("日本語", "page"), ("x" * 250, "x" * 80), ("--- a ---", "a"), ("C++", "c")],
)
def test_any_title_makes_an_address(title, slug):
    assert factories.page(title=title).slug == slug


def test_publishing_keeps_the_address_whatever_the_page_in_memory_says(article, contributor):
    article.slug = "ailleurs"
    publish(article, Edit(author=contributor, base=1))
    assert Page.objects.get(pk=article.pk).slug == "le-wifi-public"


def test_bad_content_is_refused_with_nothing_written(article, contributor):
    before = everything(article)
    article.title = ""
    with pytest.raises(ValidationError):
        publish(article, Edit(author=contributor, base=1))
    assert everything(article) == before


# Every door: whatever publishes, version = content, the search knows, the stamp is raised.


def by_the_front_office(page, text, client):
    editing.edit(client, page, body=text)


def by_a_revision(page, text, client):
    page.body = text
    page.save_revision().publish()


def by_the_command(page, text, client):
    page.body = text
    page.go_live_at = timezone.now() - timedelta(minutes=1)
    revision = page.save_revision()
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=page.go_live_at)
    call_command("publish_scheduled")


def by_the_bulk_action(page, text, client):
    page.body = text
    page.save_revision()
    Page.objects.filter(pk=page.pk).update(live=False)
    bulk(client, "publish", page)


def bulk(client, action, page):
    address = f"/admin/bulk/wagtailcore/page/{action}/?id={page.pk}&next=/admin/"
    assert client.post(address, {"include_descendants": ""}).status_code == 302


DOORS = [by_the_front_office, by_a_revision, by_the_command, by_the_bulk_action]


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_every_door_writes_version_index_and_stamp(article, facilitator, logged_in, door):
    stamp = Stamp.current()
    door(article, "<p>Nouveau mot : tuffeautage</p>", logged_in(facilitator))
    page = ArticlePage.objects.get(pk=article.pk)
    newest = newest_version(page)
    assert page.live
    assert page.body == "<p>Nouveau mot : tuffeautage</p>"
    assert newest.number == 2
    assert newest.content == content.content_of(page)
    assert "tuffeautage" in SearchEntry.objects.get(page_id=page.pk).text
    assert Stamp.current() > stamp


@pytest.mark.parametrize("door", DOORS[1:], ids=lambda door: door.__name__)
def test_no_door_lets_a_script_out(article, facilitator, logged_in, client, door):
    door(article, "<p>a</p><script>alert(1)</script>", logged_in(facilitator))
    assert "alert(1)" not in client.get(article.address).content.decode()


def unpublished_in_the_admin(page, client):
    assert client.post(f"/admin/pages/{page.pk}/unpublish/").status_code == 302


def unpublished_in_bulk(page, client):
    bulk(client, "unpublish", page)


def deleted_in_the_front_office(page, client):
    client.post(f"{page.address}supprimer/", {"reason": "Doublon"})


def unpublished_by_the_command(page, client):
    ArticlePage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")


WAYS_OUT = [
    unpublished_in_the_admin,
    unpublished_in_bulk,
    unpublished_by_the_command,
    deleted_in_the_front_office,
]


@pytest.mark.parametrize("way", WAYS_OUT, ids=lambda way: way.__name__)
def test_every_way_out_leaves_the_search_and_raises_the_stamp(
    article, facilitator, logged_in, client, way
):
    stamp = Stamp.current()
    way(article, logged_in(facilitator))
    assert not SearchEntry.objects.filter(page_id=article.pk).exists()
    assert Stamp.current() > stamp
    assert client.get(article.address).status_code == 404
    assert Version.objects.filter(page_id=article.pk).count() == 1


def test_publishing_twice_the_same_text_in_the_admin_writes_no_second_version(article):
    article.save_revision().publish()
    assert Version.objects.filter(page_id=article.pk).count() == 1


def test_moving_in_the_admin_raises_the_stamp(article, facilitator, logged_in):
    stamp, target = Stamp.current(), Page.objects.get(slug="pratiques")
    answer = logged_in(facilitator).post(f"/admin/pages/{article.pk}/move/{target.pk}/confirm/")
    assert answer.status_code == 302
    assert Page.objects.get(pk=article.pk).url == "/pratiques/le-wifi-public/"
    assert Stamp.current() > stamp


def test_restricting_and_opening_raise_the_stamp(article):
    stamps = [Stamp.current()]
    restriction = factories.restricted_to_groups(article, "Bureau")
    stamps.append(Stamp.current())
    restriction.groups.clear()
    stamps.append(Stamp.current())
    restriction.delete()
    stamps.append(Stamp.current())
    assert stamps == sorted(set(stamps))


def test_renaming_raises_the_stamp_before_and_after_commit(
    article, contributor, django_capture_on_commit_callbacks
):
    stamp = Stamp.current()
    with django_capture_on_commit_callbacks(execute=True):
        arranging.rename(article, "Autre nom", False, Edit(author=contributor))
    assert Stamp.current() > stamp


# The admin leads to the front office, and its POSTs are one transaction.


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("action", ["edit", "copy"])
def test_the_admin_leads_to_the_one_editor(article, facilitator, logged_in, method, action):
    address = f"/admin/pages/{article.pk}/{action}/"
    answer = getattr(logged_in(facilitator), method)(address, {"title": "Par la fenêtre"})
    assert answer.status_code == 302
    assert answer.url.endswith(f"{article.address}modifier/")
    assert Page.objects.get(pk=article.pk).title == "Le wifi public"


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_admin_adds_no_page_of_the_wiki_itself(facilitator, logged_in, method):
    parent = Page.objects.get(slug="collectif")
    address = f"/admin/pages/add/wiki/articlepage/{parent.pk}/"
    answer = getattr(logged_in(facilitator), method)(address, {"title": "Par la fenêtre"})
    assert (answer.status_code, answer.url) == (302, f"/nouveau/article/?sous={parent.pk}")
    assert not Page.objects.filter(title="Par la fenêtre").exists()


def test_an_old_revision_is_not_reverted_in_the_admin(article, contributor, facilitator, logged_in):
    old = article.latest_revision
    factories.edited(article, author=contributor, body="<p>Neuf</p>")
    client = logged_in(facilitator)
    answer = client.get(f"/admin/pages/{article.pk}/revisions/{old.pk}/revert/")
    assert answer.status_code == 302
    assert answer.url.endswith("/modifier/")


def test_a_post_of_the_admin_is_one_transaction(article, facilitator, logged_in, monkeypatch):
    before = everything(article)
    monkeypatch.setattr("search.embedded.EmbeddedEngine.remove", raises)
    client = logged_in(facilitator)
    client.raise_request_exception = False
    assert client.post(f"/admin/pages/{article.pk}/unpublish/").status_code == 500
    assert everything(article) == before
    assert Page.objects.get(pk=article.pk).live


def test_the_home_page_is_written_in_the_admin_and_has_its_versions(facilitator, logged_in, client):
    home = HomePage.objects.get()
    doors = [{"type": "door", "value": block["value"]} for block in home.doors.raw_data]
    data = nested_form_data(
        {
            "title": home.title,
            "slug": home.slug,
            "heading": "Une autre phrase.",
            "examples": home.examples,
            "doors": streamfield([(door["type"], door["value"]) for door in doors]),
            "action-publish": "1",
        }
    )
    before, stamp = newest_version(home).number, Stamp.current()
    answer = logged_in(facilitator).post(f"/admin/pages/{home.pk}/edit/", data)
    assert answer.status_code == 302
    newest = newest_version(home)
    assert (newest.number, newest.author) == (before + 1, facilitator)
    assert newest.content["heading"] == "Une autre phrase."
    assert Stamp.current() > stamp
    assert "Une autre phrase." in client.get("/").content.decode()
