"""What a browser does with a form: finds it in the page, sends back what it holds."""

from django.utils.translation import gettext
from lxml import html


def form_of(response, field: str = "base") -> dict:
    """The values of the form of a screen that holds this field, as a browser would send them."""
    root = html.fromstring(response.content)
    for form in root.forms:
        names = {element.get("name") for element in form.inputs}
        if field in names:
            return _values(form)
    raise AssertionError(f"No form holds {field!r}.")


def _values(form) -> dict:
    values: dict[str, list] = {}
    for name, value in form.form_values():
        # A browser leaves out the line break that opens a text area, and sends CRLF.
        values.setdefault(name, []).append(value)
    return values


def text_of(response) -> str:
    """What one reads on a screen, blanks folded."""
    return " ".join(html.fromstring(response.content).text_content().split())


def main_text(response) -> str:
    """What one reads in the main part of a screen, blanks folded."""
    (main,) = html.fromstring(response.content).xpath("//main")
    return " ".join(main.text_content().split())


def links_of(response) -> list[str]:
    return [str(href) for href in html.fromstring(response.content).xpath("//main//a/@href")]


def said(message: str) -> str:
    """A message as its French translation reads on a screen, blanks folded."""
    return " ".join(gettext(message).split())
