"""Eight people publish the same page at the same instant: nothing that was typed is lost.

    python bench/races.py [--database sqlite postgresql] [--races 12] [--editors 8]

The site is served by gunicorn in several processes. In each race every editor opens the form
first, so that all forms but one are stale when they come, then all are sent at once:

paragraphs  each changes another paragraph, neighbours of one another, and adds one at the end
insertions  each adds a paragraph at the same place
fields      each changes another field of a situation
rows        each changes another decision of a meeting and adds an action
topics      each adds a topic of one's own and one that all bring, and nobody had used before
creations   each makes a page of the same title, with a new topic that all bring
links       each publishes a page of one's own that links to those of all the others
paragraph   all change the same paragraph: one is published, the others are asked to choose,
            with their own text on the screen

A text is lost when its writer was told that it is published and it is not in the page, or
when its writer was not told so and it is not on the screen that came instead. Prints a line
a kind of race and database; exits 1 when something was lost, refused or is not sound.
"""

import argparse
import itertools
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import scratch, served, soundness
from bench.served import Answer, Editor, Form, Server

FIELDS = (
    *("title", "summary", "body", "short_answer"),
    *("other_wordings", "topics", "review_on", "licence"),
)


@dataclass
class Race:
    """What became of the texts of one race; `marks` are the words each editor typed."""

    answers: list[Answer]
    marks: list[list[str]]
    content: str
    seconds: float

    @property
    def saved(self) -> int:
        return sum(answer.is_saved for answer in self.answers)

    @property
    def asked(self) -> int:
        return sum(answer.status == 409 for answer in self.answers)

    @property
    def lost(self) -> list[str]:
        return [
            mark
            for answer, marks in zip(self.answers, self.marks, strict=True)
            for mark in marks
            if mark not in (self.content if answer.is_saved else answer.text)
        ]

    @property
    def errors(self) -> list[int]:
        return [a.status for a in self.answers if not a.is_saved and a.status != 409]


@dataclass
class Kind:
    """A kind of race: the page it starts from, and what each editor does to the form."""

    name: str
    page: dict
    change: object  # (form, editor's rank, race) -> the words typed
    conflicts: bool = False
    own_pages: bool = False  # each editor has a page of one's own
    races: list[Race] = field(default_factory=list)


def words(what: str, rank: int, race: str) -> str:
    return f"{what} {race} {chr(ord('a') + rank) * 4}"


def paragraphs(form: Form, rank: int, race: str) -> list[str]:
    changed, added = words("modif", rank, race), words("ajout", rank, race)
    old = f"Le paragraphe {'abcdefghijklmnop'[rank]} de la page."
    form["body"] = form["body"].replace(old, f"{old} Puis {changed}.") + f"<p>Enfin {added}.</p>"
    return [changed, added]


def insertions(form: Form, rank: int, race: str) -> list[str]:
    added = words("ajout", rank, race)
    place = "<p>Le paragraphe d de la page.</p>"
    form["body"] = form["body"].replace(place, f"{place}<p>Ici {added}.</p>")
    return [added]


def paragraph(form: Form, rank: int, race: str) -> list[str]:
    typed = words("reprise", rank, race)
    form["body"] = form["body"].replace("Le paragraphe d de la page.", f"Ma {typed}.")
    return [typed]


def fields(form: Form, rank: int, race: str) -> list[str]:
    name = FIELDS[rank % len(FIELDS)]
    typed = words(name.replace("_", " "), rank, race)
    typed = {"review_on": "2035-01-02", "licence": "lo-2.0"}.get(name, typed)
    before = {"body": "<p>Texte.</p>\n", "other_wordings": "une formule\n"}.get(name, "")
    form[name] = f"{before}<p>{typed}</p>" if name == "body" else before + typed
    return [typed]


def rows(form: Form, rank: int, race: str) -> list[str]:
    changed, added = words("décision", rank, race), words("action", rank, race)
    form[f"decisions-{rank}-text"] = f"{form[f'decisions-{rank}-text']} Puis {changed}."
    last = int(form["actions-TOTAL_FORMS"]) - 1
    form[f"actions-{last}-what"] = f"Prévoir {added}"
    return [changed, added]


def topics(form: Form, rank: int, race: str) -> list[str]:
    own, common = words("theme", rank, race), f"commun {race}"
    form["topics"] = f"{own}, {common}"
    return [own, common]


def creations(form: Form, rank: int, race: str) -> list[str]:
    typed = words("texte", rank, race)
    form["title"], form["body"] = f"Même titre {race}", f"<p>Voici {typed}.</p>"
    form["topics"] = f"partage {race}"
    return [typed]


def links(form: Form, rank: int, race: str) -> list[str]:
    """The pages of the race are the eight newest ones (see `own_pages`)."""
    typed = words("renvoi", rank, race)
    others = "".join(f'<li><a linktype="page" id="{pk}">lien</a></li>' for pk in newest_pages())
    form["body"] += f"<p>Voici {typed}.</p><ul>{others}</ul>"
    return [typed]


def newest_pages() -> list[int]:
    from wiki.models import ArticlePage

    return list(ArticlePage.objects.order_by("-pk").values_list("pk", flat=True)[:8])


def article() -> dict:
    body = "".join(f"<p>Le paragraphe {letter} de la page.</p>\n" for letter in "abcdefghijklmnop")
    return {"kind": "article", "title": "Page de course", "body": body}


