"""The template of a date: a safe subset of Python's format strings over a row's columns. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from string import Formatter

EARLIEST = date(1900, 1, 1)
ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Only fill, alignment, width and precision, in sizes that a date can need.
FORMAT = re.compile(r"(?:.?[<>^])?0?\d{0,2}(?:\.\d{1,2})?s?")


class InvalidTemplate(ValueError):
    """The template does more than name columns; the text says what."""


@dataclass(frozen=True)
class Template:
    """A parsed template.

    ``parts`` are (literal, column, format) in order; the column is "" after the last one.
    """

    parts: tuple[tuple[str, str, str], ...]

    @classmethod
    def parse(cls, template: str) -> "Template":
        """Parse a template such as "2017-05-{INTDATE:0>2}". Raises InvalidTemplate."""
        parts = []
        try:
            for literal, name, form, conversion in Formatter().parse(template):
                if name is not None:
                    _check(name, form or "", conversion)
                parts.append((literal, name or "", form or ""))
        except ValueError as error:
            raise InvalidTemplate(str(error)) from None
        return cls(tuple(parts))

    @cached_property
    def columns(self) -> tuple[str, ...]:
        return tuple(name for _, name, _ in self.parts if name)

    def fill(self, values: Sequence[str]) -> str:
        """Return the text for the ``values`` of a row's ``columns``, in the same order."""
        rest = iter(values)
        return "".join(
            literal + (format(next(rest).strip(), form) if name else "") for literal, name, form in self.parts
        )


def _check(name: str, form: str, conversion: str | None) -> None:
    if not name:
        raise InvalidTemplate("{} names no column")
    if "." in name or "[" in name:
        raise InvalidTemplate(f"{{{name}}}: only plain column names, no attributes or items")
    if conversion:
        raise InvalidTemplate(f"{{{name}!{conversion}}}: no conversions")
    if not FORMAT.fullmatch(form):
        raise InvalidTemplate(f"{{{name}:{form}}}: only fill, alignment, width and precision up to 99")


def day(text: str, today: date) -> date | None:
    """Return the day ``text`` (YYYY-MM-DD), or None unless it is from 1900 to tomorrow."""
    if not ISO.fullmatch(text):
        return None
    try:
        parsed = date.fromisoformat(text)
    except ValueError:
        return None
    return parsed if EARLIEST <= parsed <= today + timedelta(days=1) else None
