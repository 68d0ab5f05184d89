"""A person's own drafts: kept by the server while they type, read by nobody else.

A draft is a row of its own, never a Wagtail revision. It goes away when the form it belongs
to is published, or when its writer throws it away.
"""

from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.http import QueryDict
from wagtail.models import Page

from wiki.access import in_trash, permissions
from wiki.access.audiences import audience_of, clauses_of, open_audiences, open_rows, rows_open_to
from wiki.access.visibility import audience_key
from wiki.diff.first_difference import HEADING, changed_passage
from wiki.internals.compiled import NOTHING, Compiled
from wiki.markup import html
from wiki.models import Audience, Draft, Version
from wiki.pages import kinds
from wiki.pages.placement import NOWHERE
from wiki.text.characters import normal, one_line, shortened
from wiki.text.numbers import whole_number
from wiki.trash import trash

LONGEST = 400_000  # characters of all that was typed
MOST_FIELDS = 4_000
MOST_OFFERED = 5
# What a form carries for its journey only.
PASSING = {
    *("csrfmiddlewaretoken", "reopen", "resumes", "turn", "person", "seen"),
    *("page", "kind", "parent", "chosen_on"),
}
CHOICE, OWN = "choice-", "own-"  # made and written on the screen of a conflict
THEIRS = "leur"
TURN, RESUMED = "turn", "resumed"
OF_THE_FORM = {"key", "base", "sous", "readers"}  # two forms that differ by them say the same
BEGINNING = 10_000  # characters of a text in which its first words are looked for
FIRST_WORDS = 140
MOST_RESUMED = 50


class TooLong(Exception):
    """The text is longer than a draft may be; nothing was kept."""


def draft_fields(data: QueryDict) -> dict[str, list[str]]:
    """The fields of a form as they were typed, without what serves the journey only."""
    lists = data.lists()
    return {
        n: [normal(value) for value in values]
        for n, values in lists
        if n not in PASSING and not n.startswith((CHOICE, OWN))
    }


def own(person) -> QuerySet:
    """The drafts of a person, the newest first, without their text; one that holds words of a
    page that was kept for others than they are today waits, untold."""
    return _newest_first(open_rows(person, Draft.objects.filter(person=person)))


def _newest_first(drafts: QuerySet) -> QuerySet:
    return drafts.defer("data").order_by("-updated_at", "-pk")


_of_page = Compiled(
    lambda audiences, person_id, page_id: _newest_first(
        rows_open_to(audiences, Draft.objects.filter(person=person_id, page=page_id))
    )
)


@transaction.atomic
def save(person, key: UUID, data: QueryDict, page: Page | None, kind: str) -> Draft:
    """Keep what was typed in the form of this key; raises TooLong.

    A save that arrives after a later one of the same form changes nothing.
    """
    refuse_long(draft_fields(data))
    return _kept(person, key, data, page, kind)


def _kept(person, key: UUID, data: QueryDict, page: Page | None, kind: str) -> Draft:
    turn = whole_number(data.get(TURN))
    found = Draft.objects.select_for_update().filter(person=person, key=key).first()
    if found and found.data.get(TURN, 0) > turn:
        return found
    draft = found or Draft(person=person, key=key)
    draft.page, draft.kind = page or draft.page, kind
    draft.audience = audience_kept(draft, page, person, data)
    draft.parent = parent_of(person, data)
    draft.title = one_line(data.get("title", ""))[:255]
    draft.first_words = told_by(page, data)
    draft.base = whole_number(data.get("base"))
    earlier = resumed_by(person, data) if found is None else found.data.get(RESUMED, [])
    draft.data = {"fields": draft_fields(data), TURN: turn, RESUMED: earlier}
    draft.save()
    _drop_twins(draft)
    return draft


def told_by(page: Page | None, data: QueryDict) -> str:
    """By what one tells a text among others: what it changes in its page, else its beginning."""
    changed = changed_passage(page, data) if page else ""
    return shortened(changed, FIRST_WORDS) or first_words(data.get("body", ""))


def first_words(body: str) -> str:
    """What a text begins with, its headings left out."""
    begun = html.clean(HEADING.sub(" ", body[:BEGINNING]))
    return shortened(one_line(html.plain_text(begun)), FIRST_WORDS)


def said(fields: dict[str, list[str]]) -> dict[str, list[str]]:
    """What was typed, whatever form it was typed in."""
    return {name: values for name, values in fields.items() if name not in OF_THE_FORM}


def _drop_twins(draft: Draft, with_it: bool = False) -> None:
    """One text is one draft: the other forms that hold the very same one, and no more."""
    of = NOTHING if draft.page_id is None else draft.page_id
    alike = _alike(draft.person_id, of, draft.kind, draft.title, draft.first_words)
    own_text = said(draft.data["fields"]) if alike else {}
    others = [other for other in alike if with_it or other.key != draft.key]
    twins = [other.pk for other in others if said(other.data.get("fields", {})) == own_text]
    if twins:
        Draft.objects.filter(pk__in=twins).delete()


_alike = Compiled(
    lambda person_id, page_id, kind, title, first_words: Draft.objects.filter(
        person_id=person_id, page_id=page_id, kind=kind, title=title, first_words=first_words
    )
)


