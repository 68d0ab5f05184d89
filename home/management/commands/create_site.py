from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from home import foundation


class Command(BaseCommand):
    help = "Make the home page, the sections, the groups and the first pages; idempotent."

    def handle(self, *args, **options):
        foundation.create_first_pages(foundation.create_site())
        self.stdout.write(
            _("The site has its home page, its sections, its groups, its first pages.")
        )
