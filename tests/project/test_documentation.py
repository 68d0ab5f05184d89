"""Every module, command, screen, template tag and bench is named in the developers' page."""

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


def table_of(app: str) -> str:
    """What the page says of the rooms of an app."""
    after = DOCUMENT.partition(f"### In `{app}/`")[2]
    return re.split("\n#{2,3} |\n\\| module beside", after, maxsplit=1)[0]


def modules(app: str) -> list[tuple[str, str]]:
    """The rooms of an app and their modules, such as ("engines", "elastic.client")."""
    room_of = ((path, path.parts[0]) for path in _sources(app) if len(path.parts) > 1)
    return [(room, ".".join(path.with_suffix("").parts[1:])) for path, room in room_of]


def _sources(app: str) -> list[Path]:
    folder = Path(settings.ROOT) / app
    found = (path.relative_to(folder) for path in folder.rglob("*.py"))
    apart = {"migrations", "management", "templatetags"}
    return sorted(p for p in found if p.stem != "__init__" and p.parts[0] not in apart)


@pytest.mark.parametrize("app", ["wiki", "search"])
def test_every_module_stands_in_its_room(app):
    table = table_of(app)
    rooms = dict.fromkeys(room for room, _module in modules(app))
    assert len(rooms) > 6
    told = {room: table.partition(f"\n**{room}** —")[2].partition("\n**")[0] for room in rooms}
    lost = [f"{room}.{name}" for room, name in modules(app) if f"| `{name}` |" not in told[room]]
    assert lost == []


@pytest.mark.parametrize("app", ["wiki", "search"])
def test_no_module_is_told_that_is_not_there(app):
    table = table_of(app)
    there = {name for _room, name in modules(app)}
    assert set(re.findall(r"^\| `([\w.]+)` \|", table, re.M)) - there == set()


@pytest.mark.parametrize("app", ["structures", "wiki", "search"])
def test_modules_beside_the_rooms_are_told(app):
    plain = {"apps", "urls", "models", "querysets", "wagtail_hooks"}
    names = [path.stem for path in _sources(app) if len(path.parts) == 1]
    assert [name for name in names if name not in plain and f"{name}`" not in DOCUMENT] == []
