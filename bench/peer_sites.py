"""The wikis that are measured beside each other: this site, and DokuWiki."""

import os
import subprocess
import sys
from pathlib import Path

from bench import corpus_frame, corpus_site, dokuwiki, processes, scratch
from bench.corpus_history import PEOPLE
from bench.peer import Ask, Wiki
from bench.served import free_port

WRITER = corpus_frame.login(PEOPLE // 2)
SETTINGS = "kb.settings.dev"  # as `make run`


def server(port: int) -> list[str]:
    """The command that serves the site as `make run` does, with one worker that is never renewed
    while it is measured."""
    options = ["--workers", "1", "--threads", "16", "--log-level", "warning"]
    bind = ["--bind", f"127.0.0.1:{port}", "--no-control-socket"]
    return [sys.executable, "-m", "gunicorn", "kb.wsgi", *bind, *options]


class OwnSite(Wiki):
    name, text, signed = "ours", "body", "/mon-espace/"
    line_of_history, line_of_recent = r"/versions/\d+/\"", "<li><h3"

    def __init__(self, folder: Path):
        """`folder`: of `corpus_site.made`, in this process."""
        self.port, self.pages = free_port(), own_pages()
        self.environment = {**os.environ, "DATA_DIR": str(folder), "SITE_URL": self.site}
        self.environment |= {"DJANGO_SETTINGS_MODULE": SETTINGS, "DEBUG": ""}
        command = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"]
        subprocess.run(command, cwd=scratch.ROOT, env=self.environment, check=True)
        super().__init__()

    @property
    def site(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = server(self.port)
        self.processes = [subprocess.Popen(command, cwd=scratch.ROOT, env=self.environment)]

    def home(self) -> Ask:
        return Ask("/", "Lieux")

    def page(self, rank: int) -> Ask:
        return Ask(*self.pages[rank])

    def form(self, rank: int) -> Ask:
        address, title = self.pages[rank]
        return Ask(f"{address}modifier/", title)

    def section_form(self) -> Ask:
        return Ask("/collectif/modifier/", "Collectif")

    def history(self, rank: int) -> Ask:
        address, title = self.pages[rank]
        return Ask(f"{address}historique/", title)

    def recent(self) -> Ask:
        return Ask("/changements/", self.pages[self.newest][1])

    def log_in(self) -> None:
        form = self.writer.get("/connexion/").form("username")
        form |= {"username": [WRITER], "password": [corpus_frame.PASSWORD]}
        self.writer.post("/connexion/", form)
        self.visit(self.writer, [self.home()])

    def forget(self, is_parsed_kept: bool) -> None:
        self.stop()
        self.serve()

    def with_sentence(self, text: str, words: str) -> str:
        return f"{text}\n<p>{words}</p>"

    def send(self, rank: int, form: dict[str, list[str]]) -> list[float]:
        spent, answer = self.spent(lambda: self.writer.post(self.form(rank).address, form))
        if answer.status != 302 or "/connexion/" in answer.location:
            raise SystemExit(f"{self.form(rank).address} was not published: {answer.status}")
        return [spent]

    def memory(self) -> processes.Memory:
        """Of the process that serves: the one that holds most."""
        return max(map(processes.memory, self.pids), key=lambda memory: memory.anonymous)


def own_pages() -> list[tuple[str, str]]:
    """Address and title of each page of the corpus, by its rank."""
    from wagtail.models import Page

    from wiki.text.addresses import url_of

    rows = Page.objects.filter(pk__gte=corpus_site.FIRST).order_by("pk")
    pages = [(url_of(path), title) for path, title in rows.values_list("url_path", "title")]
    corpus_site.close()
    return pages


class DokuWiki(Wiki):
    name, text, signed = "DokuWiki", "wikitext", "do=logout"
    line_of_history, line_of_recent = r"value=\"\d{9,}\"", 'class="diff_link"'

    def __init__(self, folder: Path, items: list[dict]):
        """`folder`: of `dokuwiki.made`, with the pages of these items."""
        self.items = [(item["slug"], item["title"]) for item in items]
        self.folder, self.servers = folder, dokuwiki.Servers(folder)
        self.port = self.servers.port
        super().__init__()

    def start(self) -> None:
        self.servers.start()
        self.processes = self.servers.processes

    def home(self) -> Ask:
        return Ask("/doku.php", "DokuWiki")

    def page(self, rank: int) -> Ask:
        name, title = self.items[rank]
        return Ask(f"/doku.php?id={name}", title)

    def form(self, rank: int) -> Ask:
        name, title = self.items[rank]
        return Ask(f"/doku.php?id={name}&do=edit", f"====== {title} ======")

    def section_form(self) -> Ask:
        return self.form(0)

    def history(self, rank: int) -> Ask:
        name, _title = self.items[rank]
        return Ask(f"/doku.php?id={name}&do=revisions", "rev2[]")

    def recent(self) -> Ask:
        name = self.items[self.newest][0]
        return Ask(f"/doku.php?id={self.items[0][0]}&do=recent", f"id={name}&do=revisions")

    def log_in(self) -> None:
        address = f"/doku.php?id={self.items[0][0]}&do=login"
        form = self.writer.get(address).form("u")
        self.writer.post(address, form | {"u": [WRITER], "p": [corpus_frame.PASSWORD]})
        self.visit(self.writer, [self.page(0)])

    def forget(self, is_parsed_kept: bool) -> None:
        for pattern in ["*.xhtml"] if is_parsed_kept else ["*.xhtml", "*.i", "*.metadata"]:
            dokuwiki.forget_rendered(self.folder, pattern)

    def with_sentence(self, text: str, words: str) -> str:
        return f"{text}\n\n{words}\n"

    def send(self, rank: int, form: dict[str, list[str]]) -> list[float]:
        """The form, then what the browser asks once it shows the page: the search hears of it."""
        name, _title = self.items[rank]
        form = {**form, "do[save]": ["1"]}
        saved, answer = self.spent(lambda: self.writer.post(self.form(rank).address, form))
        if answer.status != 302:
            raise SystemExit(f"{name} was not saved: {answer.status}")
        later = f"/lib/exe/taskrunner.php?id={name}&{next(self.sentences)}"
        return [saved, self.spent(lambda: self.writer.get(later))[0]]
