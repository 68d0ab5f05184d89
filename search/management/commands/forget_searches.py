from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import ngettext

from search.screens import zero_results


class Command(BaseCommand):
    help = "Forget the zero-result searches of which nothing was heard for 12 months."

    def handle(self, *args, **options):
        count = zero_results.forget(timezone.localdate())
        said = ngettext("%(count)s search forgotten.", "%(count)s searches forgotten.", count)
        self.stdout.write(said % {"count": count})
