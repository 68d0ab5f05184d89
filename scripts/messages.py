"""Update the French catalogue, or with --check say what it lacks.

The catalogue is locale/fr/LC_MESSAGES/django.po; its compiled .mo is committed beside it.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = Path("locale/fr/LC_MESSAGES/django.po")
NOT_SOURCE = ("var", "tests", "bench", "scripts", "node_modules", "home/demo/*")


def collect(tree: Path) -> None:
    """Merge the strings of that tree into its own catalogue."""
    ignored = [word for pattern in NOT_SOURCE for word in ("--ignore", pattern)]
    command = ["makemessages", "--locale", "fr", "--no-obsolete", "--add-location", "file"]
    manage = [sys.executable, "manage.py"]
    subprocess.run([*manage, *command, *ignored, "--verbosity", "0"], cwd=tree, check=True)


def compile_catalogue(tree: Path) -> None:
    po = tree / CATALOGUE
    mo = po.with_suffix(".mo")
    subprocess.run(["msgfmt", "--check-format", "--output-file", mo, po], check=True)


def contents(entries) -> dict:
    return {
        (entry.msgctxt or None, entry.msgid): entry.msgstr_plural or entry.msgstr
        for entry in entries
    }


def faults() -> list[str]:
    """What is missing, doubtful or not compiled, as lines to print."""
    if not (ROOT / CATALOGUE).with_suffix(".mo").is_file():
        return [f"no compiled {CATALOGUE}: run `make messages`"]
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".*", "var", "node_modules"))
        collect(copy)
        compile_catalogue(copy)
        merged = polib.pofile(str(copy / CATALOGUE))
    found = [f"not translated: {entry.msgid!r}" for entry in merged.untranslated_entries()]
    found += [f"fuzzy: {entry.msgid!r}" for entry in merged.fuzzy_entries()]
    if merged.metadata_is_fuzzy:
        found.append("its header is still the fuzzy one of xgettext")
    committed = polib.pofile(str(ROOT / CATALOGUE)).translated_entries()
    compiled = polib.mofile(str((ROOT / CATALOGUE).with_suffix(".mo")))
    if contents(committed) != contents(compiled):
        found.append("the .mo is not the .po compiled: run `make messages`")
    return found


def main() -> int:
    if "--check" not in sys.argv:
        collect(ROOT)
        compile_catalogue(ROOT)
        return 0
    found = faults()
    print("\n".join(found))
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
