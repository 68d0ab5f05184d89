"""The site of one size, for bench/growth.py: what its addresses name, who asks, what it costs."""

import re
import time
from itertools import cycle

from bench import corpus_frame, growth_fill, scratch
from bench.growth_screens import IN_LIST, KINDS, WORD, Screen, asked

FEW = 3  # pages of a kind that are asked in turn
TYPICAL = 2500  # characters of their text
COMMON, RARE_TOPIC = 0, -1  # topics, by how many pages they have
PAGES = re.compile(r"Page [\d\s]+ sur ([\d\s]+)")


class GrowthSite:
    """Django is set up on a site of `corpus_site.made`, filled by `growth_fill`."""

    def __init__(self):
        self.clients, self.words = clients(), {**pages(), **things(), **topics(), **signed()}
        self.addresses: dict[int, cycle] = {}

    def ask(self, rank: int) -> float | str:
        """CPU milliseconds of a line of the table, asked once; a sentence when it went wrong."""
        route, screen, person = asked()[rank]
        client = self.clients[person]
        if rank not in self.addresses:
            self.addresses[rank] = cycle(self.addresses_of(client, screen))
        return cost(client, next(self.addresses[rank]), route)

    def addresses_of(self, client, screen: Screen) -> list[str]:
        names = WORD.findall(screen.address)
        words = {name: self.words[name] for name in names if name in self.words}
        if IN_LIST in screen.address:
            first = filled(screen.address, words, 0).replace(IN_LIST, "1")
            words["middle"] = [str(middle_of(client, first))]
        total = max(map(len, words.values()), default=1)
        return [filled(screen.address, words, rank) for rank in range(total)]


def filled(address: str, words: dict[str, list[str]], rank: int) -> str:
    return WORD.sub(lambda m: pick(words.get(m[1]), m[0], rank), address)


def pick(values: list[str] | None, otherwise: str, rank: int) -> str:
    return values[rank % len(values)] if values else otherwise


def middle_of(client, address: str) -> int:
    found = PAGES.search(client.get(address).content.decode())
    return -(-int(re.sub(r"\s", "", found[1])) // 2) if found else 1


def cost(client, address: str, route: str) -> float | str:
    from django.urls import resolve
    from wagtail.models import Site

    if resolve(address.partition("?")[0]).view_name != route:
        return f"{address} is no address of {route}"
    scratch.forget_pages()
    Site.get_site_root_paths()
    start = time.process_time()
    answer = client.get(address)
    read(answer)
    spent = (time.process_time() - start) * 1000
    return spent if answer.status_code == 200 else f"{address}: {answer.status_code}"


def read(answer) -> None:
    """All of a file that is sent in pieces."""
    if answer.streaming:
        for _piece in answer:
            pass
    answer.close()


def clients() -> dict:
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    from wiki.models import User

    call_command("collectstatic", interactive=False, verbosity=0)
    settings.ALLOWED_HOSTS, settings.DEBUG = ["*"], False
    found = {
        name: Client(raise_request_exception=False)
        for name in ("visitor", "contributor", "facilitator")
    }
    found["contributor"].force_login(growth_fill.writer())
    found["facilitator"].force_login(User.objects.get(username=corpus_frame.login(0)))
    return found


def pages() -> dict[str, list[str]]:
    """Addresses of pages that everybody reads: typical ones of each kind, and those that stand
    out."""
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import Count
    from wagtail.models import Page

    from practices.models import PracticeIndexPage
    from wiki.access.visibility import visible_to
    from wiki.text.addresses import url_of

    found = {kind: [page.address for page in typical(kind)] for kind in KINDS}
    known = visible_to(AnonymousUser(), Page.objects.filter(depth__gt=3))
    for name, relation in {"linked": "links_in", "long": "versions"}.items():
        most = known.annotate(total=Count(relation)).order_by("-total", "pk").first()
        found[name] = [url_of(most.url_path)]
    newest = known.order_by("-pk").values_list("pk", flat=True)[0]
    found["thousand"] = [str(newest // 1_000)]  # the part of the sitemap that holds it
    return found | {"index": [str(PracticeIndexPage.objects.get().pk)]}


def typical(kind: str) -> list:
    """Those whose text is nearest to TYPICAL characters, so that sizes ask for the like."""
    from django.contrib.auth.models import AnonymousUser
    from django.db.models.functions import Abs, Length

    from wiki.access.visibility import visible_to
    from wiki.pages.kinds import all_kinds

    pages = visible_to(AnonymousUser(), all_kinds()[kind].objects.filter(depth__gt=3))
    return list(pages.annotate(far=Abs(Length("body") - TYPICAL)).order_by("far", "pk")[:FEW])


def things() -> dict[str, list[str]]:
    from wagtail.documents import get_document_model
    from wagtail.images import get_image_model

    from wiki.models import Draft, TrashedPage

    person = growth_fill.writer()
    images, documents = (
        model.objects.order_by("pk") for model in (get_image_model(), get_document_model())
    )
    own, image = documents.filter(uploaded_by_user=person).first(), images[1]
    return {
        "trashed": [str(TrashedPage.objects.earliest("pk").pk)],
        "image": [str(image.pk)],
        "rendition": [image.get_rendition("max-1000x1000|format-webp").file.name],
        "document": [str(documents[1].pk)],
        "own": [str(own.pk)],
        "draft": [str(Draft.objects.filter(person=person).earliest("pk").key)],
    }


def topics() -> dict[str, list[str]]:
    from django.db.models import Count

    from practices.models import PracticePage
    from structures.models import StructurePage
    from wiki.models import Topic
    from wiki.text.addresses import slug_of

    slugs = Topic.objects.annotate(total=Count("links")).filter(total__gt=0)
    slugs = list(slugs.order_by("-total", "pk").values_list("slug", flat=True))
    commune = StructurePage.objects.exclude(commune="").earliest("pk").commune
    level = PracticePage.objects.exclude(level="").earliest("pk").level
    named = {"commune": [slug_of(commune)], "level": [level]}
    return {"topic": [slugs[COMMON]], "rare": [slugs[RARE_TOPIC]], **named}


def signed() -> dict[str, list[str]]:
    """Names that sign much and little, each with one of its versions; a moment long ago."""
    from urllib.parse import quote

    from wiki.history.changes import VERSION, Moment
    from wiki.models import Version

    rows = Version.objects.order_by("-created_at", "-pk")
    middle = rows.only("created_at")[rows.count() // 2]
    much = rows.filter(author=growth_fill.writer(), page__live=True).earliest("pk")
    little = rows.filter(author__username="autre-0", page__live=True).earliest("pk")
    return {
        "moment": [str(Moment(middle.created_at, VERSION, middle.pk))],
        "author": [quote(much.author_name)],
        "signed": [str(much.pk)],
        "signed_few": [str(little.pk)],
    }
