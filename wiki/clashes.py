"""A clash as people read it: both texts, with what each changed."""

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.models import Page

from wiki import content, own_words
from wiki.differences import (
    body_changes,
    field_changes,
    names_for,
    targets_of,
    text_blocks,
    words_changed,
)
from wiki.merging import Clash

LONGEST_NOTED = 60_000  # signs of both texts: above, the words that changed are marked, no more


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


def shown(clash: Clash, page: Page, user, written: str | None = None) -> Shown:
    """`written`: what its reader has put in the field already."""
    base, theirs, mine, both, joined = (
        "\n".join(_lines(clash.name, value, page, user))
        for value in (clash.base, clash.theirs, clash.mine, clash.together or "", clash.joined)
    )
    can_join = clash.joined is not None and bool(theirs) and bool(mine)
    own = own_words.opened_with(clash) if own_words.may_be_written(clash, type(page)) else None
    return Shown(
        label=_("Text of the page") if clash.name == "body" else _label(page, clash.name),
        theirs=words_changed(base, theirs) if theirs else SafeString(),
        mine=words_changed(base, mine) if mine else SafeString(),
        can_join=can_join,
        theirs_notes=_notes(clash.name, clash.base, clash.theirs, page, user),
        mine_notes=_notes(clash.name, clash.base, clash.mine, page, user),
        together=words_changed(base, both) if both else SafeString(),
        joined=joined if can_join else "",
        own=own if written is None or own is None else written,
        is_body=clash.how == "body",
        is_chosen_own=written is not None,
    )


def _notes(name: str, base, value, page: Page, user) -> list[str]:
    if name == content.TOPICS or not value:
        return []
    if name == "body":
        if len(base or "") + len(value) > LONGEST_NOTED:
            return []
        changes = body_changes(base or "", value, user)[0]
    else:
        held = [content.page_with(page, {name: v} if v else {}) for v in (base, value)]
        changes = field_changes(*held, name, names_for(user))
    return list(dict.fromkeys(note for change in changes for note in change.notes))


def _label(page: Page, name: str) -> str:
    return content.label_of(type(page), name)


def _lines(name: str, value, page: Page, user) -> list[str]:
    if name == "body":
        body = value or ""
        return [block.text for block in text_blocks(body, targets_of(user, body))]
    if name == content.TOPICS:
        return value or []
    if value in (None, ""):
        return []
    held = content.page_with(page, {name: value})
    return content.lines(held, name, names_for(user))
