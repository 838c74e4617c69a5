"""Compress the rows of an SPSS file: a code of one byte describes each eight bytes of a row.

Eight codes are followed by the data they announce: 1 to 251 are a number plus 100; 253 announces eight bytes
of data; 254 is eight spaces; 255 the missing value; 252 the end of the file, and 0 is padding.
"""

import struct
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from .columns import ExportRow

END, RAW, SPACES, MISSING = 252, 253, 254, 255
BIAS = 100
SPACE = b" " * 8
REMEMBERED = 1000  # values of a column

NARROW = 64  # bytes; wider strings are customers' own words

Pieces = tuple[tuple[int, bytes], ...]
"""The code of each eight bytes, and the data that it announces."""
CellEncoding = tuple[int, Callable[[Any], float | bytes | None], dict[Any, Pieces]]


def width_in_chunks(width: int) -> int:
    """Return how many chunks of eight bytes hold a number (width 0) or a string of ``width`` bytes."""
    return max(1, -(-width // 8))


def stored_chunks(width: int) -> int:
    """Return the same for a string that may be spread over several variables."""
    if width <= 255:
        return width_in_chunks(width)
    number = -(-width // 252)
    return 32 * (number - 1) + width_in_chunks(width - 252 * (number - 1))


class Packer:
    """Compresses rows one after another; fewer than eight codes wait for the next ones."""

    def __init__(self) -> None:
        self.out = bytearray()
        self.codes = bytearray()
        self.data = bytearray()

    def pack(self, rows: Iterable[ExportRow], encodings: Sequence[CellEncoding]) -> bytes:
        """``kinds``: for each cell the width (0 for a number), what is stored of it, and what of that is
        known already."""
        codes, data, out = self.codes, self.data, self.out
        for row in rows:
            for cell, (width, stored_value, known) in zip(row, encodings, strict=True):
                pieces = known.get(cell)
                if pieces is None:
                    value = stored_value(cell)
                    if width > NARROW:
                        self._string(value, stored_chunks(width))
                        continue
                    pieces = _narrow_string(value, stored_chunks(width)) if width else (_number(value),)
                    if len(known) < REMEMBERED:
                        known[cell] = pieces
                for code, piece in pieces:
                    codes.append(code)
                    data += piece
                    if len(codes) == 8:
                        out += codes
                        out += data
                        codes.clear()
                        data.clear()
        packed = bytes(out)
        out.clear()
        return packed

    def end(self) -> bytes:
        """Return the codes and data that still wait, and the end of the file."""
        self._add(END, b"")
        while self.codes:
            self._add(0, b"")
        packed = bytes(self.out)
        self.out.clear()
        return packed

    def _add(self, code: int, data: bytes) -> None:
        self.codes.append(code)
        self.data += data
        if len(self.codes) == 8:
            self.out += self.codes
            self.out += self.data
            self.codes.clear()
            self.data.clear()

    def _string(self, text: Any, chunks: int) -> None:
        """Add a string; each 255 bytes of a long one are followed by an unused byte."""
        if len(text) > 255:
            text = b" ".join(text[i : i + 255] for i in range(0, len(text), 255))
        used = -(-len(text) // 8)
        text = text.ljust(used * 8)
        for start in range(0, used * 8, 8):
            chunk = text[start : start + 8]
            self._add(SPACES, b"") if chunk == SPACE else self._add(RAW, chunk)
        self._spaces(chunks - used)

    def _spaces(self, number: int) -> None:
        while number and self.codes:
            self._add(SPACES, b"")
            number -= 1
        self.out += bytes([SPACES]) * (number // 8 * 8)
        for _ in range(number % 8):
            self._add(SPACES, b"")


def _narrow_string(text: Any, chunks: int) -> Pieces:
    padded = text.ljust(8 * chunks)
    parts = (padded[start : start + 8] for start in range(0, 8 * chunks, 8))
    return tuple((SPACES, b"") if part == SPACE else (RAW, part) for part in parts)


def _number(value: Any) -> tuple[int, bytes]:
    if value is None:
        return MISSING, b""
    if value == int(value) and 1 - BIAS <= value <= 251 - BIAS:
        return int(value) + BIAS, b""
    return RAW, struct.pack("<d", value)
