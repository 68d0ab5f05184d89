"""Who may change what in the admin: its forms, sent by everybody.

Its screens of people and groups have tests of their own. A pattern of the admin that is in no
act is sent a form that asks for as much as it can, by those who may do nothing there.
"""

import re
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, Page, Site, Task, Workflow

from search.models import Promoted, Synonym
from tests import factories
from tests.wiki import acts
from tests.wiki.acts import Act
from tests.wiki.pictures import halves, saved
from wiki.models import Topic, TopicLink

OUTSIDE = ("anonymous", "reader", "contributor", "member")  # of the admin's acts on the site
KEEPERS, KEEPERS_INSIDE, NOBODY = acts.KEEPERS, acts.KEEPERS_INSIDE, acts.NOBODY
SUPERUSER = frozenset({"superuser"})  # facilitators are led to the site's own screens


@dataclass
class Things:
    """One of each thing that the admin manages, none of them the person's own."""

    ids: dict[str, int]
    world: acts.World


def build() -> Things:
    world = acts.build()
    Page.objects.filter(pk=world.pages["target"].pk).update(locked=True)
    topic, other = (Topic.objects.create(name=name) for name in ("Sujet un", "Sujet deux"))
    for one in (topic, other):
        TopicLink.objects.create(topic=one, page=world.pages["target"].page_ptr)
    held = ContentFile(b"x", name="x.txt")
    ids = {
        "topic": topic.pk,
        "other_topic": other.pk,
        "synonym": Synonym.objects.create(words="ordi, ordinateur").pk,
        "promoted": Promoted.objects.create(
            words="ordinateur", page=world.pages["open"].page_ptr
        ).pk,
        "redirect": Redirect.objects.create(old_path="/vieux", redirect_link="/").pk,
        "document": get_document_model().objects.create(title="d", file=held).pk,
        "image": an_image().pk,
        "collection": Collection.get_first_root_node().add_child(name="Autre").pk,
        "site": Site.objects.get().pk,
        "workflow": Workflow.objects.create(name="w").pk,
        "task": Task.objects.create(name="t").pk,
        "person": world.other.pk,
        "group": factories.person("Bureau").groups.get().pk,
        **{name: page.pk for name, page in world.pages.items()},
    }
    ids["closed_document"], ids["closed_image"] = closed_files(world)
    return Things(ids, world)


def an_image():
    held = ImageFile(saved(halves()), name="i.png")
    return get_image_model().objects.create(title="i", file=held)


def closed_files(world) -> tuple[int, int]:
    """A document and a picture that the closed page alone shows."""
    held = ContentFile(b"y", name="y.txt")
    document = get_document_model().objects.create(title="dy", file=held)
    image = an_image()
    body = (
        f'<p><a linktype="document" id="{document.pk}">x</a></p>'
        f'<embed embedtype="image" id="{image.pk}" alt="x">'
    )
    world.pages["closed"] = factories.edited(world.pages["closed"], body=body)
    return document.pk, image.pk


def at(address: str, fields: dict | None = None):
    """A form sent to an address of the admin, where `{name}` is the id of a thing."""

    def send(things, role, client):
        values = {
            name: value.format(**things.ids) if isinstance(value, str) else value
            for name, value in (fields or {}).items()
        }
        return client.post(f"/admin/{address.format(**things.ids)}", values)

    return send


def both(route: str, address: str, fields: dict | None = None, allowed=KEEPERS) -> list[Act]:
    """On an open page of somebody else, and on a closed one."""
    return [
        Act(route, "open", at(address.replace("{page}", "{open}"), fields), allowed),
        Act(
            route,
            "closed",
            at(address.replace("{page}", "{closed}"), fields),
            allowed & KEEPERS_INSIDE,
        ),
    ]


def files(route: str, address: str, fields: dict | None = None) -> list[Act]:
    kind = "document" if "document" in address else "image"
    return [
        Act(route, "unused", at(address.replace("{file}", f"{{{kind}}}"), fields), KEEPERS),
        Act(
            route,
            "closed",
            at(address.replace("{file}", f"{{closed_{kind}}}"), fields),
            KEEPERS_INSIDE,
        ),
    ]


