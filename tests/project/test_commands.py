"""Every command is run as people run it, in the case that it exists for.

A command that is called from Python skips the checks of Django, the parsing of its words and
the settings of a real site: that is not what somebody types.
"""

import json
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

from home.demonstration import ACCOUNTS
from tests.project.processes import SiteCopy, copied

pytestmark = pytest.mark.django_db
CASES: dict[str, list] = {}
OF_ENTRIES = "FROM search_searchentry"


def of(command: str, is_long: bool = False):
    """Marks a case of a command."""

    def keep(case):
        marks = [pytest.mark.whole] if is_long else []
        CASES.setdefault(command, []).append(pytest.param(case, marks=marks, id=case.__name__))
        return case

    return keep


@pytest.fixture
def site(tmp_path) -> SiteCopy:
    return copied(tmp_path)


def own_commands() -> set[str]:
    apps = {path.parent.name for path in Path(settings.ROOT).glob("*/apps.py")}
    return {name for name, app in get_commands().items() if app in apps}


def test_every_command_of_the_project_has_a_case():
    assert own_commands() == set(CASES)


def pytest_generate_tests(metafunc):
    if "case" in metafunc.fixturenames:
        cases = [case for command in sorted(CASES) for case in CASES[command]]
        metafunc.parametrize("case", cases)


def test_a_command_does_as_a_process_what_it_exists_for(case, site):
    case(site)


@pytest.mark.whole
def test_a_scheduled_publication_is_indexed_with_its_own_date(site):
    site.python(
        "from datetime import timedelta\nfrom django.utils import timezone\n"
        "from tests import factories\nfrom wagtail.models import Revision\n"
        "page = factories.page(title='Plus tard', body='<p>Un</p>')\n"
        "page.body, page.go_live_at = '<p>Deux</p>', timezone.now() - timedelta(minutes=1)\n"
        "revision = page.save_revision()\n"
        "made = Revision.objects.filter(pk=revision.pk)\n"
        "made.update(approved_go_live_at=page.go_live_at)"
    )
    site.sql("UPDATE wiki_version SET created_at = '2019-05-05' WHERE title = 'Plus tard'")
    well(site, "publish_scheduled")
    of_the_page = "JOIN wagtailcore_page p ON p.id = page_id WHERE p.title = 'Plus tard'"
    numbers = site.sql(f"SELECT max(number), count(*) FROM wiki_version {of_the_page}")
    assert numbers == [(2, 2)]
    ((changed_at,),) = site.sql(f"SELECT changed_at {OF_ENTRIES} {of_the_page}")
    assert not changed_at.startswith("2019")
    assert "L’index est celui" in well(site, "reindex", "--check")


def well(site: SiteCopy, *words: str) -> str:
    done = site.manage(*words)
    assert done.code == 0, done.complained
    assert "Traceback" not in done.complained
    return done.said


def refused(site: SiteCopy, *words: str) -> str:
    """What a command says in one line when it cannot do what was asked."""
    done = site.manage(*words)
    assert done.code == 1
    assert "Traceback" not in done.complained
    return done.complained


# The index of the search.


def mended_by_reindexing(site: SiteCopy, *damage: str) -> str:
    """What `--check` says of a damage, before `reindex` mends it."""
    site.sql(*damage)
    told = site.manage("reindex", "--check")
    assert told.code == 1
    assert "« manage.py reindex »" in told.complained
    assert "pages indexées" in well(site, "reindex")
    assert "L’index est celui des pages publiées." in well(site, "reindex", "--check")
    return told.said


@of("reindex", is_long=True)
def reindex_mends_a_damaged_entry(site):
    damage = "UPDATE search_searchentry SET text = 'autre' WHERE rowid % 7 = 0"
    assert "n’est pas comme dans la page" in mended_by_reindexing(site, damage)


@of("reindex", is_long=True)
def reindex_fills_the_index_of_a_new_engine(site):
    before = site.sql("SELECT count(*) FROM search_searchentry")
    emptied = [f"DELETE FROM {name}" for name in ("search_entrymetadata", "search_pagenames")]
    emptied += ["DELETE FROM search_searchentry_named", "DELETE FROM search_searchentry"]
    assert "manque dans l’index" in mended_by_reindexing(site, *tables_of(site, emptied))
    assert site.sql("SELECT count(*) FROM search_searchentry") == before


