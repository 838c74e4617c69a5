"""Sheets of a report: text that begins at the left, lines, dots and tables. Millimetres of an A4 sheet."""

from collections.abc import Sequence
from pathlib import Path

from survey.pdf_canvas import LEADING, POINT, Canvas, Colour, wrap

A4 = (210.0, 297.0)
MARGIN = 18.0
WIDTH = A4[0] - 2 * MARGIN
TILE = 35.0

INK, MUTED, ACCENT, SOFT = (24, 32, 34), (92, 102, 105), (11, 100, 98), (229, 240, 238)
RULE, WARM, WHITE = (214, 220, 219), (176, 74, 24), (255, 255, 255)


class Sheet(Canvas):
    """Text is placed by the top of its line."""

    def __init__(self, font: Path, title: str, language: str) -> None:
        super().__init__(font, A4, title)
        self.pdf.set_lang("en" if language == "en" else "zh-CN")

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = 9.5,
        colour: Colour = INK,
        align: str = "L",
        strong: bool = False,
        width: float | None = None,
    ) -> float:
        """One line, cut with "…" where it is wider than ``width``; ``align``: which side of it, or its middle
        (C), is at ``x``. Returns how wide it is."""
        if width is not None:
            text = self.cut(text, size, width)
        wide = self.measure(text) * size
        left = {"L": x, "C": x - wide / 2, "R": x - wide}[align]
        with self.pdf.local_context():
            self.pdf.set_text_color(*colour)
            if strong:
                self.pdf.set_draw_color(*colour)
                self.pdf.set_line_width(size * 0.03)
                self.pdf.text_mode = "FILL_STROKE"
            self.pdf.set_font("sans", size=size)
            self.pdf.text(left, y + size * POINT * 0.98, text)
        return wide

    def cut(self, text: str, size: float, width: float) -> str:
        if self.measure(text) * size <= width:
            return text
        while text and self.measure(text + "…") * size > width:
            text = text[:-1]
        return text.rstrip() + "…"

    def paragraph(
        self, x: float, y: float, text: str, width: float, size: float = 9.5, colour: Colour = INK
    ) -> float:
        """Wrapped text; returns where it ends."""
        for line in wrap(text, width / size, self.measure):
            self.text(x, y, line, size, colour)
            y += size * POINT * LEADING * 1.12
        return y

    def line(
        self, ends: Sequence[float], colour: Colour = RULE, width: float = 0.2, dash: float = 0.0
    ) -> None:
        """From x₁, y₁ to x₂, y₂."""
        self.pdf.set_draw_color(*colour)
        self.pdf.set_line_width(width)
        if dash:
            self.pdf.set_dash_pattern(dash=dash, gap=dash)
        self.pdf.line(*ends)
        if dash:
            self.pdf.set_dash_pattern()

    def dot(self, x: float, y: float, radius: float, colour: Colour, hollow: bool = False) -> None:
        self.pdf.set_draw_color(*colour)
        self.pdf.set_fill_color(*(WHITE if hollow else colour))
        self.pdf.set_line_width(0.4)
        self.pdf.circle(x, y, radius, style="DF")

    def tile(self, x: float, y: float, width: float, label: str, value: str, notes: Sequence[str]) -> None:
        """A figure with its name above and small print below; TILE high."""
        self.pdf.set_fill_color(*SOFT)
        self.pdf.rect(x, y, width, TILE, style="F", round_corners=True, corner_radius=2)
        self.text(x + 4, y + 3.5, label, 9, MUTED, width=width - 8)
        self.text(x + 4, y + 8.5, value, 22, ACCENT, strong=True, width=width - 8)
        y += 18.5
        for note in notes:
            y = self.paragraph(x + 4, y, note, width - 6, 7, MUTED) + 0.8