PRIVACY = {"restriction_type": "login", "password": ""}
ACTS = [
    *both("pages privacy", "pages/{page}/privacy/", PRIVACY),
    Act(
        "pages privacy",
        "opens a closed page",
        at("pages/{closed}/privacy/", {"restriction_type": "none"}),
        KEEPERS_INSIDE,
    ),
    *both("pages lock", "pages/{page}/lock/"),
    Act("pages unlock", "somebody's lock", at("pages/{target}/unlock/"), KEEPERS),
    *both("pages unpublish", "pages/{page}/unpublish/", allowed=SUPERUSER),
    *both("pages move", "pages/{page}/move/{target}/confirm/", allowed=SUPERUSER),
    Act(
        "pages move",
        "under a closed page",
        at("pages/{open}/move/{closed}/confirm/"),
        SUPERUSER,
    ),
    Act("pages move", "into the trash", at("pages/{open}/move/{trashed}/confirm/"), NOBODY),
    Act("pages move", "out of the trash", at("pages/{trashed}/move/{target}/confirm/"), NOBODY),
    *both("pages delete", "pages/{page}/delete/", allowed=NOBODY),
    *both("pages edit", "pages/{page}/edit/", {"title": "x", "action-publish": "1"}, NOBODY),
    *both("pages copy", "pages/{page}/copy/", {"new_title": "x", "new_slug": "x"}, NOBODY),
    *both("bulk delete", "bulk/wagtailcore/page/delete/?id={page}", allowed=SUPERUSER),
    *both("bulk unpublish", "bulk/wagtailcore/page/unpublish/?id={page}", allowed=SUPERUSER),
    *both("bulk move", "bulk/wagtailcore/page/move/?id={page}", {"chooser": "{target}"}, SUPERUSER),
    Act("topics", "merged", at("themes/{topic}/fusionner/", {"into": "{other_topic}"}), KEEPERS),
    Act(
        "topics",
        "renamed",
        at("wiki/topic/edit/{topic}/", {"name": "Neuf", "slug": "neuf"}),
        KEEPERS,
    ),
    Act("topics", "made", at("wiki/topic/create/", {"name": "Neuf", "slug": "neuf"}), KEEPERS),
    Act("topics", "deleted", at("wiki/topic/delete/{topic}/"), KEEPERS),
    Act("synonyms", "made", at("search/synonym/create/", {"words": "bidule, machin"}), KEEPERS),
    Act(
        "synonyms",
        "changed",
        at("search/synonym/edit/{synonym}/", {"words": "bidule, machin"}),
        KEEPERS,
    ),
    Act("synonyms", "deleted", at("search/synonym/delete/{synonym}/"), KEEPERS),
    Act("promoted", "deleted", at("search/promoted/delete/{promoted}/"), KEEPERS),
    Act(
        "redirects",
        "made",
        at("redirects/add/", {"old_path": "/a", "redirect_link": "https://x.example/", "site": ""}),
        KEEPERS,
    ),
    Act("redirects", "deleted", at("redirects/{redirect}/delete/"), KEEPERS),
    *files("documents changed", "documents/edit/{file}/", {"title": "Neuf"}),
    *files("documents deleted", "documents/delete/{file}/"),
    *files("images deleted", "images/{file}/delete/"),
    Act("sites", "deleted", at("sites/delete/{site}/"), frozenset({"superuser"})),
]

# What fills the parameters of a pattern, by where it stands and what it is called.
FILLED = {
    "documents": "document",
    "images": "image",
    "redirects": "redirect",
    "collections": "collection",
    "workflows": "workflow",
    "sites": "site",
    "users": "person",
    "groups": "group",
    "themes": "topic",
}
FIXED = {
    "app_label": "wagtailcore",
    "model_name": "page",
    "content_type_app_name": "wiki",
    "content_type_model_name": "articlepage",
    "app_name": "taggit",
    "uidb64": "MQ",
    "token": "abc-def",
    "filter_spec": "original",
    "action": "delete",
    "action_name": "unpublish",
    "slug": "x",
    "revision_id_a": "earliest",
    "revision_id_b": "latest",
}
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")
GREEDY = {
    **{"title": "x", "name": "x", "slug": "x", "words": "bidule, machin", "old_path": "/a"},
    **{"restriction_type": "none", "confirm": "yes", "action-publish": "1", "id": "1"},
    **{"username": "x", "email": "x@example.org", "is_superuser": "on", "is_active": "on"},
    **{"password1": "une-phrase-solide", "password2": "une-phrase-solide", "into": "1"},
    **{"redirect_link": "/", "new_title": "x", "new_slug": "x", "collection": "1", "chooser": "1"},
}


def address_of(pattern: str, things: Things, page: str = "open") -> str:
    """An address that a pattern of the admin answers to."""
    bare = pattern.replace("^", "").replace("$", "").replace("\\d", "").replace("\\.", ".")

    def value(found) -> str:
        name = found[1] or found[2]
        if name in FIXED:
            return FIXED[name]
        room = pattern.split("/")[1]
        known = {"workflow_pk": "workflow", "task_id": "task", "destination_id": "target"}
        kind = known.get(name, FILLED.get(room, page))
        if room in {"search", "wiki"}:
            kind = next(
                k for k in ("synonym", "promoted", "topic", "open") if k in pattern or k == "open"
            )
        return str(things.ids[kind])

    return "/" + PARAMETER.sub(value, bare)
