"""The kinds of pages that people may create, by their word in addresses."""

from functools import cache

from wagtail.models import get_page_models

from wiki.models import WikiPage


@cache
def all_kinds() -> dict[str, type[WikiPage]]:
    """The page types that people create by their kind, in the order readers see them."""
    models = [model for model in get_page_models() if issubclass(model, WikiPage)]
    wanted = sorted((m for m in models if m.creatable), key=lambda m: m.kind_rank)
    return {model.kind: model for model in wanted}


def kind_names() -> dict[str, str]:
    """The plural name of each kind, in the language of the reader."""
    return {kind: str(model.kind_plural) for kind, model in all_kinds().items()}


def kind_plural(page) -> str:
    """The plural name of a page's kind, from its content type: no query a page."""
    return str(getattr(page.specific_class, "kind_plural", ""))


def kind_name(page) -> str:
    return str(getattr(page.specific_class, "kind_name", ""))
