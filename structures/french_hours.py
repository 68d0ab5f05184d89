"""Opening hours as French people type them, turned into the syntax of OpenStreetMap.

« du lundi au vendredi de 9 h à 12 h 30 » is `Mo-Fr 09:00-12:30`. The national standard of
digital mediation places (v1.0.2, « horaires ») stores that syntax, whose specification is
https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification.
"""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from wiki.text.titles import key_of

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
ALL, WEEKDAYS, WEEKEND = set(range(7)), set(range(5)), {5, 6}
NAMES = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
# A stop after a short name belongs to it; after a whole one it may end a sentence.
DAY = rf"(?:(?:{'|'.join(NAMES)})s?\b|(?:lun|lu|mar|ma|mer|me|jeu|je|ven|ve|sam|sa|dim|di)s?\b\.?)"
LETTER = r"[ljvsd]\b"  # m. is Tuesday or Wednesday
UNTIL = r" ?(?:au|a|->?|→|jusqu'au) ?"
BARE = r"(?:\d{1,2} ?h|midi|minuit|\d{1,2})(?!\d)"
TO = r" ?(?:->?|→|/|a|jusqu'a) ?"
TIME = rf"(?:\d{{1,2}} ?[h:] ?\d{{2}}(?! ?h)(?!\d)|{BARE})"
# « -12h 14h-17h », « -12h 14-17h »: what opens the next span is no minutes of this end.
NEXT = rf"(?! ?[h:]|{TO}(?>{TIME})(?!{TO}{TIME}))"
END = rf"(?:\d{{1,2}} ?[h:](?:\d{{2}}(?! ?h)| \d{{2}}{NEXT})(?!\d)|{BARE})"
TOKENS = re.compile(
    "|".join(
        (
            r"(?P<always>24 ?h?(?:eures)? ?(?:/|sur) ?24 ?h?(?:eures)?"
            r"(?:,? ?(?:et )?(?:7 ?j? ?(?:/|sur) ?7 ?j?|tous les jours))?)",
            r"(?P<alldays>tous les jours|chaque jour|tlj|7 ?j? ?(?:/|sur) ?7 ?j?)",
            r"(?P<weekdays>(?:en|la|toute la) semaine|(?:les )?jours ouvres)",
            r"(?P<workdays>(?:les )?jours ouvrables)",
            r"(?P<weekend>(?:le |les )?(?:week-?ends?|week ends?|we)\b)",
            r"(?P<holidays>(?:(?:les|des) )?(?:jours )?feries?)",
            r"(?P<school>(?:(?:pendant|durant) )?(?:(?:les|des) )?vacances(?: scolaires)?)",
            rf"(?P<range>(?:du |de |le )?(?P<first>{DAY}\.?){UNTIL}(?P<last>{DAY}))",
            rf"(?P<letters>(?:du )?(?P<from>{LETTER}){UNTIL}(?P<until>{LETTER})(?!-\w))",
            rf"(?P<day>(?:le |les |tous les |chaque |et le )?(?P<one>{DAY}))",
            rf"(?P<between>entre (?P<after>{TIME}) et (?P<before>{END}))",
            rf"(?P<span>(?:de )?(?P<start>{TIME}){TO}(?P<end>{END}))",
            r"(?P<closed>ferm(?:e|ee|es|ees|eture)\b(?: (?:au public|toute la journee))?)",
            r"(?P<except>(?:sauf|excepte|hors|hormis|a l'exception)\b(?: (?:le|les|du|de|des)\b)?)",
            r"(?P<open>(?:ouvert(?:e|s|es|ure)?|horaires?|permanences?|accueil|public)\b)",
            r"(?P<part>(?:le |les )?(?:matins?|matinees?|apres-?midi|apres midi|soirs?|journee)\b)",
            r"(?P<stop>[;.]|\n)",
            r"(?P<mark>\|(?!\|)|[•·‣▪●◦*])",
            r"(?P<small>,|/|\+|&|\bet\b|\bpuis\b|:|-|\(|\)|\bde\b|\ble\b|\bles\b|\bau\b)",
        )
    )
)
# After « fermé »: days of its own, « fermé le mercredi ».
ITS_DAYS = re.compile(
    rf" (?P<the>(?:le|les|du|tous les|chaque) )?(?:{DAY}|jours\b|feries?\b|vacances\b|week)"
)
MORNING = "06:00"  # a place that closes after midnight has closed by then
BLANKS = re.compile(r"[^\S\n]+")
DOTTED = re.compile(r"(?<!\d)(\d{1,2})\.(\d{2})(?=\s*(?:-|a\b))|(?<=-)\s*(\d{1,2})\.(\d{2})(?!\d)")


