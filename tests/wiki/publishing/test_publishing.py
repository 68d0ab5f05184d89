"""The one door for writing: one transaction, one version, whatever door one comes through."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import Page, Revision

from search.models import SearchEntry
from tests import factories
from tests.wiki.publication import Broken, everything, raises
from wiki.models import ArticlePage, SiteRevision, Version
from wiki.publishing.merging import Choice
from wiki.publishing.publishing import (
    Edit,
    EditConflict,
    InTrash,
    Publication,
    create,
    newest_version,
    publish,
)
from wiki.text import addresses
from wiki.trash import trash

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(contributor):
    return factories.page(title="Le wifi public", body="<p>Texte</p>", author=contributor)


PARTS = {
    "the version": "wiki.publishing.publishing.record",
    "the list of files": "wiki.media.shown_files.files_used",
    "the revision": "wagtail.models.ArticlePage.save_revision",
    "the publication": "wiki.publishing.publishing.PublicationInMemory.execute",
    "the search index": "search.engines.database_engine.DatabaseEngine.index",
    "the stamp": "wiki.models.SiteRevision.bump",
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
    stamp = SiteRevision.current()
    factories.edited(article, author=contributor, title="Le wifi de la bibliothèque")
    versions = Version.objects.filter(page_id=article.pk)
    assert [version.number for version in versions.order_by("number")] == [1, 2]
    assert SearchEntry.objects.get(page_id=article.pk).page.title == "Le wifi de la bibliothèque"
    assert SiteRevision.current() > stamp


def test_the_same_passage_changed_twice_is_refused_with_nothing_written(
    article, contributor, other_contributor
):
    factories.edited(article, author=other_contributor, body="<p>Texte plus récent</p>")
    before = everything(article)
    late = ArticlePage.objects.get(pk=article.pk)
    late.body = "<p>Texte en retard</p>"
    with pytest.raises(EditConflict) as refused:
        publish(late, Edit(author=contributor, base=1))
    assert refused.value.current.number == 2
    (conflict,) = refused.value.merged.conflicts
    assert (conflict.theirs, conflict.mine) == (
        "<p>Texte plus récent</p>",
        "<p>Texte en retard</p>",
    )
    assert everything(article) == before


def test_different_passages_are_merged(article, contributor, other_contributor):
    factories.edited(article, author=other_contributor, title="Le wifi pour tout le monde")
    late = ArticlePage.objects.get(pk=article.pk)
    late.title, late.body = "Le wifi public", "<p>Texte</p><p>Suite</p>"
    edit = Edit(author=contributor, base=1, key=uuid4())
    done = publish(late, edit)
    version = done.version
    assert (done.merged, version.origin) == (True, Version.Origin.MERGE)
    assert version.title == "Le wifi pour tout le monde"
    assert version.content["body"] == "<p>Texte</p><p>Suite</p>"
    assert ArticlePage.objects.get(pk=article.pk).body == "<p>Texte</p><p>Suite</p>"
    late.title, late.body = "Le wifi public", "<p>Texte</p><p>Suite</p>"
    assert publish(late, edit) == replace(done, repeated=True)


@pytest.mark.parametrize("origin", sorted(set(Version.Origin) - {Version.Origin.MERGE}))
def test_what_came_otherwise_is_not_merged(article, contributor, origin):
    edit = Edit(author=contributor, base=1, origin=origin)
    assert not publish(said(article, "<p>Une fois</p>"), edit).merged


@pytest.mark.parametrize(
    ("choice", "body"),
    [
        (Choice.MINE, "<p>Texte en retard</p>"),
        (Choice.THEIRS, "<p>Texte plus récent</p>"),
        (Choice.BOTH, "<p>Texte plus récent</p><p>Texte en retard</p>"),
    ],
)
def test_a_choice_settles_a_conflict(article, contributor, choice, body):
    factories.edited(article, body="<p>Texte plus récent</p>")
    late = ArticlePage.objects.get(pk=article.pk)
    late.body = "<p>Texte en retard</p>"
    publish(late, Edit(author=contributor, base=1, choices={0: choice}, chosen_on=2))
    assert newest_version(article).content["body"] == body


def test_a_choice_made_before_a_third_person_published_is_asked_again(article, contributor):
    factories.edited(article, body="<p>Texte plus récent</p>")
    factories.edited(article, body="<p>Texte encore plus récent</p>")
    late = ArticlePage.objects.get(pk=article.pk)
    late.body = "<p>Texte en retard</p>"
    with pytest.raises(EditConflict):
        publish(late, Edit(author=contributor, base=1, choices={0: Choice.MINE}, chosen_on=2))


def test_with_a_base_that_never_was_all_that_differs_conflicts(article, contributor):
    article.body = "<p>Texte</p><p>Suite</p>"
    with pytest.raises(EditConflict):
        publish(article, Edit(author=contributor, base=99))


def test_publishing_the_text_that_is_online_writes_nothing(article, contributor):
    before = everything(article)
    done = publish(article, Edit(author=contributor, base=1, key=uuid4()))
    assert done == Publication(newest_version(article), unchanged=True)
    assert not done.merged
    assert everything(article) == before


def test_a_retried_publication_is_recognised_by_its_key(article, contributor):
    edit = Edit(author=contributor, base=1, key=uuid4())
    first = publish(said(article, "<p>Une fois</p>"), edit)
    before = everything(article)
    assert publish(said(article, "<p>Une fois</p>"), edit) == replace(first, repeated=True)
    assert everything(article) == before


def test_a_retried_publication_is_recognised_after_somebody_else_published(article, contributor):
    edit = Edit(author=contributor, base=1, key=uuid4())
    first = publish(said(article, "<p>Une fois</p>"), edit)
    factories.edited(article, body="<p>Entre-temps</p>")
    assert publish(said(article, "<p>Une fois</p>"), edit) == replace(first, repeated=True)
    assert ArticlePage.objects.get(pk=article.pk).body == "<p>Entre-temps</p>"


def test_another_text_sent_with_a_used_key_is_published_too(article, contributor):
    """The browser's « back » shows a form that was published already."""
    key = uuid4()
    publish(said(article, "<p>Une fois</p>"), Edit(author=contributor, base=1, key=key))
    publish(said(article, "<p>Une fois de plus</p>"), Edit(author=contributor, base=1, key=key))
    assert newest_version(article).number == 3
    assert ArticlePage.objects.get(pk=article.pk).body == "<p>Une fois de plus</p>"


