"""How the pieces of the sampler look and where they stand on a screen, and what may differ."""

from dataclasses import dataclass
from itertools import pairwise

MEASURE = r"""
([where, words]) => {
  const root = document.querySelector(where);
  const SIDES = ["inline-start", "inline-end", "block-start", "block-end"];
  const BORDERS = SIDES.flatMap(s => ["width", "style", "color"].map(p => `border-${s}-${p}`));
  const INK = ["font-family", "font-size", "font-weight", "font-style", "font-variant-caps",
    "letter-spacing", "line-height", "color", "direction", "unicode-bidi", "text-align",
    "text-transform"];
  const BOX = ["display", "list-style-type", "list-style-position", "background-color",
    "vertical-align", "max-inline-size", ...BORDERS, ...SIDES.map(s => `padding-${s}`)];
  const SIGN = ["content", "display", "position", "inline-size", "block-size", "rotate",
    "inset-inline-start", "inset-block-start", "background-color", "color", "opacity", ...BORDERS];
  const LINES = ["line", "style", "color", "thickness"].map(p => `text-decoration-${p}`);
  const read = (e, names, prefix, pseudo) => {
    const style = getComputedStyle(e, pseudo);
    return Object.fromEntries(names.map(n => [prefix + n, style.getPropertyValue(n)]));
  };
  const start = e => {
    const s = getComputedStyle(e), box = e.getBoundingClientRect();
    return box.left + parseFloat(s.borderLeftWidth) + parseFloat(s.paddingLeft);
  };
  const blockOf = e => {
    while (getComputedStyle(e).display.startsWith("inline")) e = e.parentElement;
    return e;
  };
  const find = word => {
    const picture = root.querySelector(`img[alt="${word}"]`);
    if (picture) return [picture, picture.getBoundingClientRect()];
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node; (node = walk.nextNode()); ) {
      const at = node.data.indexOf(word);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + word.length);
      return [node.parentElement, range.getBoundingClientRect()];
    }
    return [null, null];
  };
  const decoration = (e, end) => {
    const found = [];
    for (let x = e; x && x !== end.parentElement; x = x.parentElement)
      if (getComputedStyle(x).textDecorationLine !== "none")
        found.push(Object.values(read(x, LINES, "")).join(" "));
    return found.join(", ");
  };
  let before = null;
  return words.map(({ word, looks, kind }) => {
    const [element, place] = find(word);
    if (!element) return { word, looks, missing: true };
    const block = blockOf(element), box = block.getBoundingClientRect();
    const dressed = (looks && element.closest(looks)) || block;
    const home = element.closest("td, th") ?? root;
    const gap = before === null || kind === "cell" ? 0 : box.top - before;
    before = box.bottom;
    const signs = ["::before", "::after"].flatMap(p =>
      dressed.matches("li, .wanted, a") ? Object.entries(read(dressed, SIGN, p, p)) : []);
    const ring = parseFloat(getComputedStyle(dressed, "::before").inlineSize);
    const from = parseFloat(getComputedStyle(dressed, "::before").insetInlineStart);
    return { word, looks, kind, box: [place.left, place.top, place.right, place.bottom],
      apart: !dressed.matches(".check > li") || from + ring <= 0,
      look: { ...read(element, INK, "text "), ...read(dressed, BOX, ""),
        ...Object.fromEntries(signs), decoration: decoration(element, block),
        indent: `${start(block) - start(home)}px`, gap: `${gap}px` } };
  });
}
"""


@dataclass(frozen=True)
class Difference:
    """What legitimately differs on a screen, of pieces dressed as `looks`, and why."""

    screen: str
    looks: str
    properties: frozenset[str]
    why: str
    widths: tuple[int, ...] = (360, 1366)


def _only(*names: str) -> frozenset[str]:
    return frozenset(names)


