"""Who may read a page, chosen on the site: everybody, people who are logged in, or groups."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, PageViewRestriction

from wiki.access import granting, restrictions
from wiki.organizing.privacy_admin import PrivacyForm

OPEN, LOGIN, GROUPS = (
    PageViewRestriction.NONE,
    PageViewRestriction.LOGIN,
    PageViewRestriction.GROUPS,
)


class ReserveForm(PrivacyForm):
    """Of the page's own restriction; what stands above it closes it too."""

    def __init__(self, data, *, page: Page, user):
        own = PageViewRestriction.objects.filter(page=page).order_by("pk").first()
        super().__init__(data, instance=own or PageViewRestriction(page=page), user=user)
        if own is None:
            self.initial["restriction_type"] = OPEN
        self.fields.pop("password", None)
        self.fields["restriction_type"].label = _("Who may read it?")
        self.fields["restriction_type"].choices = [
            (OPEN, _whoever_reads_above(page)),
            (LOGIN, _("people who have an account")),
            (GROUPS, _("only these groups:")),
        ]
        self.fields["groups"].label = _("Groups")
        self.fields["groups"].required = False

    @transaction.atomic
    def keep(self) -> None:
        """Raises people_guard.Refused, and nothing is changed."""
        with granting.kept(self.user):
            if self.cleaned_data["restriction_type"] != OPEN:
                self.save(commit=False).save(user=self.user)
                self.save_m2m()
            elif self.instance.pk:
                self.instance.delete(user=self.user)


def _whoever_reads_above(page: Page) -> str:
    readers = restrictions.readers_of(page.get_parent())
    if readers:
        return _("those who may read the page above: %(readers)s") % {"readers": readers}
    return _("everybody")
