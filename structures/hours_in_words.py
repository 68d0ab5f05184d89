"""Opening hours of OpenStreetMap's syntax as French people say them, the way back of
`structures.french_hours`: what it writes can be read there again, and gives the same.
"""

import re

from structures.french_hours import ALL, DAYS, NAMES
from wiki.text.characters import one_line
from wiki.text.clock import said

B = "\u00a0"
DAY = "|".join(DAYS)
RANGE = rf"(?:{DAY})(?:-(?:{DAY}))?"
RULE = re.compile(rf"(?P<days>{RANGE}(?:,{RANGE})*|PH|SH) (?P<hours>off|[\d:,-]+)")
SPAN = re.compile(r"(\d\d):(\d\d)-(\d\d):(\d\d)")
ALWAYS = "24/7"
OTHERS = {"PH": "les jours fériés", "SH": "pendant les vacances scolaires"}


def in_words(osm: str) -> str:
    """« du lundi au vendredi de 9 h à 12 h ; fermé le mercredi », or the same text when it
    says more than that."""
    rules = [_rule(rule) for rule in osm.split("; ")]
    return f"{B}; ".join(rules) if all(rules) else osm


def is_stored(text: str) -> bool:
    """Whether a text is such rules already: « We 14:00-18:00 » is a Wednesday, no week-end."""
    rules = one_line(text).split("; ")
    return all(rule == ALWAYS or RULE.fullmatch(rule) for rule in rules)


def by_day(osm: str) -> dict[str, str]:
    """The hours of each day, as its last rule has them; of holidays too. Two texts that give
    the same say the same, however their days are grouped."""
    hours: dict[str, str] = {}
    for rule in osm.split("; "):
        found = RULE.fullmatch(rule)
        if not found:
            return {"": osm}
        apart = found["days"] in OTHERS
        for part in [found["days"]] if apart else found["days"].split(","):
            days = [part] if apart else [DAYS[rank] for rank in _ranks(part)]
            hours |= dict.fromkeys(days, found["hours"])
    return hours


def _rule(rule: str) -> str:
    if rule == ALWAYS:
        return f"tous les jours, 24{B}h sur 24"
    found = RULE.fullmatch(rule)
    if not found:
        return ""
    days, hours = found["days"], found["hours"]
    if hours == "off":
        return f"fermé {OTHERS.get(days) or _closed_days(days)}"
    spans = rule_in_words(hours)
    return spans and f"{OTHERS.get(days) or _days(days)} {spans}"


def rule_in_words(hours: str) -> str:
    """The hours of a rule: « de 9 h à 12 h », « fermé »; empty when they are not plain."""
    if hours == "off":
        return "fermé"
    spans = [_span(span) for span in hours.split(",")]
    return _listed(spans) if all(spans) else ""


def _closed_days(days: str) -> str:
    named = _days(days)
    return f"le {named}" if days in DAYS else named


def _days(days: str) -> str:
    ranks = [_ranks(part) for part in days.split(",")]
    if {rank for part in ranks for rank in part} == ALL:
        return "tous les jours"
    named = [
        name
        for part in ranks
        for name in (
            [f"du {NAMES[part[0]]} au {NAMES[part[-1]]}"]
            if len(part) > 2
            else [NAMES[rank] for rank in part]
        )
    ]
    return _listed(named)


def _ranks(part: str) -> list[int]:
    first, last = (DAYS.index(day) for day in (part[:2], part[-2:]))
    return [(first + step) % 7 for step in range((last - first) % 7 + 1)]


def _listed(parts: list[str]) -> str:
    return " et ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


def _span(span: str) -> str:
    found = SPAN.fullmatch(span)
    if not found:
        return ""
    start, end = ((int(found[n]), int(found[n + 1])) for n in (1, 3))
    if max(start[0], end[0]) > 24 or max(start[1], end[1]) > 59:
        return ""
    closing = "minuit" if end == (24, 0) else said(*end)
    return f"de {said(*start)} à {closing}"
