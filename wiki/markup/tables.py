"""Tables of bodies as readers see them: in a frame that scrolls, as tight on paper as they must."""

from django.utils.translation import gettext as _
from lxml import etree

ENDLESS = 24  # letters: no French word is longer, addresses and names of files are
# Letters that a line of A4 holds between its margins, with the type of running text, with a
# smaller one. A table whose columns ask for more breaks its words, in the smallest type.
OF_A_LINE, OF_A_SMALL_LINE = 52, 88


def dress(root) -> None:
    """Each table in a frame; cells and frames say in their class how their words can break."""
    for table in list(root.iter("table")):
        caption = table.find("caption")
        label = caption.text_content() if caption is not None else _("Table")
        frame = etree.Element("div", tabindex="0", role="region")
        frame.set("class", " ".join(["scroll", *_tightness(table)]))
        frame.set("aria-label", label)
        frame.tail, table.tail = table.tail, None
        table.getparent().replace(table, frame)
        frame.append(table)


def _tightness(table) -> list[str]:
    letters = sum(_widths(table))
    if letters > OF_A_SMALL_LINE:
        return ["tightest"]
    return ["tight"] if letters > OF_A_LINE else []


def _widths(table) -> list[int]:
    """The letters of the longest word of each column, and the blank beside it."""
    widths: dict[int, int] = {}
    for row in table.iter("tr"):
        column = 0
        for cell in row.iter("td", "th"):
            longest = max(map(len, cell.text_content().split()), default=1)
            if longest > ENDLESS:
                cell.set("class", "endless")
                longest = ENDLESS // 2
            widths[column] = max(widths.get(column, 0), longest + 2)
            column += _span(cell)
    return list(widths.values())


def _span(cell) -> int:
    span = cell.get("colspan", "1")
    return int(span) if span.isdigit() else 1
