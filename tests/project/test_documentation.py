"""Every command, screen, template tag and bench is named in the developers' page."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from search import urls as search_urls
from wiki import urls as wiki_urls
from wiki.pages import topic_admin
from wiki.templatetags import wiki as tags

DOCUMENT = (Path(settings.ROOT) / "docs" / "developing.md").read_text()
COMMANDS = sorted(path.stem for path in Path(settings.ROOT).glob("*/management/commands/[a-z]*.py"))
BENCHES = sorted(
    path.name
    for path in (Path(settings.ROOT) / "bench").glob("*.py")
    if "\ndef main(" in path.read_text()
)
PATTERNS = [*wiki_urls.urlpatterns, *search_urls.urlpatterns, *topic_admin.urlpatterns]
SCREENS = sorted({pattern.name for pattern in PATTERNS if pattern.name})
TAGS = sorted({*tags.register.filters, *tags.register.tags})


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_documented(name):
    assert f"`manage.py {name}" in DOCUMENT


@pytest.mark.parametrize("name", SCREENS)
def test_every_screen_is_documented(name):
    assert f"`{name}`" in DOCUMENT


@pytest.mark.parametrize("name", TAGS)
def test_every_template_tag_is_documented(name):
    assert re.search(rf"\b{name}\b", DOCUMENT)


@pytest.mark.parametrize("name", BENCHES)
def test_every_bench_is_documented(name):
    assert f"bench/{name}" in DOCUMENT
