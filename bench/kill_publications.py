"""Publications while the server is killed by -9 at random moments: nothing half written.

    python bench/kill_publications.py [--database sqlite postgresql] [--publications 200]

Writers publish over HTTP without a pause: two on a page of their own, two on one they share,
each with a link to another page, a wanted link and a line that stands nowhere else. All of
gunicorn's processes are killed together at random moments, so most often in the middle of
publications, and started again; a writer whose answer was lost sends the same form again, as
a browser offers to. In the end every line must be in its page, once, and the site must be
sound (see soundness.py). Prints the figures; exits 1 when something is not right.
"""

import argparse
import json
import random
import sys
import threading
import time
from http.client import HTTPException
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import scratch, served, soundness
from bench.races import article, published
from bench.served import Editor, Form, Server

WRITERS = 4
LOST = (OSError, HTTPException)  # no answer came, or half of one
PAUSE = 0.05  # seconds between two tries


class Writer(threading.Thread):
    """Adds lines to a page until told to stop; `done` are those that it was told are published."""

    def __init__(self, editor: Editor, page, target, stop: threading.Event):
        super().__init__(daemon=True)  # a bench that fails ends, whatever they wait for
        self.editor, self.page, self.target, self.stop = editor, page, target, stop
        self.done: list[str] = []
        self.sent_again = 0
        self.refused: list[str] = []

    def run(self) -> None:
        number = 0
        while not self.stop.is_set():
            number += 1
            self.publish(f"{self.editor.name}x{number}x")

    def publish(self, line: str) -> None:
        form = self.until_answered(lambda: self.opened())
        link = f'<a linktype="page" id="{self.target.pk}">lien</a>'
        wanted = f'<a linktype="wanted" title="Page {line}">à écrire</a>'
        form["body"] += f"<p>La ligne {line} avec un {link} et {wanted}.</p>"
        answer = self.until_answered(lambda: self.editor.send(form))
        if answer.is_saved:
            self.done.append(line)
        else:
            self.refused.append(f"{line} {answer.status}")

    def opened(self) -> Form:
        return self.editor.open(f"{self.page.address}modifier/")

    def until_answered(self, ask):
        """The same request until the site answers; it may be served a second time."""
        while True:
            try:
                return ask()
            except LOST:
                self.sent_again += 1
                time.sleep(PAUSE)


def run(database: str, options, outcome) -> None:
    with scratch.address_of(database) as address:
        folder = scratch.set_up(database=address, settings=served.SETTINGS)
        server = Server(folder, workers=3)
        try:
            outcome.put(judge(database, server, options))
        finally:
            server.stop()
            scratch.clear(folder)


def judge(database: str, server: Server, options) -> bool:
    from django.db import connection

    server.start()
    pages = [published({**article(), "title": f"Page {rank}"}) for rank in range(WRITERS)]
    stop = threading.Event()
    places = [pages[0], pages[1], pages[2], pages[2]]  # the last two writers share one
    team = [
        Writer(Editor(server, rank), place, pages[3], stop) for rank, place in enumerate(places)
    ]
    start = time.monotonic()
    kills = kill_at_random(server, team, stop, options)
    for writer in team:
        writer.join()
    figures = {"database": database, "kills": kills, "seconds": round(time.monotonic() - start)}
    figures |= figures_of(team)
    figures["faults"] = faults_of(team) + soundness.faults()
    print(json.dumps(figures, ensure_ascii=False), flush=True)
    connection.close()
    return not figures["faults"] and not figures["refused"] and figures["done"] > 0


def kill_at_random(server: Server, team: list[Writer], stop, options) -> int:
    """Kill and start again until enough is published; returns how many times."""
    draw, kills = random.Random(options.seed), 0
    for writer in team:
        writer.start()
    try:
        while sum(len(w.done) for w in team) < options.publications or kills < options.kills:
            time.sleep(draw.uniform(0.05, options.longest))
            server.kill()
            kills += 1
            server.start()
    finally:
        stop.set()
    return kills


def figures_of(team: list[Writer]) -> dict:
    from wiki.models import Version

    return {
        "done": sum(len(writer.done) for writer in team),
        "sent_again": sum(writer.sent_again for writer in team),
        "refused": [line for writer in team for line in writer.refused],
        "versions": Version.objects.filter(page__in=[w.page.pk for w in team]).count(),
    }


def faults_of(team: list[Writer]) -> list[str]:
    """Lines that their writers were told are published and that are not there, or twice."""
    found = []
    for writer in team:
        body = type(writer.page).objects.get(pk=writer.page.pk).body
        counts = {line: body.count(f"La ligne {line} ") for line in writer.done}
        found += [f"{line}: {count} times" for line, count in counts.items() if count != 1]
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", nargs="+", choices=scratch.DATABASES)
    parser.add_argument("--publications", type=int, default=200, help="at least")
    parser.add_argument("--kills", type=int, default=20, help="at least")
    parser.add_argument("--longest", type=float, default=1.5, help="seconds between two kills")
    parser.add_argument("--seed", type=int, default=9)
    options = parser.parse_args()
    return not scratch.on_each_database(run, options)


if __name__ == "__main__":
    sys.exit(main())
