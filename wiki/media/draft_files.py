"""The files that drafts name: in the texts being written, and in the fields of their forms."""

import json
import re
from collections.abc import Iterable, Iterator

from wiki.markup import html
from wiki.media.shown_files import FIELD, Files, named_in
from wiki.models import Draft

ID = re.compile(r'id=\\?["\']?(\d+)')  # in a text, or in the JSON that holds it


def drafts_naming(person, documents: bool, ids: Iterable[int]) -> Iterator[tuple[Draft, set[int]]]:
    """Each draft of a person that names some of these documents, or pictures, and which."""
    wanted = set(ids)
    drafts = Draft.objects.filter(person=person).order_by("-updated_at", "-pk") if wanted else ()
    for draft in drafts:
        held = named(draft, wanted)
        if found := (held.documents if documents else held.images) & wanted:
            yield draft, found


def named(draft: Draft, wanted: set[int]) -> Files:
    """The files that a draft names; a text where none of the wanted numbers stands is passed
    over, for reading it takes long."""
    files = Files()
    for name, values in draft.data.get("fields", {}).items():
        for value in values:
            files |= _chosen(value) if is_choice(name) else _written(value, wanted)
    return files


def is_choice(name: str) -> bool:
    return name.rpartition("-")[2] == FIELD


def chosen(fields: Iterable[tuple[str, list[str]]]) -> Files:
    """The documents chosen in the fields of a form; those of its texts are not looked at."""
    files = Files()
    for name, values in fields:
        for value in values if is_choice(name) else ():
            files |= _chosen(value)
    return files


def _chosen(value: str) -> Files:
    return Files({int(value)} if value.isascii() and value.isdigit() and len(value) < 19 else set())


def _written(text: str, wanted: set[int]) -> Files:
    if "<" not in text or wanted.isdisjoint(numbers(text)):
        return Files()
    return named_in(html.clean(text))


def numbers(text: str) -> set[int]:
    """Every number that could be a file of a text being written: too many rather than too few."""
    return {int(number) for number in ID.findall(text) if len(number) < 19}


def numbers_in_all() -> set[int]:
    """Every number that could be a file of the draft of anybody."""
    found: set[int] = set()
    for data in Draft.objects.values_list("data", flat=True).iterator():
        found |= numbers(json.dumps(data))
        for name, values in data.get("fields", {}).items():
            found = found.union(*(_chosen(v).documents for v in values if is_choice(name)))
    return found
