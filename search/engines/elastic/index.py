"""The index of the cluster: its document, and the analysis that the cluster does itself.

Two readings of a page stand side by side. The stems that `search.language.analysis` made say which
pages answer, exactly as on the database engines; the cluster's own French analysis says which
of a crowd come first when all else is equal, and where titles begin.
"""

import hashlib
import json
from collections.abc import Iterator

from elasticsearch_dsl import (
    Date,
    Document,
    Index,
    Integer,
    Keyword,
    Long,
    Object,
    Text,
    analyzer,
    token_filter,
)

from search.engine import FACETS
from search.engines.elastic.client import ClusterAddress
from search.language.analysis import STOP_WORDS
from search.models import SearchEntry

LABEL = "\x1f"  # between a value and its name, which are counted together
NAMES = ("title_stems", "wording_stems")
STEMS = (*NAMES, "lead_stems", "topic_stems", "body_stems", "file_stems")

ELIDED = "c d j l m n s t qu jusqu lorsqu puisqu quoiqu presqu"

elision = token_filter(
    "french_elision",
    type="elision",
    articles_case=True,
    articles=ELIDED.split(),
)
stop_words = token_filter("our_stop_words", type="stop", stopwords=sorted(STOP_WORDS))
stemming = token_filter("light_stemming", type="stemmer", language="light_french")
beginnings = token_filter("beginnings", type="edge_ngram", min_gram=2, max_gram=15)
FOLDED = ["lowercase", elision, "asciifolding"]
french = analyzer("our_french", tokenizer="standard", filter=[*FOLDED, stop_words, stemming])
begun = analyzer("begun", tokenizer="standard", filter=[*FOLDED, beginnings])
folded = analyzer("folded", tokenizer="standard", filter=FOLDED)
apart = analyzer("apart_by_blanks", tokenizer="whitespace")


class PageDocument(Document):
    """A page as the cluster knows it; its id is that of the page."""

    page_id = Long()
    changed_at = Date()
    name_length = Integer()
    restrictions = Long()  # of the view restrictions above the page
    facets = Object(properties={name: Keyword() for name in FACETS})
    labels = Object(properties={name: Keyword() for name in FACETS})
    stems = Text(analyzer=apart, norms=False)
    name_stems = Text(analyzer=apart, norms=False)
    lead_stems = Text(analyzer=apart, norms=False)
    topic_stems = Text(analyzer=apart, norms=False)
    words = Text(analyzer=apart, norms=False)
    title = Text(
        analyzer=french,
        fields={"begun": Text(analyzer=begun, search_analyzer=folded)},
    )
    text = Text(analyzer=french)
    digest = Keyword()  # of all this, to compare without reading it


def definition(where: ClusterAddress) -> dict:
    """Mappings and settings of a new index."""
    index = Index("any")
    index.document(PageDocument)
    index.settings(
        number_of_shards=where.shards,
        auto_expand_replicas="0-2",  # one node is enough, three are better
        refresh_interval="1s",
        gc_deletes="1h",  # an old write may be late: what is deleted stays so
    )
    return index.to_dict()


def documents_of(page_ids) -> Iterator[tuple[int, dict]]:
    """The documents of those of these pages that have an entry, as they are now."""
    entries = SearchEntry.objects.filter(pk__in=page_ids).select_related("metadata", "page")
    for entry in entries:
        yield entry.pk, document_of(entry)


def document_of(entry: SearchEntry) -> dict:
    facts = getattr(entry, "metadata", None)
    facets = facts.facets if facts else {}
    document = {
        "page_id": entry.pk,
        "changed_at": entry.changed_at.isoformat(),
        "name_length": facts.name_length if facts else 0,
        "restrictions": sorted(facts.restrictions) if facts else [],
        "facets": {name: sorted(facets.get(name, ())) for name in FACETS},
        "labels": {name: labels(facets.get(name, {})) for name in FACETS},
        "stems": joined(entry, STEMS),
        "name_stems": joined(entry, NAMES),
        "lead_stems": entry.lead_stems,
        "topic_stems": entry.topic_stems,
        "words": entry.words,
        "title": entry.page.title,
        "text": entry.text,
    }
    return {**document, "digest": digest(document)}


def joined(entry: SearchEntry, columns: tuple[str, ...]) -> str:
    return " ".join(getattr(entry, name) for name in columns)


def labels(values: dict[str, str]) -> list[str]:
    return sorted(f"{value}{LABEL}{name}" for value, name in values.items())


def digest(document: dict) -> str:
    text = json.dumps(document, sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(text.encode(errors="replace"), digest_size=12).hexdigest()
