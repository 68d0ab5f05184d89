"""Wagtail's applications without its HTTP interface, which the site does not serve.

Each of them registers its part of it when it starts: its schemas, and the libraries that they are
written with, weigh as much as all the pages kept for readers.
"""

from contextlib import contextmanager
from types import SimpleNamespace

from wagtail.contrib.redirects.apps import WagtailRedirectsAppConfig
from wagtail.documents.apps import WagtailDocsAppConfig
from wagtail.images.apps import WagtailImagesAppConfig

from wiki.internals.stand_ins import instead_of

NOTHING = {
    "api": SimpleNamespace(add_router=lambda *args: None),
    "router": None,
    "register_content_types": lambda: None,
}


class RedirectsConfig(WagtailRedirectsAppConfig):
    def ready(self):
        with api_left_out(self.name):
            super().ready()


class DocumentsConfig(WagtailDocsAppConfig):
    def ready(self):
        with api_left_out(self.name):
            super().ready()


class ImagesConfig(WagtailImagesAppConfig):
    def ready(self):
        with api_left_out(self.name):
            super().ready()


@contextmanager
def api_left_out(app: str):
    """While an application starts, modules that hold nothing stand for those of the interface."""
    names = ("wagtail.api.v3.api", *(f"{app}.api.v3{end}" for end in ("", ".router", ".registry")))
    with instead_of(dict.fromkeys(names, NOTHING)):
        yield