def tables_of(site, statements) -> list[str]:
    known = {name for (name,) in site.sql("SELECT name FROM sqlite_master")}
    return [one for one in statements if one.split()[-1] in known]


@of("reindex", is_long=True)
def reindex_mends_a_full_text_table_that_is_not_that_of_the_entries(site):
    damage = "INSERT INTO search_stems(search_stems) VALUES ('delete-all')"
    assert "plein texte" in mended_by_reindexing(site, damage)


@of("reindex", is_long=True)
def reindex_forgets_what_a_restored_database_has_no_more(site):
    gone = "(SELECT page_id FROM search_searchentry ORDER BY page_id LIMIT 1)"
    damage = f"UPDATE wagtailcore_page SET live = 0 WHERE id = {gone}"
    assert "n’est pas publiée" in mended_by_reindexing(site, damage)


@of("search")
def search_finds_and_counts(site):
    assert "/usager-donne-mot-de-passe/" in well(site, "search", "on me donne un mot de passe")
    rows = json.loads(well(site, "search", "mot de passe", "--json", "--limit", "2"))
    assert len(rows) == 2
    assert "Personne ne s’appelle « inconnue »" in refused(site, "search", "x", "--as", "inconnue")


@of("search_worker")
def search_worker_says_that_there_is_no_cluster(site):
    assert "il n’y a rien à envoyer" in refused(site, "search_worker", "--once")


@of("search_worker")
def search_worker_says_that_the_cluster_is_silent_and_keeps_what_waits(site):
    site.sql("INSERT INTO search_outgoing (page_id, tries) SELECT max(page_id), 0 " + OF_ENTRIES)
    done = site.manage("search_worker", "--once", SEARCH_URL="opensearch://127.0.0.1:9/")
    assert done.code == 1
    assert "ne répond pas" in done.complained
    assert "Traceback" not in done.complained
    assert site.sql("SELECT count(*) FROM search_outgoing") == [(1,)]


@of("forget_searches")
def forget_searches_drops_the_old_ones(site):
    columns = "digest, words, first_on, last_on, without_answer, without_click"
    rows = "('a', 'vieux', '2020-01-01', '2020-01-02', 1, 0)"
    site.sql(f"INSERT INTO search_zeroresultsearch ({columns}) VALUES {rows}")
    assert "1 recherche oubliée." in well(site, "forget_searches")
    assert site.sql("SELECT count(*) FROM search_zeroresultsearch WHERE words = 'vieux'") == [(0,)]


@of("read_files", is_long=True)
def read_files_reads_those_that_wait(site):
    site.sql("DELETE FROM search_filetext")
    (count,) = site.sql("SELECT count(*) FROM wagtaildocs_document")[0]
    assert f"Fichiers lus : {count}" in well(site, "read_files")
    assert site.sql("SELECT count(*) FROM search_filetext WHERE state = 'read'") == [(count,)]
    assert "Fichiers lus : 0" in well(site, "read_files")


# The wiki.


@of("rebuild_links")
def rebuild_links_writes_the_table_again(site):
    columns = "source_id, target_id, wanted_key"
    before = site.sql(f"SELECT {columns} FROM wiki_pagelink ORDER BY {columns}")
    site.sql("DELETE FROM wiki_pagelink", "DELETE FROM wiki_pagetitle")
    assert f"liens : {len(before)}" in well(site, "rebuild_links")
    assert site.sql(f"SELECT {columns} FROM wiki_pagelink ORDER BY {columns}") == before


@of("check_links")
def check_links_notes_an_address_that_may_not_be_asked(site):
    """Of one page only, so that nothing leaves this machine."""
    link = '<p><a href="http://127.0.0.1:9/x">x</a></p>'
    site.python(
        "from tests import factories\nfrom wagtail.models import Page\n"
        f"page = factories.page(title='Liens', body='{link}')\n"
        "Page.objects.filter(depth__gt=1).exclude(pk=page.pk).update(live=False)"
    )
    said = well(site, "check_links", "--limit", "5")
    assert "http://127.0.0.1:9/x\tL’adresse" in said
    assert "1 lien cassé connu." in said


