from django.core.management.base import BaseCommand
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from tqdm import tqdm
from wagtail.documents import get_document_model

from search.indexing.reading import read
from search.models import FileText


class Command(BaseCommand):
    help = "Read the text of the files that wait for it, so that the search finds them."

    def add_arguments(self, parser):
        parser.add_argument(
            "--again", action="store_true", help="read all files, those that were read too"
        )

    def handle(self, *args, **options):
        again = options["again"]
        documents = list(get_document_model().objects.order_by("pk") if again else waiting())
        bar = tqdm(documents, unit="file", disable=options["verbosity"] == 0)
        states = [read(document, again=again) for document in bar]
        known = states.count(FileText.State.READ)
        said = _("%(read)s files read, %(unreadable)s unreadable.")
        self.stdout.write(said % {"read": known, "unreadable": len(states) - known})


def waiting():
    """The documents without a text yet, those older than the search of files included."""
    done = FileText.objects.exclude(state=FileText.State.WAITING).filter(pk=OuterRef("pk"))
    return get_document_model().objects.filter(~Exists(done)).order_by("pk")
