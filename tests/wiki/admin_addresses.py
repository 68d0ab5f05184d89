"""Every address of the admin, made from its routes: each argument is filled by its name from
the world of secrets. An argument that nothing fills fails a test."""

import re
from dataclasses import dataclass, field

from django.contrib.auth.models import Group
from django.urls import URLResolver, get_resolver
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Page, Site, Task, Workflow

from search.models import Promoted, Synonym, ZeroResultSearch
from tests.wiki import outputs
from wiki.models import Topic

ADMIN = "admin/"
ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")
OF_THE_SEARCH = {"zeroresultsearch": ZeroResultSearch, "synonym": Synonym, "promoted": Promoted}
# What « pk » names, by the beginning of the route.
PK = {
    "admin/api/main/^pages": "page",
    "admin/api/main/^documents": "document",
    "admin/api/main/^images": "image",
    "admin/pages/": "page",
    "admin/documents/": "document",
    "admin/images/": "image",
    "admin/users/": "user",
    "admin/groups/": "group",
    "admin/sites/": "site",
    "admin/collections/": "collection",
    "admin/workflows/task": "task",
    "admin/workflows/": "workflow",
    "admin/themes/": "topic",
    "admin/^wiki/topic/": "topic",
    "admin/^search/zeroresultsearch/": "zeroresultsearch",
    "admin/^search/synonym/": "synonym",
    "admin/^search/promoted/": "promoted",
}
NAMES = {
    "page": ("page_id", "parent_page_id", "page_to_move_id", "page_pk", "object_id"),
    "image": ("image_id",),
    "document": ("document_id", "doc_id"),
    "redirect": ("redirect_id",),
    "collection": ("collection_id",),
    "task": ("task_id",),
    "workflow": ("workflow_pk",),
}
# What names no thing of the world, or one that stands in the address of each page.
PLAIN = {
    "app_label": "home",
    "model_name": "homepage",
    "app_name": "taggit",
    "content_type_app_name": "home",
    "content_type_model_name": "homepage",
    "action_name": "approve",
    "filter_spec": "max-165x165",
    "session_id": "1",
    "task_state_id": "1",
    "workflow_state_id": "1",
    "uploaded_file_id": "1",
    "uidb64": "MQ",
    "token": "abc-def",
    "rest": "done/",
    "revision_id_a": "earliest",
    "revision_id_b": "latest",
}
OTHER_MODELS = {
    "admin/tag-autocomplete/": {"model_name": "tag"},
    "admin/workflows/tasks/add/": {"app_label": "wagtailcore", "model_name": "groupapprovaltask"},
}
BULK = "admin/bulk/<str:app_label>/<str:model_name>/<str:action>/"
LISTED = ("?q=zx", "?export=csv", "?term=zx", "?html_path=/")


@dataclass
class Route:
    """A pattern of the admin: what it reads from its address."""

    pattern: str
    name: str
    arguments: list[str] = field(default_factory=list)

    def kind_of(self, argument: str) -> str:
        if argument in {"pk", "instance_pk"}:
            return next(kind for start, kind in PK.items() if self.pattern.startswith(start))
        return next((kind for kind, names in NAMES.items() if argument in names), "")


def routes() -> list[Route]:
    """All of them; the one that ends the session comes last."""
    found = _walk(get_resolver("kb.urls").url_patterns, "", "")
    return sorted(found, key=lambda route: route.name == "wagtailadmin_logout")


def _walk(patterns, prefix: str, space: str):
    for each in patterns:
        whole = f"{prefix}{each.pattern}"
        if isinstance(each, URLResolver):
            inner = ":".join(part for part in (space, each.namespace) if part)
            yield from _walk(each.url_patterns, whole, inner)
        elif whole.startswith(ADMIN):
            name = f"{space}:{each.name}" if space and each.name else each.name or ""
            found = [a or b for a, b in ARGUMENT.findall(whole)]
            yield Route(whole, name, found)


