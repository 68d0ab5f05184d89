"""What stands around the form of a page: drafts to resume, who else writes, warnings, places."""

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

from wiki.access.restrictions import is_closed, reserved
from wiki.access.visibility import audience_key
from wiki.editing import drafts, editor_strings, form_strings, presence, warnings
from wiki.editing.boxes import Boxes, boxes_of
from wiki.editing.form_data import is_to_publish
from wiki.pages import placement, same_titles
from wiki.pages.content import label_of
from wiki.pages.placement import NOTHING

MOST_OPEN = 5  # rows that are shown at once: more would part the text from what one does with it


@dataclass
class Rows:
    """A group of child rows: folded away while it is empty, or long, and nothing is wrong in it."""

    name: str
    label: str
    row_label: str
    form: object
    formset: object
    boxes: Boxes | None = None  # where each row is one page
    below: object = None  # the field that completes the boxes
    blank_text: str = ""  # once it is drawn

    @property
    def blank(self):
        """The row that the browser copies."""
        return self.form.blank_row(self.formset)

    @property
    def filled(self) -> int:
        """Lines that hold something."""
        typed = self.formset.is_bound
        return len([r for r in self.formset if r.instance.pk or (typed and r.has_changed())])

    @property
    def is_open(self) -> bool:
        """Boxes stay folded when they are ticked: the line above says which."""
        if self.boxes:
            return bool(self.below.errors or self.formset.total_error_count())
        is_short = 0 < self.filled <= MOST_OPEN
        return bool(is_short or self.formset.total_error_count())


def around_the_form(request, form, page, data, place=None, kind=None, **_more) -> dict:
    """`data`: what was sent of the form, or the draft that it is opened with; None for neither."""
    key, former = form["key"].value(), former_keys(data or NOTHING)
    told = told_of(request.user, data, page, place.parent if place else None)
    asked = placement.asked_parent(request.user, placement.place_said(request, data))
    kept = reserved(page, request.user) if page else None
    return {
        "groups": rows_of(form),
        "action": address_of(page, kind, asked),
        "kept": drafts.offered(request.user, page, kind_of(page, kind), [key, *former]),
        "former": former,
        "is_kept": bool(former) and drafts.holds(request.user, former, data),
        "is_touched": data is not None,
        "online_since": page.last_published_at if page and data is None else None,
        "same_titles": same_titles.told(request.user, form["title"].value() or "", page),
        "present": present(request.user, page, key),
        "warned": told.sentences,
        "seen": told.seen,
        "advice": told.advice,
        "told_readers": told_readers(page, data),
        "place": place,
        "parent": place.parent if place else None,
        "reserved": kept,
        "says_fault": not is_to_publish(data),
        "sent_elsewhere": sent_elsewhere(asked, place),
        "body_words": editor_strings.as_script(),
        "form_words": form_strings.as_script(),
    }


def rows_of(form) -> list[Rows]:
    model = type(form.instance)
    return [
        Rows(
            name,
            label_of(model, name),
            str(formset.model._meta.verbose_name),
            form,
            formset,
            *ticks_of(form, name),
        )
        for name, formset in form.formsets.items()
    ]


def ticks_of(form, name: str) -> tuple:
    choice, below = form.instance.ticked_rows.get(name, ("", ""))
    boxes = boxes_of(form.formsets[name], choice, form.user) if choice else None
    return boxes, form[below] if below else None


def address_of(page, kind, asked) -> str:
    """Where the form is sent, wherever it was opened from."""
    if page is not None:
        return reverse("edit", kwargs={"path": page.address[1:]})
    return reverse("new", args=[kind.kind]) + (f"?sous={asked.pk}" if asked else "")


def former_keys(data: QueryDict) -> list[str]:
    """Keys of the forms that this one goes on with: its first saving removes their drafts."""
    keys = data.getlist("resumes")
    if "reopen" in data:
        keys = [*keys, data.get("key", "")]
    return list(dict.fromkeys(str(key) for key in map(drafts.as_key, keys) if key))


def kind_of(page, kind) -> str:
    return page.kind if page is not None else kind.kind


def present(user, page, key) -> list[str]:
    if page is None:
        return []
    presence.seen(user, page, key)
    return presence.others(user, page)


def told_of(user, data, page, parent) -> warnings.Cautions:
    if data is None:
        return warnings.Cautions([], "")
    return warnings.of_form(data, user, page, parent)


def told_readers(page, data) -> str:
    """For whom the page was when the form was opened: what the form carries to the end."""
    if data is not None:
        return data.get("readers", "")
    return audience_key(page) if page and is_closed(page) else ""


def sent_elsewhere(asked, place) -> bool:
    """The page was asked for under one that cannot hold its kind."""
    return bool(asked and place and place.parent and asked.pk != place.parent.pk)
