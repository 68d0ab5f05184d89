"""A field that names a page: one types a few letters of its name and chooses; what is stored is
its id.

Two controls go with it: the words, under the name of the field and « -words », and what was
chosen, the id and the name that was shown then. While the words are the name shown, the id holds,
whatever became of the title meanwhile; other words are looked for among the titles.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wiki.models import WikiPage
from wiki.pages import naming
from wiki.pages.content import not_available
from wiki.text.characters import one_line
from wiki.text.form_fields import LONGEST_KEY

WORDS = "-words"
HINT = gettext_lazy("A few letters of the name or of the commune.")
MOST_NAMED = 6  # in a message


@dataclass(frozen=True)
class Sent:
    """What a browser sent: `number` and `shown` of what was chosen, and the `words` beside it;
    None where a form has no such control: a box, a draft of before."""

    number: str = ""
    shown: str = ""
    words: str | None = None

    @classmethod
    def of(cls, chosen: str, words: str | None) -> "Sent":
        number, _blank, shown = chosen.strip().partition(" ")
        return cls(number, one_line(shown), None if words is None else one_line(words))

    @property
    def is_as_shown(self) -> bool:
        return self.words is None or self.words == self.shown

    @property
    def pk(self) -> int | None:
        """The id of what was chosen, while it holds."""
        is_key = self.number.isascii() and self.number.isdigit() and len(self.number) <= LONGEST_KEY
        return int(self.number) if is_key and self.is_as_shown else None

    @property
    def typed(self) -> str:
        """Words that nothing was chosen for."""
        return "" if self.is_as_shown else str(self.words)

    @property
    def is_empty(self) -> bool:
        return not (self.number if self.is_as_shown else self.words)


def sent_of(value) -> Sent:
    """A value of the field as it was sent, or as the table holds it."""
    if isinstance(value, Sent):
        return value
    return Sent(str(getattr(value, "pk", value) or ""))


def sent_in(form, name: str) -> Sent:
    """What a field of a form holds: as it was sent, else as it was opened."""
    return sent_of(form[name].data if form.is_bound else form[name].initial)


class PageInput(forms.TextInput):
    """The words, and beside them what was chosen, out of sight."""

    template_name = "django/forms/widgets/multiwidget.html"

    def get_context(self, name, value, attrs):
        (_name, chosen), (named, typed) = self.controls(name, value).items()
        words = super().get_context(named, typed, attrs)["widget"]
        words["template_name"] = forms.TextInput.template_name
        hidden = forms.HiddenInput().get_context(name, chosen, {})["widget"]
        return {"widget": {**words, "subwidgets": [hidden, words]}}

    def controls(self, name: str, value) -> dict[str, str]:
        """What both hold, by their names."""
        sent = sent_of(value)
        return {name: f"{sent.number} {sent.shown}".strip(), name + WORDS: sent.words or ""}

    def value_from_datadict(self, data, files, name) -> Sent:
        return Sent.of(str(data.get(name) or ""), data.get(name + WORDS))

    def value_omitted_from_data(self, data, files, name) -> bool:
        return name not in data and name + WORDS not in data


@dataclass
class NamedPages:
    """The pages that some fields name, read once for all of them: `readable` by this person, and
    those that stay though they may not know them."""

    model: type[WikiPage]
    user: object = None
    readable: dict[int, WikiPage] = field(default_factory=dict)
    closed: dict[int, WikiPage] = field(default_factory=dict)

    def read(self, asked: Iterable[Sent], present: set[int]) -> None:
        """`present`: ids that the page holds today."""
        asked = list(asked)
        ids = {sent.pk for sent in asked if sent.pk}
        typed = {sent.typed for sent in asked if sent.typed}
        if wanted := ids | (naming.ids_named(typed) if typed else set()):
            self.readable = {p.pk: p for p in naming.among(self.model, wanted, self.user)}
        if kept := (ids & present) - self.readable.keys():
            self.closed = {p.pk: p for p in self.model.objects.filter(pk__in=kept).defer("body")}

    def meant(self, sent: Sent) -> list[WikiPage]:
        """The pages that this may be: one when it is clear."""
        if sent.typed:
            return [p for p in self.readable.values() if naming.is_called(p, sent.typed)]
        found = self.readable.get(sent.pk or 0) or self.closed.get(sent.pk or 0)
        return [found] if found else []

    def called(self, page: WikiPage) -> str:
        return not_available() if page.pk in self.closed else naming.called(page)


class PageField(forms.ModelChoiceField):
    """`known`: the pages that its form names."""

    widget = PageInput

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.known = NamedPages(self.queryset.model)
        self.help_text = self.help_text or HINT

    def __deepcopy__(self, memo):
        """For the rows of a form: without the queryset that each would copy, and that none asks."""
        return forms.Field.__deepcopy__(self, memo)

    def page_of(self, value) -> WikiPage | None:
        """The page that a value is clearly of."""
        found = self.known.meant(sent_of(value))
        return found[0] if len(found) == 1 else None

    def prepare_value(self, value):
        """What the controls show: the name of today, or the words as they were typed."""
        sent = sent_of(value)
        if page := self.page_of(sent):
            name = self.known.called(page)
            return Sent(str(page.pk), name, name)
        return Sent(words=sent.words) if sent.words else ""

    def to_python(self, value):
        sent = sent_of(value)
        if sent.is_empty:
            return None
        if page := self.page_of(sent):
            return page
        raise ValidationError(self.fault(sent), code="invalid_choice")

    def has_changed(self, initial, data) -> bool:
        sent, before = sent_of(data), sent_of(initial)
        return bool(sent.typed) or (sent.pk or "") != (before.pk or "")

    def fault(self, sent: Sent) -> str:
        """What is wrong, and what to do."""
        found = self.known.meant(sent)
        words = {"words": sent.typed[:60], "kinds": self.known.model.kind_plural}
        if found:
            said = _("Several %(kinds)s are called “%(words)s”. Write one of these: %(names)s.")
            return said % {**words, "names": names_apart(found)}
        if not sent.typed:
            return _("What was chosen is not there any more. Choose again, or leave this empty.")
        if near := naming.nearest(self.known.model, sent.typed, self.known.user):
            said = _(
                "“%(words)s” is not found among the %(kinds)s. Write one of these, or leave this "
                "empty: %(names)s."
            )
            return said % {**words, "names": names_apart(near)}
        said = _(
            "“%(words)s” is not found among the %(kinds)s. Write a name as it is on its page, or "
            "leave this empty."
        )
        return said % words


def names_apart(pages: list[WikiPage]) -> str:
    """Names that each lead to one page: by its address where two are called the same."""
    names = [naming.called(page) for page in pages]
    each = (
        page.address if names.count(name) > 1 else name
        for page, name in zip(pages, names, strict=True)
    )
    return "\u00a0; ".join(list(each)[:MOST_NAMED])


def name_pages(fields: list[tuple[PageField, Sent]], user, present: set[int]) -> None:
    """Read what these fields name: a query for all those of one type."""
    for model in {page_field.known.model for page_field, _sent in fields}:
        known = NamedPages(model, user)
        own = [(one, sent) for one, sent in fields if one.known.model is model]
        known.read([sent for _field, sent in own], present)
        for page_field, _sent in own:
            page_field.known = known
