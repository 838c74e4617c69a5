"""The check of a condition's form. logic.py checks whether it makes sense."""

from typing import Any

from survey.questionnaires.kinds.text import FORBIDDEN
from survey.questionnaires.rules.conditions import ANSWERED, CONTEXTS, OPERATORS

from . import values
from .problem import DocumentProblem
from .values import CODE, Problems

DEEPEST = 5
MOST_COMPARISONS = 50
MOST_VALUES = 50
LONGEST_VALUE = 200


def check_condition(show: Any, where: str, code: str | None = None) -> Problems:
    """Yield the problems in the form of ``show``, the condition at ``where`` of the item ``code``."""
    count = 0
    # This is not recursive, because a sender could nest a condition deeper than the stack allows.
    pending: list[tuple[Any, str, int]] = [(show, where, 1)]
    while pending:
        part, path, depth = pending.pop()
        if depth > DEEPEST:
            yield DocumentProblem(path, "too deep", {"most": DEEPEST}, code)
            return
        if not isinstance(part, dict):
            yield DocumentProblem(path, "no object", {}, code)
            continue
        forms = [key for key in ("all", "any", "not", "question", "context") if key in part]
        if len(forms) != 1:
            yield DocumentProblem(path, "condition", {}, code)
        elif forms[0] == "not":
            yield from values.check_keys(part, forms, path, code)
            pending.append((part["not"], f"{path}.not", depth + 1))
        elif forms[0] in ("all", "any"):
            yield from values.check_keys(part, forms, path, code)
            yield from _check_parts(part[forms[0]], f"{path}.{forms[0]}", code)
            parts = part[forms[0]] if isinstance(part[forms[0]], list) else []
            inner = enumerate(parts[:MOST_COMPARISONS])
            pending += reversed(
                [(inner_part, f"{path}.{forms[0]}[{n}]", depth + 1) for n, inner_part in inner]
            )
        else:
            count += 1
            if count > MOST_COMPARISONS:
                yield DocumentProblem(where, "too many", {"most": MOST_COMPARISONS}, code)
                return
            yield from _check_comparison(part, path, code)


def _check_parts(parts: Any, where: str, code: str | None) -> Problems:
    if not isinstance(parts, list):
        yield DocumentProblem(where, "no list", {}, code)
    elif not parts:
        yield DocumentProblem(where, "empty", {}, code)
    elif len(parts) > MOST_COMPARISONS:
        yield DocumentProblem(where, "too many", {"most": MOST_COMPARISONS}, code)


def _check_comparison(part: dict[str, Any], where: str, code: str | None) -> Problems:
    yield from values.check_keys(part, ("question", "context", "is", "value"), where, code)
    if "context" in part:
        yield from values.check_choice(part["context"], f"{where}.context", code, CONTEXTS)
    elif not values.matches(part["question"], CODE):
        yield DocumentProblem(f"{where}.question", "code", {}, code)
    operator = part.get("is")
    yield from values.check_choice(operator, f"{where}.is", code, tuple(OPERATORS))
    if operator == ANSWERED:
        if "value" in part:
            yield DocumentProblem(where, "unknown key", {"key": "value"}, code)
    elif "value" not in part:
        yield DocumentProblem(where, "missing", {"key": "value"}, code)
    else:
        check = _check_values if operator == "one_of" else _check_value
        yield from check(part["value"], f"{where}.value", code)


def _check_values(value: Any, where: str, code: str | None) -> Problems:
    if not isinstance(value, list):
        yield DocumentProblem(where, "no list", {}, code)
    elif not value:
        yield DocumentProblem(where, "empty", {}, code)
    elif len(value) > MOST_VALUES:
        yield DocumentProblem(where, "too many", {"most": MOST_VALUES}, code)
    else:
        for number, member in enumerate(value):
            yield from _check_value(member, f"{where}[{number}]", code)


def _check_value(value: Any, where: str, code: str | None) -> Problems:
    if isinstance(value, str):
        if not value.strip():
            yield DocumentProblem(where, "no value", {}, code)
        elif len(value) > LONGEST_VALUE:
            yield DocumentProblem(where, "too long", {"most": LONGEST_VALUE}, code)
        elif FORBIDDEN.search(value):
            yield DocumentProblem(where, "characters", {}, code)
    elif not values.is_number(value):
        yield DocumentProblem(where, "no value", {}, code)
    else:
        yield from values.check_number(value, where, code)
