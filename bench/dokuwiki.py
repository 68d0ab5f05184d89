"""A scratch DokuWiki, Debian's package, with pages of corpus.py: its folder, and its servers.

Its data and its configuration stand in a folder of their own, and PHP-FPM and nginx are children
of this process, with the packaged settings: nothing of the services of the machine is used.
"""

import getpass
import gzip
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench import corpus_frame, corpus_history, corpus_pages, kept_folders, scratch
from bench.corpus_history import Change
from bench.served import free_port

PACKAGES = ("dokuwiki", "nginx-light", "php-fpm")
PROGRAM = Path("/usr/share/dokuwiki")
PACKAGED = Path("/etc/dokuwiki")
MADE_BY = (
    "dokuwiki.py",
    "dokuwiki_fill.php",
    "corpus_frame.py",
    "corpus_history.py",
    "corpus_pages.py",
)
ROOMS = ("attic", "cache", "index", "locks", "log", "media", "media_attic", "media_meta", "meta")
RECENT_DAYS, RECENT_LINES = 7, 20  # that its list of changes is trimmed to, as packaged

PREPEND = "<?php define('DOKU_MAIN_CONF', '{folder}/conf/'); define('DOKU_CONF', DOKU_MAIN_CONF);\n"
SETTINGS = """<?php
$conf['title'] = 'DokuWiki';
$conf['lang'] = 'fr';
$conf['license'] = 'cc-by-sa';
$conf['useacl'] = 1;
$conf['superuser'] = '@admin';
$conf['savedir'] = '{folder}/data';
"""
RIGHTS = "# <?php exit()?>\n*\t@ALL\t1\n*\t@user\t8\n"
FPM = """[global]
daemonize = no
error_log = {folder}/php.log
[wiki]
user = {user}
listen = {folder}/php.sock
pm = static
pm.max_children = 1
php_admin_value[auto_prepend_file] = {folder}/prepend.php
php_admin_value[session.save_path] = {folder}/sessions
"""
NGINX = """daemon off;
user {user};
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{ worker_connections 768; }}
http {{
    include /etc/nginx/mime.types;
    sendfile on;
    tcp_nopush on;
    gzip on;
    access_log off;
    {temporary}
    server {{
        listen 127.0.0.1:{port};
        root {program};
        index doku.php;
        location ~ ^/(inc|vendor|bin)/ {{ deny all; }}
        location ~ \\.php$ {{
            include /etc/nginx/fastcgi.conf;
            fastcgi_pass unix:{folder}/php.sock;
        }}
    }}
}}
"""
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def install() -> None:
    subprocess.run([scratch.ROOT / "scripts" / "system.sh", *PACKAGES], check=True)


def made(corpus: str, number: int, keep: Path | None = None) -> Path:
    """The folder of a wiki of that many pages; `keep`: as for `corpus_site.made`."""
    kept = keep and keep / f"dokuwiki-{number}-{kept_folders.sign(corpus, MADE_BY)}"
    if kept and kept.exists():
        folder = kept_folders.copy_of(kept)
        configure(folder)
        return folder
    folder = Path(tempfile.mkdtemp(prefix="passerelles-bench-"))
    configure(folder)
    fill(folder, corpus, number)
    if kept:
        kept_folders.keep(folder, kept)
    return folder


def configure(folder: Path) -> None:
    """What the package brings, with the rights and the language of this wiki."""
    conf = folder / "conf"
    for name in ("conf", "sessions", *(f"data/{room}" for room in (*ROOMS, "pages", "tmp"))):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for path in PACKAGED.iterdir():
        if path.is_file() and not path.is_symlink():
            shutil.copy2(path, conf / path.name)
    (folder / "prepend.php").write_text(PREPEND.format(folder=folder))
    (conf / "local.php").write_text(SETTINGS.format(folder=folder))
    (conf / "acl.auth.php").write_text(RIGHTS)


def fill(folder: Path, corpus: str, number: int) -> None:
    """The pages with all their versions, then what DokuWiki itself writes of them."""
    source = corpus_pages.module(corpus)
    items = list(source.Gen(number, corpus_pages.SEED).pages())
    names, long = corpus_history.people(items), corpus_history.long_page(items)
    write_people(folder, names)
    now, log = datetime.now(UTC), []
    for rank, item in enumerate(items):
        changes = corpus_history.changes(item, rank, rank == long, len(names), now)
        log += write_page(folder / "data", item["slug"], source.render_dokuwiki(item), changes)
    write_log(folder, log, now)
    run_php(folder, Path(__file__).with_suffix("").with_name("dokuwiki_fill.php"), PROGRAM)
    forget_rendered(folder, "*")