@pytest.mark.parametrize("step", [1, -1], ids=["the older account first", "the newer one first"])
def test_a_key_is_that_of_its_author_only(article, contributor, other_contributor, step):
    """Whoever sends it has not seen what somebody else published with it."""
    key, (one, other) = uuid4(), [contributor, other_contributor][::step]
    publish(said(article, "<p>Une fois</p>"), Edit(author=one, base=1, key=key))
    theirs = Edit(author=other, base=1, key=key)
    assert publish(said(article, "<p>Une fois</p>"), theirs).unchanged
    with pytest.raises(EditConflict):
        publish(said(article, "<p>Tout autre chose</p>"), theirs)


def test_a_key_is_recognised_where_there_are_many_people_and_pages():
    """Python keeps one object of each small number: two that are equal may hide an « is »."""
    author, key = factories.person("Contributeurs", pk=100_000), uuid4()
    page = factories.rows(ArticlePage, 256)[-1]
    publish(said(page, "<p>Texte</p>"), Edit(author=author))
    edit = Edit(author=author, base=1, key=key)
    first = publish(said(page, "<p>Une fois</p>"), edit)
    assert publish(said(page, "<p>Une fois</p>"), edit) == replace(first, repeated=True)
    assert publish(said(page, "<p>Une fois de plus</p>"), edit).version.number == 3


def test_the_form_of_a_merged_text_sent_again_takes_nothing_away(
    article, contributor, other_contributor
):
    """Its writer did not see what it was merged with."""
    factories.edited(article, author=other_contributor, title="Le wifi pour tout le monde")
    edit = Edit(author=contributor, base=1, key=uuid4())
    for text in ("<p>Texte</p><p>Suite</p>", "<p>Texte</p><p>Suite et fin</p>"):
        late = said(article, text)
        late.title = "Le wifi public"
        publish(late, edit)
    assert newest_version(article).title == "Le wifi pour tout le monde"
    assert "Suite et fin" in newest_version(article).content["body"]


