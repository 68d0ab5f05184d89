from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from home.demonstration import ACCOUNTS, PASSWORD


class Command(BaseCommand):
    help = "Print the accounts of the demonstration."

    def handle(self, *args, **options):
        if not settings.DEMO_ACCOUNTS:
            self.stdout.write(_("This site has no demonstration accounts."))
            return
        for username, _name, group in ACCOUNTS:
            self.stdout.write(f"  {username:<16}{PASSWORD:<20}({group})")
