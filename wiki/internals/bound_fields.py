"""The fields of a form that is bound to them: what each of their parts asks, found once."""

from django.forms import BoundField
from django.forms.utils import ErrorList
from django.utils.functional import cached_property

NO_FAULT = ErrorList()  # never altered: who adds a fault to a form does it by `add_error`


class DrawnField(BoundField):
    """Django makes its id, and an empty list of faults, each time that one of them is asked."""

    @cached_property
    def auto_id(self) -> str:
        return super().auto_id

    @property
    def errors(self) -> ErrorList:
        return self.form.errors.get(self.name, NO_FAULT)
