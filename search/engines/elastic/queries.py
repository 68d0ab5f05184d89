"""What the cluster is asked: how many pages hold each word, then which pages answer.

The rules are those of `search.engines.matching` and `search.engines.rerank`, said in the
cluster's language: a page must hold MOST of the query by rarity, and of a crowd those
come first whose names, summaries and topics hold most of it.
"""

from collections.abc import Mapping, Sequence

from elasticsearch_dsl import FacetedSearch, Q, Search, TermsFacet
from elasticsearch_dsl.query import Query as Question

from search.engine import BY_DATE, FACETS
from search.engines.elastic.client import Client
from search.engines.elastic.index import LABEL
from search.engines.matching import MOST, Finder, MatchedWord
from search.engines.rerank import LEAD, NAME, OF_PARTS, TIGHT, TOPIC
from search.query.groups import BETWEEN, Phrase
from search.query.queries import Query
from search.query.terms import Term, Way, anywhere, in_way

COLUMNS = {
    Way.ANYWHERE: "stems",
    Way.NAMES: "name_stems",
    Way.LEADS: "lead_stems",
    Way.TOPICS: "topic_stems",
}
MOST_VALUES = 5_000  # of a facet
BETWEEN_EQUALS = 1e-5  # of a relevance that may reach some hundreds
ROUNDING = 1e-5  # the cluster counts in 32 bits
WORTH_OF_NAME = "_score * _score * (params.name + params.tight * Math.min(1.0, params.words / \
Math.max(1.0, doc['name_length'].size() == 0 ? 0 : doc['name_length'].value)))"


def holding(term: Term) -> Question:
    """Pages that answer a term."""
    if term.way == Way.BEGINNING:
        return Q("prefix", words={"value": term.words[0]})
    asked = []
    if term.way in COLUMNS and term.words:
        asked.append(Q("terms", **{COLUMNS[term.way]: list(term.words)}))
    asked += [one for phrase in term.together for one in together(phrase)]
    if term.way not in (Way.ANYWHERE, Way.EXACT):
        asked += [all_of(COLUMNS[term.way], p.stems) for p in term.phrases if p.stems]
    return any_of(asked)


def any_of(questions: list[Question]) -> Question:
    if len(questions) == 1:
        return questions[0]
    if not questions:
        return Q("match_none")
    return Q("bool", should=questions, minimum_should_match=1)


def together(phrase: Phrase) -> list[Question]:
    slop = 0 if phrase.is_exact else BETWEEN * (len(phrase.forms) - 1)
    return [
        Q("match_phrase", words={"query": " ".join(words), "slop": slop})
        for words in phrase.spellings
    ]


def all_of(column: str, stems: Sequence[Sequence[str]]) -> Question:
    """All the words of a phrase, in any order."""
    return Q("bool", filter=[Q("terms", **{column: list(word)}) for word in stems])


def of_word(word: MatchedWord) -> Term:
    group = word.group
    return Term(Way.BEGINNING, (group.word,)) if group.beginning else anywhere(group)


class Readable:
    """What a reader may find: none of the closed restrictions, none of the hidden pages."""

    def __init__(self, closed: Sequence[int], hidden: Sequence[int] = ()):
        self.closed, self.hidden = list(closed), list(hidden)

    @property
    def question(self) -> Question:
        refused = [Q("terms", restrictions=self.closed)] if self.closed else []
        refused += [Q("terms", page_id=self.hidden)] if self.hidden else []
        return Q("bool", filter=[Q("match_all")], must_not=refused)


class Count(int):
    """How many pages hold a word, where the databases give their rows."""

    def __len__(self) -> int:
        return int(self)


class Counter(Finder):
    """Counts words on behalf of one reader: one request for all those asked at once."""

    def __init__(self, client: Client, index: str, readable: Readable):
        self.client, self.index, self.readable = client, index, readable
        self.readers_pages = 0

    def postings(self, terms: Sequence[Term]) -> list[Count]:
        if not terms:
            return []
        found = self.asked(list(dict.fromkeys(terms)))
        return [found[term] for term in terms]

    def asked(self, terms: list[Term]) -> dict[Term, Count]:
        search = Search(using=self.client, index=self.index).query(self.readable.question)
        search = search.extra(size=0, track_total_hits=True)
        for rank, term in enumerate(terms):
            search.aggs.bucket(f"t{rank}", "filter", filter=holding(term))
        answer = search.execute()
        self.readers_pages = answer.hits.total.value
        counts = answer.aggregations
        return {term: Count(counts[f"t{rank}"].doc_count) for rank, term in enumerate(terms)}


