"""What the table of a week cannot say of opening hours: holidays, seasons, dates, weeks, notes.

Whatever is stored is said: a rule of OpenStreetMap that has no words here is shown as it is.
"""

import re

from structures.french_hours import DAYS, NAMES
from structures.hours_in_words import RULE, in_words
from wiki.text.characters import one_line

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SAID_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre"),
    *("octobre", "novembre", "décembre"),
)
MONTH = "|".join(MONTHS)
DATE = rf"(?:(?P<{{0}}year>\d{{{{4}}}}) )?(?P<{{0}}month>{MONTH}) (?P<{{0}}day>\d\d?)"
DATES = re.compile(
    rf"{DATE.format('a')}"
    rf"(?:-(?:(?P<byear>\d{{4}}) )?(?:(?P<bmonth>{MONTH}) )?(?P<bday>\d\d?))?(?= |:(?!\d)|$)"
)
SEASON = re.compile(rf"(?P<first>{MONTH})(?:-(?P<last>{MONTH}))?(?=[ :]|$)")
WEEKS = re.compile(r"week (?P<first>\d\d?)(?:-(?P<last>\d\d?))?(?:/(?P<step>\d))?(?=[ :]|$)")
NTH = re.compile(rf"(?P<day>{'|'.join(DAYS)})\[(?P<rank>-?[1-5])\](?= |$)")
RANKS = {"1": "premier", "2": "deuxième", "3": "troisième", "4": "quatrième", "5": "cinquième"}
NOTE = re.compile(r'"([^"]*)"')
RULES = re.compile(r';|\|\||"[^"]*"|[^;|"]+|\|')


def besides(stored: str) -> list[str]:
    """A sentence for each rule that is more than hours on a day of the week or on public
    holidays, in their order."""
    told = (said(rule) for rule in rules_of(stored) if not is_in_table(rule))
    return [f"{sentence[:1].upper()}{sentence[1:]}." for sentence in told if sentence]


def rules_of(stored: str) -> list[str]:
    """The rules of hours; what stands in quotes is never cut."""
    rules = [""]
    for piece in RULES.findall(one_line(stored)):
        if piece in {";", "||"}:
            rules.append("")
        else:
            rules[-1] += piece
    return [rule.strip() for rule in rules if rule.strip()]


def is_in_table(rule: str) -> bool:
    found = RULE.fullmatch(rule)
    return rule == "24/7" or bool(found and found["days"] != "SH")


def said(rule: str) -> str:
    """« en juillet et août : fermé », or the rule itself when it has no words here."""
    notes = [note for note in NOTE.findall(rule) if note]
    plain = NOTE.sub("", rule).strip()
    when, rest = _when(plain)
    hours = _hours(rest)
    if hours is None:
        return f"«\u00a0{rule}\u00a0» (notation d’OpenStreetMap)"
    words = "\u00a0: ".join(part for part in (when, hours) if part)
    return ", ".join(part for part in (words, *notes) if part)


def _when(rule: str) -> tuple[str, str]:
    """The part of the year, in words, and what follows it."""
    for pattern, words in ((WEEKS, _weeks), (DATES, _dates), (SEASON, _season), (NTH, _nth)):
        if found := pattern.match(rule):
            return words(found), rule[found.end() :].lstrip(" :")
    return "", rule


def _hours(rule: str) -> str | None:
    """« lundi de 9 h à 12 h », « fermé »; None when that has no words here."""
    to_confirm = rule.endswith(("unknown", "?"))
    plain = rule.removesuffix("unknown").removesuffix("?").removesuffix("open").strip()
    if plain in {"off", "closed"}:
        return "fermé"
    if plain and not plain.startswith((*DAYS, "PH", "SH")):
        plain = f"Mo-Su {plain}"
    words = in_words(plain.replace(" closed", " off")) if plain else ""
    if words and words == plain:
        return None
    words = words.removeprefix("tous les jours ") if not rule.startswith("Mo-Su") else words
    return ", ".join(part for part in (words, "à confirmer" if to_confirm else "") if part)


def _weeks(found: re.Match) -> str:
    first, last, step = found["first"], found["last"], found["step"]
    if step == "2":
        return "les semaines impaires" if int(first) % 2 else "les semaines paires"
    if step:
        return f"une semaine sur {step}, à partir de la semaine {int(first)}"
    if last:
        return f"de la semaine {int(first)} à la semaine {int(last)}"
    return f"la semaine {int(first)}"


def _dates(found: re.Match) -> str:
    if not found["bday"]:
        return f"le {_date(found['aday'], found['amonth'], found['ayear'])}"
    month = found["bmonth"] or found["amonth"]
    end = _date(found["bday"], month, found["byear"] or found["ayear"])
    start = _date(found["aday"], found["amonth"], found["ayear"] if found["byear"] else None)
    return f"du {start} au {end}"


def _date(day: str, month: str, year: str | None) -> str:
    number = "1er" if int(day) == 1 else str(int(day))
    said_month = SAID_MONTHS[MONTHS.index(month)]
    return " ".join(part for part in (number, said_month, year) if part)


def _season(found: re.Match) -> str:
    first, last = (SAID_MONTHS[MONTHS.index(m)] if m else "" for m in found.group("first", "last"))
    article = "d’" if first[0] in "ao" else "de "
    return f"{article}{first} à {last}" if last else f"en {first}"


def _nth(found: re.Match) -> str:
    rank = found["rank"].lstrip("-")
    day = NAMES[DAYS.index(found["day"])]
    if not found["rank"].startswith("-"):
        return f"le {RANKS[rank]} {day} du mois"
    if rank == "1":
        return f"le dernier {day} du mois"
    return f"le {RANKS[rank]} {day} avant la fin du mois"
