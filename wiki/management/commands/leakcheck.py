from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wiki.leaks import reasons
from wiki.leaks.checking import Round
from wiki.leaks.fetching import Silent, Site
from wiki.models import LeakCheck

NOT_ANSWERED = 2


class Command(BaseCommand):
    help = "Ask a live site, without logging in, for all that its database says is closed."

    def add_arguments(self, parser):
        parser.add_argument("url", help="where the site begins: https://passerelles.example")
        parser.add_argument(
            "--limit", type=int, help="at most so many addresses, drawn at random beyond"
        )
        parser.add_argument(
            "--seconds", type=float, default=3600, help="stop after so many seconds"
        )
        parser.add_argument(
            "--pause", type=float, default=0.1, help="seconds between two addresses"
        )

    def handle(self, url, limit=None, seconds=None, pause=0.1, **options):
        try:
            made = Round(Site(url.rstrip("/"), pause), limit, seconds).run()
        except ValueError as error:
            said = _("“%(url)s” is not the address of a site: write it with https://.")
            raise CommandError(said % {"url": url}, returncode=NOT_ANSWERED) from error
        except Silent as error:
            said = _("%(url)s does not answer, or with errors. Nothing is noted.") % {"url": url}
            raise CommandError(said, returncode=NOT_ANSWERED) from error
        self.tell(made)

    def tell(self, made: LeakCheck) -> None:
        for fault in made.faults:
            self.stdout.write(f"{fault['address']}\t{reasons.in_words(fault['reason'])}")
        said = ngettext("%(count)s address asked.", "%(count)s addresses asked.", made.asked)
        self.stdout.write(said % {"count": made.asked})
        if not made.is_whole:
            self.stdout.write(_("They were drawn at random: not all were asked."))
        if made.faults:
            said = ngettext(
                "%(count)s fault: something closed is seen from outside.",
                "%(count)s faults: something closed is seen from outside.",
                len(made.faults),
            )
            raise CommandError(said % {"count": len(made.faults)})
        self.stdout.write(_("Nothing closed is seen from outside."))
