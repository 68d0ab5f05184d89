"""The admin's screens of people: besides a mail address, a public name is all that one gives.

What one may give to others is shown here and kept by `wiki.access.granting`.
"""

from functools import partial

from django import forms
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views import bulk_actions, users

from wiki.access import granting
from wiki.access.audiences import readable_versions
from wiki.access.capabilities import grantable_groups, has_more, may_manage
from wiki.access.lesser_readers import GROUP as CONTRIBUTORS
from wiki.accounts import mails, public_names
from wiki.admin.door import ADMINISTRATORS, is_open, let_in
from wiki.admin.judges import anything, form_names_open_pages
from wiki.http.after_response import ThenActs
from wiki.models import User, Version
from wiki.text.form_fields import LineField

ALL_RIGHTS = _("All rights")
SEEN_BY_NOBODY = _("Optional, never shown to readers: the name shown is enough.")
WITHOUT_ADDRESS = _(
    "Optional. Without it, no link can be sent for a forgotten password: you give a new one here."
)
NAMELESS = _("Write the name that readers will see: a role, a first name or a pseudonym.")
ROLELESS = _(
    "This person has no role: they could only read. Choose “Contributeurs” for somebody who "
    "writes, or confirm that they only read."
)
ROLES = _(
    "“Contributeurs” write and mend pages. “Animateurs” keep the site in order too. "
    "“Administrateurs” make accounts too."
)
TOLD = _(
    "At least 10 characters, not a common word. Tell it to the person, who then chooses their own "
    "in “My account”."
)
YOURS = _("Your own address and password are changed in “My account”, with your password.")
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
        self.say_in_our_words()
        self.ask_name()
        self.say_roles()
        self.offer_what_one_has(actor)
        if self.instance.pk == actor.pk:
            self.keep("email", "password1", "password2", why=YOURS)

    def keep(self, *names, why):
        self.fields["email"].help_text = why
        for name in names:
            self.fields[name].disabled = True

    def say_in_our_words(self):
        login, email = self.fields["username"], self.fields["email"]
        login.help_text = User._meta.get_field("username").help_text
        email.required = False
        email.label, email.help_text = _("E-mail address"), WITHOUT_ADDRESS

    def ask_name(self):
        """Whoever has a name keeps one; without it the login name signs."""
        field = self.fields["display_name"]
        field.required = not self.instance.pk or bool(self.instance.display_name)
        field.error_messages["required"] = NAMELESS

    def say_roles(self):
        field = self.fields["groups"]
        field.label, field.help_text = _("Role"), ROLES
        if "is_superuser" in self.fields:
            field = self.fields["is_superuser"]
            field.label, field.help_text = ALL_RIGHTS, _("For whoever keeps the server.")

    def offer_what_one_has(self, actor):
        if actor.is_superuser:
            return
        self.fields.pop("is_superuser", None)
        field = self.fields["groups"]
        field.queryset = grantable_groups(actor).order_by("name")
        field.error_messages["invalid_choice"] = granting.GRANTED
        if has_more(self.instance, actor):
            self.keep(*CREDENTIALS, why=granting.CREDENTIALS)

    def clean_display_name(self):
        return public_names.checked(self.cleaned_data["display_name"], self.instance)

    def clean_groups(self):
        """Groups that one may not give are not taken away either."""
        chosen = {group.pk for group in self.cleaned_data["groups"]}
        offered = set(self.fields["groups"].queryset.values_list("pk", flat=True))
        before = (
            set(self.instance.groups.values_list("pk", flat=True)) if self.instance.pk else set()
        )
        return Group.objects.filter(pk__in=chosen | (before - offered))


def _with_public_name(form: type[forms.ModelForm]) -> type:
    own = {"display_name": LineField}
    fields = [*form.Meta.fields, *own]
    return type("Meta", (form.Meta,), {"fields": fields, "field_classes": own})


class PersonCreationForm(_PublicNameFirst, UserCreationForm):
    """A role is chosen before; to give none is asked again."""

    only_reads = forms.BooleanField(
        label=_("This person only reads, without a role"), required=False
    )

    Meta = _with_public_name(UserCreationForm)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = TOLD
        usual = self.fields["groups"].queryset.filter(name=CONTRIBUTORS)
        self.initial.setdefault("groups", []).extend(usual)

    @property
    def asks_role(self) -> bool:
        return self.has_error("groups", "roleless")

    def clean(self):
        cleaned = super().clean()
        roles = ("groups", "is_superuser", "only_reads")
        if "groups" in cleaned and not any(cleaned.get(name) for name in roles):
            self.add_error("groups", ValidationError(ROLELESS, code="roleless"))
        return cleaned


