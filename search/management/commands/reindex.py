from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from tqdm import tqdm

from search.engine import Engine, get_engine
from search.indexing.documents import is_searched
from search.models import SearchEntry
from wiki.access.visibility import published
from wiki.models import SiteRevision

SHOWN = 100  # faults printed; the others are counted


class Command(BaseCommand):
    help = "Rebuild the search index from the published pages; people can write meanwhile."

    def add_arguments(self, parser):
        parser.add_argument(
            "--check",
            action="store_true",
            help="change nothing: say what the index holds otherwise than the pages, and fail",
        )

    def handle(self, *args, **options):
        if options["check"]:
            self.compare()
        else:
            self.rebuild(is_silent=options["verbosity"] == 0)

    def compare(self) -> None:
        """Never called `check`: Django runs a command's method of this name before the command
        itself, from a shell, and stops at what it raises."""
        faults = get_engine().faults()
        for fault in faults[:SHOWN]:
            self.stdout.write(fault)
        if faults:
            said = ngettext(
                "%(count)s fault: manage.py reindex mends it.",
                "%(count)s faults: manage.py reindex mends them.",
                len(faults),
            )
            raise CommandError(said % {"count": len(faults)})
        self.stdout.write(_("The index is that of the published pages."))

    def rebuild(self, is_silent: bool) -> None:
        ids = list(published().order_by("path").values_list("pk", flat=True))
        engine = own_engine()
        engine.mend()
        written = sum(index(engine, pk) for pk in tqdm(ids, unit="page", disable=is_silent))
        dead = SearchEntry.objects.exclude(page_id__in=published().values("pk"))
        for pk in list(dead.values_list("pk", flat=True)):
            engine.remove(pk)
        get_engine().tidy()
        SiteRevision.bump()  # what each process keeps in memory is read again
        said = ngettext("%(count)s page indexed.", "%(count)s pages indexed.", written)
        self.stdout.write(said % {"count": written})


def own_engine() -> Engine:
    """That of the database: a cluster gets all entries at the end, from there."""
    engine = get_engine()
    return getattr(engine, "database", engine)


@transaction.atomic
def index(engine: Engine, pk: int) -> bool:
    """Write the entry of a page as it is now, in a transaction of its own."""
    page = published().select_for_update(no_key=True).filter(pk=pk).first()
    if page is None or not is_searched(page):
        return False
    engine.index(page.specific)
    return True
