from django.core.management.base import BaseCommand
from django.db import transaction
from tqdm import tqdm

from search.documents import is_searched
from search.engine import get_engine
from search.models import SearchEntry
from wiki.visibility import published

BATCH = 200


class Command(BaseCommand):
    help = "Rebuild the search index from the published pages, in one transaction."

    @transaction.atomic
    def handle(self, *args, **options):
        engine = get_engine()
        pages = [page for page in published().order_by("path").iterator(BATCH) if is_searched(page)]
        SearchEntry.objects.exclude(page_id__in=published().values("pk")).delete()
        for page in tqdm(pages, unit="page", disable=options["verbosity"] == 0):
            engine.index(page.specific)
        self.stdout.write(f"{len(pages)} pages indexed.")
