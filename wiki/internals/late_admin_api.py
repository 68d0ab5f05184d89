"""Wagtail's admin without its HTTP interface, until somebody asks it something.

The explorer of the admin asks it, and the door of the site lets superusers alone in there. What it
is written with (rest_framework, pydantic, psycopg) weighs more in each process than the names of
20,000 pages.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module

from django.urls import URLResolver, include, path, re_path
from django.urls.resolvers import RegexPattern
from wagtail import hooks

from wiki.internals.stand_ins import instead_of

ADDRESSES = "wagtail.admin.api.urls"
BESIDE = {"images": "ImagesAdminAPIViewSet", "documents": "DocumentsAdminAPIViewSet"}
NAMESPACE = "wagtailadmin_api"


def answer(request, *args, **kwargs):
    """What the interface answers, which is loaded for the first one."""
    match = interface().resolve(request.path_info)
    return match.func(request, *match.args, **match.kwargs)


@cache
def interface() -> URLResolver:
    for app, name in BESIDE.items():
        view = getattr(import_module(f"wagtail.{app}.api.admin.views"), name)
        setattr(import_module(f"wagtail.{app}.wagtail_hooks"), name, view)
    return URLResolver(RegexPattern(r"^/admin/api/"), import_module(ADDRESSES))


def addresses() -> list:
    """Those of the interface, by their names; `answer` knows what to do of each."""
    return [path("main/", include((list(map(endpoint, ["pages", *BESIDE])), NAMESPACE)))]


def endpoint(name: str) -> URLResolver:
    patterns = [
        path("", answer, name="listing"),
        path("<int:pk>/", answer, name="detail"),
        path("find/", answer, name="find"),
    ]
    if name == "pages":
        patterns.append(path("<int:pk>/action/<str:action_name>/", answer, name="action"))
    return re_path(rf"^{name}/", include((patterns, name), namespace=name))


@contextmanager
def put_off() -> Iterator[None]:
    """While the admin is loaded, modules that hold nothing stand for those that are heavy."""
    stand_ins = {ADDRESSES: {"urlpatterns": addresses()}}
    stand_ins |= {f"wagtail.{app}.api.admin.views": {name: None} for app, name in BESIDE.items()}
    with instead_of(stand_ins):
        yield


with put_off():
    hooks.search_for_hooks()
    admin_urls = import_module("wagtail.admin.urls")
