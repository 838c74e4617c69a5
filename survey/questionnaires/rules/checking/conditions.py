"""The form of a condition that nobody has checked. Whether it makes sense: logic.py."""

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
    """What is wrong with the form of ``show``, the condition at ``where`` of the item ``code``."""
    count = 0
    # Not recursive: whoever sends a condition decides how deep it is.
    waiting: list[tuple[Any, str, int]] = [(show, where, 1)]
    while waiting:
        part, at, depth = waiting.pop()
        if depth > DEEPEST:
            yield DocumentProblem(at, "too deep", {"most": DEEPEST}, code)
            return
        if not isinstance(part, dict):
            yield DocumentProblem(at, "no object", {}, code)
            continue
        joins = [key for key in ("all", "any", "not", "question", "context") if key in part]
        if len(joins) != 1:
            yield DocumentProblem(at, "condition", {}, code)
        elif joins[0] == "not":
            yield from values.check_keys(part, joins, at, code)
            waiting.append((part["not"], f"{at}.not", depth + 1))
        elif joins[0] in ("all", "any"):
            yield from values.check_keys(part, joins, at, code)
            yield from _parts(part[joins[0]], f"{at}.{joins[0]}", code)
            parts = part[joins[0]] if isinstance(part[joins[0]], list) else []
            inner = enumerate(parts[:MOST_COMPARISONS])
            waiting += reversed([(one, f"{at}.{joins[0]}[{n}]", depth + 1) for n, one in inner])
        else:
            count += 1
            if count > MOST_COMPARISONS:
                yield DocumentProblem(where, "too many", {"most": MOST_COMPARISONS}, code)
                return
            yield from _comparison(part, at, code)


def _parts(parts: Any, where: str, code: str | None) -> Problems:
    if not isinstance(parts, list):
        yield DocumentProblem(where, "no list", {}, code)
    elif not parts:
        yield DocumentProblem(where, "empty", {}, code)
    elif len(parts) > MOST_COMPARISONS:
        yield DocumentProblem(where, "too many", {"most": MOST_COMPARISONS}, code)


def _comparison(part: dict[str, Any], where: str, code: str | None) -> Problems:
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
        check = _values if operator == "one_of" else _value
        yield from check(part["value"], f"{where}.value", code)


def _values(value: Any, where: str, code: str | None) -> Problems:
    if not isinstance(value, list):
        yield DocumentProblem(where, "no list", {}, code)
    elif not value:
        yield DocumentProblem(where, "empty", {}, code)
    elif len(value) > MOST_VALUES:
        yield DocumentProblem(where, "too many", {"most": MOST_VALUES}, code)
    else:
        for number, one in enumerate(value):
            yield from _value(one, f"{where}[{number}]", code)


def _value(value: Any, where: str, code: str | None) -> Problems:
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
