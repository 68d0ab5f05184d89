"""What the pages of a site that is loaded in bulk stand in: indexes, accounts, topics."""

from collections.abc import Iterable
from datetime import datetime, timedelta

PASSWORD = "loire-et-vienne"
FACILITATORS = 3  # of the accounts
AGE = timedelta(days=12 * 365)  # of the site


class Index:
    """The page that those of one kind go under, and the next free place below it."""

    def __init__(self, model: type):
        from django.contrib.contenttypes.models import ContentType

        from wiki.access.visibility import published
        from wiki.pages.placement import indexes_of

        self.page = indexes_of(model, published()).last()
        self.content_type = ContentType.objects.get_for_model(model)
        below = self.page.get_children()
        self.slugs = set(below.values_list("slug", flat=True))
        last = below.order_by("path").last()
        self.step = last._str2int(last.path[-last.steplen :]) if last else 0
        self.held = 0

    def hold(self, page) -> None:
        """Give a page its place in the tree, and its address."""
        self.step, self.held = self.step + 1, self.held + 1
        page.locale, page.content_type = self.page.locale, self.content_type
        page.depth = self.page.depth + 1
        page.path = page._get_path(self.page.path, page.depth, self.step)
        page.slug = self.free_slug(page.title)
        page.url_path = f"{self.page.url_path}{page.slug}/"
        page.draft_title, page.search_description = page.title, page.summary

    def free_slug(self, title: str) -> str:
        """As `wiki.text.addresses.free_slug`, which asks the database for all those taken."""
        from wiki.text.addresses import RESERVED, shortened, slug_of

        base = shortened(slug_of(title)) or "page"
        slug, rank = base, 2
        while slug in self.slugs or slug in RESERVED:
            slug, rank = f"{base}-{rank}", rank + 1
        self.slugs.add(slug)
        return slug

    def count(self) -> None:
        from django.db.models import F
        from wagtail.models import Page

        Page.objects.filter(pk=self.page.pk).update(numchild=F("numchild") + self.held)


def make_people(names: list[str]) -> list:
    """An account for each name, with one password; the first ones facilitate."""
    from django.contrib.auth.hashers import make_password
    from django.contrib.auth.models import Group

    from wiki.models import User

    password = make_password(PASSWORD)
    accounts = [
        User(
            username=login(rank),
            display_name=name,
            email=f"{login(rank)}@membres.example",
            password=password,
        )
        for rank, name in enumerate(names)
    ]
    people = User.objects.bulk_create(accounts)
    Group.objects.get(name="Animateurs").user_set.add(*people[:FACILITATORS])
    Group.objects.get(name="Contributeurs").user_set.add(*people[FACILITATORS:])
    return people


def login(rank: int) -> str:
    return f"membre-{rank}"


def date_back(now: datetime) -> None:
    """The first pages of the site came before those that are loaded."""
    from wagtail.models import Page

    from search.indexing import records
    from wiki.models import Version

    pages = Page.objects.filter(pk__in=Version.objects.values("page"))
    Version.objects.update(created_at=now - AGE)
    pages.update(first_published_at=now - AGE, last_published_at=now - AGE)
    for page in filter(records.is_searched, pages):
        records.write(page.specific)


def topics_of(tags: Iterable[str]) -> dict[str, object]:
    from wiki.models import Topic

    return {tag: Topic.objects.named([tag.replace("-", " ")])[0] for tag in sorted(tags)}
