from collections import Counter

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from tqdm import tqdm

from search.attachments import reading
from search.models import FileText


class Command(BaseCommand):
    help = "Read the text of the files that wait for it, so that the search finds them."

    def add_arguments(self, parser):
        parser.add_argument(
            "--again", action="store_true", help="read all files, those that were read too"
        )

    def handle(self, *args, **options):
        states = reading.drain_again() if options["again"] else reading.drain()
        bar = tqdm(states, unit="file", disable=options["verbosity"] == 0)
        count = Counter(bar)
        said = _("%(read)s files read, %(unreadable)s unreadable.")
        read, unreadable = count[FileText.State.READ], count[FileText.State.UNREADABLE]
        self.stdout.write(said % {"read": read, "unreadable": unreadable})
