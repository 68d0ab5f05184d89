from django.core.management.base import BaseCommand
from django.utils import timezone

from search import vain


class Command(BaseCommand):
    help = "Forget the searches in vain of which nothing was heard for 12 months."

    def handle(self, *args, **options):
        self.stdout.write(f"{vain.forget(timezone.localdate())} searches forgotten.")