class Addresses:
    """The addresses of each route in a world; its lists are read once."""

    def __init__(self, world):
        self.things = things(world)
        self.pages = {page.pk: page for page in Page.objects.all()}
        self.open_page = world.public[0].pk

    def of(self, route: Route) -> list[str]:
        if route.pattern == BULK:
            return list(self.bulk())
        kinds = {self.kind(route, name) for name in route.arguments} - {""}
        if not kinds:
            bare = self.filled(route, {})
            return [bare, *(f"{bare}{query}" for query in LISTED)]
        kind = next(iter(sorted(kinds, key=lambda kind: kind != "page")))
        made = [self.filled(route, self.values(route, kind, pk)) for pk in self.things[kind]]
        if "parent_page_id" in route.arguments:
            made += [f"{address}?q=zx" for address in made]
        if "destination_id" in route.arguments:
            moved = self.values(route, kind, self.open_page)
            made += [
                self.filled(route, moved | {"destination_id": pk}) for pk in self.things["page"]
            ]
        return made

    def kind(self, route: Route, argument: str) -> str:
        return "" if argument in PLAIN else route.kind_of(argument)

    def values(self, route: Route, kind: str, pk) -> dict:
        found = {name: pk for name in route.arguments if self.kind(route, name) == kind}
        others = {name: self.kind(route, name) for name in route.arguments}
        found |= {n: self.things[k][0] for n, k in others.items() if k not in {"", kind}}
        if kind == "page":
            found |= self.of_page(self.pages[pk])
        return found

    def of_page(self, page) -> dict:
        model = page.specific_class._meta
        return {
            "app_label": model.app_label,
            "model_name": model.model_name,
            "revision_id": page.latest_revision_id or 0,
            "destination_id": self.open_page,
        }

    def filled(self, route: Route, values: dict) -> str:
        def value(match) -> str:
            name = match[1] or match[2]
            for start, models in OTHER_MODELS.items():
                if route.pattern.startswith(start) and name in models:
                    return models[name]
            return str(values.get(name, PLAIN[name] if name in PLAIN else values[name]))

        plain = ARGUMENT.sub(value, route.pattern)
        plain = plain.replace("^.*/$", "nulle-part/").replace(r"\.\.\.", "...").replace("\\.", ".")
        return f"/{plain.replace('^', '').replace('$', '')}"

    def bulk(self):
        """Each action on several things, asked for one of them, and for all."""
        kinds = {("wagtailcore", "page"): "page", ("wagtailimages", "image"): "image"}
        kinds |= {("wagtaildocs", "document"): "document", ("wiki", "user"): "user"}
        bulk_action_registry._scan_for_bulk_actions()
        for app, models in bulk_action_registry.actions.items():
            for model, actions in models.items():
                for action in actions:
                    base = f"/admin/bulk/{app}/{model}/{action}/"
                    ids = [*self.things[kinds[app, model]], "all"]
                    yield from (f"{base}?id={pk}&next=/admin/" for pk in ids)


def things(world) -> dict[str, list[int]]:
    """The ids of what the routes name, first one that everybody may know."""
    home = Page.objects.get(depth=2, numchild__gt=0, live=True)
    pages = [page.pk for page in outputs.pages(world)]
    found = {
        "page": [home.pk, *reversed(pages)],
        "image": [s.image.pk for s in world.secrets if s.image],
        "document": [s.document.pk for s in world.secrets if s.document],
        "user": [person.pk for person in world.people.values()],
        "redirect": list(Redirect.objects.values_list("pk", flat=True)),
        "topic": topics(),
    }
    rows = {"group": Group, "site": Site, "collection": Collection, **OF_THE_SEARCH}
    rows |= {"workflow": Workflow, "task": Task}
    for kind, model in rows.items():
        found[kind] = list(model.objects.order_by("-pk").values_list("pk", flat=True)[:6])
    return found


def topics() -> list[int]:
    """Those of the secrets, after one that stands on a page that everybody reads."""
    secret = Topic.objects.filter(slug__startswith="zx").values_list("pk", flat=True)
    return [Topic.objects.get(slug="sujet-commun").pk, *secret]
