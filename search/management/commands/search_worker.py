import signal
from threading import Event

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search.engine import is_cluster


class Command(BaseCommand):
    help = "Send to the search cluster what it must still hear; for ever, or once."

    def add_arguments(self, parser):
        parser.add_argument(
            "--once", action="store_true", help="send what waits and stop; fails when it cannot"
        )

    def handle(self, *args, **options):
        if not is_cluster():
            raise CommandError(_("SEARCH_URL names no cluster: there is nothing to send."))
        from search.engines.elastic import outbox

        if options["once"]:
            self.once(outbox)
            return
        stopped = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
        outbox.Drainer().work(is_told_to_stay=lambda: not stopped.is_set(), waiting=stopped.wait)

    def once(self, outbox) -> None:
        try:
            sent = outbox.drain()
        except outbox.Unreachable as failure:
            said = _("The search cluster does not answer: %(failure)s")
            raise CommandError(said % {"failure": failure}) from failure
        said = ngettext("%(count)s page sent.", "%(count)s pages sent.", sent)
        self.stdout.write(said % {"count": sent})
