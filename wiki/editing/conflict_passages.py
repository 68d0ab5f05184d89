"""A passage that somebody writes themselves, in the place of two texts that conflict."""

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.utils.translation import gettext as _
from wagtail.models import Page

from wiki.editing.forms import form_class
from wiki.markup import blocks, html
from wiki.publishing.merging import Conflict
from wiki.text.form_fields import LONGEST_BODY

ROWS = {"tr", "thead", "tbody", "td", "th", "caption"}  # written with the whole table only


def may_be_written(conflict: Conflict, model: type[Page]) -> bool:
    """Texts; neither lists of rows, nor choices, days or hours, nor lines of a table."""
    if conflict.how == "body":
        return not ROWS & {block.tag for block in _blocks(conflict)}
    try:
        db_field = model._meta.get_field(conflict.name)
    except FieldDoesNotExist:
        return False
    return isinstance(db_field, models.CharField | models.TextField) and not (
        db_field.choices or isinstance(conflict.mine, list) or isinstance(conflict.theirs, list)
    )


def opened_with(conflict: Conflict) -> str:
    """What stands in the field at first: both changes, or one's own text."""
    text = str(conflict.together or conflict.mine or conflict.theirs or "")
    return f"<ul>{text}</ul>" if _is_of_a_list(conflict) else text


def read(conflict: Conflict, text: str, model: type[Page]) -> object:
    """What is published of it: cleaned, as what is typed in the form of the page is."""
    if not may_be_written(conflict, model):
        raise ValidationError(_("This passage cannot be written here: choose one of the texts."))
    if conflict.how != "body":
        return form_class(model).base_fields[conflict.name].clean(text)
    if len(text) > LONGEST_BODY:
        raise ValidationError(_("This text is very long. Share it between two pages."))
    body = html.clean(text).strip()
    if not _is_of_a_list(conflict):
        return body + _tail(conflict)
    return "".join(_items(blocks.split(body)))


def _items(found: list) -> list[str]:
    """The items of the lists; what stands in none becomes one."""
    items: list[str] = []
    for block in found:
        if block.tag in {"ul", "ol"}:
            items += [item.text for item in block.opened()[1]]
        else:
            text = (
                "".join(one.html for one in block.opened()[1]) if block.tag == "p" else block.text
            )
            items.append(f"<li>{text}</li>")
    return items


def _is_of_a_list(conflict: Conflict) -> bool:
    return conflict.how == "body" and {block.tag for block in _blocks(conflict)} == {"li"}


def _blocks(conflict: Conflict) -> list:
    return [
        block
        for side in (conflict.theirs, conflict.mine)
        for block in blocks.split(str(side or ""))
    ]


def _tail(conflict: Conflict) -> str:
    """The blank that parts the passage from the next one."""
    tails = [blocks.split(str(side or ""))[-1:] for side in (conflict.mine, conflict.theirs)]
    return next((found[0].tail for found in tails if found), "")
