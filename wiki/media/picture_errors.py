"""What decoders of pictures raise on files that are cut, damaged, or lie in their header."""

import struct
import zlib

from PIL import Image

BROKEN = (
    *(OSError, ValueError, SyntaxError, EOFError, MemoryError, LookupError, TypeError),
    *(ArithmeticError, AttributeError, AssertionError, RecursionError, struct.error, zlib.error),
)
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
