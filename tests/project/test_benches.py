"""Benches that load pages still run: what they call may have moved since somebody last asked."""

import subprocess
import sys

import pytest
from django.conf import settings

from bench import scratch

pytestmark = pytest.mark.whole

CORPUS = '''
"""Pages as a generator for benches gives them."""

KINDS = ["projet", "fiche", "structure", "compte-rendu", "deontologie", "formation"]


class Gen:
    def __init__(self, number, seed):
        self.number = number

    def pages(self):
        return [self.page(rank) for rank in range(self.number)]

    def page(self, rank):
        words, beside = f"Le mot de passe et la page {rank}", f"page-{(rank + 7) % self.number}"
        return {
            "kind": KINDS[rank % len(KINDS)], "slug": f"page-{rank}", "title": words,
            "summary": words, "author": f"Banc {rank}", "commune": "Chinon", "date": "2024-05-14",
            "html": f'<h2>Partie</h2>\\n<p>{words}, voir <a href="/{beside}/">une autre</a>.</p>',
            "tags": ["mots-de-passe"], "beside": beside,
        }


def render_dokuwiki(page):
    return f"====== {page['title']} ======\\n\\nVoir [[{page['beside']}|une autre]].\\n"
'''
SHORT = {
    "writing_speed": ["--turns", "2"],
    "changes_speed": ["--turns", "2"],
    "titles_speed": ["--turns", "2"],
    "search_speed": ["--turns", "1"],
    "index_speed": ["--turns", "1"],
    "page_speed": ["--seconds", "1"],
    "screens_beside": ["--turns", "1", "--before", str(settings.ROOT)],
    "corpus_site": [],
    "peers": ["--turns", "1"],
    "growth": ["60", "--turns", "1", "--warm", "0"],
}
FIGURES = dict.fromkeys(SHORT, "30") | {
    "screens_beside": "home page",
    "corpus_site": "no fault",
    "peers": "20 lines of history",
    "growth": "grow more than",
}


@pytest.mark.parametrize("bench", SHORT)
def test_a_bench_runs_on_a_few_pages(bench, tmp_path):
    (tmp_path / "corpus.py").write_text(CORPUS)
    command = [sys.executable, f"bench/{bench}.py", tmp_path / "corpus.py", "-n", "30"]
    done = subprocess.run(
        [*command, *SHORT[bench]], cwd=settings.ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert FIGURES[bench] in done.stdout


def test_a_search_is_measured_beside_a_former_version():
    command = [sys.executable, "bench/search_beside.py", "--before", settings.ROOT, "--turns", "1"]
    done = subprocess.run(command, cwd=settings.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert "common word" in done.stdout


def test_a_measure_that_stops_stops_its_bench():
    scratch.apart(sorted, [])
    with pytest.raises(SystemExit):
        scratch.apart(sys.exit, "/contributeurs/: 302")


def test_a_site_that_is_kept_is_used_again(tmp_path):
    (tmp_path / "corpus.py").write_text(CORPUS)
    command = [sys.executable, "bench/corpus_site.py", tmp_path / "corpus.py", "-n", "30"]
    for _turn in range(2):
        subprocess.run([*command, "--keep", tmp_path / "kept"], cwd=settings.ROOT, check=True)
    assert len(list((tmp_path / "kept").iterdir())) == 1
