"""Parts of Django without a public way in."""

from django.db import connection
from django.forms.utils import ErrorDict, ErrorList


def forget_errors(form) -> None:
    """A bound form, or the row of a formset, as one that nothing has judged yet."""
    form._errors, form.cleaned_data = ErrorDict(), {}


def forget_errors_of_rows(formset) -> None:
    formset._errors, formset._non_form_errors = [{} for _row in formset.forms], ErrorList()
    for row in formset.forms:
        forget_errors(row)


def give_rights(person, permissions: set[str], groups) -> None:
    """Rights and groups of a user in memory: nothing is asked of the database for them."""
    person._perm_cache = permissions
    person._prefetched_objects_cache = {"groups": groups}


def is_new_file(field_file) -> bool:
    """Whether the file of a model in memory is not stored yet."""
    return bool(field_file) and not field_file._committed


def transaction_under_way():
    """The outermost block of this thread's transaction; None without one. What surrounds a whole
    test is none: it stands for the database."""
    return next((block for block in connection.atomic_blocks if not block._from_testcase), None)
