"""What a browser sent of the form of a page, made whole before the form reads it."""

from uuid import uuid4

from django.forms.utils import ErrorDict, ErrorList
from django.http import QueryDict

from wiki.content import child_relations
from wiki.html import spoken
from wiki.models import WikiPage

MOST_ROWS = 1000


def completed(posted: QueryDict, page: WikiPage) -> QueryDict:
    """What was typed, by itself: all rows are new, whatever became of those of the page.

    So the text of a form that is late, cut on its way or sent twice is what its writer saw,
    never mixed with what others published. Lines end as they are stored: a browser sends CRLF.
    What XML cannot hold is left out of every field.
    """
    data = posted.copy()
    for name, values in posted.lists():
        data.setlist(name, [spoken(value) for value in values])
    for name, value in page.spread(data).items():
        data[name] = value
    for name in child_relations(type(page)):
        data[f"{name}-INITIAL_FORMS"] = "0"
        for rank in range(_rows(data, name)):
            data[f"{name}-{rank}-id"] = ""
    return data


def _rows(data: QueryDict, name: str) -> int:
    total = data.get(f"{name}-TOTAL_FORMS", "0")
    return min(int(total), MOST_ROWS) if total.isascii() and total.isdigit() else 0


def with_new_key(posted: QueryDict, page: WikiPage) -> QueryDict:
    """The fields of a form, for another form: two open forms never share their key."""
    data = completed(posted, page)
    data["key"] = str(uuid4())
    return data


def reopened(form):
    """A form filled with what was typed, not judged yet: it shows no error."""
    form._errors = ErrorDict()
    form.cleaned_data = {}
    for formset in form.formsets.values():
        formset._errors, formset._non_form_errors = [{} for _row in formset.forms], ErrorList()
        for row in formset.forms:
            row._errors, row.cleaned_data = ErrorDict(), {}
    return form
