from django.core.management.base import BaseCommand

from home import foundation


class Command(BaseCommand):
    help = "Make the home page, the sections and the groups that the site needs; idempotent."

    def handle(self, *args, **options):
        foundation.lay()
        self.stdout.write("The site has its home page, its sections and its groups.")
