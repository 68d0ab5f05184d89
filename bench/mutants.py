"""Small wrong changes to the modules that must not be wrong: does a test notice each of them?

    python bench/mutants.py FOLDER [-n 300] [--seed 12] [--all] [--cosmic-ray COMMAND]

Asks for cosmic-ray, which is in no lock: `pip install cosmic-ray==8.7.0` in an environment of its
own. The project is copied to FOLDER and changed there, one mutant at a time; what has a result is
not run again when the command is repeated. Each mutant meets the quick tests of its module; with
`--all`, those that survive meet all tests of the rooms around. Prints the figures, and each
survivor. docs/decisions/0025-mutants-that-survive.md says what became of them.
"""

import argparse
import ast
import os
import random
import shlex
import shutil
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
QUICK = {  # the tests that notice most, the quickest first
    "wiki/publishing/publishing.py": [
        *("publishing/test_publishing.py", "publishing/test_rights_at_the_door.py"),
        "access/test_visibility_rules.py",
    ],
    "wiki/publishing/merging.py": ["publishing/test_merging.py"],
    "wiki/access/visibility.py": [
        *("access/test_visibility_rules.py", "access/test_restrictions.py"),
        *("organizing/test_restricting.py", "organizing/test_moving.py"),
    ],
    "wiki/access/permissions.py": ["access/test_permissions.py", "organizing/test_locking.py"],
    "wiki/markup/html.py": [
        "publishing/test_publishing.py::test_only_allowed_elements_are_saved",
        "rendering/test_hostile_text.py::test_what_is_stored_holds_the_allow_list_only",
        "rendering/test_hostile_text.py::test_cleaning_what_is_clean_changes_nothing",
        "rendering/test_hostile_text.py::test_references_to_signs_that_no_text_holds_are_left_out",
        *("media/test_missing_files.py", "publishing/test_versions.py"),
        "rendering/test_rendering.py",
    ],
}
ALL = [
    *("publishing", "access", "editing", "history", "trash", "organizing", "markup", "rendering"),
    *("media", "pages", "links", "diff", "everywhere"),
]
PASSES = {"quick": QUICK, "all": dict.fromkeys(QUICK, ALL)}
OPTIONS = "-n 0 -x -q -p no:cacheprovider --reuse-db --hypothesis-seed=0"
WAIT = 4  # times what the tests take without a mutant
SPEC = "job_id, operator_name, occurrence, start_pos_row, start_pos_col"
UNPACKING = "core/ReplaceBinaryOperator_Pow"  # « ** » is no power in these modules


def copied(folder: Path) -> Path:
    """The files that git knows, where whoever works meanwhile does not disturb the mutants."""
    tree = folder / "tree"
    names = subprocess.check_output(["git", "ls-files", "-z"], cwd=ROOT, text=True)
    for name in names.split("\0")[:-1]:
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, tree / name)
    return tree


def session_of(folder: Path, module: str, stage: str = "quick") -> Path:
    return folder / f"{Path(module).stem}.{stage}.sqlite"


def rows(session: Path, query: str, *values) -> list[tuple]:
    with closing(sqlite3.connect(session)) as base, base:
        return base.execute(query, values).fetchall()


def command_of(module: str, stage: str) -> list[str]:
    paths = [f"tests/wiki/{name}" for name in PASSES[stage][module]]
    return [sys.executable, "-m", "pytest", *shlex.split(OPTIONS), *paths]


def configured(folder: Path, module: str, stage: str, timeout: float) -> Path:
    path = session_of(folder, module, stage).with_suffix(".toml")
    path.write_text(
        f'[cosmic-ray]\nmodule-path = "{module}"\ntimeout = {timeout:.0f}\n'
        f"test-command = {shlex.join(command_of(module, stage))!r}\n"
        '[cosmic-ray.distributor]\nname = "local"\n'
    )
    return path


def annotations(path: Path) -> list[tuple]:
    """Where types are written: `str | None` with another operator cannot be imported."""
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        for name in ("annotation", "returns"):
            if type_ := getattr(node, name, None):
                begin = (type_.lineno, type_.col_offset)
                found.append((begin, (type_.end_lineno, type_.end_col_offset)))
    return found


def mutants_of(folder: Path, module: str, options) -> list[tuple]:
    """All but those that cannot be imported: their death says nothing."""
    session = session_of(folder, module)
    cosmic_ray(folder, options, "init", configured(folder, module, "quick", 0), session)
    types = annotations(folder / "tree" / module)
    return [
        (module, operator, occurrence, job)
        for job, operator, occurrence, *place in rows(session, f"SELECT {SPEC} FROM mutation_specs")
        if not operator.startswith(UNPACKING)
        and not any(begin <= tuple(place) < end for begin, end in types)
    ]


