"""Attached files in the search: which pages show them, their terms, and hits in them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import Page

from search.engine import FileHit, Hit
from search.language import analysis
from search.models import FileText
from search.query.groups import Group
from search.query.highlight import extract
from search.query.matches import holds
from wiki.access.files import readable_documents
from wiki.media.shown_files import files_used, holds_documents
from wiki.models import FileUse, Version

MOST_STEMS = 200_000  # characters of an entry's column
MOST_WORDS = 8_000  # of files, for exact words and for beginnings of words
PASSAGE = 2_000  # characters of a text weighed together
LEAD = 200  # characters before, for the sentence around a word
PLURAL = re.compile("ai?l$")
LINK = 'linktype="document"'
Terms = tuple[str, str]


def documents_of(page: Page) -> list[int]:
    """The documents that a specific page shows, in its text or in its fields; no query for
    a page whose kind and text have none."""
    if not holds_documents(type(page)) and LINK not in getattr(page, "body", ""):
        return []
    return sorted(files_used(page).documents)


def terms_of_files(page: Page) -> Terms:
    """The stems and the folded words, in order, of the files that a page shows."""
    ids = documents_of(page)
    if not ids:
        return "", ""
    terms = [terms_of(*reading) for reading in readings(ids)]
    stems = " | | ".join(stems for stems, _words in terms)
    words = " | ".join(words for _stems, words in terms).split(maxsplit=MOST_WORDS)
    return cut(stems, MOST_STEMS), " ".join(words[:MOST_WORDS])


def readings(documents: Sequence[int]) -> list[tuple]:
    """The files among these that were read, with what tells one reading from another."""
    rows = FileText.objects.filter(pk__in=documents, state=FileText.State.READ)
    return list(rows.order_by("pk").values_list("pk", "digest", "read_at"))


@lru_cache(maxsize=32)
def terms_of(document_id: int, digest: str, read_at) -> Terms:
    """Kept, for a page is published more often than its files change."""
    text = FileText.objects.values_list("text", flat=True).get(pk=document_id)
    found = analysis.tokens(text)
    return analysis.stems_in(found), analysis.words_in(found)


def cut(stems: str, length: int) -> str:
    """No half stem at the end."""
    return stems if len(stems) <= length else stems[:length].rpartition(" ")[0]


def newest_uses(page) -> QuerySet[FileUse]:
    """The uses of files by the newest version of a page, given as an expression."""
    newest = Version.objects.filter(page_id=page).order_by("-number").values("pk")[:1]
    return FileUse.objects.filter(version=Subquery(newest))


def pages_showing(documents: Iterable[int]) -> list[int]:
    """Ids of the pages whose newest version shows one of these documents."""
    uses = newest_uses(OuterRef("version__page_id")).filter(document_id__in=documents)
    return sorted(set(uses.values_list("version__page_id", flat=True)))


def says_more(file_stems: str, own: str, groups: Sequence[Group]) -> bool:
    """Whether the files of a page hold a word of the query that its own text does not."""
    if not file_stems:
        return False
    held = set(file_stems.split())
    there = [group for group in groups if group.beginning or may_hold(held, group)]
    return any(not holds(own, group) for group in there)


def may_hold(stems: set[str], group: Group) -> bool:
    """Whether a text of these stems holds a word, or all the words of one of its phrases."""
    return not stems.isdisjoint(group.answers) or any(
        all(not stems.isdisjoint(word) for word in phrase.stems)
        for phrase in group.phrases
        if phrase.stems
    )


def file_hits(hits: Sequence[Hit], groups: Sequence[Group], user) -> dict[int, FileHit]:
    """For each of these hits, by page id, the file of the page that holds most of the words.

    To be asked only for hits whose page says less than its files do. One query, which asks
    again what the reader may open: a file follows the pages that show it.
    """
    best: dict[int, tuple[int, FileHit]] = {}
    for use in shown_texts([hit.page.pk for hit in hits], user):
        passage, held = best_passage(use["text"], groups)
        if held > best.get(use["page"], (0,))[0]:
            best[use["page"]] = held, file_hit(use, passage, groups)
    return {page: hit for page, (_held, hit) in best.items()}


def shown_texts(pages: Sequence[int], user) -> Iterable[Mapping]:
    """The texts that were read of the files that pages show, for one reader."""
    if not pages:
        return []
    return texts_for(user).filter(version__page_id__in=pages)


def texts_for(user) -> QuerySet:
    """The texts that were read of files, with the pages that show them."""
    documents = get_document_model().objects.filter(pk=OuterRef("document_id"))
    texts = FileText.objects.filter(pk=OuterRef("document_id"), state=FileText.State.READ)
    return (
        newest_uses(OuterRef("version__page_id"))
        .filter(Exists(readable_documents(user, documents)))
        .annotate(page=F("version__page_id"), text=Subquery(texts.values("text")))
        .annotate(**{name: Subquery(documents.values(name)) for name in ("title", "file")})
        .annotate(size=Subquery(documents.values("file_size")))
        .filter(text__isnull=False)
        .order_by("document_id")
        .values("page", "document_id", "title", "file", "size", "text")
    )


def file_hit(use: Mapping, passage: str, groups: Sequence[Group]) -> FileHit:
    name = use["file"].rpartition("/")[2]
    return FileHit(
        document_id=use["document_id"],
        title=use["title"],
        address=reverse("wagtaildocs_serve", args=[use["document_id"], name]),
        extract=extract(passage, list(groups)),
        kind=name.rpartition(".")[2].upper(),
        size=use["size"] or 0,
    )


def best_passage(text: str, groups: Sequence[Group]) -> tuple[str, int]:
    """The stretch of a text that holds the most different words of the query, and how many.

    A stretch is weighed word by word only when it may hold more: words that begin as the
    query's do are found much sooner.
    """
    begun = [beginning_of(group) for group in groups]
    best, most = "", 0
    for start in range(0, len(text), PASSAGE):
        folded = analysis.fold(text[max(start - LEAD, 0) : start + PASSAGE])
        if sum(bool(pattern.search(folded)) for pattern in begun) > most:
            passage = text[max(start - LEAD, 0) : start + PASSAGE + LEAD]
            held = sum(holds(passage, group) for group in groups)
            best, most = (passage, held) if held > most else (best, most)
        if most == len(groups):
            break
    return best, most


@lru_cache(maxsize=256)
def beginning_of(group: Group) -> re.Pattern:
    """How folded words that answer a word of the query begin, unlike
    plurals included."""
    forms = {group.word, *group.answers, *(word for p in group.phrases for word in p.forms[0])}
    forms |= {PLURAL.sub("aux", form) for form in forms}
    forms |= {plural for plural, singular in analysis.SINGULARS.items() if singular in forms}
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, sorted(forms)))})")
