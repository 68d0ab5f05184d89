"""Filters of an index, kept in the address: topic, public, level, device, family."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from wiki.text.french_order import french_key


@dataclass
class Option:
    value: str
    label: str
    count: int
    chosen: bool


@dataclass
class Filter:
    name: str
    label: str
    options: list[Option]

    @property
    def chosen(self) -> Option | None:
        return next((option for option in self.options if option.chosen), None)


def _topics(page) -> dict[str, str]:
    return {link.topic.slug: link.topic.name for link in page.topic_links.all()}


def _listed(name: str) -> Callable:
    return lambda page: {
        value: label
        for value, label in type(page)._meta.get_field(name).choices
        if value in getattr(page, name)
    }


def _chosen(name: str) -> Callable:
    def read(page):
        value = getattr(page, name)
        return {value: getattr(page, f"get_{name}_display")()} if value else {}

    return read


READERS = {
    "theme": (_("Topic"), None, _topics),
    "famille": (_("Family"), "family", _chosen("family")),
    "public": (_("Public"), "publics", _listed("publics")),
    "niveau": (_("Level"), "level", _chosen("level")),
    "appareil": (_("Device"), "devices", _listed("devices")),
}


class Filters:
    """Narrow pages by the query of an address; unknown names and values are passed over.

    Counts say how many pages each option would leave, the other filters kept.
    """

    def __init__(self, model, pages: list, query: QueryDict):
        fields = {field.name for field in model._meta.get_fields()}
        self.readers = {
            name: (label, read)
            for name, (label, field, read) in READERS.items()
            if field is None or field in fields
        }
        self.wanted = {name: query[name] for name in self.readers if query.get(name)}
        self.everything = pages
        self.pages = [page for page in pages if self._fits(page, self.wanted)]
        self.all = [self._filter(name) for name in self.readers]

    @property
    def active(self) -> list[Filter]:
        return [filter_ for filter_ in self.all if filter_.chosen]

    def _fits(self, page, wanted: dict[str, str]) -> bool:
        return all(value in self.readers[name][1](page) for name, value in wanted.items())

    def _filter(self, name: str) -> Filter:
        label, read = self.readers[name]
        others = {key: value for key, value in self.wanted.items() if key != name}
        values = [read(page) for page in self.everything if self._fits(page, others)]
        return Filter(name, label, list(self._options(name, values)))

    def _options(self, name: str, values: list[dict[str, str]]) -> Iterable[Option]:
        labels = {key: str(label) for value in values for key, label in value.items()}
        counts = Counter(key for value in values for key in value)
        for key, label in sorted(labels.items(), key=lambda item: french_key(item[1])):
            yield Option(key, label, counts[key], self.wanted.get(name) == key)