class NotUnderstood(ValueError):
    """Hours that are not such; `piece` is what stopped the reading, and `lacks` what it lacks:
    « days », « hours », their « order » when two share a moment, or nothing when its words
    are not known."""

    def __init__(self, piece: str, lacks: str = ""):
        super().__init__(piece)
        self.piece, self.lacks = piece, lacks


@dataclass
class Clause:
    """Some days, and when they are open; closed when `closed` was said of them."""

    days: set[int] = field(default_factory=set)
    spans: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)  # PH, SH
    closed: bool = False
    part: str = ""  # « matin », said of days whose hours must follow
    is_except: bool = False
    days_first: bool = False
    is_heir: bool = False  # its days are those of the clause before
    has_stop: bool = False  # after its days

    def has_days(self) -> bool:
        return bool(self.days or self.others)

    def is_empty(self) -> bool:
        return not (self.days or self.spans or self.others or self.closed)


def in_osm(text: str) -> str:
    """The hours in the syntax of OpenStreetMap; raises NotUnderstood on anything else."""
    reader = HoursReader()
    plain = _plain(text)
    place = 0
    while place < len(plain):
        if plain[place] == " ":
            place += 1
            continue
        token = TOKENS.match(plain, place)
        if token is None:
            raise NotUnderstood(re.split(r"[\n;,]", plain[place:])[0].strip()[:60])
        reader.read(token)
        place = token.end()
    return reader.written()


def _plain(text: str) -> str:
    """Without accents nor capitals, dashes and apostrophes of one kind, « heures » as « h »."""
    rows = [key_of(row) for row in re.split(r"[\n\r]+", text)]
    plain = "\n".join(row for row in rows if row)
    plain = re.sub(r"(?<=\d) ?(?:heures?|hrs?|h\.)(?![a-z])", "h", plain)
    plain = re.sub(r"(?<=\d)h(?=\d{1,2} ?h)", "h ", plain)
    plain = re.sub(r"(?<=\d)h(\d)(?!\d)", r"h0\1", plain)
    plain = re.sub(r"(?<=\d) ?h ?(\d{2}) ?(?:min|mn|m)\b", r"h\1", plain)
    plain = DOTTED.sub(_colon, plain)
    return BLANKS.sub(" ", plain).strip(" \n.;,")


def _colon(found: re.Match) -> str:
    hour, minute = found[1] or found[3], found[2] or found[4]
    return f"{hour}:{minute}"


