"""A field that names a document of the site: one among the latest, or found by words of its name.

Two controls go with it: a select that offers a few, under the name of the field, and beside it,
under that name and « -named », words of the name of any other. What is chosen is asked of the
database, never of what was offered: a site has thousands of documents, a form a few dozens.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter
from os.path import splitext
from typing import NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.choices import BaseChoiceIterator
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model

from wiki.access.files import document_rights, documents_open_to, readable_documents
from wiki.internals.compiled import NOTHING, Compiled, Fixed
from wiki.media.file_labels import said_of_document
from wiki.pages.content import not_available
from wiki.pages.naming import LONGEST, MOST_WORDS, words_of
from wiki.text.characters import one_line
from wiki.text.form_fields import LONGEST_KEY
from wiki.text.french_order import french_key
from wiki.text.titles import folded

NAMED = "-named"
MOST_OWN = 12  # offered of those that this person sent
MOST_LATEST = 30  # offered of all
MOST_TOLD = 6  # in a message
MOST_READ = 20_000  # names in which words are looked for: the newest


def number_of(value) -> int | None:
    """The number that a select sent, or that a table holds."""
    number = str(getattr(value, "pk", value) or "")
    is_key = number.isascii() and number.isdigit() and len(number) <= LONGEST_KEY
    return int(number) if is_key else None


class OfferedFile(NamedTuple):
    """As much of a document as its line among others says."""

    pk: int
    title: str
    name: str
    file_size: int | None

    @property
    def file_extension(self) -> str:
        return splitext(self.name)[1][1:]


def _offered(closed, audiences, all_unused, sender, most) -> QuerySet:
    """Of what `document_rights` gives, and how many of them: the newest first."""
    documents = get_document_model().objects.order_by("-pk")
    found = documents_open_to(closed, audiences, all_unused, sender, documents)
    return found.values_list("pk", "title", "file", "file_size")[:most]


def _offered_of(closed, audiences, all_unused, sender, person, most) -> QuerySet:
    documents = get_document_model().objects.filter(uploaded_by_user=person).order_by("-pk")
    found = documents_open_to(closed, audiences, all_unused, sender, documents)
    return found.values_list("pk", "title", "file", "file_size")[:most]


_latest = Compiled(_offered)
_own = Compiled(_offered_of)


@dataclass
class KnownFiles:
    """The documents that the fields of one form name or may name, read once for all of them.

    `named`: those that are chosen and readable; `closed`: those that stay though this person may
    not know them; `present`: numbers that the page holds today; `typed`: the words beside fields.
    """

    user: object = None
    present: frozenset[int] = frozenset()
    typed: frozenset[str] = frozenset()
    named: dict[int, object] = field(default_factory=dict)
    closed: dict[int, object] = field(default_factory=dict)

    def read(self, asked: Iterable[int]) -> None:
        wanted = {*asked}
        self.named = self.readable.in_bulk(wanted) if wanted else {}
        if kept := (wanted & self.present) - self.named.keys():
            self.closed = get_document_model().objects.in_bulk(kept)

    @property
    def readable(self) -> QuerySet:
        return readable_documents(self.user, get_document_model().objects.all())

    @cached_property
    def latest(self) -> list[OfferedFile]:
        """The latest readable ones: as many as are ever offered and one, which says that there
        are others."""
        most = Fixed(MOST_LATEST + MOST_OWN + 1)
        return [OfferedFile(*row) for row in _latest(*document_rights(self.user), most)]

    @cached_property
    def offered(self) -> dict[int, OfferedFile]:
        person = NOTHING if self.user.pk is None else self.user.pk
        own = _own(*document_rights(self.user), person, Fixed(MOST_OWN))
        files = [*(OfferedFile(*row) for row in own), *self.latest[:MOST_LATEST]]
        return {file.pk: file for file in files}

    @cached_property
    def _in_order(self) -> list[tuple[tuple, str, str]]:
        return sorted(map(self._line, self.offered.values()), key=itemgetter(0))

    def _line(self, file) -> tuple[tuple, str, str]:
        """What a file is ordered by, its number, and how it is called."""
        said = self.said(file)
        return french_key(said), str(file.pk), said

    @property
    def has_others(self) -> bool:
        return any(file.pk not in self.offered for file in self.latest)

    def of(self, value) -> object | None:
        number = number_of(value) or 0
        return self.named.get(number) or self.closed.get(number)

    def options(self, value, found: list) -> Iterator[tuple[str, str]]:
        """What a select offers: what it has chosen, what is offered to all, what was found."""
        more = {file.pk: file for file in [self.of(value), *found] if file}
        lines = self._in_order
        if others := [self._line(file) for pk, file in more.items() if pk not in self.offered]:
            lines = sorted([*lines, *others], key=itemgetter(0))
        return ((number, said) for _key, number, said in lines)

    def said(self, file) -> str:
        return not_available() if file.pk in self.closed else said_of_document(file)

    def meant(self, typed: str) -> list:
        """The readable documents whose name holds all these words, one more than are told; that
        which is called so, when it is the only one."""
        return self._found.get(typed, [])

    @cached_property
    def _found(self) -> dict[str, list]:
        numbers = {typed: self._numbers(typed) for typed in self.typed}
        files = self.readable.in_bulk({pk for its in numbers.values() for pk in its})
        return {typed: [files[pk] for pk in its if pk in files] for typed, its in numbers.items()}

    @cached_property
    def _names(self) -> list[tuple[int, str]]:
        newest = self.readable.order_by("-pk").values_list("pk", "title")[:MOST_READ]
        return [(pk, folded(title)) for pk, title in newest]

    def _numbers(self, typed: str) -> list[int]:
        words = words_of(typed[:LONGEST])[:MOST_WORDS]
        found = self._names if words else []
        for word in words:
            found = [(pk, name) for pk, name in found if word in name]
        exact = [pk for pk, name in found if name == folded(typed)]
        return exact if len(exact) == 1 else [pk for pk, _name in found[: MOST_TOLD + 1]]


class Offer(BaseChoiceIterator):
    """The options of one field, read when they are drawn; the first alone is asked before."""

    def __init__(self, of_field: "DocumentField", value):
        self.of_field, self.value = of_field, value

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return self.of_field.options(self.value)


class DocumentSelect(forms.Select):
    """Its own class, so that templates draw beside it the controls that go with it."""

    def optgroups(self, name, value, attrs=None):
        """Without what Django asks of each choice, and which a file never is: a group, a subset."""
        return [
            (None, [self.option(name, number, said, number in value)], rank)
            for rank, (number, said) in enumerate(self.choices)
        ]

    def option(self, name: str, number: str, said: str, is_chosen: bool) -> dict:
        attrs = {"selected": True} if is_chosen else {}
        return {
            **{"name": name, "value": number, "label": said, "selected": is_chosen},
            **{"attrs": attrs, "template_name": self.option_template_name},
        }


class DocumentField(forms.ModelChoiceField):
    """A document of the site, chosen among some, named by words, or sent with the form.

    `refused`: why the file that was sent is not kept; `files`: what its form knows; `typed`: the
    words beside it; `kept`: the number before which they go, that of what the page holds; `found`:
    what they may mean, once it is asked and not clear.
    """

    widget = DocumentSelect

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.refused, self.typed, self.kept = "", "", ""
        self.files, self.found = KnownFiles(), []

    def __deepcopy__(self, memo):
        """For the rows of a form: without the queryset that each would copy, and that none asks."""
        return forms.Field.__deepcopy__(self, memo)

    def know(self, files: KnownFiles, value, typed: str = "") -> None:
        """Offer what its form knows; it is read when the select is drawn, not before."""
        self.files, self.typed = files, typed
        number = number_of(value)
        self.kept = str(number) if number in files.present else ""
        self.choices = Offer(self, value)

    def options(self, value) -> Iterator[tuple[str, str]]:
        if self.empty_label is not None:
            yield "", self.empty_label
        yield from self.files.options(value, self.found)

    def clean(self, value):
        if self.refused:
            raise ValidationError(self.refused, code="refused")
        return self.named() if self.is_by_name(value) else super().clean(value)

    def is_by_name(self, value) -> bool:
        """What is chosen anew in the select goes before words that stayed beside it."""
        return bool(self.typed) and (value in self.empty_values or bool(self.kept))

    def named(self):
        found = self.files.meant(self.typed)
        if len(found) == 1:
            return found[0]
        self.found = found[:MOST_TOLD]
        raise ValidationError(self.fault(found), code="invalid_choice")

    def fault(self, found: list) -> str:
        """What is wrong, and what to do."""
        words = {"words": self.typed[:60]}
        if not found:
            said = _(
                "No file of the site has “%(words)s” in its name. Write fewer words, or send the "
                "file of this device."
            )
            return said % words
        names = [file.title for file in found[:MOST_TOLD]]
        names += [_("and others")] if len(found) > MOST_TOLD else []
        said = _(
            "Several files have “%(words)s” in their name: %(names)s. Choose yours in the list, or "
            "write its whole name."
        )
        return said % {**words, "names": "\u00a0; ".join(names)}

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if file := self.files.of(value):
            return file
        message = self.error_messages["invalid_choice"]
        raise ValidationError(message, code="invalid_choice", params={"value": str(value)[:60]})

    def has_changed(self, initial, data) -> bool:
        return bool(self.refused or self.typed) or super().has_changed(initial, data)

    def chosen(self, value):
        """The document of this number, None when it is not there or may not be known."""
        return self.files.named.get(number_of(value) or 0)


def name_documents(forms_of_page: list[forms.Form], user, present: set[int]) -> KnownFiles:
    """Read what the fields of these forms name: a query for all of them.

    `present`: numbers of the documents that the page holds today.
    """
    fields = [
        (form, name) for form in forms_of_page for name in form.fields if is_document(form, name)
    ]
    typed = {(form, name): typed_in(form, name) for form, name in fields}
    files = KnownFiles(user, frozenset(present), frozenset(filter(None, typed.values())))
    values = {(form, name): form[name].value() for form, name in fields}
    files.read(number for value in values.values() if (number := number_of(value)))
    for form, name in fields:
        form.fields[name].know(files, values[form, name], typed[form, name])
    return files


def is_document(form: forms.Form, name: str) -> bool:
    return isinstance(form.fields[name], DocumentField)


def typed_in(form: forms.Form, name: str) -> str:
    """The words beside a field, as they were sent."""
    sent = form.data.get(form.add_prefix(name) + NAMED, "") if form.is_bound else ""
    return one_line(str(sent))[:LONGEST]
