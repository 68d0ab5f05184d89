"""The screens of the search in the admin that facilitators have, and what they may know there."""

from search.models import Promoted
from wiki.admin.door import FACILITATORS, let_in
from wiki.admin.judges import anything, form_names_open_pages
from wiki.admin.known_pages import is_known


def known_promoted(user, rows):
    """Without the answers that stand on pages that this person may not know."""
    if user.is_superuser:
        return rows
    return rows.filter(is_known(user, "page_id"))


def promoted(user, pk) -> bool:
    return pk.isdecimal() and known_promoted(user, Promoted.objects.filter(pk=pk)).exists()


OF_ONE = {
    "search_synonym_modeladmin_edit": anything,
    "search_synonym_modeladmin_delete": anything,
    "search_zeroresultsearch_modeladmin_delete": anything,
    "search_promoted_modeladmin_edit": promoted,
    "search_promoted_modeladmin_delete": promoted,
}
OF_ALL = (
    "search_synonym_modeladmin_index",
    "search_synonym_modeladmin_create",
    "search_zeroresultsearch_modeladmin_index",
    "search_promoted_modeladmin_index",
    "search_promoted_modeladmin_create",
)


def let_in_screens() -> None:
    screens = {name: {"instance_pk": judge} for name, judge in OF_ONE.items()}
    screens |= {name: {} for name in OF_ALL}
    let_in(FACILITATORS, screens, asked=form_names_open_pages)
