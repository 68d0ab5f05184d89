"""Who may read a page, in the admin: nobody closes a page to themselves, nor to those who look
after it.
"""

from django.contrib import messages
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from wagtail.admin.auth import require_admin_access
from wagtail.admin.forms.pages import PageViewRestrictionForm
from wagtail.admin.views.page_privacy import SetPrivacyView
from wagtail.models import PageViewRestriction

# Who has one of these rights reads what is kept for those who have one before it.
LADDER = ("write_pages", "facilitate", "change_user")


class PrivacyForm(PageViewRestrictionForm):
    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.added = user, []
        self.fields["groups"].help_text = _(
            "Groups that can do more on the site read the page too: they are ticked with yours."
        )

    def clean_groups(self) -> QuerySet[Group]:
        groups = super().clean_groups()
        if self.cleaned_data.get("restriction_type") != PageViewRestriction.GROUPS:
            return groups
        chosen = set(groups.values_list("pk", flat=True))
        groups = with_those_above(groups)
        self.added = sorted(groups.exclude(pk__in=chosen).values_list("name", flat=True))
        if not (self.user.is_superuser or groups.filter(user=self.user).exists()):
            raise ValidationError(
                _(
                    "You would not read this page any more, and could not open it again. Tick a "
                    "group that you are in too."
                )
            )
        return groups


def with_those_above(groups: QuerySet[Group]) -> QuerySet[Group]:
    """These groups, and those that can do more on the site than one of them."""
    steps = [rank for rank, right in enumerate(LADDER) if _having(groups, [right]).exists()]
    above = LADDER[min(steps) + 1 :] if steps else ()
    more = _having(Group.objects.all(), above).values("pk")
    return Group.objects.filter(Q(pk__in=groups) | Q(pk__in=more))


def _having(groups: QuerySet[Group], rights) -> QuerySet[Group]:
    """Those that have one of these rights of the wiki."""
    return groups.filter(
        permissions__content_type__app_label="wiki", permissions__codename__in=rights
    )


class KeptPrivacy(SetPrivacyView):
    form_class = PrivacyForm

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form):
        """Whoever was added to the choice is said, when the window has gone."""
        if form.added:
            said = _("These groups read the page too, as they can do more on the site: %(names)s.")
            messages.info(self.request, said % {"names": ", ".join(form.added)})
        return super().form_valid(form)


set_privacy = require_admin_access(KeptPrivacy.as_view())
