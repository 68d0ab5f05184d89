from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from wiki.access import in_trash
from wiki.trash import purge, trash


class Command(BaseCommand):
    help = "Delete for good the pages that were put in the trash more than 90 days ago."

    def add_arguments(self, parser):
        parser.add_argument("--days", type=int, default=in_trash.DAYS_KEPT)
        parser.add_argument("--dry-run", action="store_true", help="say what would go, keep it")

    def handle(self, *args, days, dry_run, **options):
        rows = trash.expired(days).order_by("event__created_at")
        for row in list(rows):
            self.stdout.write(f"{row.event.created_at:%Y-%m-%d} {row.event.title}")
            if not dry_run:
                emptied = purge.empty(row)
                said = _("  %(pages)s pages, %(files)s files deleted")
                counts = {"pages": emptied.pages, "files": len(emptied.files)}
                self.stdout.write(said % counts)
