"""The admin's screens of people: besides a mail address, a public name is all that one gives."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import UserViewSet

SEEN_BY_NOBODY = _("Optional, never shown to readers: the name shown is enough.")


class _PublicNameFirst:
    """Civil names may stay blank; the name that signs pages is asked."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("first_name", "last_name"):
            self.fields[name].required = False
            self.fields[name].help_text = SEEN_BY_NOBODY


def _with_public_name(form: type[forms.ModelForm]) -> type:
    return type("Meta", (form.Meta,), {"fields": [*form.Meta.fields, "display_name"]})


class PersonCreationForm(_PublicNameFirst, UserCreationForm):
    Meta = _with_public_name(UserCreationForm)


class PersonEditForm(_PublicNameFirst, UserEditForm):
    Meta = _with_public_name(UserEditForm)


class PeopleViewSet(UserViewSet):
    def get_form_class(self, for_update=False):
        return PersonEditForm if for_update else PersonCreationForm
