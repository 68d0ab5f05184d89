"""The first screen of the admin: what facilitators and administrators do there, as doors."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component

from wiki.admin.door import is_open


@dataclass(frozen=True)
class Door:
    route: str
    title: str
    told: str

    @property
    def address(self) -> str:
        return reverse(self.route)


DOORS = [
    Door("wagtailimages:index", _("Pictures"), _("Name them, replace them, see where they serve.")),
    Door("wagtaildocs:index", _("Documents"), _("Files to be opened from the pages.")),
    Door("wiki_topic_modeladmin_index", _("Topics"), _("Rename them, merge two into one.")),
    Door(
        "search_zeroresultsearch_modeladmin_index",
        _("Searches without an answer"),
        _("What people looked for in vain."),
    ),
    Door(
        "search_synonym_modeladmin_index",
        _("Words of the same meaning"),
        _("For whoever says it otherwise."),
    ),
    Door(
        "search_promoted_modeladmin_index",
        _("Chosen answers"),
        _("The page that comes first for a search."),
    ),
    Door("wagtailadmin_explore_root", _("Tree of the pages"), _("Close a page, lock it.")),
    Door(
        "wagtailredirects:index",
        _("Redirects of old addresses"),
        _("Where an old address leads today."),
    ),
    Door("wagtailusers_users:index", _("Accounts"), _("Open one, close one, choose its role.")),
]


class Doors(Component):
    """Those that lead this person somewhere."""

    name, order = "doors", 10
    template_name = "wiki/admin/doors.html"

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        return {"doors": [door for door in DOORS if is_open(user, door.address)]}