MAY_DIFFER = [
    Difference(
        *("editor", "caption, figcaption, th, td", _only("display", "max-inline-size", "gap")),
        "a caption stands in a box of its own, high enough to be pressed when it is empty",
    ),
    Difference(
        *(
            "editor",
            "a, span",
            _only("text color", "text unicode-bidi", "border-", "decoration", "::"),
        ),
        "the writer sees a link to a page; whether a reader may open it depends on the reader",
    ),
    Difference(
        *("editor", "h2", _only("*")),
        "on wide screens headings hang in the margin; one writes them over their text, as on "
        "phones and on paper, for the keys go from line to line",
        (1366,),
    ),
]
# Paper is black on white, in its own size of letters, with less blank.
ON_PAPER = _only(
    *("text font-family", "text font-weight", "text font-style", "text font-variant-caps"),
    *("text direction", "text unicode-bidi", "text text-align", "display", "list-style-type"),
    *("vertical-align", "decoration line", "::before content", "::after content"),
    *("::after rotate", "::before display"),
)


def measured(tab, root: str, words: list[dict]) -> list[dict]:
    return tab.evaluate(MEASURE, [root, words])


def differences(screen: str, width: int, page: list[dict], other: list[dict]) -> list[str]:
    """What differs between a screen and the page, but for what may."""
    found = []
    after_heading = False
    for one, two in zip(page, other, strict=True):
        free = allowed(screen, width, one["looks"])
        if after_heading and width >= 1200:
            free = free | {"gap"}  # the heading is beside it on the page
        after_heading = screen == "editor" and one["looks"] == "h2"
        if two.get("missing"):
            found.append(f"{screen} {one['word']}: missing")
        elif "*" not in free:
            found += _unlike(screen, one, two, free)
    return found


def allowed(screen: str, width: int, looks: str) -> frozenset[str]:
    fitting = [
        e for e in MAY_DIFFER if (e.screen, e.looks) == (screen, looks) and width in e.widths
    ]
    return frozenset().union(*(e.properties for e in fitting))


def _unlike(screen: str, one: dict, two: dict, free: frozenset[str]) -> list[str]:
    names = [
        name
        for name, value in one["look"].items()
        if not any(name.startswith(prefix) for prefix in free)
        and not _same(value, two["look"].get(name, ""))
    ]
    return [
        f"{screen} {one['word']} ({one['looks']}): {name} is {two['look'].get(name)!r}, "
        f"{one['look'][name]!r} on the page"
        for name in names
    ]


def _same(one: str, two: str) -> bool:
    """Lengths may differ by a pixel: screens round them."""
    if one == two:
        return True
    if one.endswith("px") and two.endswith("px") and " " not in one + two:
        return abs(float(one[:-2]) - float(two[:-2])) <= 1
    return False


def on_paper(page: list[dict], paper: list[dict]) -> list[str]:
    """What paper shows otherwise than the screen of the same width."""
    found = []
    for one, two in zip(page, paper, strict=True):
        for look in (one["look"], two["look"]):
            look["decoration line"] = look["decoration"].split(" ")[0]
        others = frozenset(one["look"]) - ON_PAPER
        found += [] if two.get("missing") else _unlike_exactly(one, two, others)
    return found


def _unlike_exactly(one: dict, two: dict, free: frozenset[str]) -> list[str]:
    names = [n for n, v in one["look"].items() if n not in free and v != two["look"][n]]
    return [
        f"paper {one['word']} ({one['looks']}): {n} is {two['look'][n]!r}, "
        f"{one['look'][n]!r} on the screen"
        for n in names
    ]


def out_of_place(screen: str, pieces: list[dict]) -> list[str]:
    """Pieces one on the other, boxes on their words, or out of the order of the text."""
    shown = [piece for piece in pieces if not piece.get("missing")]
    found = [f"{screen} {p['word']}: its box is on its words" for p in shown if not p["apart"]]
    for rank, one in enumerate(shown):
        for two in shown[rank + 1 :]:
            if _overlap(one["box"], two["box"]):
                found.append(f"{screen}: {one['word']} and {two['word']} overlap")
    flow = [piece for piece in shown if piece["kind"] != "cell"]
    for one, two in pairwise(flow):
        if two["box"][1] < one["box"][1] - 4 and one["looks"] != "h2":
            found.append(f"{screen}: {two['word']} stands over {one['word']}")
    return found


def _overlap(one: list[float], two: list[float]) -> bool:
    across = min(one[2], two[2]) - max(one[0], two[0])
    down = min(one[3], two[3]) - max(one[1], two[1])
    return across > 2 and down > 4
