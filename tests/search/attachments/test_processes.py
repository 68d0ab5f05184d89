"""Files read by real processes: killed, two at once, and by the server that was sent them."""

import json
import os
import re
import subprocess
import sys
import time

import pytest
import requests
from django.conf import settings

from home.demonstration import PASSWORD
from tests.browser.conftest import served
from tests.project.processes import SiteCopy, copied, options_of_make_run
from tests.search.attachments.two_at_once import FILES

pytestmark = pytest.mark.django_db  # the database that the site is a copy of
PATIENCE = 120  # seconds
MOST_TO_STOP = 15  # seconds; gunicorn gives thirty to a request that does not end
TOKEN = "csrftoken"
STATE = "SELECT state, text, tries, leased_until IS NULL FROM search_filetext WHERE document_id = "
SENDING = (
    "from tests import factories\nfrom tests.attached_files import link_to, sent\n"
    "document = sent('notes.txt', b'La zorblinette se range.')\n"
    "factories.page(title='La page du fichier', body=link_to(document))\n"
    "print(document.pk)"
)
HANGING = """
import time
from search.attachments import reading
from search.indexing import reading as of_file
of_file.outcome = lambda document: print("claimed", flush=True) or time.sleep(600)
list(reading.drain())
"""


@pytest.fixture
def site(tmp_path) -> SiteCopy:
    return copied(tmp_path)


def begun(site: SiteCopy, *words: str) -> subprocess.Popen:
    command = [sys.executable, "manage.py", *words]
    run = {"cwd": settings.ROOT, "env": site.environment(SECRET_KEY="x"), "stdout": subprocess.PIPE}
    return subprocess.Popen(command, text=True, **run)


def count_in(said: str) -> int:
    """How many files a command says that it read."""
    return int(re.match("Fichiers lus : ([0-9]+)", said)[1])


def read_by(site: SiteCopy) -> int:
    done = site.manage("read_files", "--verbosity", "0")
    assert done.code == 0, done.complained
    return count_in(done.said)


@pytest.mark.whole
def test_what_a_killed_process_read_is_read_by_the_next_one(site):
    number = site.python(SENDING).strip()
    with begun(site, "shell", "--no-imports", "-c", HANGING) as process:
        assert process.stdout.readline() == "claimed\n"
        process.kill()
    assert site.sql(STATE + number) == [("waiting", "", 1, 0)]
    assert read_by(site) == 0  # until its lease ends
    site.sql("UPDATE search_filetext SET leased_until = '2020-01-01' WHERE tries > 0")
    assert read_by(site) == 1
    assert site.sql(STATE + number) == [("read", "La zorblinette se range.", 0, 1)]
    assert "/la-page-du-fichier/" in site.manage("search", "zorblinette").said


@pytest.mark.whole
def test_two_threads_at_once_read_each_file_once(site):
    module = "tests.search.attachments.two_at_once"
    done = subprocess.run(
        [sys.executable, "-m", module],
        cwd=settings.ROOT,
        env=site.environment(),
        stdout=subprocess.PIPE,
        check=True,
    )
    told = json.loads(done.stdout)
    assert len(told["read"]) == len(set(told["read"])) == FILES
    assert told["states"] == ["read"] * FILES


@pytest.mark.whole
def test_two_processes_at_once_read_each_file_once(site):
    site.sql("UPDATE search_filetext SET state = 'waiting', text = '', digest = ''")
    ((count,),) = site.sql("SELECT count(*) FROM search_filetext")
    both = [begun(site, "read_files", "--verbosity", "0") for _rank in range(2)]
    said = [process.communicate(timeout=PATIENCE)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert sum(map(count_in, said)) == count
    assert site.sql("SELECT DISTINCT state, tries FROM search_filetext") == [("read", 0)]


# The server


def log_in(address: str) -> requests.Session:
    person = requests.Session()
    person.get(f"{address}/connexion/")
    fields = {"username": "contributeur", "password": PASSWORD}
    token = {"csrfmiddlewaretoken": person.cookies[TOKEN]}
    answer = person.post(f"{address}/connexion/", {**fields, **token})
    assert answer.url.endswith("/mon-espace/")
    return person


def wait_until_found(address: str, query: str, title: str) -> None:
    end = time.monotonic() + PATIENCE
    while title not in requests.get(f"{address}/recherche/", {"q": query}, timeout=30).text:
        assert time.monotonic() < end, f"« {query} » finds nothing"
        time.sleep(0.2)


def test_the_server_reads_a_file_that_it_was_sent(site):
    with served(site.folder, *options_of_make_run()) as address:
        person = log_in(address)
        file = {"file": ("notes.txt", b"La zorblinette se range.")}
        token = {"X-CSRFToken": person.cookies[TOKEN]}
        answer = person.post(f"{address}/pieces/", files=file, headers=token)
        assert answer.status_code == 201
        showing = (
            "from tests import factories\nfrom tests.attached_files import link_to\n"
            "from wagtail.documents import get_document_model\n"
            f"document = get_document_model().objects.get(pk={answer.json()['id']})\n"
            "factories.page(title='La page du fichier', body=link_to(document))"
        )
        site.python(showing)
        wait_until_found(address, "zorblinette", "La page du fichier")


@pytest.mark.whole
def test_a_server_that_starts_reads_what_was_left(site):
    number = site.python(SENDING).strip()
    assert site.sql(STATE + number) == [("waiting", "", 0, 1)]
    with served(site.folder, *options_of_make_run()) as address:
        wait_until_found(address, "zorblinette", "La page du fichier")


@pytest.mark.whole
def test_a_server_answers_and_stops_while_it_reads_what_never_ends(site):
    number = site.python(SENDING).strip()
    ((name,),) = site.sql(f"SELECT file FROM wagtaildocs_document WHERE id = {number}")
    endless = site.folder / "media" / name
    endless.unlink()
    os.mkfifo(endless)  # whoever opens it waits for ever
    with served(site.folder, *options_of_make_run()) as address:
        end = time.monotonic() + PATIENCE
        while site.sql(STATE + number) != [("waiting", "", 1, 0)]:
            assert time.monotonic() < end, "nobody reads"
            assert requests.get(address, timeout=30).ok
            time.sleep(0.2)
        assert requests.get(address, timeout=30).ok
        told = time.monotonic()
    assert time.monotonic() - told < MOST_TO_STOP
