"""A passage that somebody writes themselves, in the place of two texts that clash."""

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.utils.translation import gettext as _
from wagtail.models import Page

from wiki.editing.forms import form_class
from wiki.markup import blocks, html
from wiki.publishing.merging import Clash
from wiki.text.form_fields import LONGEST_BODY

ROWS = {"tr", "thead", "tbody", "td", "th", "caption"}  # written with the whole table only


def may_be_written(clash: Clash, model: type[Page]) -> bool:
    """Texts; neither lists of rows, nor choices, days or hours, nor lines of a table."""
    if clash.how == "body":
        return not ROWS & {block.tag for block in _blocks(clash)}
    try:
        db_field = model._meta.get_field(clash.name)
    except FieldDoesNotExist:
        return False
    return isinstance(db_field, models.CharField | models.TextField) and not (
        db_field.choices or isinstance(clash.mine, list) or isinstance(clash.theirs, list)
    )


def opened_with(clash: Clash) -> str:
    """What stands in the field at first: both changes, or one's own text."""
    text = str(clash.together or clash.mine or clash.theirs or "")
    return f"<ul>{text}</ul>" if _is_of_a_list(clash) else text


def read(clash: Clash, text: str, model: type[Page]) -> object:
    """What is published of it: cleaned, as what is typed in the form of the page is."""
    if not may_be_written(clash, model):
        raise ValidationError(_("This passage cannot be written here: choose one of the texts."))
    if clash.how != "body":
        return form_class(model).base_fields[clash.name].clean(text)
    if len(text) > LONGEST_BODY:
        raise ValidationError(_("This text is very long. Share it between two pages."))
    body = html.clean(text).strip()
    if not _is_of_a_list(clash):
        return body + _tail(clash)
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


def _is_of_a_list(clash: Clash) -> bool:
    return clash.how == "body" and {block.tag for block in _blocks(clash)} == {"li"}


def _blocks(clash: Clash) -> list:
    return [block for side in (clash.theirs, clash.mine) for block in blocks.split(str(side or ""))]


def _tail(clash: Clash) -> str:
    """The blank that parts the passage from the next one."""
    tails = [blocks.split(str(side or ""))[-1:] for side in (clash.mine, clash.theirs)]
    return next((found[0].tail for found in tails if found), "")
