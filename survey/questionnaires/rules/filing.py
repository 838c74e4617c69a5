"""A questionnaire as a file: JSON read and written. The format: docs/questionnaires.md. Pure."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from survey.questionnaires.definition import DEFAULT_LANGUAGES, Document, Texts

from .checking import FORMAT, DocumentProblem, problems
from .checking.document import KEYS, LARGEST_MB
from .checking.problem import excerpt

LARGEST = LARGEST_MB * 1024 * 1024
"""Bytes of a file; a document that passes the check has fewer when it is written()."""
LONGEST_NUMBER = 40

_ORDER = (
    *KEYS,
    *("regulation", "note", "code", "kind", "supplied", "required", "dimension", "weight", "about", "scale"),
    *(
        "look",
        "best",
        "minimum",
        "maximum",
        "decimals",
        "not_applicable",
        "withheld",
        "show",
        "texts",
        "help",
    ),
    *("unit", "labels", "options", "exclusive", "other", "right", "all", "any", "not", "question", "context"),
    *("is", "value"),
)


class _Wrong(ValueError):
    """What stands in the file makes no document."""

    def __init__(self, reason: str, **detail: Any) -> None:
        super().__init__(reason)
        self.problem = DocumentProblem("", reason, detail)


def read(data: bytes) -> tuple[Document | None, list[DocumentProblem]]:
    """The document in a file that comes from anywhere, and what is wrong with it (see checking.problems);
    None where it cannot be stored."""
    try:
        document = _parsed(data)
    except _Wrong as wrong:
        return None, [wrong.problem]
    found = problems(document)
    return (None if any(one.severity == "error" for one in found) else document), found


def version_content(document: Document, slug: str) -> Document:
    """What of a file's document a version keeps: all but what names the file, and a title in any case."""
    languages = document.get("languages", list(DEFAULT_LANGUAGES))
    title = document.get("title", {})
    if not any(text.strip() for text in title.values()):
        title = {languages[0]: slug}
    kept = {key: value for key, value in document.items() if key not in ("format", "slug")}
    return kept | {"title": title, "languages": languages}


def serialise(document: Mapping[str, Any], slug: str, title: Texts) -> str:
    """The text of a version's file: a question a line. ``slug`` and ``title`` are the questionnaire's."""
    languages = list(document.get("languages", DEFAULT_LANGUAGES))
    own = {"format": FORMAT, "slug": slug, "languages": languages}
    whole = _ordered({"title": title} | dict(document) | own, languages)
    return (
        "{\n" + ",\n".join(f"  {_json(key)}: {_value(key, value)}" for key, value in whole.items()) + "\n}\n"
    )


def _value(key: str, value: Any) -> str:
    if key != "questions" or not value:
        return _json(value)
    return "[\n" + ",\n".join(f"    {_json(item)}" for item in value) + "\n  ]"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _ordered(value: Any, languages: Sequence[str]) -> Any:
    """Keys in the same order whatever the database has made of it, so that two files can be compared."""
    if isinstance(value, list):
        return [_ordered(one, languages) for one in value]
    if not isinstance(value, dict):
        return value
    places = {key: place for place, key in enumerate((*_ORDER, *languages))}
    keys = sorted(value, key=lambda key: (places.get(key, len(places)), key))
    return {key: _ordered(value[key], languages) for key in keys}


def _parsed(data: bytes) -> Any:
    if len(data) > LARGEST:
        raise _Wrong("size", most=LARGEST_MB)
    try:
        return json.loads(
            data.decode("utf-8-sig"),
            object_pairs_hook=_object,
            parse_int=_whole,
            parse_constant=lambda name: _refuse("no value", name=name),
        )
    except UnicodeDecodeError:
        raise _Wrong("no utf-8") from None
    except json.JSONDecodeError as error:
        raise _Wrong("no json", line=error.lineno, column=error.colno) from None
    except RecursionError:
        raise _Wrong("nested") from None


def _refuse(reason: str, **detail: Any) -> None:
    raise _Wrong(reason, **detail)


def _object(pairs: list[tuple[str, Any]]) -> Document:
    made = dict(pairs)
    if len(made) < len(pairs):
        [(twice, _times)] = Counter(key for key, _value in pairs).most_common(1)
        raise _Wrong("duplicate", key=excerpt(twice))
    return made


def _whole(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:  # making a number of them takes long
        raise _Wrong("digits", number=excerpt(digits))
    return int(digits)