class PersonEditForm(_PublicNameFirst, UserEditForm):
    Meta = _with_public_name(UserEditForm)


class _AsActor:
    """A refusal is said on the form, with what was typed."""

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "actor": self.request.user}

    def save_instance(self):
        with transaction.atomic(), granting.kept(self.request.user):
            return super().save_instance()

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except granting.GrantRefused as refusal:
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

    def get_page_subtitle(self):
        return self.object.public_name

    def get_history_url(self):
        address = super().get_history_url()
        return address if address and is_open(self.request.user, address) else None

    def form_valid(self, form):
        old = form.initial["email"]
        response = super().form_valid(form)
        if form.errors:
            return response
        if not (self.object.groups.exists() or self.object.is_superuser):
            messages.warning(self.request, _("This person has no role any more: they only read."))
        if form.cleaned_data["email"] == old:
            return response
        return ThenActs(response.url, partial(mails.tell_of_new_address, old, self.object))


class PersonDeletion(users.DeleteView):
    """What stays and what goes is said before."""

    def get_context_data(self, **kwargs):
        signed = readable_versions(self.request.user, Version.objects.filter(author=self.object))
        counts = {
            "pages": signed.order_by().values("page").distinct().count(),
            "drafts": self.object.drafts.count(),
        }
        return {**super().get_context_data(**kwargs), **counts}

    def delete_action(self):
        with transaction.atomic(), granting.kept(self.request.user):
            super().delete_action()

    def form_valid(self, form):
        person = self.object.pk
        try:
            return super().form_valid(form)
        except granting.GrantRefused as refusal:
            messages.error(self.request, str(refusal))
            return redirect("wagtailusers_users:edit", person)


def role_of(person) -> str:
    """In the words of the groups, as the site names them."""
    names = [ALL_RIGHTS] if person.is_superuser else []
    names += sorted(group.name for group in person.groups.all())
    return ", ".join(map(str, names)) or _("No role")


class PeopleFilters(users.UserFilterSet):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["group"].label = _("Role")
        self.filters["is_superuser"].label = ALL_RIGHTS


class PeopleList(users.IndexView):
    """Who is who: the name that readers see, the role, whether they may come in."""

    @cached_property
    def columns(self):
        columns = {column.name: column for column in super().columns}
        columns["name"].accessor = "public_name"
        columns["is_superuser"] = Column("role", accessor=role_of, label=_("Role"), width="20%")
        columns["is_active"] = Column(
            "is_active",
            accessor=lambda person: _("Yes") if person.is_active else _("No"),
            label=columns["is_active"].label,
            sort_key="is_active",
            width="10%",
        )
        return list(columns.values())

    @cached_property
    def search_fields(self):
        return super().search_fields | {"display_name"}

    def get_base_queryset(self):
        return super().get_base_queryset().prefetch_related("groups")

    def order_queryset(self, queryset):
        if self.ordering in {"name", "-name"}:
            sign = self.ordering.removesuffix("name")
            return queryset.order_by(f"{sign}display_name", f"{sign}username")
        return super().order_queryset(queryset)


class PeopleViewSet(users.UserViewSet):
    index_view_class = PeopleList
    filterset_class = PeopleFilters
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
        form.fields["role"].error_messages["invalid_choice"] = granting.GRANTED
        return form


class Activation(_OfManageablePeople, bulk_actions.SetActiveStateBulkAction):
    pass


class Deletion(_OfManageablePeople, bulk_actions.DeleteBulkAction):
    pass


BULK_ACTIONS = [RoleAssignment, Activation, Deletion]


SCREENS = {
    "wagtailusers_users:index": {},
    "wagtailusers_users:index_results": {},
    "wagtailusers_users:add": {},
    "wagtailusers_users:edit": {"pk": anything},
    "wagtailusers_users:delete": {"pk": anything},
}


def let_in_screens() -> None:
    let_in(ADMINISTRATORS, SCREENS, asked=form_names_open_pages)
