"""`|date` of every template, the admin's too: as Django's own, with « 1er septembre »."""

from django import template
from django.template import defaultfilters

from wiki.text import days

register = template.Library()


@register.filter(expects_localtime=True, is_safe=False)
def date(value, arg=None) -> str:
    return defaultfilters.date(value, days.format_of(value, arg))
