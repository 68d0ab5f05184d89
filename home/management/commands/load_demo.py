from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from home import demonstration


class Command(BaseCommand):
    help = "Load the demonstration content; idempotent: what people wrote is left as it is."

    def handle(self, *args, **options):
        count = demonstration.load(quiet=options["verbosity"] == 0)
        self.stdout.write(_("%(count)s versions loaded.") % {"count": count})
