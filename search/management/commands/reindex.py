from django.core.management.base import BaseCommand
from django.db import transaction
from tqdm import tqdm

from search.documents import is_searched
from search.engine import get_engine
from search.models import SearchEntry
from wiki.visibility import published


class Command(BaseCommand):
    help = "Rebuild the search index from the published pages; people can write meanwhile."

    def handle(self, *args, **options):
        ids = list(published().order_by("path").values_list("pk", flat=True))
        bar = tqdm(ids, unit="page", disable=options["verbosity"] == 0)
        written = sum(index(pk) for pk in bar)
        SearchEntry.objects.exclude(page_id__in=published().values("pk")).delete()
        get_engine().tidy()
        self.stdout.write(f"{written} pages indexed.")


@transaction.atomic
def index(pk: int) -> bool:
    """Write the entry of a page as it is now, in a transaction of its own."""
    page = published().select_for_update(no_key=True).filter(pk=pk).first()
    if page is None or not is_searched(page):
        return False
    get_engine().index(page.specific)
    return True
