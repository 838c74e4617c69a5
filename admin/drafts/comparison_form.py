"""A comparison of a condition as a row of a form: "[question] [is at most] [2]"."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from admin.labels.channels import LIVE, channel_name
from admin.labels.questions import CONTEXTS, item_name, language_name, operator_name
from survey.i18n import locale_code, text_of
from survey.questionnaires.definition import Document, Question
from survey.questionnaires.kinds import KINDS, Kind
from survey.questionnaires.rules.checking.logic import OF_CONTEXT
from survey.questionnaires.rules.editing import find

Lookups = Mapping[str, Callable[[str], object | None]]
"""Functions that return the object with a code, or None, by the part of the context that has such codes."""


@dataclass(frozen=True)
class ComparisonRow:
    """A comparison as it was typed.

    ``on`` is "q:" and the code of a question, or "c:" and a part of the context. ``choices`` are the values
    to choose from; empty where the value is typed.
    """

    on: str = ""
    operator: str = ""
    values: Sequence[str] = ()
    operators: Sequence[tuple[str, str]] = ()
    choices: Sequence[tuple[str, str]] = ()

    @property
    def value(self) -> str:
        return ", ".join(self.values)


def subjects(document: Document, code: str) -> list[tuple[str, str]]:
    """Return what a condition of the item ``code`` may compare: earlier questions, and the context.

    Each is a pair of a ComparisonRow's ``on`` and its name.
    """
    offered = []
    for item in document["questions"]:
        if item.get("code") == code:
            break
        if item["kind"] in KINDS and KINDS[item["kind"]].comparisons:
            offered.append((f"q:{item['code']}", item_name(document, item["code"])))
    return offered + [(f"c:{name}", str(text)) for name, text in CONTEXTS.items()]


def stored_row(part: Mapping[str, Any], document: Document) -> ComparisonRow:
    """Return a stored comparison of a condition as a row."""
    on = f"c:{part['context']}" if "context" in part else f"q:{part['question']}"
    stored_value = part.get("value", [])
    values = [str(value) for value in (stored_value if isinstance(stored_value, list) else [stored_value])]
    return comparison_row(on, part.get("is", ""), values, document)


def typed_row(form: MultiDict[str, str], name: str, document: Document) -> ComparisonRow:
    """Return the row whose fields begin with ``name``, as it was sent."""
    values = [value.strip() for value in form.getlist(f"{name}.value") if value.strip()]
    return comparison_row(form[f"{name}.on"], form.get(f"{name}.is", ""), values, document)


def comparison_row(on: str, operator: str, values: Sequence[str], document: Document) -> ComparisonRow:
    """Return a row with its choices; an ``operator`` that does not fit becomes the first that does."""
    operators = _operators(on, document)
    if on and operators and operator not in operators:
        operator = operators[0]
    operator_choices = [(name, operator_name(name, on.startswith("c:"))) for name in operators]
    return ComparisonRow(on, operator, values, operator_choices, choices(on, document))


def _kind(on: str, document: Document) -> Kind | None:
    what, _colon, name = on.partition(":")
    item = find(document, name) if what == "q" else None
    return KINDS.get(item["kind"]) if item else None


def _operators(on: str, document: Document) -> Sequence[str]:
    """Return the operators that fit; those of numbers where nothing is chosen yet."""
    if on.startswith("c:"):
        return OF_CONTEXT.get(on[2:], ())
    kind = _kind(on, document)
    return kind.comparisons if kind else () if on else KINDS["number"].comparisons


def choices(on: str, document: Document) -> list[tuple[str, str]]:
    """Return the values to choose from as pairs of value and text; none where the value is typed."""
    if on == "c:language":
        return [(language, language_name(language)) for language in document.get("languages", ())]
    if on == "c:channel":
        return [(channel, channel_name(channel)) for channel in LIVE]
    kind, item = _kind(on, document), find(document, on[2:])
    if kind is None or item is None:
        return []
    texts = {
        answer: text_of(words, locale_code()) for answer, words in kind.words(Question.parse(item)).items()
    }
    if kind.is_scale:
        return [(str(point), f"{point} · {text}" if text else str(point)) for point, text in texts.items()]
    return [(str(answer), text or str(answer)) for answer, text in texts.items()]


def comparison(typed: ComparisonRow, document: Document, lookups: Lookups) -> dict[str, Any]:
    """Return the comparison of a row as a document stores it.

    Raise ValueError with a message for the user, also for a code that none of ``lookups`` finds.
    """
    what, _colon, name = typed.on.partition(":")
    compared: dict[str, Any] = {"context" if what == "c" else "question": name, "is": typed.operator}
    if typed.operator == "answered":
        return compared
    values = [part for text in typed.values for part in _split_values(text, typed.operator)]
    if not values:
        raise ValueError(_("A condition has no value to compare with."))
    for code in values if what == "c" else ():
        _check_code(name, code, lookups)
    parsed = [_value(_kind(typed.on, document), value) for value in values]
    return compared | {"value": parsed if typed.operator == "one_of" else parsed[0]}


def _split_values(text: str, operator: str) -> list[str]:
    if operator != "one_of":
        return [text]
    return [part.strip() for part in text.replace("，", ",").replace("、", ",").split(",") if part.strip()]


def _check_code(context: str, code: str, lookups: Lookups) -> None:
    """Raise ValueError for an unknown code, such as a name: the condition would never hold."""
    find_code = lookups.get(context)
    if find_code is not None and find_code(code) is None:
        raise ValueError(_("“%(code)s” is not the code of a unit.", code=code))


def _value(kind: Kind | None, text: str) -> Any:
    try:
        return kind.parse_value(text) if kind else text
    except ValueError:
        raise ValueError(_("“%(text)s” cannot be compared with that answer.", text=text)) from None
