"""Pages of one kind that somebody names in a form: the places of a meeting."""

from search.suggest.titles import mistaken_ids
from wiki.models import WikiPage
from wiki.models.pages import IndexPage
from wiki.pages import naming
from wiki.pages.kinds import all_kinds


def named_of_kind(query: str, kind: str, user) -> list[dict]:
    """As the completion of search fields gives them, by what tells one from the others."""
    model = all_kinds().get(kind)
    pages = naming.nearest(model, query, user) if model else []
    shown = [described(page) for page in pages]
    name = str((model or IndexPage).kind_plural)
    return [{"kind": name, "pages": shown}] if shown else []


def described(page: WikiPage) -> dict:
    name = naming.called(page)
    return {"id": page.pk, "title": name, "address": page.address}


def nearly_named(model: type[WikiPage], typed: str, user) -> list[WikiPage]:
    """Pages whose title is this one but for a few letters."""
    ids = mistaken_ids(typed, user, model.kind)
    pages = {page.pk: page for page in naming.among(model, ids, user)}
    return [pages[pk] for pk in ids if pk in pages]
