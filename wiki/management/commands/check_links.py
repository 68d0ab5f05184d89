from django.core.management.base import BaseCommand
from django.utils.translation import ngettext
from tqdm import tqdm

from wiki.links.broken_links import Checker, check, reason_in_words
from wiki.models import BrokenLink


class Command(BaseCommand):
    help = "Ask the addresses of other sites that pages give whether they still answer."

    def add_arguments(self, parser):
        parser.add_argument("--limit", type=int, help="at most so many addresses, drawn at random")

    def handle(self, limit=None, **options):
        bar = tqdm(check(Checker(), limit), unit="link", disable=options["verbosity"] == 0)
        broken = [(url, fault) for url, fault in bar if fault]
        for url, fault in sorted(broken):
            self.stdout.write(f"{url}\t{reason_in_words(fault)}")
        total = BrokenLink.objects.values("url").distinct().count()
        said = ngettext("%(count)s broken link known.", "%(count)s broken links known.", total)
        self.stdout.write(said % {"count": total})
