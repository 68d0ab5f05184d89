"""`|date` of every template, the admin's too: as Django's own, with « 1er septembre »."""

import datetime

from django import template
from django.template import defaultfilters

from wiki.text import days

register = template.Library()


@register.filter(expects_localtime=True, is_safe=False)
def date(value, arg=None) -> str:
    if isinstance(value, (datetime.date, datetime.time)):
        return days.date_format(value, arg)
    return defaultfilters.date(value, arg)