def test_a_late_text_keeps_the_links_that_its_writer_had_before_them(article, contributor):
    """To pages that they may not read too: they did not write them."""
    closed = factories.page(title="Fermée")
    factories.restricted_to_groups(closed, "Bureau")
    link = f'<p>Voir <a linktype="page" id="{closed.pk}">là</a></p>'
    factories.edited(article, body=f"{link}\n<p>Texte</p>")
    factories.edited(article, body="<p>Texte</p>")
    late = said(article, f"{link}\n<p>Texte</p>\n<p>Suite</p>")
    publish(late, Edit(author=contributor, base=2))
    assert newest_version(article).content["body"] == "<p>Texte</p>\n<p>Suite</p>"


def test_another_text_sent_with_the_key_of_a_new_page_goes_to_that_page(contributor):
    parent, key = Page.objects.get(slug="collectif"), uuid4()
    create(ArticlePage(title="Brève"), parent, Edit(author=contributor, key=key, base=0))
    longer = ArticlePage(title="Brève", body="<p>Et la suite</p>")
    done = create(longer, parent, Edit(author=contributor, key=key, base=0))
    assert done.version.number == 2
    assert ArticlePage.objects.get(title="Brève").body == "<p>Et la suite</p>"


def said(article, body: str):
    page = ArticlePage.objects.get(pk=article.pk)
    page.body = body
    return page


def test_a_retried_creation_makes_one_page(contributor):
    parent, edit = Page.objects.get(slug="collectif"), Edit(author=contributor, key=uuid4())
    first = create(ArticlePage(title="Une seule fois"), parent, edit)
    again = create(ArticlePage(title="Une seule fois"), parent, edit)
    assert again == replace(first, repeated=True)
    assert Page.objects.filter(title="Une seule fois").count() == 1


def test_two_different_keys_make_two_versions(article, contributor):
    publish(said(article, "<p>Un</p>"), Edit(author=contributor, base=1, key=uuid4()))
    publish(said(article, "<p>Deux</p>"), Edit(author=contributor, base=2, key=uuid4()))
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
    ('<embed embedtype="audio" url="https://x.example">', '<embed url="https://x.example">'),
    ('<ol type="A" start="3"><li>a</li></ol>', '<ol type="A" start="3"><li>a</li></ol>'),
    ('<ol type="disc"><li>a</li></ol>', "<ol><li>a</li></ol>"),
    ("<p>a&shy;b</p>", "<p>ab</p>"),
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


def test_no_page_takes_a_reserved_address(article):
    assert factories.page(title="modifier").slug == "modifier-2"
    given = {addresses.free_slug(word, article) for word in addresses.RESERVED}
    assert given == {f"{word}-2" for word in addresses.RESERVED}


def test_the_admin_cannot_give_a_reserved_address_either(article):
    for word in addresses.RESERVED:
        article.slug = word
        with pytest.raises(ValidationError):
            article.full_clean()


def test_pages_of_the_same_title_get_addresses_of_their_own():
    slugs = [factories.page(title="L’été à Chinon !").slug for _ in range(3)]
    assert slugs == ["l-ete-a-chinon", "l-ete-a-chinon-2", "l-ete-a-chinon-3"]


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("日本語", "ribenyu"),
        ("Œuvre d’été, 12/03", "oeuvre-d-ete-12-03"),
        ("x" * 250, "x" * 80),
        ("--- a ---", "a"),
        ("C++", "c"),
    ],
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


@pytest.mark.parametrize("author", ["contributor", None])
def test_nothing_is_published_in_the_trash(article, facilitator, author, request):
    """Neither what somebody was writing, nor what an import brings."""
    edit = Edit(author=author and request.getfixturevalue(author), base=1)
    trash.put_in(article, facilitator, "Doublon")
    with pytest.raises(InTrash):
        publish(said(article, "<p>En retard</p>"), edit)
    with pytest.raises(ValidationError):
        create(ArticlePage(title="Dessous"), Page.objects.get(pk=article.pk), edit)
    assert newest_version(article).content["body"] == "<p>Texte</p>"
    assert not Page.objects.filter(title="Dessous").exists()


def test_a_publication_is_no_small_change_unless_it_says_so(article):
    assert not newest_version(article).minor
