"""What customers do with a link's page in a browser."""

from __future__ import annotations

from io import BytesIO

import zxingcpp
from PIL import Image
from playwright.sync_api import Page

SEND = "#F button"
CODES = ("quality", "effectiveness", "innovation", "value", "overall", "nps")
ANSWERS = (
    (4, 4, 3, 5, 4, 9),
    (5, 5, 4, 4, 5, 10),
    (3, 2, 3, 3, 3, 6),
    (4, 3, 2, 4, 4, 8),
    (2, 1, 2, 2, 1, 0),
    (5, 4, 5, 3, 4, 9),
)
"""Six customers' answers to CODES."""


def tap(page: Page, answers: tuple[int, ...]) -> None:
    for code, value in zip(CODES, answers, strict=True):
        page.check(f"[name={code}][value='{value}']")


def hand_in(page: Page, answers: tuple[int, ...]) -> None:
    tap(page, answers)
    page.click(SEND)
    page.wait_for_url("**/thanks*")


def scan(picture: bytes) -> str:
    """What the one QR code in a picture says."""
    with Image.open(BytesIO(picture)) as image:
        (code,) = zxingcpp.read_barcodes(image.convert("L"))
    return str(code.text)


def tiles(page: Page) -> dict[str, str]:
    """The figures at the top of a page of indexes, by their labels."""
    return {
        tile.locator(".label").inner_text(): tile.locator(".figure").inner_text()
        for tile in page.locator(".tile").all()
    }


def expected(answers: tuple[tuple[int, ...], ...]) -> dict[str, str]:
    """The figures of ``answers``, computed here from the answers themselves."""
    by_question = dict(zip(CODES, zip(*answers, strict=True), strict=True))
    n = len(answers)
    scores = [sum(25 * (value - 1) for value in by_question[code]) / n for code in CODES[:4]]
    recommended = by_question["nps"]
    net = sum(value >= 9 for value in recommended) - sum(value <= 6 for value in recommended)
    labels = ("Quality", "Effectiveness", "Innovation", "Value")
    pleased = 100 * sum(value >= 4 for value in by_question["overall"]) / n
    shown = {"Satisfaction index": sum(scores) / 4, "NPS": 100 * net / n} | dict(
        zip(labels, scores, strict=True)
    )
    return {label: f"{value:.1f}".replace("-", "−") for label, value in shown.items()} | {
        "Satisfaction rate": f"{pleased:.1f}%",
        "Responses": str(n),
    }
