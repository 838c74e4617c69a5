"""The texts of the screens as code, templates and catalogue have them, for tests that compare them."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "translations/zh_Hans_CN/LC_MESSAGES/messages.po"
KEYWORDS = (
    "_",
    "N_",
    "_l",
    "gettext",
    "lazy_gettext",
    "ngettext:1,2",
    "pgettext:1c,2",
    "lazy_pgettext:1c,2",
    "npgettext:1c,2,3",
)
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]")


class Text(NamedTuple):
    """A text that is asked for in ``path``, as its id; a pair where it has a plural."""

    path: str
    id: str | tuple[str, str]
    context: str | None


@cache
def catalogue() -> Catalog:
    """Return the Chinese catalogue."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="zh_Hans_CN")


def messages() -> list[Message]:
    """Return the messages of the catalogue, without its header."""
    return [message for message in catalogue() if message.id]


def forms(value: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """Return a text, or the texts of its plural forms."""
    return (value,) if isinstance(value, str) else tuple(value)


@cache
def texts() -> frozenset[Text]:
    """Return all texts that code and templates ask for."""
    return frozenset(_extracted())


def _extracted() -> Iterator[Text]:
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    for folder in ("admin", "survey", "templates"):
        own = [
            (Path(pattern).relative_to(folder).as_posix(), method)
            for pattern, method in methods
            if pattern.startswith(folder + "/")
        ]
        for name, _line, text, _comments, context in extract_from_dir(
            ROOT / folder, own, options, parse_keywords(KEYWORDS)
        ):
            yield Text(f"{folder}/{name}", text, context)


def zh(text: str, *, context: str | None = None, **values: object) -> str:
    """Return the Chinese of an English text of the screens, filled in with ``values``.

    Tests compare Chinese pages by it, so that wording is changed in the catalogue alone. Raises KeyError for
    a text that no page has.
    """
    message = catalogue().get(text, context) or next(
        (entry for entry in messages() if text in forms(entry.id) and entry.context == context), None
    )
    if message is None:
        raise KeyError(text)
    chinese = forms(message.string)[0]
    return chinese % values if "%" in chinese else chinese