def write_people(folder: Path, names: list[str]) -> None:
    words = f"echo password_hash('{corpus_frame.PASSWORD}', PASSWORD_BCRYPT);"
    sign = subprocess.run(["php", "-r", words], check=True, capture_output=True, text=True).stdout
    logins = ((corpus_frame.login(rank), name) for rank, name in enumerate(names))
    lines = [f"{login}:{sign}:{name}:{login}@membres.example:user\n" for login, name in logins]
    (folder / "conf" / "users.auth.php").write_text(f"# <?php exit()?>\n{''.join(lines)}")


def write_page(data: Path, name: str, text: str, changes: list[Change]) -> list[str]:
    """The page, its old texts and its history; returns the lines of the latter."""
    for change in changes:
        words = f"{text}\n{change.sentence}\n" if change.sentence else text
        second = int(change.moment.timestamp())
        old = data / "attic" / f"{name}.{second}.txt.gz"
        old.write_bytes(gzip.compress(words.encode(), mtime=second))
        os.utime(old, (second, second))
    page = data / "pages" / f"{name}.txt"
    page.write_text(text)
    os.utime(page, (second, second))
    lines = list(log_lines(name, changes))
    (data / "meta" / f"{name}.changes").write_text("".join(lines))
    return lines


def log_lines(name: str, changes: list[Change]) -> Iterator[str]:
    for change in changes:
        sort = "e" if change.minor else "E" if change.number > 1 else "C"
        second, login = int(change.moment.timestamp()), corpus_frame.login(change.author)
        cells = (second, "127.0.0.1", sort, name, login, change.summary, "", 0)
        yield "\t".join(map(str, cells)) + "\n"


def write_log(folder: Path, log: list[str], now: datetime) -> None:
    """The latest changes of the whole wiki, as short as DokuWiki keeps them."""
    log = sorted(log, key=lambda line: int(line.partition("\t")[0]))
    since = (now - timedelta(days=RECENT_DAYS)).timestamp()
    recent = sum(int(line.partition("\t")[0]) >= since for line in log)
    kept = log[-max(recent, RECENT_LINES) :]
    (folder / "data" / "meta" / "_dokuwiki.changes").write_text("".join(kept))
    (folder / "data" / "meta" / "_dokuwiki.changes.trimmed").touch()


def run_php(folder: Path, script: Path, *arguments) -> None:
    settings = {"auto_prepend_file": folder / "prepend.php", "memory_limit": -1}
    options = [f"-d{name}={value}" for name, value in settings.items()]
    subprocess.run(["php", *options, script, *arguments], check=True)


def forget_rendered(folder: Path, pattern: str) -> None:
    """Remove what is kept of pages that were asked; pattern: of the names of its files."""
    for path in (folder / "data" / "cache").glob(f"?/{pattern}"):
        path.unlink()


class Servers:
    """PHP-FPM with one worker, and nginx with one, over the folder of a wiki."""

    def __init__(self, folder: Path):
        self.folder, self.port = folder, free_port()
        paths = [f"{name}_temp_path {folder}/nginx-{name};" for name in TEMPORARY]
        named = {"folder": folder, "user": getpass.getuser(), "port": self.port}
        (folder / "fpm.conf").write_text(FPM.format(**named))
        text = NGINX.format(**named, program=PROGRAM, temporary="\n    ".join(paths))
        (folder / "nginx.conf").write_text(text)

    def start(self) -> None:
        php = max(Path("/usr/sbin").glob("php-fpm*"), key=lambda path: _version(path.name))
        commands = [
            [php, "--allow-to-run-as-root", "--fpm-config", self.folder / "fpm.conf"],
            ["/usr/sbin/nginx", "-p", self.folder, "-c", self.folder / "nginx.conf"],
        ]
        with (self.folder / "servers.log").open("a") as log:
            self.processes = [
                subprocess.Popen(command, stdout=log, stderr=log) for command in commands
            ]

    def stop(self) -> None:
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait()


def _version(name: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", name)]
