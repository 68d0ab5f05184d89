"""A conflict as people read it: both texts, with what each changed."""

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.models import Page

from wiki.diff import BlockChange, body_changes, field_changes, names_for, reader_of, words_changed
from wiki.editing import conflict_passages
from wiki.pages import content
from wiki.publishing.merging import Conflict

LONGEST_NOTED = (
    60_000  # characters of both texts: above, the words that changed are marked, no more
)


@dataclass
class Shown:
    """`label`: where it is; `theirs` and `mine`: HTML with marks, empty when it was removed.

    The notes name what each changed that words do not show.
    """

    label: str
    theirs: SafeString
    mine: SafeString
    can_join: bool
    theirs_notes: list[str]
    mine_notes: list[str]
    together: SafeString  # both changes in one passage, marked; empty where they touch
    joined: str  # both passages whole, one after the other; empty where that has no sense
    own: str | None  # what is in the field to write in, None where one cannot
    is_body: bool
    is_chosen_own: bool = False


def shown(conflict: Conflict, page: Page, user, written: str | None = None) -> Shown:
    """`written`: what its reader has put in the field already."""
    read = _Reading(conflict, page, user)
    base, theirs, mine = (
        read.words(value) for value in (conflict.base, conflict.theirs, conflict.mine)
    )
    both = read.words(conflict.together or "")
    can_join = conflict.joined is not None and bool(theirs) and bool(mine)
    own = (
        conflict_passages.opened_with(conflict)
        if conflict_passages.may_be_written(conflict, type(page))
        else None
    )
    return Shown(
        label=_("Text of the page") if conflict.name == "body" else _label(page, conflict.name),
        theirs=words_changed(base, theirs) if theirs else SafeString(),
        mine=words_changed(base, mine) if mine else SafeString(),
        can_join=can_join,
        theirs_notes=read.notes(conflict.theirs),
        mine_notes=read.notes(conflict.mine),
        together=words_changed(base, both) if both else SafeString(),
        joined=read.joined(conflict) if can_join else "",
        own=own if written is None or own is None else written,
        is_body=conflict.how == "body",
        is_chosen_own=written is not None,
    )


def _label(page: Page, name: str) -> str:
    return content.label_of(type(page), name)


class _Reading:
    """The values of a conflict as one person may read them; each body is read once."""

    def __init__(self, conflict: Conflict, page: Page, user):
        self.name, self.base, self.page, self.user = conflict.name, conflict.base, page, user
        texts = (conflict.base, conflict.theirs, conflict.mine, conflict.together)
        self.blocks = reader_of(user, *(text or "" for text in texts if self.name == "body"))

    def words(self, value) -> str:
        return "\n".join(self.lines(value))

    def joined(self, conflict: Conflict) -> str:
        """A body is not read a third time."""
        sides = [conflict.theirs, conflict.mine] if self.name == "body" else [conflict.joined]
        return "\n".join(map(self.words, sides))

    def lines(self, value) -> list[str]:
        if self.name == "body":
            return [block.text for block in self.blocks(value or "")]
        if self.name == content.TOPICS:
            return value or []
        if value in (None, ""):
            return []
        return content.lines(self.held(value), self.name, names_for(self.user))

    def notes(self, value) -> list[str]:
        """What was changed since the base that words do not show."""
        if self.name == content.TOPICS or not value:
            return []
        changes = self.body_changes(value) if self.name == "body" else self.field_changes(value)
        return list(dict.fromkeys(note for change in changes for note in change.notes))

    def body_changes(self, value: str) -> list[BlockChange]:
        if len(self.base or "") + len(value) > LONGEST_NOTED:
            return []
        return body_changes(self.base or "", value, self.blocks)[0]

    def field_changes(self, value) -> list[BlockChange]:
        held = self.held(self.base), self.held(value)
        return field_changes(*held, self.name, names_for(self.user))

    def held(self, value) -> Page:
        return content.page_with(self.page, {self.name: value} if value else {})
