from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from tqdm import tqdm

from wiki.links import index
from wiki.models import PageLink, SiteRevision


class Command(BaseCommand):
    help = "Write the table of links and titles again, from the published pages."

    def handle(self, **options):
        ids = index.all_ids()
        index.rebuild(tqdm(ids, unit="page", disable=options["verbosity"] == 0))
        SiteRevision.bump()
        said = _("%(pages)s pages, %(links)s links.")
        self.stdout.write(said % {"pages": len(ids), "links": PageLink.objects.count()})
