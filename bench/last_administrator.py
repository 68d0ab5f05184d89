"""All administrators take the account of the next one away at the same moment, again and again.

    python bench/last_administrator.py [--database sqlite postgresql] [--turns 10] [--people 4]

The site is served by gunicorn in four processes. Each person disables the next one by the screen of
the admin. Exits 1 when a turn leaves nobody who looks after the accounts, or takes nobody away.
"""

import argparse
import sys
import threading
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from lxml import html

from bench import scratch
from bench.served import Editor, Form, Server, values_of


def administrators(server: Server, count: int) -> list[tuple[Editor, int]]:
    from django.contrib.auth.models import Group

    from wiki.models import User

    editors = [Editor(server, number) for number in range(count)]
    people = [User.objects.get(username=editor.name) for editor in editors]
    for person in people:
        person.groups.set([Group.objects.get(name="Administrateurs")])
    return [(editor, person.pk) for editor, person in zip(editors, people, strict=True)]


def form_of(editor: Editor, person: int) -> Form:
    address = f"/admin/users/edit/{person}/"
    answer = editor.ask("GET", address)
    for form in html.fromstring(answer.text).forms if answer.status == 200 else []:
        if "is_active" in form.fields:
            return Form(address, values_of(form))
    raise RuntimeError(f"{address} has no form: {answer.status}")


def disable(editor: Editor, form: Form, start: threading.Barrier) -> None:
    form.fields.pop("is_active")
    start.wait()
    editor.ask("POST", form.address, urlencode(form.fields, doseq=True))


def turn(server: Server, count: int) -> int:
    """How many administrators are left; all are active again afterwards."""
    from django.db import connection

    from wiki.models import User

    team = administrators(server, count)
    connection.close()
    sent = [(e, form_of(e, team[(n + 1) % count][1])) for n, (e, _pk) in enumerate(team)]
    start = threading.Barrier(count)
    threads = [threading.Thread(target=disable, args=(*one, start)) for one in sent]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    people = User.objects.filter(pk__in=[pk for _editor, pk in team])
    left = people.filter(is_active=True).count()
    people.update(is_active=True)
    connection.close()
    return left


def run(database: str, options, outcome) -> None:
    with scratch.address_of(database) as address:
        folder = scratch.set_up(database=address, settings="bench.admin_settings")
        server = Server(folder)
        try:
            server.start()
            left = [turn(server, options.people) for _turn in range(options.turns)]
        finally:
            server.stop()
            scratch.clear(folder)
    right = all(0 < count < options.people for count in left)
    print(f"{database:11} left: {left}  {'ok' if right else 'WRONG'}", flush=True)
    outcome.put(right)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", nargs="+", choices=scratch.DATABASES)
    parser.add_argument("--people", type=int, default=4)
    parser.add_argument("--turns", type=int, default=10)
    return not scratch.on_each_database(run, parser.parse_args())


if __name__ == "__main__":
    sys.exit(main())
