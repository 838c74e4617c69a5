"""Drawing PDFs with fpdf2, with text that is wrapped and made smaller until it fits."""

import re
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

Colour = tuple[int, int, int]
POINT = 25.4 / 72  # millimetres
LEADING = 1.28
SMALLEST = 0.4  # of the requested size; text that is still too long is cut

# A Chinese character with the punctuation that may not begin a line; a word; or spaces.
_PIECE = re.compile(
    r"[\u2e80-\u9fff\uf900-\ufaff][\u3001\u3002\uff01\uff09\uff0c\uff1a\uff1b\uff1f]*|[^\s\u2e80-\u9fff\uf900-\ufaff]+[\u3001\u3002]*|\s+"
)


def wrap(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Return ``text`` in lines of at most ``width``, broken at words or Chinese characters where possible."""
    lines, line = [], ""
    for piece in _PIECE.findall(text):
        if measure((line + piece).rstrip()) <= width:
            line += piece
            continue
        if line.strip():
            lines.append(line.rstrip())
        line = piece.lstrip()
        while measure(line) > width and len(line) > 1:
            fits = next((n for n in range(len(line) - 1, 0, -1) if measure(line[:n]) <= width), 1)
            lines.append(line[:fits])
            line = line[fits:]
    return [*lines, line.rstrip()] if line.strip() else lines


def fit(
    texts: list[str], width: float, height: float, size: float, measure: Callable[[str], float]
) -> tuple[float, list[str]]:
    """Return the largest size up to ``size`` points at which ``texts`` fit into ``height``, and the lines.

    ``measure`` returns a text's width at size 1, in the unit of ``width``. Text that does not fit at the
    smallest size is cut and ends in "…".
    """
    current = size
    while True:
        lines = [line for text in texts for line in wrap(text, width / current, measure)]
        room = max(1, int((height + 0.01) / (current * POINT * LEADING)))
        if len(lines) <= room:
            return current, lines
        if current <= size * SMALLEST:
            return current, [*lines[: room - 1], lines[room - 1][:-1] + "…"]
        current *= 0.95


class Canvas:
    """The sheets of a PDF; positions are millimetres from the top left origin that ``place()`` sets."""

    def __init__(self, font: Path, size: tuple[float, float], title: str) -> None:
        # Importing fpdf2 takes most of a second, so it is delayed until something is drawn.
        from fpdf import FPDF

        self.pdf: FPDF = FPDF(unit="mm", format=size)
        self.pdf.set_auto_page_break(False)
        self.pdf.set_margin(0)
        self.pdf.c_margin = 0
        self.pdf.set_title(title)
        self.pdf.add_font("sans", fname=font)
        self._unit = {char: width / 1000 * POINT for char, width in self.pdf.fonts["sans"].cw.items()}
        self.place(0, 0, 1)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.pdf.fonts["sans"].close()  # type: ignore[union-attr]

    def sheet(self) -> None:
        self.pdf.add_page()

    def place(self, left: float, top: float, scale: float) -> None:
        """Set the origin (millimetres) and the scale for all further drawing."""
        self.left, self.top, self.scale = left, top, scale

    def finish(self) -> bytes:
        return bytes(self.pdf.output())

    def fill(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        self.pdf.set_fill_color(*colour)
        self.pdf.rect(*self._at(x, y), width * self.scale, height * self.scale, style="F")

    def stroke(self, x1: float, y1: float, x2: float, y2: float, colour: Colour) -> None:
        self.pdf.set_draw_color(*colour)
        self.pdf.set_line_width(0.15)
        self.pdf.line(*self._at(x1, y1), *self._at(x2, y2))

    def frame(self, x: float, y: float, side: float, colour: Colour) -> None:
        """Draw a square with round corners."""
        self.pdf.set_draw_color(*colour)
        self.pdf.set_line_width(1.2 * self.scale)
        side *= self.scale
        self.pdf.rect(
            *self._at(x, y), side, side, style="D", round_corners=True, corner_radius=6 * self.scale
        )

    def pill(self, middle: float, y: float, text: str, size: float, colour: Colour, ground: Colour) -> None:
        """Draw a short text on a rounded background, centred at ``middle``."""
        height = size * POINT * 1.8
        width = self.measure(text) * size + height
        corner = self._at(middle - width / 2, y)
        self.pdf.set_fill_color(*ground)
        self.pdf.rect(
            *corner,
            width * self.scale,
            height * self.scale,
            style="F",
            round_corners=True,
            corner_radius=height * 0.49 * self.scale,
        )
        self.lines(middle - width / 2, y, [text], width=width, size=size, height=height, colour=colour)

    def lines(
        self,
        x: float,
        y: float,
        texts: list[str],
        *,
        width: float,
        size: float,
        height: float,
        colour: Colour,
        strong: bool = False,
    ) -> None:
        """Draw ``texts`` below each other, centred in the box, wrapped and made smaller until they fit."""
        size, lines = fit(texts, width, height, size, self.measure)
        step = size * POINT * LEADING
        y += (height - step * len(lines)) / 2
        with self.pdf.local_context():  # the weight applies to this text only
            self.pdf.set_text_color(*colour)
            self.pdf.set_draw_color(*colour)
            self.pdf.set_line_width(size * self.scale * 0.03)  # of text fpdf2 takes it in points
            self.pdf.text_mode = "FILL_STROKE" if strong else "FILL"  # one weight of the font is enough
            self.pdf.set_font("sans", size=size * self.scale)
            for line in lines:
                self.pdf.set_xy(*self._at(x, y))
                self.pdf.cell(width * self.scale, step * self.scale, line, align="C")
                y += step

    def measure(self, text: str) -> float:
        """Return the width of ``text`` at 1 point, in millimetres."""
        return sum(self._unit.get(ord(char), POINT) for char in text)

    def _at(self, x: float, y: float) -> tuple[float, float]:
        return self.left + x * self.scale, self.top + y * self.scale
