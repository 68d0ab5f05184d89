"""What a site holds beside the pages of corpus.py, in proportion to them: for bench/growth.py.

People who write, drafts, files, errors reported, broken links, titles that are wanted, moves, old
addresses, searches without an answer; pages kept for some readers, pages in the trash. Rows are
past the door, but for those two, of which the door writes much elsewhere.
"""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from itertools import cycle, islice
from uuid import UUID

from bench import corpus_frame, corpus_history
from bench.corpus_site import FIRST

SHARE = 20  # one page in so many has one of each
RARE = 100  # and of what goes through the door
OWN = 3  # drafts and files of who is asked for
WRITER = corpus_frame.login(corpus_history.PEOPLE // 2)


def fill() -> None:
    """Everything; the stamp last."""
    from django.db import transaction

    from wiki.models import SiteRevision

    ids = ordinary_pages()
    with transaction.atomic():
        fill_people()
        fill_drafts(ids)
        fill_files(ids)
        fill_lists(ids)
        close_some(ids)
        throw_some(ids)
        SiteRevision.bump()


def ordinary_pages() -> list[int]:
    """Pages of the corpus, without the first ones nor that of the long history."""
    from django.db.models import Max
    from wagtail.models import Page

    pages = Page.objects.filter(pk__gte=FIRST + 12).annotate(last=Max("versions__number"))
    return list(
        pages.filter(last__lt=corpus_history.LONG).order_by("pk").values_list("pk", flat=True)
    )


def some(ids: list[int], share: int, offset: int) -> list[int]:
    """One in so many, at least one; those of another offset are others."""
    return ids[offset::share] or ids[:1]


def writer():
    from wiki.models import User

    return User.objects.filter(username=WRITER).first() or User.objects.latest("pk")


def fill_people() -> None:
    """Accounts, each of which signed a few versions."""
    from django.contrib.auth.models import Group

    from wiki.models import User, Version

    versions = list(Version.objects.filter(page__gte=FIRST).order_by("pk").only("pk")[::SHARE])
    named = [f"Personne {rank}" for rank in range(max(1, len(versions) // 3))]
    accounts = [User(username=f"autre-{n}", display_name=name) for n, name in enumerate(named)]
    people = User.objects.bulk_create(accounts)
    Group.objects.get(name="Contributeurs").user_set.add(*people)
    for version, person in zip(versions, cycle(people), strict=False):
        version.author, version.author_name = person, person.public_name
    Version.objects.bulk_update(versions, ["author", "author_name"], batch_size=200)


def fill_drafts(ids: list[int]) -> None:
    from wiki.models import Draft, User

    chosen = some(ids, SHARE, 0)
    people = [writer()] * OWN + list(User.objects.exclude(username=WRITER).order_by("pk"))
    data = {"title": ["Un brouillon"], "body": ["<p>Quelques mots de plus.</p>"]}
    Draft.objects.bulk_create(
        Draft(
            person=person,
            key=UUID(int=rank + 1),
            page_id=page,
            kind="article",
            title="Un brouillon",
            base=1,
            data=data,
        )
        for rank, (page, person) in enumerate(
            islice(zip(cycle(chosen), cycle(people)), number_of(chosen))
        )
    )


def number_of(chosen: list[int]) -> int:
    return max(len(chosen), OWN)


def fill_files(ids: list[int]) -> None:
    """Documents and pictures with the bytes of one file; a version shows each but the first."""
    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage
    from PIL import Image
    from wagtail.documents import get_document_model
    from wagtail.images import get_image_model

    drawn = BytesIO()
    Image.new("RGB", (640, 480), "teal").save(drawn, "PNG")
    picture = default_storage.save("original_images/banc.png", ContentFile(drawn.getvalue()))
    paper = default_storage.save("documents/banc.txt", ContentFile(b"Quelques mots."))
    size = {"width": 640, "height": 480, "file_size": len(drawn.getvalue())}
    write_files(get_image_model(), "image_id", some(ids, SHARE, 1), file=picture, **size)
    write_files(get_document_model(), "document_id", some(ids, SHARE, 2), file=paper, file_size=14)


def write_files(model: type, column: str, ids: list[int], **fields) -> None:
    from wagtail.models import Collection

    from wiki.models import FileUse, User, Version

    root = Collection.get_first_root_node()
    people = [writer()] * OWN + list(User.objects.exclude(username=WRITER).order_by("pk"))
    files = model.objects.bulk_create(
        model(title=f"Fichier {rank}", collection=root, uploaded_by_user=person, **fields)
        for rank, (person, _page) in enumerate(
            islice(zip(cycle(people), cycle(ids)), number_of(ids))
        )
    )
    versions = dict(
        Version.objects.filter(page__in=ids).order_by("number").values_list("page", "pk")
    )
    FileUse.objects.bulk_create(
        FileUse(version_id=version, **{column: file.pk})
        for version, file in zip(versions.values(), files[1:], strict=False)
    )


def fill_lists(ids: list[int]) -> None:
    from wagtail.contrib.redirects.models import Redirect

    from search.models import ZeroResultSearch
    from wiki.models import BrokenLink, Event, PageLink, Report

    BrokenLink.objects.bulk_create(broken_links(some(ids, SHARE, 3)))
    PageLink.objects.bulk_create(wanted_links(some(ids, SHARE, 4)))
    Event.objects.bulk_create(moves(some(ids, SHARE, 5)))
    reported = some(ids, SHARE, 6)
    Report.objects.bulk_create(reports(reported))
    Redirect.objects.bulk_create(
        Redirect(old_path=f"/ancienne-{pk}", redirect_page_id=pk) for pk in some(ids, SHARE, 7)
    )
    ZeroResultSearch.objects.bulk_create(searches(len(reported)))


def broken_links(ids: list[int]) -> Iterator:
    from django.utils import timezone

    from wiki.models import BrokenLink

    for pk in ids:
        url = f"https://perdu.example/{pk}"
        yield BrokenLink(page_id=pk, url=url, reason="404", checked_at=timezone.now())


def wanted_links(ids: list[int]) -> Iterator:
    """A title is wanted by two pages."""
    from wiki.models import PageLink
    from wiki.text.titles import key_of

    for rank, pk in enumerate(ids):
        title = f"Une page qui manque {rank // 2}"
        yield PageLink(source_id=pk, wanted=title, wanted_key=key_of(title))


def moves(ids: list[int]) -> Iterator:
    from django.utils import timezone
    from wagtail.models import Page

    from wiki.models import Event

    place, person, now = Page.objects.get(pk=ids[0]).get_parent(), writer(), timezone.now()
    named = {"author": person, "author_name": person.public_name, "place_after": place}
    for rank, pk in enumerate(ids):
        moment = now - timedelta(hours=40 * (rank + 1))
        yield Event(page_id=pk, kind=Event.Kind.MOVE, title="x", created_at=moment, **named)


def reports(ids: list[int]) -> Iterator:
    """Half of them are settled."""
    from django.utils import timezone

    from wiki.models import Report

    for rank, pk in enumerate(ids):
        settled = timezone.now() if rank % 2 else None
        yield Report(page_id=pk, version=1, text="Le téléphone a changé.", settled_at=settled)


def searches(number: int) -> Iterator:
    from django.utils import timezone

    from search.models import ZeroResultSearch

    day = {"first_on": timezone.localdate(), "last_on": timezone.localdate()}
    for rank in range(number):
        words = f"mot perdu {rank}"
        yield ZeroResultSearch(digest=words, words=words, without_answer=2, **day)


def close_some(ids: list[int]) -> None:
    """Kept for those who have an account, and every second for facilitators."""
    from django.contrib.auth.models import Group
    from wagtail.models import PageViewRestriction

    group = Group.objects.get(name="Animateurs")
    sorts = cycle((PageViewRestriction.LOGIN, PageViewRestriction.GROUPS))
    for pk, sort in zip(some(ids, RARE, 8), sorts, strict=False):
        made = PageViewRestriction.objects.create(page_id=pk, restriction_type=sort)
        if sort == PageViewRestriction.GROUPS:
            made.groups.add(group)


def throw_some(ids: list[int]) -> None:
    from wagtail.models import Page

    from wiki.models import User
    from wiki.trash import trash

    person = User.objects.get(username=corpus_frame.login(0))
    for page in Page.objects.filter(pk__in=some(ids, RARE, 9)):
        trash.put_in(page, person, "Doublon")
