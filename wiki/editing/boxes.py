"""Rows that are each one page: boxes to tick, and a field for the pages that have none.

A site of few such pages has a box for each of them; a large one for those that were named most
lately, and the others are typed.
"""

from collections import Counter
from dataclasses import dataclass

from wiki.access.kept_for_readers import KeptForReaders
from wiki.access.visibility import visible_to
from wiki.editing.form_data import BETWEEN
from wiki.editing.page_field import WORDS, sent_in
from wiki.pages.content import not_available
from wiki.pages.naming import Named, named, names_of
from wiki.text.french_order import french_key

MOST_BOXES = 40
LATEST = 300  # rows in which one looks for those that are named most


@dataclass
class Box:
    value: str
    label: str
    is_ticked: bool


@dataclass
class Boxes:
    """`is_whole`: each page has its box; `name`, `typed`, `errors`: of the control beside them,
    which holds the names that no page is found for; `kind`: of the pages that it names."""

    boxes: list[Box]
    is_whole: bool
    name: str
    typed: str
    errors: list[str]
    kind: str

    @property
    def id(self) -> str:
        return f"id_{self.name}"

    @property
    def has_control(self) -> bool:
        return bool(self.errors or self.typed or not self.is_whole)

    @property
    def ticked(self) -> list[str]:
        return [box.label for box in self.boxes if box.is_ticked]


def boxes_of(formset, name: str, user) -> Boxes:
    """What is ticked comes first, in its order; `name`: the field that names the page."""
    offered, is_whole = offered_pages(formset.model, name, user)
    ticked, closed = ticked_in(formset, name)
    labels = labels_of({**ticked, **{page.pk: page for page in offered}}) | closed
    return Boxes(
        [Box(str(pk), label, pk in ticked) for pk, label in labels.items()],
        is_whole,
        formset.prefix + WORDS,
        f"{BETWEEN} ".join(untold_in(formset, name)),
        [error for row in formset.forms for error in row[name].errors],
        formset.model._meta.get_field(name).related_model.kind,
    )


def ticked_in(formset, name: str) -> tuple[dict[int, Named], dict[int, str]]:
    """The pages that the rows are clearly of; and what is said of those that are closed."""
    fields = [(row.fields[name], sent_in(row, name)) for row in formset.forms]
    pages = {p.pk: named(p) for field, sent in fields if (p := field.page_of(sent))}
    closed = {pk for field, _sent in fields for pk in field.known.closed}
    return pages, dict.fromkeys(pages.keys() & closed, not_available())


def labels_of(pages: dict[int, Named]) -> dict[int, str]:
    """Their titles, and what tells them apart where two have the same one."""
    times = Counter(page.title for page in pages.values())
    return {pk: page.called if times[page.title] > 1 else page.title for pk, page in pages.items()}


def untold_in(formset, name: str) -> list[str]:
    """The names that were typed and that no page is found for, or several."""
    sent = [(row.fields[name], sent_in(row, name)) for row in formset.forms]
    return [one.typed for field, one in sent if one.typed and not field.page_of(one)]


def offered_pages(rows, name: str, user) -> tuple[list[Named], bool]:
    """The pages that have a box, and whether they are all those that this person may read."""
    ids, is_whole = _offered.of(user, lambda: ids_to_offer(rows, name, user), rows, name)
    found = names_of(rows._meta.get_field(name).related_model, ids, user)
    return sorted(found, key=lambda page: french_key(page.title)), is_whole


def ids_to_offer(rows, name: str, user) -> tuple[list[int], bool]:
    pages = visible_to(user, rows._meta.get_field(name).related_model.objects.all())
    ids = list(pages.values_list("pk", flat=True)[: MOST_BOXES + 1])
    is_whole = len(ids) <= MOST_BOXES
    return (ids if is_whole else named_lately(rows, name, user)), is_whole


_offered: KeptForReaders[tuple[list[int], bool]] = KeptForReaders()


def named_lately(rows, name: str, user) -> list[int]:
    """The ids that the latest rows name most, of pages that this person may read."""
    latest = rows.objects.order_by("-pk").values_list("page_id", f"{name}_id")[:LATEST]
    pairs = list(latest)
    holders = visible_to(user).filter(pk__in={page_id for page_id, _pk in pairs})
    known = set(holders.values_list("pk", flat=True))
    named = Counter(pk for page_id, pk in pairs if pk and page_id in known)
    return [pk for pk, _times in named.most_common(MOST_BOXES)]
