"""The first passage that differs between a page and what one typed in its form: by it one tells
two drafts of the same page apart."""

import re

from django.db import models
from django.http import QueryDict
from wagtail.models import Page

from wiki.markup import html
from wiki.pages import content
from wiki.text.characters import one_line

LONGEST = 100_000  # characters of a text: above, looking for what changed would take too long
HEADING = re.compile(r"<h[2-4]\b(?:(?!<h[2-4]\b).)*?</h[2-4]>", re.DOTALL)
PLAIN_HEADING = re.compile(r"<h[2-4]\b[^<>]*+>[^<]*+</h[2-4]>")  # one look at each character
BEFORE = 40  # characters that are the same, before the first other word


def changed_passage(page: Page, data: QueryDict) -> str:
    """In one line, from a little before its first other word; empty when nothing differs."""
    live = page.specific
    bodies = getattr(live, "body", ""), data.get("body", "")
    without_headings = [PLAIN_HEADING.sub(" ", body) for body in bodies]
    return _in_body(*without_headings) or _in_body(*bodies) or _in_fields(live, data)


def _in_body(old: str, new: str) -> str:
    if max(len(old), len(new)) > LONGEST:
        return ""
    before, after = (html.plain_text(html.clean(body)).splitlines() for body in (old, new))
    lines = _lacking(after, before)
    return _cut(lines[0], next(iter(_lacking(before, after)), "")) if lines else ""


def _lacking(lines: list[str], others: list[str]) -> list[str]:
    known = set(others)
    return [line for line in lines if line not in known]


def _in_fields(live: Page, data: QueryDict) -> str:
    """The first line of text that differs, besides the body and choices."""
    for field in content.written_fields(type(live)):
        stored = getattr(live, field.name)
        is_text = isinstance(field, models.CharField | models.TextField) and not field.choices
        if is_text and isinstance(stored, str) and field.name != "body" and field.name in data:
            words = one_line(data[field.name])
            if words and words != one_line(stored):
                return _cut(words, one_line(stored))
    return ""


def _cut(line: str, before: str) -> str:
    pairs = enumerate(zip(line, before, strict=False))
    same = next((at for at, (one, other) in pairs if one != other), min(len(line), len(before)))
    start = line.rfind(" ", 0, max(0, same - BEFORE)) + 1
    return f"… {line[start:]}" if start else line
