"""The HTTP interface of Wagtail, which the site does not serve, is not loaded."""

import pytest
from wagtail.documents import get_document_model
from wagtail.models import ReferenceIndex

from tests.apart import said_by

WHAT_IS_LOADED = """
import sys
import django
django.setup()
import kb.urls
print([name for name in ("ninja", "wagtail.api.v3.api") if name in sys.modules])
from importlib import import_module
print(import_module("wagtail.api.v3.api").api is not None, "ninja" in sys.modules)
"""


def test_the_site_starts_without_it_and_leaves_it_whole():
    told = said_by(WHAT_IS_LOADED)
    assert told == ["[]", "True True"]


def test_what_else_the_applications_do_when_they_start_is_done():
    assert ReferenceIndex.model_is_indexable(get_document_model())


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/api/v3/pages/", "/api/v2/pages/", "/admin/api/v3/pages/"])
def test_it_is_not_served(client, address):
    assert client.get(address).status_code in (302, 404)
