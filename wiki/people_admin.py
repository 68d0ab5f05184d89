"""The admin's screens of people: besides a mail address, a public name is all that one gives.

What one may give to others is shown here and kept by `wiki.people_guard`.
"""

from django import forms
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views import bulk_actions, users

from wiki import names, people_guard
from wiki.admin_door import is_open
from wiki.models import User
from wiki.powers import grantable_groups, has_more, may_manage

SEEN_BY_NOBODY = _("Optional, never shown to readers: the name shown is enough.")
CREDENTIALS = ("username", "email", "password1", "password2")


class PeoplePolicy(ModelPermissionPolicy):
    """Superusers are changed by superusers only, on every screen that asks."""

    def user_has_permission_for_instance(self, user, action, instance):
        allowed = super().user_has_permission_for_instance(user, action, instance)
        return allowed and (action == "view" or may_manage(user, instance))


class _PublicNameFirst:
    """Civil names may stay blank; the name that signs pages is asked."""

    def __init__(self, *args, actor, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("first_name", "last_name"):
            self.fields[name].required = False
            self.fields[name].help_text = SEEN_BY_NOBODY
        self.offer_what_one_has(actor)

    def offer_what_one_has(self, actor):
        if actor.is_superuser:
            return
        self.fields.pop("is_superuser", None)
        field = self.fields["groups"]
        field.queryset = grantable_groups(actor).order_by("name")
        field.error_messages["invalid_choice"] = people_guard.GRANTED
        if has_more(self.instance, actor):
            self.fields["email"].help_text = people_guard.CREDENTIALS
            for name in CREDENTIALS:
                self.fields[name].disabled = True

    def clean_display_name(self):
        return names.checked(self.cleaned_data["display_name"], self.instance)

    def clean_groups(self):
        """Groups that one may not give are not taken away either."""
        chosen = {group.pk for group in self.cleaned_data["groups"]}
        offered = set(self.fields["groups"].queryset.values_list("pk", flat=True))
        before = (
            set(self.instance.groups.values_list("pk", flat=True)) if self.instance.pk else set()
        )
        return Group.objects.filter(pk__in=chosen | (before - offered))


def _with_public_name(form: type[forms.ModelForm]) -> type:
    return type("Meta", (form.Meta,), {"fields": [*form.Meta.fields, "display_name"]})


class PersonCreationForm(_PublicNameFirst, UserCreationForm):
    Meta = _with_public_name(UserCreationForm)

    def clean(self):
        """Without a name shown, the login name signs."""
        cleaned = super().clean()
        if not cleaned.get("display_name") and "display_name" not in self.errors:
            person = User(username=cleaned.get("username", ""))
            try:
                names.refuse_taken(person.public_name, person)
            except ValidationError as error:
                self.add_error("display_name", error)
        return cleaned


class PersonEditForm(_PublicNameFirst, UserEditForm):
    Meta = _with_public_name(UserEditForm)


class _AsActor:
    """A refusal is said on the form, with what was typed."""

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "actor": self.request.user}

    def save_instance(self):
        with transaction.atomic(), people_guard.kept(self.request.user):
            return super().save_instance()

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except people_guard.Refused as refusal:
            form.add_error(None, str(refusal))
            self.produced_error_message = str(refusal)
            return self.form_invalid(form)


class PersonCreation(_AsActor, users.CreateView):
    pass


class PersonEdit(_AsActor, users.EditView):
    def dispatch(self, request, *args, **kwargs):
        if not may_manage(request.user, self.object):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_history_url(self):
        """Offered to those to whom it is open."""
        address = super().get_history_url()
        return address if address and is_open(self.request.user, address) else None


class PersonDeletion(users.DeleteView):
    def delete_action(self):
        with transaction.atomic(), people_guard.kept(self.request.user):
            super().delete_action()

    def form_valid(self, form):
        person = self.object.pk
        try:
            return super().form_valid(form)
        except people_guard.Refused as refusal:
            messages.error(self.request, str(refusal))
            return redirect("wagtailusers_users:edit", person)


class PeopleViewSet(users.UserViewSet):
    add_view_class = PersonCreation
    edit_view_class = PersonEdit
    delete_view_class = PersonDeletion
    copy_view_enabled = False  # an account is a person

    def get_form_class(self, for_update=False):
        return PersonEditForm if for_update else PersonCreationForm


class _OfManageablePeople:
    def check_perm(self, person):
        return super().check_perm(person) and may_manage(self.request.user, person)


class RoleAssignment(_OfManageablePeople, bulk_actions.AssignRoleBulkAction):
    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        form.fields["role"].queryset = grantable_groups(self.request.user)
        form.fields["role"].error_messages["invalid_choice"] = people_guard.GRANTED
        return form


class Activation(_OfManageablePeople, bulk_actions.SetActiveStateBulkAction):
    pass


class Deletion(_OfManageablePeople, bulk_actions.DeleteBulkAction):
    pass


BULK_ACTIONS = [RoleAssignment, Activation, Deletion]
