from django.core.management.base import BaseCommand
from tqdm import tqdm

from wiki import links
from wiki.models import PageLink


class Command(BaseCommand):
    help = "Write the table of links and titles again, from the published pages."

    def handle(self, **options):
        ids = links.all_ids()
        links.rebuild(tqdm(ids, unit="page", disable=options["verbosity"] == 0))
        self.stdout.write(f"{len(ids)} pages, {PageLink.objects.count()} links.")
