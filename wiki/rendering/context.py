"""What the template of a page gets: the text as this reader sees it, and what stands around."""

from wiki.access.restrictions import reserved
from wiki.models import SectionPage, SitePage, WikiPage
from wiki.pages import related
from wiki.pages.listing import A_SCREEN
from wiki.rendering import bodies
from wiki.text.titles import key_of


def context_of(page: SitePage, request) -> dict:
    """Around the page no other one is named twice, nor under one title: what is nearest says
    it first."""
    context = {"page": page, "self": page, "request": request}
    context["reserved"] = reserved(page, request.user)
    if isinstance(page, WikiPage):
        context |= _text_and_neighbours(page, request)
    context |= page.around(request, context.get("visible_pages", {}))
    said: set[int | str] = set()
    for name in (*getattr(page, "beside", ()), "related", "backlinks"):
        if name in context:
            context[name] = _not_yet(context[name], said)
    return context


def _text_and_neighbours(page: WikiPage, request) -> dict:
    user = request.user
    rendered = bodies.render(page.body, user, page.references(), page=page)
    found = {
        "body": rendered.html,
        "visible_pages": rendered.pages,
        "backlinks": rendered.backlinks,
        "hollow": rendered.hollow,
        "picture": rendered.picture,
        "shows_files": rendered.shows_files,
        "shows_deleted": rendered.shows_deleted,
        "related": related.related(page, user) if page.shows_neighbours else [],
    }
    return found | _below(page, request)


def _below(page: WikiPage, request) -> dict:
    """What is kept right below it, but for what an index lists itself."""
    nothing = {"unlisted": [], "unlisted_screen": None, "more_unlisted": False}
    if isinstance(page, SectionPage):  # its two lists show every child
        return nothing | _sections_and_articles(page, request)
    if page.lists:
        unlisted = related.unlisted_below(page, request.user)
        more = len(unlisted) > A_SCREEN
        return nothing | {"unlisted": unlisted[:A_SCREEN], "more_unlisted": more}
    if not page.numchild:
        return nothing
    listing = related.children_of(page, request)
    return nothing | {
        "listing": listing,
        "unlisted": listing.rows,
        "unlisted_screen": listing.screen,
    }


def _sections_and_articles(page: SectionPage, request) -> dict:
    listing = related.sections_below(page, request)
    sections = [child for child in listing.rows if child.below or child.show_in_menus]
    articles = [child for child in listing.rows if child not in sections]
    return {"listing": listing, "sections": sections, "articles": articles}


def _not_yet(shown, said: set):
    """Of a page, or of a list of pages, what is not said yet; `said` learns it."""
    if not isinstance(shown, list):
        return next(iter(_not_yet([shown], said)), None) if shown else shown
    new = []
    for page in shown:
        names = {page.pk, key_of(page.title)}
        if not names & said:
            new.append(page)
            said |= names
    return new