def holds(person, keys, data: QueryDict) -> bool:
    """Whether a draft of these forms has all that this one was opened with."""
    drafts = Draft.objects.filter(person=person, key__in=[key for key in map(as_key, keys) if key])
    return any(said(draft.data.get("fields", {})) == said(draft_fields(data)) for draft in drafts)


def audience_kept(draft: Draft, page: Page | None, person, data: QueryDict) -> Audience | None:
    """Of the page today, while its writer reads it; of a text that had a page, what it was."""
    if page and not in_trash.is_in_trash(page):
        return audience_of(clauses_of(audience_key(page)))
    if page:
        return trash.audience_before(page)
    keys = [key for key in map(as_key, data.getlist("resumes")) if key]
    earlier = Draft.objects.filter(person=person, key__in=keys).exclude(audience=None)
    resumed = earlier.select_related("audience").first()
    return draft.audience or (resumed and resumed.audience)


def resumed_by(person, data: QueryDict) -> list[str]:
    """The keys of the forms that this one goes on from, the last ones: their addresses stay."""
    keys = [key for key in map(as_key, data.getlist("resumes")) if key]
    before = Draft.objects.filter(person=person, key__in=keys).values_list("data", flat=True)
    known = [key for held in before for key in held.get(RESUMED, [])]
    return [*known, *map(str, keys)][-MOST_RESUMED:]


def find(person, key: UUID) -> Draft | None:
    """The draft of this key, or the one that went on from it."""
    rows = own(person).values_list("pk", f"data__{RESUMED}")
    mine = own(person).select_related("page")
    if draft := mine.filter(key=key).first():
        return draft
    went_on = next((pk for pk, resumed in rows if str(key) in (resumed or [])), None)
    return mine.filter(pk=went_on).first()


def refuse_long(text: dict[str, list[str]]) -> None:
    chars = sum(len(name) + len(value) for name, values in text.items() for value in values)
    if chars > LONGEST or len(text) > MOST_FIELDS:
        raise TooLong


def parent_of(person, data: QueryDict) -> Page | None:
    """Where a new page was to go, as the form says; checked again when it is resumed."""
    asked = whole_number((data.get("sous") or data.get("parent") or "").partition(".")[0])
    return Page.objects.filter(pk=asked, depth__gt=1).first() if asked else None


def forget(person, *keys) -> None:
    """Drop the drafts of these forms: they were published, or resumed under another key."""
    known = [key for key in map(as_key, keys) if key]
    if known:
        Draft.objects.filter(person=person, key__in=known).delete()


def close_published(person, data: QueryDict, page: Page, kind: str) -> None:
    """After the publication of a form: its drafts go, in the same transaction.

    Where the text of somebody else was preferred, one's own stays in one's drafts.
    """
    choices = [value for name, value in data.items() if name.startswith(CHOICE)]
    if THEIRS in choices:
        _kept(person, uuid4(), data, page, kind)
    forget(person, data.get("key"), *data.getlist("resumes"))
    if THEIRS not in choices:
        _drop_published(person, data, page, kind)


def _drop_published(person, data: QueryDict, page: Page, kind: str) -> None:
    """Other forms that held the very text that is published now."""
    title, words = one_line(data.get("title", ""))[:255], first_words(data.get("body", ""))
    text = {"title": title, "first_words": words, "data": {"fields": draft_fields(data)}}
    _drop_twins(Draft(person=person, page_id=page.pk, kind=kind, **text), with_it=True)


def as_key(text) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None


def offered(person, page: Page | None, kind: str, without=()) -> list[Draft]:
    """The drafts of a page, or of a new page of a kind, that an editor offers back."""
    kept_out = {key for key in map(as_key, without) if key}
    mine = (
        _of_page(open_audiences(person), person.pk, page.pk)
        if page
        else own(person).filter(page=None, kind=kind)
    )
    return [draft for draft in mine if draft.key not in kept_out][:MOST_OFFERED]


def published(person, keys) -> dict[UUID, int]:
    """Which of these keys of forms this person published, and the version each made."""
    known = [key for key in map(as_key, keys) if key]
    made = Version.objects.filter(key__in=known, author=person)
    return dict(made.values_list("key", "number"))


def page_of(draft: Draft, person) -> Page | None:
    """The page a draft is of, when its writer may still edit it."""
    if draft.page is None or not permissions.can_edit(person, draft.page):
        return None
    return draft.page


def kind_of(draft: Draft) -> str:
    """The kind of a new page to make of a draft: its own when people may create it."""
    return draft.kind if draft.kind in kinds.all_kinds() else "article"


def as_form(draft: Draft, fresh: bool) -> QueryDict:
    """The form to open again with what the draft holds; `fresh` when it makes a new page."""
    data = QueryDict(mutable=True)
    for name, values in draft.data.get("fields", {}).items():
        data.setlist(name, [""] if fresh and name.endswith("-id") else values)
    if fresh:
        for name in [name for name in data if name.endswith("-INITIAL_FORMS")]:
            data[name] = "0"
        data["base"] = ""
    if draft.page_id or draft.base:
        data["sous"] = NOWHERE  # its page has gone or closed: who may read the new one is asked
    elif draft.parent_id and "sous" not in data:
        data["sous"] = str(draft.parent_id)
    data["reopen"], data["resumes"] = "1", str(draft.key)
    return data
