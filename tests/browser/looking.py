"""Looking at a page as people meet it: three widths, letters twice as large, paper."""

from dataclasses import dataclass
from pathlib import Path

LOOK = Path(__file__).with_name("layout.js").read_text()
HEIGHT = 900


@dataclass(frozen=True)
class Way:
    """`letters`: the size, in pixels, that people chose in their browser."""

    width: int
    letters: int = 16
    media: str = "screen"

    def __str__(self):
        return "paper" if self.media == "print" else f"{self.width} px, letters of {self.letters}"


# Between the margins of a sheet of A4 stand 673 pixels.
PAPER = Way(673, media="print")
WAYS = [Way(320), Way(360), Way(1366), Way(320, 32), Way(360, 32), Way(1366, 32), PAPER]


class Eyes:
    """Sees one tab in each way, without loading its page again."""

    def __init__(self, tab, ways=WAYS):
        self.tab, self.ways = tab, ways
        self.browser = tab.context.new_cdp_session(tab)

    def faults(self) -> list[str]:
        return [f"{way}: {fault}" for way in self.ways for fault in self.seen(way)]

    def seen(self, way: Way) -> list[str]:
        self.put_on(way)
        return [f"{kind}: {what}" for kind, what in self.tab.evaluate(LOOK)]

    def put_on(self, way: Way) -> None:
        sizes = {"standard": way.letters, "fixed": round(way.letters * 13 / 16)}
        self.browser.send("Page.setFontSizes", {"fontSizes": sizes})
        self.tab.set_viewport_size({"width": way.width, "height": HEIGHT})
        self.tab.emulate_media(media=way.media)
