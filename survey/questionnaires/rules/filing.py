"""Reading and writing a questionnaire as a JSON file, whose format docs/questionnaires.md describes. Pure."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from survey.questionnaires.definition import DEFAULT_LANGUAGES, Document, Texts

from .checking import FORMAT, DocumentProblem, problems
from .checking.document import KEYS, LARGEST_MB
from .checking.problem import excerpt

LARGEST = LARGEST_MB * 1024 * 1024
"""Most bytes of a file; serialise() makes fewer of any document that passes the check."""
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


class _InvalidFile(ValueError):
    """The file does not contain a document, because of ``problem``."""

    def __init__(self, reason: str, **detail: Any) -> None:
        super().__init__(reason)
        self.problem = DocumentProblem("", reason, detail)


def read(data: bytes) -> tuple[Document | None, list[DocumentProblem]]:
    """Return the document in a file from any source, and its problems (see checking.problems).

    The document is None if it cannot be stored.
    """
    try:
        document = _parse(data)
    except _InvalidFile as wrong:
        return None, [wrong.problem]
    document_problems = problems(document)
    return (
        None if any(problem.severity == "error" for problem in document_problems) else document
    ), document_problems


def version_content(document: Document, slug: str) -> Document:
    """Return a file's document as a version stores it: without format and slug, and always with a title."""
    languages = document.get("languages", list(DEFAULT_LANGUAGES))
    title = document.get("title", {})
    if not any(text.strip() for text in title.values()):
        title = {languages[0]: slug}
    content = {key: value for key, value in document.items() if key not in ("format", "slug")}
    return content | {"title": title, "languages": languages}


def serialise(document: Mapping[str, Any], slug: str, title: Texts) -> str:
    """Return the text of a version's file, with a line for each question.

    ``slug`` and ``title`` are those of the questionnaire.
    """
    languages = list(document.get("languages", DEFAULT_LANGUAGES))
    own = {"format": FORMAT, "slug": slug, "languages": languages}
    whole = _order_keys({"title": title} | dict(document) | own, languages)
    return (
        "{\n" + ",\n".join(f"  {_json(key)}: {_value(key, value)}" for key, value in whole.items()) + "\n}\n"
    )


def _value(key: str, value: Any) -> str:
    if key != "questions" or not value:
        return _json(value)
    return "[\n" + ",\n".join(f"    {_json(item)}" for item in value) + "\n  ]"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _order_keys(value: Any, languages: Sequence[str]) -> Any:
    """Return the value with its keys in a fixed order, so that two files can be compared.

    The database does not keep the order.
    """
    if isinstance(value, list):
        return [_order_keys(element, languages) for element in value]
    if not isinstance(value, dict):
        return value
    places = {key: place for place, key in enumerate((*_ORDER, *languages))}
    keys = sorted(value, key=lambda key: (places.get(key, len(places)), key))
    return {key: _order_keys(value[key], languages) for key in keys}


def _parse(data: bytes) -> Any:
    if len(data) > LARGEST:
        raise _InvalidFile("size", most=LARGEST_MB)
    try:
        return json.loads(
            data.decode("utf-8-sig"),
            object_pairs_hook=_make_object,
            parse_int=_parse_integer,
            parse_constant=lambda name: _reject("no value", name=name),
        )
    except UnicodeDecodeError:
        raise _InvalidFile("no utf-8") from None
    except json.JSONDecodeError as error:
        raise _InvalidFile("no json", line=error.lineno, column=error.colno) from None
    except RecursionError:
        raise _InvalidFile("nested") from None


def _reject(reason: str, **detail: Any) -> None:
    raise _InvalidFile(reason, **detail)


def _make_object(pairs: list[tuple[str, Any]]) -> Document:
    document = dict(pairs)
    if len(document) < len(pairs):
        [(repeated_key, _times)] = Counter(key for key, _value in pairs).most_common(1)
        raise _InvalidFile("duplicate", key=excerpt(repeated_key))
    return document


def _parse_integer(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:  # converting more digits to a number takes long
        raise _InvalidFile("digits", number=excerpt(digits))
    return int(digits)
