"""What a browser sent of the form of a page, made whole before the form reads it."""

from uuid import uuid4

from django.http import QueryDict

from wiki.editing.page_field import WORDS
from wiki.internals.django import forget_errors, forget_errors_of_rows
from wiki.markup.html import strip_control_chars
from wiki.models import WikiPage
from wiki.pages.content import child_relations
from wiki.text.characters import one_line
from wiki.text.form_fields import LONGEST_LINES

BETWEEN = ";"  # two names typed in one control
MOST_ROWS = 150  # of all the lists of a page: a meeting with 60 people and as many decisions


def sent_data(request) -> QueryDict | None:
    """What was sent of the form; None when it is only opened."""
    return request.POST if request.method == "POST" else None


def is_to_publish(data: QueryDict | None) -> bool:
    """Sent to be published; a form that is opened again with its text is shown."""
    return data is not None and "reopen" not in data


def completed(posted: QueryDict, page: WikiPage) -> QueryDict:
    """What was typed, by itself: all rows are new, whatever became of those of the page.

    So the text of a form that is late, cut on its way or sent twice is what its writer saw,
    never mixed with what others published. Lines end as they are stored: a browser sends CRLF.
    What XML cannot hold is left out of every field.
    """
    data = posted.copy()
    for name, values in posted.lists():
        data.setlist(name, [strip_control_chars(value) for value in values])
    for name, value in {**page.spread(data), **ticked(data, page)}.items():
        data[name] = value
    room = MOST_ROWS
    for name in child_relations(type(page)):
        rows = min(_sent(data, name), room)
        room -= rows
        data[f"{name}-INITIAL_FORMS"], data[f"{name}-TOTAL_FORMS"] = "0", str(rows)
        for rank in range(rows):
            data[f"{name}-{rank}-id"] = ""
    return data


def ticked(data: QueryDict, page: WikiPage) -> dict[str, str]:
    """Boxes that were ticked and names that were typed, as the rows that they stand for."""
    rows = {}
    for name, (field, _below) in page.ticked_rows.items():
        values = list(dict.fromkeys(value for value in data.getlist(name) if value))
        typed = names_in(data.get(name + WORDS, ""))
        rows |= {f"{name}-{rank}-{field}": value for rank, value in enumerate(values)}
        ranked = enumerate(typed, start=len(values))
        rows |= {f"{name}-{rank}-{field}{WORDS}": words for rank, words in ranked}
    return rows


def names_in(typed: str) -> list[str]:
    """Names of pages that were typed in one control."""
    names = (one_line(name) for name in typed[:LONGEST_LINES].split(BETWEEN))
    return list(dict.fromkeys(name for name in names if name))


def is_crowded(data: QueryDict, page: WikiPage) -> bool:
    """Whether the lists of a form were sent with more rows than are read."""
    return sum(_sent(data, name) for name in child_relations(type(page))) > MOST_ROWS


def _sent(data: QueryDict, name: str) -> int:
    """How many rows were sent, whatever their number is said to be: none of them is left out."""
    start = f"{name}-"
    ranks = (key[len(start) :].partition("-")[0] for key in data if key.startswith(start))
    sent = (int(rank) + 1 for rank in ranks if rank.isascii() and rank.isdigit() and len(rank) < 10)
    return max(sent, default=0)


def with_new_key(posted: QueryDict, page: WikiPage) -> QueryDict:
    """The fields of a form, for another form: two open forms never share their key."""
    data = completed(posted, page)
    data["key"] = str(uuid4())
    return data


def reopened(form):
    """A form filled with what was typed, not judged yet: it shows no error."""
    forget_errors(form)
    for formset in form.formsets.values():
        forget_errors_of_rows(formset)
    return form
