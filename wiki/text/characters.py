"""One form of text at every door: composed letters, no character that nobody can see.

Composed letters: Unicode's normalization form C (UAX 15). Invisible characters: the code points
that Unicode calls default ignorable (DerivedCoreProperties.txt), with control characters,
noncharacters and private use. What a character means where it stands decides whether it stays:

- joiners stay inside emoji and in the scripts that write with them (Arabic to Mongolian);
- marks of direction stay on a line that has right-to-left letters; embeddings, overrides and
  isolates never do: left open, they turn the rest of a line, and they disguise names of files;
- variation selectors and tags stay after the character that they vary;
- private use shows as a box without the font it came from, such as the bullets of Word.
"""

import re
import unicodedata

NO_BREAK = "\u00a0\u202f\u2007"
LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")
# Blanks to fold: several in a run, or one that is neither an ordinary nor a no-break one.
BLANKS = re.compile(rf"\s{{2,}}|[^\S {NO_BREAK}]")
# Pieces between < and >, which would be other characters if they were composed with an overlay.
PIECE = re.compile('[^<>="\n]+')
PLANE_ENDS = "".join(
    chr(plane << 16 | 0xFFFE) + "-" + chr(plane << 16 | 0xFFFF) for plane in range(15)
)
SUSPECT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    f"\U000e0000-\U000e0fff\U000f0000-\U0010ffff{PLANE_ENDS}]"
)
JOINERS = "\u200c\u200d"
DIRECTIONS = "\u200e\u200f\u061c"
SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
MONGOLIAN = re.compile("[\u180b-\u180d\u180f]")
TAGS = re.compile("[\U000e0020-\U000e007f]")
MEANT_SOMEWHERE = re.compile(
    "[\u200c-\u200f\u061c\ufe00-\ufe0f\u180b-\u180d\u180f\U000e0020-\U000e01ef]"
)
FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007f]*")
JOINING = re.compile(
    "[\u0600-\u08ff\u0900-\u0dff\u0e00-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc]"
)
PICTOGRAPH = re.compile("[\u00a9\u00ae\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]")
TYPED_MARK = re.compile(r"^\s*(?:[-–—•‣·*+]|\(?\d{1,2}[.)°])\s+(?=\S)")  # « - », « 2. »
RIGHT_TO_LEFT = {"R", "AL"}


class _WithoutAccents(dict):
    """For `str.translate`: characters that combine with the one before them go."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.combining(chr(code)) else code
        return self[code]


_ACCENTS = _WithoutAccents()


def without_accents(parted: str) -> str:
    """A decomposed text without its accents."""
    return parted if parted.isascii() else parted.translate(_ACCENTS)


def normal(text: str) -> str:
    """The same text in the one form that is stored; done again it changes nothing.

    Lines end with a line feed, tabs stay. A text of HTML stays the same elements.
    """
    chars = "".join(set(text))  # some eighty: looked at once each, whatever the length
    if LINE_ENDS.search(chars):
        text = LINE_ENDS.sub("\n", text)
    if SUSPECT.search(chars):
        text = PIECE.sub(lambda piece: _seen(piece[0]), text)
    if not unicodedata.is_normalized("NFC", text):
        text = PIECE.sub(lambda piece: unicodedata.normalize("NFC", piece[0]), text)
    return text


def shortened(text: str, most: int) -> str:
    """Cut between two words where it is longer than so many characters."""
    if len(text) <= most:
        return text
    whole = text[: most + 1].rpartition(" ")[0].rstrip(f" ,;:.{NO_BREAK}") or text[:most]
    return f"{whole}…"


def one_line(text: str) -> str:
    """The normal form on one line, without blanks around it."""
    return folded(normal(text))


def folded(text: str) -> str:
    """Runs of blanks as one; a no-break space, which holds « 10 h » together, stays one."""
    return BLANKS.sub(_one_blank, text).strip()


def lines(text: str) -> str:
    """The normal form without blank lines around it nor blanks at the end of lines."""
    return "\n".join(line.rstrip() for line in normal(text).split("\n")).strip()


def points(text: str) -> list[str]:
    """The lines of a text that a list shows, without the dash or the number typed before."""
    bare = (TYPED_MARK.sub("", line, count=1).strip() for line in normal(text).split("\n"))
    return [line for line in bare if line]


def can_be_read(text: str) -> bool:
    """It holds a letter or a number: it can be seen, said, searched and made an address."""
    return any(unicodedata.category(char)[0] in "LN" for char in normal(text))


def _one_blank(run: re.Match) -> str:
    return next((char for char in run[0] if char in NO_BREAK), " ")


def _seen(piece: str) -> str:
    """A piece of one line without the characters that mean nothing where they stand."""
    if not MEANT_SOMEWHERE.search(piece):
        return SUSPECT.sub("", piece)
    letters = set(piece) - set(DIRECTIONS)  # a mark alone gives no direction to what it stands in
    turns = any(unicodedata.bidirectional(char) in RIGHT_TO_LEFT for char in letters)
    kept: list[str] = []
    for place, char in enumerate(piece):
        if not SUSPECT.match(char) or _means(char, kept, piece[place + 1 : place + 2], turns):
            kept.append(char)
    return "".join(kept)


def _means(char: str, kept: list[str], after: str, turns: bool) -> bool:
    """Whether a suspect character says something after what is kept of its line."""
    before = kept[-1] if kept else ""
    if char in JOINERS:
        return _joins(char, before, after)
    if char in DIRECTIONS:
        return turns
    if SELECTORS.match(char):
        return bool(before) and not SUSPECT.match(before) and _is_varied(before)
    if MONGOLIAN.match(char):
        return "\u1820" <= before <= "\u18aa"
    if TAGS.match(char):
        return bool(FLAG.fullmatch("".join(kept[_last_flag(kept) :])))
    return False


def _joins(char: str, before: str, after: str) -> bool:
    if char == "\u200d" and after and PICTOGRAPH.match(before):
        return bool(PICTOGRAPH.match(after))
    return bool(before and JOINING.match(before))


def _is_varied(before: str) -> bool:
    """Signs, digits of keycaps, ideographs: letters of alphabets have no variant."""
    category = unicodedata.category(before)
    return not before.isspace() and (category[0] in "SPN" or before >= "\u1000")


def _last_flag(kept: list[str]) -> int:
    """Where the last black flag stands, which tags make the flag of a region."""
    for place in range(len(kept) - 1, max(-1, len(kept) - 9), -1):
        if kept[place] == "\U0001f3f4":
            return place
    return len(kept)
