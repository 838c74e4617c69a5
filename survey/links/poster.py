"""Posters of links: an A4 sheet each, or A6 cards, four to a sheet. Plain values in, PDF out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pylopdf_fonts_zh_cn as fonts

from survey.channels import qr
from survey.pdf_canvas import Canvas

from .rules import without_scheme

A4 = (210.0, 297.0)  # millimetres
FORMATS = ("a4", "a6")
LANGUAGES = ("zh", "en", "both")
FONT: Path = fonts.sans_path()

INK, MUTED, ACCENT, SOFT = (24, 32, 34), (84, 94, 97), (11, 100, 98), (229, 240, 238)
MARGIN = 16.0
WIDTH = A4[0] - 2 * MARGIN

# What customers read. We promise confidence, not anonymity: see docs/decisions/0007.
TEXTS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "headline": "您说，我们改",
        "how": "微信或手机相机扫码，20 秒完成评价",
        "type": "或在浏览器中输入网址",
        "points": "完成评价可得 {points} 积分",
        "served_by": "为您服务：{name}",
        "confidential": "您的回答将保密，结果仅以多位客户汇总显示",
    },
    "en": {
        "headline": "Tell us how we did",
        "how": "Scan with WeChat or your camera: 20 seconds",
        "type": "or type in a browser",
        "points": "Earn {points} points",
        "served_by": "Served by {name}",
        "confidential": "Your answers are confidential. Results are shown only for groups of customers.",
    },
}


@dataclass(frozen=True)
class Poster:
    """A poster's content: the service point's ``names`` by language, ``employee`` and ``points`` if any."""

    address: str
    names: Mapping[str, str]
    employee: str = ""
    points: int = 0
    languages: tuple[str, ...] = field(default=("zh", "en"))

    def say(self, key: str, **values: object) -> list[str]:
        """Return a text in each of the poster's languages."""
        return [TEXTS[language][key].format(**values) for language in self.languages]

    def named(self) -> list[str]:
        """Return the service point's name in each of the poster's languages, without repeats."""
        names = [self.names.get(language) or self.names["zh"] for language in self.languages]
        return list(dict.fromkeys(names))


def poster_languages(choice: str) -> tuple[str, ...]:
    """Return the languages of a poster, the larger first; ``choice`` is one of LANGUAGES."""
    return ("zh", "en") if choice == "both" else (choice,)


def render_sheets(posters: Iterable[Poster], paper: str, title: str) -> bytes:
    """Return the PDF of ``posters``: an A4 sheet each ("a4"), or cards with marks to cut along ("a6")."""
    with Canvas(FONT, A4, title) as canvas:
        if paper == "a4":
            for poster in posters:
                canvas.sheet()
                _draw(canvas, poster)
        else:
            for cards in _groups_of_four(posters):
                canvas.sheet()
                for number, poster in enumerate(cards):
                    canvas.place(A4[0] / 2 * (number % 2), A4[1] / 2 * (number // 2), 0.5)
                    _draw(canvas, poster)
                canvas.place(0, 0, 1)
                _cut_marks(canvas)
        return canvas.finish()


def _groups_of_four(posters: Iterable[Poster]) -> Iterator[list[Poster]]:
    cards: list[Poster] = []
    for poster in posters:
        cards.append(poster)
        if len(cards) == 4:
            yield cards
            cards = []
    if cards:
        yield cards


def _draw(canvas: Canvas, poster: Poster) -> None:
    """Draw a poster in millimetres of an A4 sheet; the canvas scales it."""
    line = partial(canvas.lines, MARGIN, width=WIDTH)
    alone = len(poster.languages) == 1
    canvas.fill(0, 0, A4[0], 5, ACCENT)
    _pair(canvas, 18, poster.say("headline"), (60, 0) if alone else (46, 25), ACCENT, strong=True)
    _pair(canvas, 54, poster.say("how"), (22, 0) if alone else (20, 13.5), INK)
    side = 122.0
    left, top = (A4[0] - side) / 2, 74.0
    canvas.frame(left, top, side, ACCENT)
    _code(canvas, poster.address, left + 1, top + 1, side - 2)
    line(top + side + 4, [" · ".join(poster.say("type"))], size=12, height=5.5, colour=MUTED)
    line(top + side + 10, [without_scheme(poster.address)], size=24, height=11, colour=INK, strong=True)
    if poster.points:
        canvas.pill(A4[0] / 2, 220, " · ".join(poster.say("points", points=poster.points)), 18, ACCENT, SOFT)
    line(235, poster.named(), size=26, height=25, colour=INK, strong=True)
    if poster.employee:
        served = poster.say("served_by", name=poster.employee)
        line(
            261, [" · ".join(served)] if len(poster.employee) < 20 else served, size=15, height=10, colour=INK
        )
    canvas.fill(MARGIN, 273, WIDTH, 0.3, ACCENT)
    line(276, poster.say("confidential"), size=12, height=12, colour=MUTED)


def _pair(
    canvas: Canvas,
    top: float,
    texts: list[str],
    sizes: tuple[float, float],
    colour: tuple[int, int, int],
    strong: bool = False,
) -> None:
    """Draw the first text large and the second, if any, smaller below it."""
    for text, size in zip(texts, sizes, strict=False):
        height = size * 0.3528 * 1.3  # points to millimetres, with leading
        canvas.lines(MARGIN, top, [text], width=WIDTH, size=size, height=height, colour=colour, strong=strong)
        top += height


def _code(canvas: Canvas, text: str, left: float, top: float, side: float) -> None:
    rows = qr.modules(text)
    module = side / (len(rows) + 2 * qr.QUIET)
    for x, y, length in qr.runs(rows):
        # 2% taller, so that no viewer shows gaps between rows.
        canvas.fill(
            left + (x + qr.QUIET) * module,
            top + (y + qr.QUIET) * module,
            length * module,
            module * 1.02,
            (0, 0, 0),
        )


def _cut_marks(canvas: Canvas) -> None:
    """Draw short lines at the edges and a cross in the middle to cut along."""
    width, height, mark = *A4, 6.0
    for x, y, dx, dy in (
        (width / 2, 0, 0, mark),
        (width / 2, height - mark, 0, mark),
        (0, height / 2, mark, 0),
        (width - mark, height / 2, mark, 0),
        (width / 2 - mark / 2, height / 2, mark, 0),
        (width / 2, height / 2 - mark / 2, 0, mark),
    ):
        canvas.stroke(x, y, x + dx, y + dy, MUTED)