def draw(folder: Path, options) -> None:
    """Keep a sample of all mutants of all modules; the same one for the same seed and code."""
    mutants = sorted(mutant for module in QUICK for mutant in mutants_of(folder, module, options))
    kept = {job for *_, job in random.Random(options.seed).sample(mutants, options.count)}
    print(f"{options.count} of {len(mutants)} mutants, seed {options.seed}", flush=True)
    for module in QUICK:
        keep(session_of(folder, module), kept)


def keep(session: Path, kept: set[str]) -> None:
    gone = [job for (job,) in rows(session, "SELECT job_id FROM work_items") if job not in kept]
    with closing(sqlite3.connect(session)) as base, base:
        for table in ("work_results", "mutation_specs", "work_items"):
            base.executemany(f"DELETE FROM {table} WHERE job_id = ?", [(job,) for job in gone])


def cosmic_ray(folder: Path, options, *words) -> None:
    command = [*shlex.split(options.cosmic_ray), *map(str, words)]
    subprocess.run(command, cwd=folder / "tree", env=own_places(folder), check=True)


def own_places(folder: Path) -> dict[str, str]:
    """The first run makes the database, and every other one starts from a copy of it, as the
    workers of one run do: what a mutant wrote is gone with it."""
    own = dict.fromkeys(("TMPDIR", "TEST_DIR", "DATA_DIR"), str(folder / "data"))
    return {**os.environ, **own, "PYTEST_XDIST_TESTRUNUID": "mutants"}


def clean_run(folder: Path, module: str, stage: str) -> float:
    """The positive control: seconds of the tests on the module as it is. They must pass."""
    begun = time.monotonic()
    command = command_of(module, stage)
    subprocess.run(
        command, cwd=folder / "tree", env=own_places(folder), check=True, stdout=subprocess.DEVNULL
    )
    return time.monotonic() - begun


def run(folder: Path, module: str, stage: str, options) -> None:
    session = session_of(folder, module, stage)
    waiting = (
        "SELECT count(*) FROM work_items WHERE job_id NOT IN (SELECT job_id FROM work_results)"
    )
    ((count,),) = rows(session, waiting)
    if not count:
        return
    taken = clean_run(folder, module, stage)
    print(f"{module}: {count} mutants, {stage} tests in {taken:.0f} s", flush=True)
    cosmic_ray(folder, options, "exec", configured(folder, module, stage, WAIT * taken), session)


def survivors(session: Path) -> list[tuple]:
    return rows(
        session,
        "SELECT job_id, diff FROM work_results JOIN mutation_specs USING (job_id)"
        " WHERE test_outcome = 'SURVIVED' ORDER BY start_pos_row, start_pos_col, operator_name",
    )


def second_pass(folder: Path, module: str) -> None:
    """A session of those that survived the quick tests."""
    session, again = (session_of(folder, module, stage) for stage in PASSES)
    if not again.exists():
        shutil.copy(session, again)
        keep(again, {job for job, _diff in survivors(session)})
        rows(again, "DELETE FROM work_results")


def report(folder: Path, stage: str) -> None:
    for module in QUICK:
        session = session_of(folder, module, stage)
        ((drawn,),) = rows(session, "SELECT count(*) FROM work_items")
        left = survivors(session)
        print(f"\n{module}: {drawn} mutants, {len(left)} survive the {stage} tests")
        names = rows(session, "SELECT operator_name FROM mutation_specs")
        print("  ", dict(Counter(name.partition("/")[2].partition("_")[0] for (name,) in names)))
        for _job, diff in left:
            changed = [line for line in diff.splitlines() if line[:1] in "+-@"]
            print("\n".join(changed[3:]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("-n", dest="count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=12)
    parser.add_argument("--all", action="store_true", help="survivors meet all tests around")
    parser.add_argument("--cosmic-ray", default="cosmic-ray")
    options = parser.parse_args()
    folder = options.folder.resolve()
    if not session_of(folder, list(QUICK)[-1]).exists():
        (folder / "data").mkdir(parents=True, exist_ok=True)
        copied(folder)
        draw(folder, options)
    for stage in list(PASSES)[: 2 if options.all else 1]:
        for module in QUICK:
            if stage == "all":
                second_pass(folder, module)
            run(folder, module, stage, options)
        report(folder, stage)


if __name__ == "__main__":
    main()
