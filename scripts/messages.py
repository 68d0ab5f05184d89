"""Update the French catalogue, or with --check say what it lacks.

The catalogue is locale/fr/LC_MESSAGES/django.po; its compiled .mo is committed beside it. Those of
locale_admin are written by hand, in the place of some strings of Wagtail's: they are compiled only.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = Path("locale/fr/LC_MESSAGES/django.po")
OF_WAGTAIL = [Path(f"locale_admin/fr/LC_MESSAGES/{name}.po") for name in ("django", "djangojs")]
NOT_SOURCE = ("var", "tests", "bench", "scripts", "node_modules", "home/demo/*")


def collect(tree: Path) -> None:
    """Merge the strings of that tree into its own catalogue."""
    ignored = [word for pattern in NOT_SOURCE for word in ("--ignore", pattern)]
    command = ["makemessages", "--locale", "fr", "--no-obsolete", "--add-location", "file"]
    manage = [sys.executable, "manage.py"]
    subprocess.run([*manage, *command, *ignored, "--verbosity", "0"], cwd=tree, check=True)


def compile_catalogue(tree: Path, catalogue: Path = CATALOGUE) -> None:
    po = tree / catalogue
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
    for catalogue in (CATALOGUE, *OF_WAGTAIL):
        if not is_compiled(catalogue):
            found.append(f"the .mo is not {catalogue} compiled: run `make messages`")
    return found


def is_compiled(catalogue: Path) -> bool:
    committed = polib.pofile(str(ROOT / catalogue)).translated_entries()
    mo = (ROOT / catalogue).with_suffix(".mo")
    return mo.is_file() and contents(committed) == contents(polib.mofile(str(mo)))


def main() -> int:
    if "--check" not in sys.argv:
        collect(ROOT)
        for catalogue in (CATALOGUE, *OF_WAGTAIL):
            compile_catalogue(ROOT, catalogue)
        return 0
    found = faults()
    print("\n".join(found))
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
