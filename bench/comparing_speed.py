"""What comparing and merging cost: ordinary texts, and those made to be hard.

    python bench/comparing_speed.py [--before FOLDER] [--longest 60]

`--before`: another version of the sources, measured in turn with this one on the same texts.
Prints CPU milliseconds of a difference and of a merge of two bodies, the least of three turns,
and the ratio to the version before; a case of more than `--longest` seconds is given up.
"""

import argparse
import json
import random
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DRAW = random.Random(10)
ACTS = ("difference", "merge")

MEASURE = """
import json, os, sys, time
os.environ["DJANGO_SETTINGS_MODULE"] = "kb.settings.test"
sys.path.insert(0, ".")
import django
django.setup()
try:
    from wiki.diff import text_blocks
    from wiki.diff.rows import compare
    from wiki.publishing.merging import merge
except ImportError:  # a version before November 2026
    from wiki.differences import text_blocks
    from wiki.differences.rows import compare
    from wiki.merging import merge
from wiki.models import ArticlePage
act, base, theirs = json.load(sys.stdin)
def difference():
    return [change.text for change in compare(text_blocks(base), text_blocks(theirs))[0][:400]]
def merged():
    mine = {"body": base + "<p>A la fin</p>"}
    return merge({"body": base}, {"body": theirs}, mine, ArticlePage)
ask = difference if act == "difference" else merged
times = []
for _turn in range(3):
    start = time.process_time()
    ask()
    times.append(time.process_time() - start)
    if times[-1] > 1:
        break
print(min(times) * 1000)
"""


def words(count: int, known: str) -> str:
    return " ".join(DRAW.choice(known) for _rank in range(count))


def paragraphs(texts) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def cases() -> dict[str, tuple[str, str]]:
    page = [f"Le paragraphe {n} et ses quelques mots, qui ne sont qu'à lui" for n in range(60)]
    changed = [
        text.replace("mots", "signes") if n % 7 == 0 else text for n, text in enumerate(page)
    ]
    same = "Le même paragraphe"
    return {
        "a page of 60 paragraphs": (paragraphs(page), paragraphs(changed)),
        "2 kB of two letters": (f"<p>{words(1000, 'ab')}</p>", f"<p>{words(1000, 'ab')}</p>"),
        "250 blocks of two sorts": ("<p>a</p>" * 250, "<p>b</p><p>a</p>" * 120),
        "2,000 repeated blocks": (
            paragraphs(f"a {n % 3}" for n in range(2000)),
            paragraphs(f"a {n % 5}" for n in range(2000)),
        ),
        "1,300 repeated paragraphs": (
            paragraphs([same] * 1300),
            paragraphs([same, same, "Un autre"] * 430),
        ),
        "2,000 rewritten blocks": (
            paragraphs(f"un deux trois {n}" for n in range(2000)),
            paragraphs(f"quatre cinq six {n}" for n in range(2000)),
        ),
        "100,000 words": (f"<p>{words(100_000, 'ab')}</p>", f"<p>{words(100_000, 'ab')}</p>"),
    }


def cost(folder: Path, act: str, texts: tuple[str, str], longest: int) -> float | None:
    """CPU milliseconds; None when it was given up."""
    command, given = [sys.executable, "-c", MEASURE], json.dumps([act, *texts])
    try:
        done = subprocess.run(
            command, input=given, cwd=folder, capture_output=True, text=True, timeout=longest
        )
    except subprocess.TimeoutExpired:
        return None
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    return float(done.stdout)


def said(milliseconds: float | None, longest: int) -> str:
    return f"{milliseconds:10.1f}" if milliseconds is not None else f"> {longest * 1000:8}"


def ratio(now: float | None, before: float | None) -> str:
    return f"{now / before:10.3f}" if now and before else " " * 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--before", type=Path)
    parser.add_argument("--longest", type=int, default=60)
    options = parser.parse_args()
    print(f"{'':28} {'act':10} {'now':>10} {'before':>10} {'ratio':>10}")
    for name, texts in cases().items():
        for act in ACTS:
            now = cost(ROOT, act, texts, options.longest)
            told = [said(now, options.longest)]
            if options.before:
                before = cost(options.before, act, texts, options.longest)
                told += [said(before, options.longest), ratio(now, before)]
            print(f"{name:28} {act:10} {' '.join(told)}", flush=True)


if __name__ == "__main__":
    main()
