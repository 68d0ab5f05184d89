"""From a page to its search entry."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone, translation
from wagtail.models import Page

from search.indexing.files import terms_of_files
from search.language import analysis
from wiki.access.visibility import restrictions_over, visible_to
from wiki.internals.compiled import Compiled
from wiki.models import Version, WikiPage
from wiki.pages import content


def is_searched(page: Page) -> bool:
    """Every page that the collective writes; the home page is found without a search."""
    return issubclass(page.specific_class or Page, WikiPage)


def fields_of(page: WikiPage) -> dict:
    """The columns of the entry of a specific page; `words` holds its folded words in order."""
    text = searched_text(page)
    topics = " ".join(sorted(page.topic_names))
    leads = dict.fromkeys([page.summary, page.lead])  # often one and the same
    title, body = analysis.tokens(page.title), analysis.tokens(text)
    others = analysis.tokens(f"{page.wordings}\n{topics}")
    file_stems, file_words = terms_of_files(page)
    return {
        "kind": page.kind,
        "lead": page.lead,
        "text": text,
        "changed_at": changed_at(page),
        "title_stems": analysis.stems_in(title),
        "wording_stems": wordings_stems(with_title_head(page)),
        "lead_stems": analysis.stems_of("\n".join(leads)),
        "topic_stems": analysis.stems_of(topics),
        "body_stems": analysis.stems_in(body),
        "file_stems": file_stems,
        "words": f"{analysis.words_in([*title, *others, *body])} {file_words}".strip(),
    }


def facts_of(page: WikiPage, fields: dict) -> dict:
    """The narrow row beside the entry, made with these fields."""
    return {
        "changed_at": fields["changed_at"],
        "name_length": len(analysis.tokens(page.title)),
        "facets": facets_of(page, fields["changed_at"].year),
        "restrictions": [restriction.pk for restriction in restrictions_over([page])],
    }


def facets_of(page: WikiPage, year: int) -> dict[str, dict[str, str]]:
    """What the page can be filtered by: facet → value → its name, in the site's language.

    `year`: that of a page that is of no other year.
    """
    with translation.override(settings.LANGUAGE_CODE):
        return {
            "kind": {page.kind: str(page.kind_plural)},
            "topic": {topic.slug: topic.name for topic in page.topics},
            "year": {str(year): str(year)},
            **{
                name: {str(key): str(label) for key, label in own.items()}
                for name, own in page.facets().items()
            },
        }


def names_of(page: WikiPage) -> str:
    """The title, then the other wordings: one line each, their words folded."""
    lines = [page.title, *page.wordings.splitlines()]
    folded = [" ".join(token.word for token in analysis.tokens(line)) for line in lines]
    return "\n".join(line for line in folded if line)


def changed_at(page: WikiPage):
    """When somebody wrote in it last; that more people may read it is no change."""
    return next(iter(_written(page.pk)), None) or timezone.now()


_written = Compiled(
    lambda page_id: (
        Version.objects.filter(page_id=page_id)
        .exclude(origin=Version.Origin.OPENING)
        .order_by("-number")
        .values_list("created_at", flat=True)[:1]
    )
)


def wordings_stems(wordings: str) -> str:
    """One line a wording, parted so that no neighbours are found over two of them."""
    return " | | ".join(analysis.stems_of(line) for line in wordings.splitlines())


def with_title_head(page: WikiPage) -> str:
    """The wordings, after what stands before the colon of the title: a name of the page too."""
    head, colon, _rest = page.title.replace("\u00a0", " ").partition(" : ")
    return f"{head}\n{page.wordings}" if colon else page.wordings


def searched_text(page: WikiPage) -> str:
    """All that readers see of the page but its title: typed fields, text, child rows."""
    whole = content.shown_text(page)
    names = names_of_related(page)
    return "\n".join([whole.removeprefix(page.title).strip(), *names])


def names_of_related(page: WikiPage) -> list[str]:
    """Titles of the structures that typed fields name, those of everybody's pages only."""
    ids = page.references()
    pages = visible_to(AnonymousUser(), Page.objects.filter(pk__in=ids)) if ids else []
    return [page.title for page in pages]
