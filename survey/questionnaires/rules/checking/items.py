"""The checks of each question and page of a document by itself."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from survey.questionnaires.definition import PAGE, RESERVED, Question
from survey.questionnaires.kinds import KINDS
from survey.questionnaires.kinds.kind import ALL, DAY, NUMBER
from survey.questionnaires.kinds.number import MOST_DECIMALS
from survey.questionnaires.kinds.rating import FEWEST_POINTS, MOST_POINTS, points_of
from survey.questionnaires.kinds.single_choice import MOST_OPTIONS

from . import values
from .conditions import check_condition
from .problem import DocumentProblem, excerpt
from .values import CODE, Problems, TextChecker

LOOKS = ("numbers", "stars", "faces", "words")
DIRECTIONS = ("high", "low")

KEYS = frozenset(
    {
        *(*ALL, "help", "required", "withheld", "not_applicable", "dimension", "weight", "about", "labels"),
        *("scale", "look", "best", "options", "minimum", "maximum", "decimals", "unit"),
    }
)
"""All settings of items; each question type has some of these (``Kind.settings``)."""
_OPTION = ("code", "texts", "exclusive", "other", "right")
_MAY_BE_NULL = ("dimension", "about", "show", "minimum", "maximum")


def check_item(item: Any, where: str, reader: TextChecker) -> Problems:
    """Yield the problems of a question or page, without regard to the others."""
    if not isinstance(item, dict):
        yield DocumentProblem(where, "no object")
        return
    code = item.get("code")
    if not values.matches(code, CODE):
        code = None
        yield DocumentProblem(f"{where}.code", "code")
    elif code in RESERVED:
        yield DocumentProblem(f"{where}.code", "reserved", {"key": code}, code)
    kind = item.get("kind")
    if not isinstance(kind, str) or kind not in (PAGE, *KINDS):
        yield DocumentProblem(f"{where}.kind", "unknown kind", {"kind": excerpt(kind)}, code)
        return
    yield from _check_item_keys(item, where, code, kind)
    if kind != PAGE or "texts" in item:
        yield from reader.texts(item.get("texts", {}), f"{where}.texts", code, needed=kind != PAGE)
    for key, check in _checks(item, kind, reader).items():
        if key in item and key in settings(kind) and not (item[key] is None and key in _MAY_BE_NULL):
            yield from check(item[key], f"{where}.{key}", code)
    if "options" in settings(kind) and "options" not in item:
        yield DocumentProblem(f"{where}.options", "too few options", {}, code)
    yield from _check_combinations(item, where, code, kind, reader.languages[0])


def settings(kind: str) -> Sequence[str]:
    """Return the settings that an item of this type may have."""
    return ALL if kind == PAGE else KINDS[kind].settings


def _check_item_keys(item: Mapping[Any, Any], where: str, code: str | None, kind: str) -> Problems:
    for key in item:
        if key not in KEYS:
            yield DocumentProblem(where, "unknown key", {"key": excerpt(key)}, code)
        elif key not in settings(kind):
            yield DocumentProblem(f"{where}.{key}", "not of kind", {"kind": kind, "key": key}, code)


Check = Callable[[Any, str, str | None], Problems]


def _checks(item: Mapping[str, Any], kind: str, reader: TextChecker) -> dict[str, Check]:
    bound = _bound_check(kind)
    return {
        "help": reader.texts,
        "unit": reader.texts,
        "labels": partial(_check_labels, reader, _label_count(item, kind)),
        "required": values.check_boolean,
        "supplied": values.check_boolean,
        "not_applicable": values.check_boolean,
        "withheld": values.check_boolean,
        "show": check_condition,
        "dimension": values.check_dimension,
        "weight": values.check_weight,
        "about": _check_reference,
        "scale": partial(values.check_whole_number, low=FEWEST_POINTS, high=MOST_POINTS),
        "look": partial(values.check_choice, choices=LOOKS),
        "best": partial(values.check_choice, choices=DIRECTIONS),
        "options": partial(_check_options, reader),
        "minimum": bound,
        "maximum": bound,
        "decimals": partial(values.check_whole_number, low=0, high=MOST_DECIMALS),
    }


def _bound_check(kind: str) -> Check:
    bound = KINDS[kind].bound if kind in KINDS else range(0)
    if isinstance(bound, range):
        return partial(values.check_whole_number, low=bound.start, high=bound.stop - 1)
    return {DAY: values.check_day, NUMBER: values.check_number}[bound]


def _check_reference(value: Any, where: str, code: str | None) -> Problems:
    if not values.matches(value, CODE):
        yield DocumentProblem(where, "code", {}, code)


def _label_count(item: Mapping[str, Any], kind: str) -> int:
    """Return how many labels the item must have."""
    return len(KINDS[kind].labelled_points(Question("", kind, scale=points_of(item)))) if kind in KINDS else 0


def _check_labels(reader: TextChecker, points: int, labels: Any, where: str, code: str | None) -> Problems:
    if not isinstance(labels, list):
        yield DocumentProblem(where, "no list", {}, code)
    elif len(labels) > MOST_POINTS:
        yield DocumentProblem(where, "too many", {"most": MOST_POINTS}, code)
    else:
        for number, label in enumerate(labels):
            yield from reader.texts(label, f"{where}[{number}]", code)
        if labels and len(labels) != points:
            yield DocumentProblem(where, "labels", {"number": points}, code)


def _check_options(reader: TextChecker, options: Any, where: str, code: str | None) -> Problems:
    if not isinstance(options, list):
        yield DocumentProblem(where, "no list", {}, code)
        return
    if len(options) > MOST_OPTIONS:
        yield DocumentProblem(where, "too many", {"most": MOST_OPTIONS}, code)
        return
    if len(options) < 2:
        yield DocumentProblem(where, "too few options", {}, code)
    codes = set()
    for number, option in enumerate(options):
        option_path = f"{where}[{number}]"
        if not isinstance(option, dict):
            yield DocumentProblem(option_path, "no object", {}, code)
            continue
        yield from values.check_keys(option, _OPTION, option_path, code)
        yield from values.check_option_code(option.get("code"), f"{option_path}.code", code)
        if isinstance(option.get("code"), str):
            if option["code"] in codes:
                yield DocumentProblem(
                    f"{option_path}.code", "duplicate", {"key": excerpt(option["code"])}, code
                )
            codes.add(option["code"])
        yield from reader.texts(option.get("texts", {}), f"{option_path}.texts", code, needed=True)
        for mark in _OPTION[2:]:
            if mark in option:
                yield from values.check_boolean(option[mark], f"{option_path}.{mark}", code)


def _check_combinations(
    item: Mapping[str, Any], where: str, code: str | None, kind: str, default: str
) -> Problems:
    """Yield the problems of settings that contradict each other."""
    low, high = item.get("minimum"), item.get("maximum")
    if "minimum" in settings(kind) and _is_above(low, high):
        yield DocumentProblem(f"{where}.maximum", "order", {}, code)
    for key, reason, detail in KINDS[kind].setting_problems(item, default) if kind in KINDS else ():
        yield DocumentProblem(f"{where}.{key}", reason, detail, code)


def _is_above(low: Any, high: Any) -> bool:
    """Return whether ``low`` is above ``high``, for two numbers or two days; False for anything else."""
    if values.is_number(low) and values.is_number(high):
        return bool(low > high)
    return isinstance(low, str) and isinstance(high, str) and low > high
