"""The words of a report, in texts/. Its language is the reader's, who need not be the one who makes it."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("zh", "en")
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October"),
    *("November", "December"),
)


class Words:
    """The texts in one language. ``explained``: how each thing is computed, (name, text)."""

    def __init__(self, texts: Mapping[str, Any]) -> None:
        self.texts = texts
        self.explained = [(one["name"], one["text"]) for one in texts["explained"]]
        self.dimensions: Mapping[str, str] = texts["named"]

    @property
    def plain(self) -> dict[str, str]:
        """Return the texts by key, with their placeholders not filled in."""
        return {key: text for key, text in self.texts.items() if isinstance(text, str)}

    def __call__(self, key: str, **values: object) -> str:
        text: str = self.texts[key]
        return text.format(**values) if values else text


@cache
def words(language: str) -> Words:
    """In ``language``, one of LANGUAGES."""
    path = Path(__file__).with_name("texts") / f"{language}.toml"
    return Words(tomllib.loads(path.read_text("utf-8")))


def number(value: float | None, digits: int = 1) -> str:
    """With a minus sign as it is set; a dash for nothing."""
    if value is None:
        return "–"
    text = f"{value:,.{digits}f}"
    return text[1:] if float(text.replace(",", "")) == 0 and text[0] == "-" else text.replace("-", "−")


def signed(value: float | None, digits: int = 1) -> str:
    """The same with a plus where it is above 0."""
    text = number(value, digits)
    return f"+{text}" if text[0] not in "–−" and text.strip("0.") else text


def month_of(day: date, language: str) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}" if language == "en" else f"{day.year}年{day.month}月"
