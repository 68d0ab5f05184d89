"""The screens of the admin that belong to no feature: its frame, its choosers, its list of sites.
Each feature lets in its own. What the site itself does is not among them."""

from urllib.parse import urlencode

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import capfirst
from wagtail.models import Site
from wagtail.sites.views import IndexView as SitesList

from wiki.admin.door import ADMINISTRATORS, FACILITATORS, let_in
from wiki.admin.judges import anything, form_names_open_pages, of_any_type, page

FRAME = (
    *("wagtailadmin_home", "wagtailadmin_sprite", "wagtailadmin_logout"),
    *("wagtailadmin_javascript_catalog", "wagtail_modeladmin:javascript_catalog"),
    "wagtailadmin_dismissibles",
)
CHOOSERS = {
    "wagtailadmin_choose_page": {},
    "wagtailadmin_choose_page_search": {},
    "wagtailadmin_choose_page_child": {"parent_page_id": page},
}
SITES = {
    "wagtailsites:index": {},
    "wagtailsites:index_results": {},
    "wagtailsites:edit": {"pk": anything},
}


def site_search(request, kwargs):
    """The field above the menu: the search of the site knows who asks."""
    return redirect(f"{reverse('search')}?{urlencode({'q': request.GET.get('q', '')})}")


def name_columns() -> None:
    """Wagtail's list of sites makes two headings of the names of its fields, in English."""
    for column in SitesList.columns:
        if column.name in {"site_name", "root_page", "port"}:
            column.label = capfirst(Site._meta.get_field(column.name).verbose_name)


def let_in_screens() -> None:
    name_columns()
    let_in(FACILITATORS, {name: {} for name in FRAME})
    let_in(FACILITATORS, CHOOSERS, asked=of_any_type)
    let_in(FACILITATORS, {"wagtailadmin_pages:search": {}}, leads_to=site_search)
    let_in(ADMINISTRATORS, SITES, asked=form_names_open_pages)
