"""The check of a whole document, from a file or a draft that is to be published."""

import json
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from survey.questionnaires.definition import DEFAULT_LANGUAGES, PAGE

from . import values
from .items import check_item
from .logic import check_logic
from .problem import ERRORS, DocumentProblem, excerpt
from .values import SLUG, TAG, Problems, TextChecker

FORMAT = 1
MOST_PROBLEMS = 100
LARGEST_MB = 3
MOST_ITEMS = 300
MOST_LANGUAGES = 30
MOST_DIMENSIONS = 50
LONGEST_SOURCE = 200
KEYS = ("format", "slug", "title", "summary", "source", "languages", "questions", "weights", "shows_score")


def problems(document: object) -> list[DocumentProblem]:
    """Return at most MOST_PROBLEMS problems of a document; [] if it can be published.

    Its form is checked before its logic, which is checked only if the form has no errors.
    """
    return list(islice(_problems(document), MOST_PROBLEMS))


def errors(document_problems: Iterable[DocumentProblem]) -> list[DocumentProblem]:
    """Return the problems with which a document cannot even be a draft."""
    return [problem for problem in document_problems if problem.reason in ERRORS]


def _problems(document: object) -> Problems:
    if not isinstance(document, dict):
        yield DocumentProblem("", "no object")
        return
    is_valid = True
    for problem in _check_form(document):
        is_valid = is_valid and problem.reason not in ERRORS
        yield problem
        if problem.reason == "too large":
            return
    if is_valid and len(json.dumps(document, ensure_ascii=False).encode()) > LARGEST_MB * 1_000_000:
        yield DocumentProblem("", "size", {"most": LARGEST_MB})  # its export could not be imported
    elif is_valid:
        yield from check_logic(document)


def _check_form(document: Mapping[str, Any]) -> Problems:
    yield from values.check_keys(document, KEYS, "")
    version = document.get("format", FORMAT)
    if not values.is_number(version) or version != FORMAT:
        yield DocumentProblem("format", "format", {"known": FORMAT})
    if "slug" in document and not values.matches(document["slug"], SLUG):
        yield DocumentProblem("slug", "slug")
    languages = document.get("languages", list(DEFAULT_LANGUAGES))
    language_problems = list(_check_languages(languages))
    yield from language_problems
    if any(problem.where in ("languages", "languages[0]") for problem in language_problems):
        return  # no text can be checked without a default language
    reader = TextChecker([language for language in languages if values.matches(language, TAG)])
    yield from reader.texts(document.get("title", {}), "title", needed=True)
    if "summary" in document:
        yield from reader.texts(document["summary"], "summary")
    if "source" in document:
        yield from _check_source(document["source"], reader)
    if "shows_score" in document:
        yield from values.check_boolean(document["shows_score"], "shows_score", None)
    yield from _check_weights(document.get("weights", {}))
    yield from _check_items(document.get("questions"), reader)


def _check_languages(languages: Any) -> Problems:
    if not isinstance(languages, list):
        yield DocumentProblem("languages", "no list")
    elif not languages:
        yield DocumentProblem("languages", "empty")
    elif len(languages) > MOST_LANGUAGES:
        yield DocumentProblem("languages", "too many", {"most": MOST_LANGUAGES})
    else:
        for number, language in enumerate(languages):
            if not values.matches(language, TAG):
                yield DocumentProblem(f"languages[{number}]", "tag", {"language": excerpt(language)})
            elif language in languages[:number]:
                yield DocumentProblem(f"languages[{number}]", "duplicate", {"key": language})


def _check_source(source: Any, reader: TextChecker) -> Problems:
    if not isinstance(source, dict):
        yield DocumentProblem("source", "no object")
        return
    yield from values.check_keys(source, ("regulation", "title", "note"), "source")
    for key in ("regulation", "title"):
        if key in source:
            yield from reader.text(source[key], f"source.{key}", longest=LONGEST_SOURCE)
    if "note" in source:
        yield from reader.texts(source["note"], "source.note")


def _check_weights(weights: Any) -> Problems:
    if not isinstance(weights, dict):
        yield DocumentProblem("weights", "no object")
    elif len(weights) > MOST_DIMENSIONS:
        yield DocumentProblem("weights", "too many", {"most": MOST_DIMENSIONS})
    else:
        for name, weight in weights.items():
            yield from values.check_dimension(name, "weights")
            yield from values.check_weight(weight, f"weights.{excerpt(name)}")


def _check_items(items: Any, reader: TextChecker) -> Problems:
    if not isinstance(items, list):
        yield DocumentProblem("questions", "no list")
        return
    if len(items) > MOST_ITEMS:
        yield DocumentProblem("questions", "too many", {"most": MOST_ITEMS})
        return
    codes = set()
    for place, item in enumerate(items):
        yield from check_item(item, f"questions[{place}]", reader)
        code = item.get("code") if isinstance(item, dict) else None
        if isinstance(code, str):
            if code in codes:
                yield DocumentProblem(
                    f"questions[{place}].code", "duplicate", {"key": excerpt(code)}, excerpt(code)
                )
            codes.add(code)
    if all(isinstance(item, dict) and item.get("kind") == PAGE for item in items):
        yield DocumentProblem("questions", "no questions")
