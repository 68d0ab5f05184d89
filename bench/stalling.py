"""Somebody sends what costs most, two requests at a time; somebody else publishes meanwhile.

    python bench/stalling.py [--database sqlite postgresql] [--seconds 20] [--hostile 2]

The site is served by gunicorn in two processes. Hostile requests — differences and « who wrote
what » of repeated texts, merges of repeated paragraphs, texts in many lists, lines of blanks
after « mdp= », quotes to look for — go on without a pause while a writer opens and publishes
another page again and again. Prints the longest publication; exits 1 when one takes more than
five seconds or fails, or when a hostile request is answered by an error.
"""

import argparse
import itertools
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import scratch, served
from bench.races import article, published
from bench.served import Editor, Form, Server

MOST = 5  # seconds for a publication
REPEATS = "<p>Le même paragraphe</p>"


def hostile_page():
    """Two versions of 2,000 repeated blocks."""
    from wiki.models import ArticlePage
    from wiki.publishing.publishing import Edit, newest_version, publish

    page = published(article())
    for chars in (3, 5):
        page = ArticlePage.objects.get(pk=page.pk)
        page.body = "".join(f"<p>a {n % chars}</p>" for n in range(2_000))
        publish(page, Edit(author_name="Banc", base=newest_version(page).number))
    return page


def hostile_requests(editor: Editor, page):
    """Without an end: what is asked and what is sent, in turn."""
    address = page.address
    late = editor.open(f"{address}modifier/")
    for number in itertools.count():
        yield "GET", f"{address}difference/?de=2&a=3", ""
        yield "GET", f"{address}annoter/", ""
        yield "GET", f"/recherche/?q=%22{'+' * 3000}", ""
        form = Form(late.address, {**late.fields, "base": ["2"], "key": [""]})
        form["body"] = REPEATS * 600 + f"<p>{number}</p>" + REPEATS * 700
        yield "POST", form.address, urlencode(form.fields, doseq=True)
        for body in ("<ul><li>" * 18_000, f"<p>mdp={' ' * 64_000}</p>"):
            form["body"] = body
            yield "POST", f"{address}apercu/", urlencode(form.fields, doseq=True)
            yield "POST", form.address, urlencode(form.fields, doseq=True)


def annoy(editor: Editor, page, until: float, statuses: list[int]) -> None:
    for method, address, body in hostile_requests(editor, page):
        if time.monotonic() > until:
            return
        statuses.append(editor.ask(method, address, body).status)


def publish_again(editor: Editor, page, until: float) -> tuple[list[float], list[int]]:
    times, wrong = [], []
    for number in itertools.count():
        if time.monotonic() > until:
            return times, wrong
        form = editor.open(f"{page.address}modifier/")
        form["body"] = f"<p>Tour {number}</p>"
        start = time.monotonic()
        answer = editor.send(form)
        times.append(time.monotonic() - start)
        if not answer.is_saved:
            wrong.append(answer.status)


def run(database: str, options, outcome) -> None:
    with scratch.address_of(database) as address:
        folder = scratch.set_up(database=address, settings=served.SETTINGS)
        server = Server(folder, workers=2)
        try:
            server.start()
            outcome.put(stalled(database, server, options))
        finally:
            server.stop()
            scratch.clear(folder)


def stalled(database: str, server: Server, options) -> bool:
    from django.db import connection

    page, writer = hostile_page(), Editor(server, 99)
    quiet, editors = published(article()), [Editor(server, n) for n in range(options.hostile)]
    connection.close()
    until, statuses = time.monotonic() + options.seconds, []
    team = [
        threading.Thread(target=annoy, args=(editor, page, until, statuses)) for editor in editors
    ]
    for thread in team:
        thread.start()
    times, wrong = publish_again(writer, quiet, until)
    for thread in team:
        thread.join()
    errors = [status for status in statuses if status >= 500]
    right = bool(times) and not wrong and not errors and max(times) <= MOST
    print(
        f"{database:11} {len(statuses):5} hostile requests {len(errors):3} errors"
        f" {len(times):4} publications {len(wrong):3} failed"
        f" {max(times, default=0):6.2f} s at most  {'ok' if right else 'WRONG'}",
        *sorted(set(map(str, [*wrong, *errors]))),
        flush=True,
    )
    return right


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", nargs="+", choices=scratch.DATABASES)
    parser.add_argument("--hostile", type=int, default=2, help="requests at once")
    parser.add_argument("--seconds", type=int, default=20)
    options = parser.parse_args()
    return not scratch.on_each_database(run, options)


if __name__ == "__main__":
    sys.exit(main())
