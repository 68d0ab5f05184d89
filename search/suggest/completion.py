"""What is proposed while a reader types: pages, by their title or by another wording."""

from collections.abc import Iterable

from django.http import JsonResponse
from django.utils.cache import patch_cache_control
from rapidfuzz import fuzz, process

from search.language import analysis
from search.suggest.named_pages import named_of_kind
from search.suggest.titles import LONGEST, pages_named, words_asked
from wiki.models.pages import IndexPage
from wiki.pages.kinds import all_kinds, kind_names
from wiki.text.characters import one_line


def propositions(query: str, user) -> list[dict]:
    """The pages that `pages_named` gives, by kind, the kind of the best one first.

    Each page once, by its title; `wording` is what was found when it is not the title.
    """
    pages = pages_named(query, user)
    words = words_asked(query)
    wordings = wordings_of([page for page in pages if not holds(page["title"], words)])
    names = {**kind_names(), IndexPage.kind: str(IndexPage.kind_plural)}
    groups: dict[str, list[dict]] = {}
    for page in pages:
        shown = {"title": page["title"], "address": page["address"]}
        wording = best_name(words, [page["title"], *wordings.get(page["id"], [])])
        if wording != page["title"].strip():
            shown["wording"] = wording
        groups.setdefault(names.get(page["kind"], ""), []).append(shown)
    return [{"kind": kind, "pages": shown} for kind, shown in groups.items()]


def folded(name: str) -> str:
    """What is compared of a name: forms refuse longer ones, old ones may be."""
    return " ".join(token.word for token in analysis.tokens(name[:LONGEST]))


def holds(name: str, words: Iterable[str]) -> bool:
    """Each of these folded words is in the name, whole or not."""
    line = folded(name)
    return all(word in line for word in words)


def wordings_of(pages: list[dict]) -> dict[int, list[str]]:
    """The other wordings of those whose kind has some: one query a kind, one kind today."""
    found: dict[int, list[str]] = {}
    for kind, model in all_kinds().items():
        ids = [page["id"] for page in pages if page["kind"] == kind]
        if ids and model.wordings_field:
            rows = model.objects.filter(pk__in=ids).values_list("pk", model.wordings_field)
            found |= {pk: lines.splitlines() for pk, lines in rows}
    return found


def best_name(words: list[str], names: list[str]) -> str:
    """The first name that holds these folded words, else the nearest to them; the title,
    which is the first one, when in doubt."""
    for name in names:
        if len(names) == 1 or holds(name, words):
            return name.strip()
    lines = [folded(name) for name in names]
    query = " ".join(words)
    _line, _score, rank = process.extractOne(query, lines, scorer=fuzz.partial_token_sort_ratio)
    return names[rank].strip()


def complete(request):
    """The propositions for `q`, as JSON: what one may read is nobody else's business. With
    `sorte`, pages of this kind alone, for the fields of forms that name one."""
    asked, kind = one_line(request.GET.get("q", "")), request.GET.get("sorte")
    if kind is None:
        found = propositions(asked, request.user)
    else:
        found = named_of_kind(asked, kind, request.user)
    response = JsonResponse({"kinds": found})
    patch_cache_control(response, private=True, no_cache=True)
    return response