CLOSING = (
    "from tests import factories\n"
    "page = factories.page(title='Ordre du bureau', body='<p>Un</p>')\n"
    "factories.restricted_to_groups(page, 'Bureau')"
)


@of("leakcheck", is_long=True)
def leakcheck_sees_that_a_live_site_keeps_what_is_closed(site):
    site.python(CLOSING)
    with site.served() as url:
        said = well(site, "leakcheck", url, "--limit", "60", "--pause", "0")
    assert "60 adresses demandées." in said
    assert "Rien de fermé ne se voit du dehors." in said
    assert site.sql("SELECT asked, faults FROM wiki_leakcheck") == [(60, "[]")]


@of("leakcheck", is_long=True)
def leakcheck_fails_when_the_site_gives_what_the_database_says_is_closed(site):
    """The site that is asked is an older copy, where the page was open."""
    (folder := site.folder / "served").mkdir()
    site.python(CLOSING.partition("factories.restricted")[0])
    shutil.copy(site.database, folder / site.database.name)
    site.python(
        "from tests import factories\nfrom wiki.models import ArticlePage\n"
        "page = ArticlePage.objects.get(title='Ordre du bureau')\n"
        "factories.restricted_to_groups(page, 'Bureau')"
    )
    with SiteCopy(folder).served() as url:
        done = site.manage("leakcheck", url, "--pause", "0", "--limit", "150")
    assert done.code == 1
    assert "/ordre-du-bureau/\tdonnée à tous" in done.said
    assert "se voit du dehors" in done.complained


@of("leakcheck")
def leakcheck_says_that_the_site_is_silent(site):
    done = site.manage("leakcheck", "http://127.0.0.1:9")
    assert done.code == 2
    assert "ne répond pas" in done.complained
    assert site.sql("SELECT count(*) FROM wiki_leakcheck") == [(0,)]


@of("empty_trash", is_long=True)
def empty_trash_deletes_for_good_what_is_old(site):
    site.python(
        "from tests import factories\nfrom wiki.trash import trash\n"
        "author = factories.person('Animateurs')\n"
        "for title in ('Un', 'Deux'):\n"
        "    trash.put_in(factories.page(title=title, author=author), author, 'x')"
    )
    old = "SELECT event_id FROM wiki_trashedpage JOIN wagtailcore_page ON id = page_id"
    site.sql(
        f"UPDATE wiki_event SET created_at = '2020-01-01' WHERE id IN ({old} WHERE title='Un')"
    )
    assert "Un" in well(site, "empty_trash", "--dry-run")
    assert site.sql("SELECT count(*) FROM wiki_trashedpage") == [(2,)]
    assert "supprimés : pages 1" in well(site, "empty_trash")
    left = "SELECT title FROM wagtailcore_page JOIN wiki_trashedpage ON page_id = id"
    assert site.sql(left) == [("Deux",)]


# The site and its demonstration.


@of("create_site", is_long=True)
def create_site_makes_a_site_from_nothing_and_nothing_twice(site):
    site.database.unlink()
    well(site, "migrate", "--verbosity", "0")
    for _time in range(2):
        assert "Le site a sa page d’accueil" in well(site, "create_site")
    (pages, homes) = site.sql("SELECT count(*), sum(depth = 2) FROM wagtailcore_page")[0]
    assert (pages > 10, homes) == (True, 2)  # the home page and the trash
    assert "« manage.py reindex »" not in well(site, "reindex", "--check")


@of("load_demo", is_long=True)
def load_demo_brings_back_a_page_that_is_missing_and_leaves_the_others(site):
    assert "0 version" in well(site, "load_demo", "--verbosity", "0")
    site.python("from wagtail.models import Page\nPage.objects.get(slug='la-plaquette').delete()")
    assert "0 version" not in well(site, "load_demo", "--verbosity", "0")
    assert site.sql("SELECT live FROM wagtailcore_page WHERE slug = 'la-plaquette'") == [(1,)]


@of("demo_accounts")
def demo_accounts_prints_them_where_there_are_any(site):
    said = well(site, "demo_accounts")
    assert all(username in said for username, _name, _group in ACCOUNTS)
    closed = site.manage("demo_accounts", DEMO_ACCOUNTS="no")
    assert "n’a pas de compte de démonstration" in closed.said