class HoursReader:
    """Takes the pieces of a text in order, and gathers days with their hours."""

    def __init__(self):
        self.clauses: list[Clause] = []
        self.now = Clause()
        self.times_first = False
        self.always = False

    def read(self, token: re.Match) -> None:
        kind = token.lastgroup
        for name in ("range", "letters", "day", "span", "between"):  # they hold groups of their own
            kind = name if token[name] else kind
        getattr(self, f"_{kind}")(token)

    def _always(self, token) -> None:
        self._spans_of("00:00-24:00")
        self.always = True

    def _alldays(self, token) -> None:
        self._days(ALL)

    def _weekdays(self, token) -> None:
        self._days(WEEKDAYS)

    def _workdays(self, token) -> None:
        self._days(ALL - {6})

    def _weekend(self, token) -> None:
        self._days(WEEKEND)

    def _range(self, token) -> None:
        self._days_between(token["first"], token["last"])

    def _letters(self, token) -> None:
        self._days_between(token["from"], token["until"])

    def _days_between(self, start: str, end: str) -> None:
        first, last = _rank(start), _rank(end)
        self._days({(first + step) % 7 for step in range((last - first) % 7 + 1)})

    def _day(self, token) -> None:
        self._days({_rank(token["one"])})

    def _holidays(self, token) -> None:
        self._others("PH")

    def _school(self, token) -> None:
        self._others("SH")

    def _span(self, token) -> None:
        self._spans_of(_span(token["start"], token["end"]))

    def _between(self, token) -> None:
        self._spans_of(_span(token["after"], token["before"]))

    def _closed(self, token) -> None:
        """« fermé le lundi », or « lundi : fermé »."""
        if self.now.spans or self.now.closed:
            self._end()
        comes_after = self.now.has_days()
        its_own = ITS_DAYS.match(token.string, token.end())
        if comes_after and its_own and (its_own["the"] or self.now.has_stop):
            raise NotUnderstood(self._named(self.now), "hours")
        self.now.closed = True
        if comes_after:
            self._end()

    def _except(self, token) -> None:
        """The days that follow are taken from those said before."""
        self._inherit()
        before = self.now
        if before.is_empty() and self.clauses:
            before = self.clauses.pop()
        self.clauses.append(before)
        self.now = Clause(is_except=True, closed=True)

    def _open(self, token) -> None:
        if self.now.closed:
            self._end()

    def _part(self, token) -> None:
        """« matin » says nothing that hours do not say better, but where hours lack."""
        if self.now.closed:
            raise NotUnderstood(token[0].strip())
        if self.now.days and not self.now.spans:
            self.now.part = token[0].strip()

    def _stop(self, token) -> None:
        """The stop of « lundi. 9h-12h » ends nothing."""
        waits = self.now.days and not (self.now.spans or self.now.closed)
        if token[0] == "." and waits:
            self.now.has_stop = True
        else:
            self._end()
            self.times_first = False

    def _mark(self, token) -> None:
        """A bullet, or the bar between the cells of a table."""
        if self.now.closed and self.now.has_days() and not self.now.is_except:
            self._end()

    def _small(self, token) -> None:
        """Commas and small words."""

    def _days(self, days: set[int]) -> None:
        if self.now.days and self.now.part and not self.now.spans:
            raise NotUnderstood(self._named(self.now), "hours")
        self._begin_days()
        self.now.days |= days
        if self.now.is_except and self.clauses and self.clauses[-1].is_heir:
            raise NotUnderstood(self._named(self.now), "hours")  # of which of the two?

    def _others(self, name: str) -> None:
        self._begin_days()
        self.now.others.append(name)

    def _begin_days(self) -> None:
        if self.now.spans and not self.times_first:
            self._end()
        self.now.days_first |= not self.now.spans

    def _spans_of(self, span: str) -> None:
        if self.now.is_except:  # « tous les jours sauf le dimanche de 9 h à 12 h »
            self._join_exception()
        elif self.times_first and self.now.has_days() and self._heritage():
            self._part_days()
        elif self.now.closed or (self.times_first and self.now.days):
            self._end()
        if not self.now.has_days():
            self.times_first = True
        self.now.spans.append(span)

    def _join_exception(self) -> None:
        left_out, self.now = self.now, self.clauses.pop()
        if self.now.spans:
            raise NotUnderstood(self._named(left_out), "hours")
        self.now.days -= left_out.days
        self.clauses += [Clause(others=left_out.others, closed=True)] if left_out.others else []

    def _heritage(self) -> Clause | None:
        """The clause whose days are those of hours that follow it without any."""
        before = self.clauses[-1] if self.clauses else Clause()
        return before if before.days_first and before.spans and not before.closed else None

    def _inherit(self) -> None:
        """« lundi 9h-12h ; 14h-17h »: hours without days are of those said before."""
        before = self._heritage()
        if before and self.now.spans and not self.now.has_days():
            self.now.days, self.now.others = set(before.days), list(before.others)
            self.now.days_first = self.now.is_heir = True

    def _part_days(self) -> None:
        """« lundi 9h-12h ; 14h-17h, mardi 9h-12h »: Tuesday begins what follows."""
        after = Clause(self.now.days, others=self.now.others, days_first=True)
        self.now.days, self.now.others = set(), []
        self._end()
        self.now, self.times_first = after, False

    def _end(self) -> None:
        self._inherit()
        if not self.now.is_empty():
            self.clauses.append(self.now)
        self.now = Clause()

    def written(self) -> str:
        self._end()
        week: dict[int, list[str]] = {}
        closed: set[int] = set()
        others: dict[str, list[str]] = {}
        for clause in self.clauses:
            self._check(clause)
            for name in clause.others:
                others.setdefault(name, []).extend(clause.spans)
            if clause.closed:
                closed |= clause.days
            for day in () if clause.closed else clause.days:
                week.setdefault(day, []).extend(clause.spans)
        if not week.keys() - closed:
            raise NotUnderstood("", "hours")
        for day in sorted(week):
            if overlap(week[day]):
                raise NotUnderstood(NAMES[day], "order")
        return _rules({d: s for d, s in week.items() if d not in closed}, closed, others)

    def _check(self, clause: Clause) -> None:
        if self.always and not clause.days and not clause.others and clause.spans:
            clause.days = set(ALL)
        if clause.spans and not (clause.days or clause.others):
            raise NotUnderstood("", "days")
        if not clause.spans and not clause.closed:
            raise NotUnderstood(self._named(clause), "hours")
        if clause.closed and not (clause.days or clause.others):
            raise NotUnderstood("fermé", "days")

    def _left_out_of(self, clause: Clause) -> set[int]:
        """The days that « sauf » takes from a clause."""
        following = (after for before, after in pairwise(self.clauses) if before is clause)
        return {day for after in following if after.is_except for day in after.days}

    def _named(self, clause: Clause) -> str:
        days = ", ".join(NAMES[day] for day in sorted(clause.days - self._left_out_of(clause)))
        return f"{days} {clause.part}".strip()


