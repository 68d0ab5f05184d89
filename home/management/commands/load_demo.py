from django.core.management.base import BaseCommand

from home import demonstration


class Command(BaseCommand):
    help = "Load the demonstration content; idempotent: pages that exist are left as they are."

    def handle(self, *args, **options):
        count = demonstration.load(quiet=options["verbosity"] == 0)
        self.stdout.write(f"{count} versions loaded.")