def situation() -> dict:
    return {"kind": "situation", "title": "Situation de course", "body": "<p>Texte.</p>"}


def meeting() -> dict:
    decisions = [f"Décision {letter} de la réunion." for letter in "abcdefghijklmnop"]
    return {"kind": "reunion", "title": "Réunion de course", "decisions": decisions}


KINDS = (
    Kind("paragraphs", article(), paragraphs),
    Kind("insertions", article(), insertions),
    Kind("fields", situation(), fields),
    Kind("rows", meeting(), rows),
    Kind("topics", article(), topics),
    Kind("creations", {}, creations),
    Kind("links", article(), links, own_pages=True),
    Kind("paragraph", article(), paragraph, conflicts=True),
)


def published(page: dict) -> object:
    """A page made through the door."""
    from wagtail.models import Page

    from meetings.models import Decision
    from wiki.pages.kinds import all_kinds
    from wiki.publishing.publishing import Edit, create

    model = all_kinds()[page["kind"]]
    made = model(title=page["title"], body=page.get("body", "<p>Texte.</p>"))
    if "decisions" in page:
        made.date = day()
        made.decisions = [Decision(text=text) for text in page["decisions"]]
    label = model.parent_model.partition(".")[2].lower()
    parent = Page.objects.filter(content_type__model=label).order_by("path").last()
    create(made, parent, Edit(author_name="Banc"))
    return made


def day():
    from django.utils import timezone

    return timezone.localdate()


def run_race(kind: Kind, editors: list[Editor], number: int) -> Race:
    race = "".join(chr(ord("a") + int(digit)) for digit in f"{number:03}")
    pages = [published(kind.page) for _page in (editors if kind.own_pages else "1") if kind.page]
    addresses = [f"{page.address}modifier/" for page in pages] or ["/nouveau/article/"]
    places = itertools.cycle(addresses)
    forms = [editor.open(place) for editor, place in zip(editors, places, strict=False)]
    marks = [kind.change(form, rank, race) for rank, form in enumerate(forms)]
    start = time.perf_counter()
    answers = sent_at_once(editors, forms)
    seconds = time.perf_counter() - start
    return Race(answers, marks, content_of(pages, race), seconds)


def sent_at_once(editors: list[Editor], forms: list[Form]) -> list[Answer]:
    answers: dict[int, Answer] = {}
    gate = threading.Barrier(len(editors))

    def send(rank: int) -> None:
        gate.wait()
        answers[rank] = editors[rank].send(forms[rank])

    team = [threading.Thread(target=send, args=(rank,)) for rank in range(len(editors))]
    for thread in team:
        thread.start()
    for thread in team:
        thread.join()
    return [answers[rank] for rank in range(len(editors))]


def content_of(pages: list, race: str) -> str:
    """What readers find in the end: the pages written, else all those that the race made."""
    from wiki.models import ArticlePage
    from wiki.pages import content

    made = ArticlePage.objects.filter(title=f"Même titre {race}")
    now = [type(page).objects.get(pk=page.pk) for page in pages] or made
    return "\n".join(str(content.content_of(page)) for page in now)


def run(database: str, options, outcome) -> None:
    """All the races on one database; puts on the queue whether nothing went wrong."""
    with scratch.address_of(database) as address:
        folder = scratch.set_up(database=address, settings=served.SETTINGS)
        server = Server(folder, options.workers)
        try:
            server.start()
            right = all_races(database, server, options)
            outcome.put(right)
            print("" if right else server.log.read_text()[-4000:], end="")
        finally:
            server.stop()
            scratch.clear(folder)


def all_races(database: str, server: Server, options) -> bool:
    from django.db import connection

    editors = [Editor(server, number) for number in range(options.editors)]
    right = True
    for kind in [kind for kind in KINDS if kind.name in (options.kinds or [kind.name])]:
        kind.races = [run_race(kind, editors, number) for number in range(options.races)]
        right = report(database, kind, options.editors) and right
    faults = soundness.faults()
    print(f"{database:11} {'soundness':11} {len(faults)} faults", *faults[:10], sep="\n  ")
    connection.close()
    return right and not faults


def report(database: str, kind: Kind, editors: int) -> bool:
    """One line of the table, and what went wrong below it; whether nothing did."""
    told = Counter()
    for race in kind.races:
        told += Counter(saved=race.saved, asked=race.asked, lost=len(race.lost))
    errors = [status for race in kind.races for status in race.errors]
    slowest = max(race.seconds for race in kind.races)
    saved = {race.saved for race in kind.races}
    right = not told["lost"] and not errors and saved == {1 if kind.conflicts else editors}
    print(
        f"{database:11} {kind.name:11} {len(kind.races):3} races {told['saved']:4} saved"
        f" {told['asked']:4} asked to choose {told['lost']:3} lost {len(errors):3} errors"
        f" {slowest:6.1f} s at most  {'ok' if right else 'WRONG'}",
        flush=True,
    )
    for line in sorted({*(mark for race in kind.races for mark in race.lost), *map(str, errors)}):
        print(f"  {line}")
    return right


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", nargs="+", choices=scratch.DATABASES)
    parser.add_argument("--races", type=int, default=12)
    parser.add_argument("--editors", type=int, default=8)
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--kinds", nargs="+", choices=[kind.name for kind in KINDS])
    options = parser.parse_args()
    return not scratch.on_each_database(run, options)


if __name__ == "__main__":
    sys.exit(main())