def part_of(way: list[MatchedWord], rank: int) -> Question:
    """Scored by the part of the query that a page holds, each word under a name of its own."""
    whole = total(way)
    held = [
        share(holding(of_word(word)), f"{rank}-{place}", word.rarity / whole)
        for place, word in enumerate(way)
    ]
    return Q("bool", should=held, minimum_should_match=1)


def share(question: Question, name: str, weight: float) -> Question:
    return Q("constant_score", filter=named(question, name), boost=weight)


def total(words: list[MatchedWord]) -> float:
    return sum(word.rarity for word in words)


def part_of_way(way: list[MatchedWord], rank: int, names: set[str]) -> float:
    """The same part, counted from the names of what a page was found by."""
    held = [word for place, word in enumerate(way) if f"{rank}-{place}" in names]
    return total(held) / total(way)


def named(question: Question, name: str) -> Question:
    return Q("bool", filter=[question], _name=name)


def parts(ways: list[list[MatchedWord]], floor: float) -> Question:
    """The best way of saying the query; OF_PARTS for all of it, nothing below the floor."""
    best = Q("dis_max", queries=[part_of(way, rank) for rank, way in enumerate(ways)])
    script = {"source": "_score * params.whole", "params": {"whole": OF_PARTS}}
    return Q("script_score", query=best, script=script, min_score=OF_PARTS * (floor - ROUNDING))


def prescore(words: list[MatchedWord]) -> list[Question]:
    """What names, summaries and topics add; see `search.engines.rerank.prescore`."""
    stemmed = [word for word in words if not word.group.beginning]
    if not stemmed:
        return []
    whole = sum(word.rarity for word in words)
    weights = [(word.group, word.rarity / whole) for word in stemmed]
    params = {"name": NAME, "tight": TIGHT, "words": len(words)}
    script = {"source": WORTH_OF_NAME, "params": params}
    names = Q("bool", should=[weighted(in_way(Way.NAMES, own), part) for own, part in weights])
    others = [
        weighted(in_way(way, own), worth * part)
        for way, worth in ((Way.LEADS, LEAD), (Way.TOPICS, TOPIC))
        for own, part in weights
    ]
    return [Q("script_score", query=names, script=script), *others]


def french_relevance(words: list[MatchedWord]) -> Question:
    """The cluster's own relevance: between pages that prescore as much as each other, only."""
    text = " ".join(word.group.word for word in words)
    fields = ["title^3", "text"]
    return Q("multi_match", query=text, fields=fields, type="most_fields", boost=BETWEEN_EQUALS)


def weighted(term: Term, weight: float) -> Question:
    return Q("constant_score", filter=holding(term), boost=weight)


def answering(
    query: Query, ways: list[list[MatchedWord]], readable: Readable, floor: float = MOST
) -> Question:
    """Pages that answer a query, the most promising first."""
    exact = [holding(Term(Way.EXACT, phrase)) for phrase in query.phrases]
    left_out = [holding(anywhere(group)) for group in query.excluded]
    return Q(
        "bool",
        must=[parts(ways, floor)],
        should=[*prescore(ways[0]), french_relevance(ways[0])],
        filter=[readable.question, *exact],
        must_not=left_out,
    )


class LabelFacet(TermsFacet):
    """Filtered by values, counted by values with their names."""

    def __init__(self, name: str):
        self.name = name
        super().__init__(field=f"labels.{name}", size=MOST_VALUES)

    def add_filter(self, filter_values: Sequence[str]) -> Question | None:
        return Q("terms", **{f"facets.{self.name}": list(filter_values)}) if filter_values else None

    def get_value(self, bucket) -> tuple[str, ...]:
        return tuple(bucket["key"].split(LABEL, 1))


class PageSearch(FacetedSearch):
    """Answers with the counts of each facet under the other filters."""

    facets = {name: LabelFacet(name) for name in FACETS}

    def __init__(
        self, client: Client, index: str, question: Question, filters: Mapping, order: str
    ):
        self.using, self.index = client, index
        by_date = ["-changed_at", "page_id"]
        chosen = {name: list(filters[name]) for name in filters if name in FACETS}
        super().__init__(question, chosen, by_date if order == BY_DATE else ["_score", "page_id"])

    def search(self) -> Search:
        return super().search().source(False).extra(track_total_hits=True, track_scores=True)

    def query(self, search: Search, query: Question) -> Search:
        return search.query(query)

    def aggregate(self, search: Search) -> None:
        """And how many answers there are before any filter."""
        super().aggregate(search)
        search.aggs.bucket("listed", "filter", filter=Q("match_all"))
