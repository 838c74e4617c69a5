"""The words of a report, in texts/. Its language is that of the reader, who may be another person than the
user who makes it, so the words are not those of the user's session."""

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
    """The texts of a language. ``explained`` are (name, text) of how each figure is computed."""

    def __init__(self, texts: Mapping[str, Any]) -> None:
        self.texts = texts
        self.explained = [(explanation["name"], explanation["text"]) for explanation in texts["explained"]]
        self.dimensions: Mapping[str, str] = texts["named"]

    @property
    def plain(self) -> dict[str, str]:
        """Return the texts by key, with their placeholders unfilled."""
        return {key: text for key, text in self.texts.items() if isinstance(text, str)}

    def __call__(self, key: str, **values: object) -> str:
        text: str = self.texts[key]
        return text.format(**values) if values else text


@cache
def load_words(language: str) -> Words:
    """Return the words in ``language``, one of LANGUAGES."""
    path = Path(__file__).with_name("texts") / f"{language}.toml"
    return Words(tomllib.loads(path.read_text("utf-8")))


def number(value: float | None, digits: int = 1) -> str:
    """Return a number as text with a typographic minus sign; an en dash for None."""
    if value is None:
        return "–"
    text = f"{value:,.{digits}f}"
    return text[1:] if float(text.replace(",", "")) == 0 and text[0] == "-" else text.replace("-", "−")


def signed_number(value: float | None, digits: int = 1) -> str:
    """Return number() with a plus sign where the shown number is above 0."""
    text = number(value, digits)
    return f"+{text}" if text[0] not in "–−" and text.strip("0.") else text


def month_name(day: date, language: str) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}" if language == "en" else f"{day.year}年{day.month}月"