def _rank(day: str) -> int:
    short = day.strip(".")[:2]
    if short == "ma":
        return 1
    if short == "me":
        return 2
    return next(rank for rank, name in enumerate(NAMES) if name.startswith(short))


def _span(start: str, end: str) -> str:
    begins, ends = _clock(start), _clock(end)
    if ends == "00:00":
        ends = "24:00"
    if begins == ends or begins == "24:00" or MORNING < ends < begins:
        raise NotUnderstood(f"{start}-{end}")
    return f"{begins}-{ends}"


def overlap(spans: list[str]) -> bool:
    """Whether two openings of one day share a moment; said twice alike, they are one."""
    openings = sorted({tuple(span.split("-")) for span in spans})
    return any(later < end or end < begin for (begin, end), (later, _) in pairwise(openings))


def _clock(text: str) -> str:
    named = {"midi": "12:00", "minuit": "00:00"}
    if text in named:
        return named[text]
    hour, _sign, minute = text.replace("h", ":").replace(" ", "").partition(":")
    hours, minutes = int(hour), int(minute or 0)
    if hours > 24 or minutes > 59 or (hours == 24 and minutes):
        raise NotUnderstood(text)
    return f"{hours:02d}:{minutes:02d}"


def _rules(week: dict[int, list[str]], closed: set[int], others: dict[str, list[str]]) -> str:
    """Days of the same hours together, in the order of their first one; then what is closed."""
    by_hours: dict[str, list[int]] = {}
    for day in sorted(week):
        spans = ",".join(sorted(dict.fromkeys(week[day])))
        by_hours.setdefault(spans, []).append(day)
    rules = [f"{_days_in_osm(days)} {spans}" for spans, days in by_hours.items()]
    if rules == ["Mo-Su 00:00-24:00"]:
        rules = ["24/7"]
    rules += [f"{_days_in_osm(sorted(closed))} off"] if closed else []
    for name, spans in others.items():
        rules.append(f"{name} {','.join(dict.fromkeys(spans)) or 'off'}")
    return "; ".join(rules)


def _days_in_osm(days: list[int]) -> str:
    """« Mo-We,Fr »: three days that follow each other are a range, two are named."""
    runs: list[list[int]] = []
    for day in days:
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    named = [
        f"{DAYS[run[0]]}-{DAYS[run[-1]]}" if len(run) > 2 else ",".join(DAYS[day] for day in run)
        for run in runs
    ]
    return ",".join(named)
