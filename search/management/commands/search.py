import json

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search.engine import PAGE_SIZE, Hit, get_engine


class Command(BaseCommand):
    help = "Search from the command line, as an anonymous reader unless --as says who."

    def add_arguments(self, parser):
        parser.add_argument("query")
        parser.add_argument(
            "--json", action="store_true", help="a list of {title, url, kind, score}"
        )
        parser.add_argument("--limit", type=int, default=PAGE_SIZE)
        parser.add_argument("--as", dest="username", default="", help="login of the reader")

    def handle(self, *args, **options):
        reader = self.reader(options["username"])
        results = get_engine().search(options["query"], reader, limit=max(options["limit"], 0))
        rows = [row(hit) for hit in results.hits]
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
            return
        for found in rows:
            self.stdout.write("{score:10.3f}  {kind:10}  {title}  {url}".format(**found))
        said = ngettext("%(count)s page", "%(count)s pages", results.total)
        self.stdout.write(said % {"count": results.total})

    def reader(self, username: str):
        if not username:
            return AnonymousUser()
        user = get_user_model().objects.filter(username=username).first()
        if user is None:
            raise CommandError(_("Nobody is called “%(name)s”.") % {"name": username})
        return user


def row(hit: Hit) -> dict:
    return {
        "title": hit.page.title,
        "url": hit.page.address,
        "kind": hit.kind,
        "score": hit.score,
    }
