"""The questions and pages of a document that nobody has checked, each by itself."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from survey.questionnaires.definition import PAGE, RESERVED
from survey.questionnaires.kinds import KINDS, short_text
from survey.questionnaires.kinds import text as long_text

from . import values
from .conditions import condition
from .problem import Problem, shown
from .values import CODE, Problems, Reader

MOST_OPTIONS = 50
FEWEST_POINTS, MOST_POINTS = 2, 10
MOST_DECIMALS = 6
LOOKS = ("numbers", "stars", "faces", "words")
DIRECTIONS = ("high", "low")

_ALL = ("code", "kind", "texts", "show", "supplied")
_ASKED = (*_ALL, "help", "required")
_CLOSED = (*_ASKED, "withheld")
_SCORED = (*_CLOSED, "not_applicable", "dimension", "weight")
_WRITTEN = (*_CLOSED, "about", "maximum")
SETTINGS: Mapping[str, Sequence[str]] = {
    PAGE: _ALL,
    "statement": (*_ALL, "help"),
    "consent": _CLOSED,
    "contact": _ASKED,
    "short_text": _WRITTEN,
    "text": _WRITTEN,
    "date": (*_CLOSED, "minimum", "maximum"),
    "number": (*_CLOSED, "minimum", "maximum", "decimals", "unit", "not_applicable"),
    "ranking": (*_CLOSED, "options"),
    "multiple_choice": (*_CLOSED, "options", "minimum", "maximum"),
    "single_choice": (*_SCORED, "options"),
    "yes_no": (*_SCORED, "labels"),
    "nps": (*_SCORED, "labels"),
    "rating": (*_SCORED, "labels", "scale", "look", "best"),
}
"""What an item of each kind may say of itself."""

_KEYS = frozenset().union(*SETTINGS.values())
_OPTION = ("code", "texts", "exclusive", "other", "right")
_MAY_BE_NULL = ("dimension", "about", "show", "minimum", "maximum")


def item(item: Any, where: str, reader: Reader) -> Problems:
    """What is wrong with a question or page, without regard to the others."""
    if not isinstance(item, dict):
        yield Problem(where, "no object")
        return
    code = item.get("code")
    if not values.matches(code, CODE):
        code = None
        yield Problem(f"{where}.code", "code")
    elif code in RESERVED:
        yield Problem(f"{where}.code", "reserved", {"key": code}, code)
    kind = item.get("kind")
    if not isinstance(kind, str) or kind not in SETTINGS:
        yield Problem(f"{where}.kind", "unknown kind", {"kind": shown(kind)}, code)
        return
    yield from _keys(item, where, code, kind)
    if kind != PAGE or "texts" in item:
        yield from reader.texts(item.get("texts", {}), f"{where}.texts", code, needed=kind != PAGE)
    for key, check in _checks(item, kind, reader).items():
        if key in item and key in SETTINGS[kind] and not (item[key] is None and key in _MAY_BE_NULL):
            yield from check(item[key], f"{where}.{key}", code)
    if "options" in SETTINGS[kind] and "options" not in item:
        yield Problem(f"{where}.options", "too few options", {}, code)
    yield from _together(item, where, code, kind)
    if kind == "rating" and not _worded(item, reader.languages[0]):
        yield Problem(f"{where}.labels", "labels", {"number": _points(item, kind)}, code)


def _keys(item: Mapping[Any, Any], where: str, code: str | None, kind: str) -> Problems:
    for key in item:
        if key not in _KEYS:
            yield Problem(where, "unknown key", {"key": shown(key)}, code)
        elif key not in SETTINGS[kind]:
            yield Problem(f"{where}.{key}", "not of kind", {"kind": kind, "key": key}, code)


Check = Callable[[Any, str, str | None], Problems]


def _checks(item: Mapping[str, Any], kind: str, reader: Reader) -> dict[str, Check]:
    bound = _bound(kind)
    return {
        "help": reader.texts,
        "unit": reader.texts,
        "labels": partial(_labels, reader, _points(item, kind)),
        "required": values.truth,
        "supplied": values.truth,
        "not_applicable": values.truth,
        "withheld": values.truth,
        "show": condition,
        "dimension": values.dimension,
        "weight": values.weight,
        "about": _reference,
        "scale": partial(values.whole, low=FEWEST_POINTS, high=MOST_POINTS),
        "look": partial(values.choice, choices=LOOKS),
        "best": partial(values.choice, choices=DIRECTIONS),
        "options": partial(_options, reader),
        "minimum": bound,
        "maximum": bound,
        "decimals": partial(values.whole, low=0, high=MOST_DECIMALS),
    }


def _bound(kind: str) -> Check:
    if kind == "date":
        return values.day
    if kind == "number":
        return values.number
    longest = {"short_text": short_text.KIND.longest, "text": long_text.LONGEST}
    return partial(values.whole, low=int(kind in longest), high=longest.get(kind, MOST_OPTIONS))


def _reference(value: Any, where: str, code: str | None) -> Problems:
    if not values.matches(value, CODE):
        yield Problem(where, "code", {}, code)


def _points(item: Mapping[str, Any], kind: str) -> int:
    """How many labels there are to be."""
    scale = item.get("scale", 5) if kind == "rating" else 2
    return scale if isinstance(scale, int) else MOST_POINTS


def _labels(reader: Reader, points: int, labels: Any, where: str, code: str | None) -> Problems:
    if not isinstance(labels, list):
        yield Problem(where, "no list", {}, code)
    elif len(labels) > MOST_POINTS:
        yield Problem(where, "too many", {"most": MOST_POINTS}, code)
    else:
        for number, label in enumerate(labels):
            yield from reader.texts(label, f"{where}[{number}]", code)
        if labels and len(labels) != points:
            yield Problem(where, "labels", {"number": points}, code)


def _options(reader: Reader, options: Any, where: str, code: str | None) -> Problems:
    if not isinstance(options, list):
        yield Problem(where, "no list", {}, code)
        return
    if len(options) > MOST_OPTIONS:
        yield Problem(where, "too many", {"most": MOST_OPTIONS}, code)
        return
    if len(options) < 2:
        yield Problem(where, "too few options", {}, code)
    codes = set()
    for number, option in enumerate(options):
        at = f"{where}[{number}]"
        if not isinstance(option, dict):
            yield Problem(at, "no object", {}, code)
            continue
        yield from values.known_keys(option, _OPTION, at, code)
        yield from values.option_code(option.get("code"), f"{at}.code", code)
        if isinstance(option.get("code"), str):
            if option["code"] in codes:
                yield Problem(f"{at}.code", "duplicate", {"key": shown(option["code"])}, code)
            codes.add(option["code"])
        yield from reader.texts(option.get("texts", {}), f"{at}.texts", code, needed=True)
        for mark in _OPTION[2:]:
            if mark in option:
                yield from values.truth(option[mark], f"{at}.{mark}", code)


def _together(item: Mapping[str, Any], where: str, code: str | None, kind: str) -> Problems:
    """Settings that do not fit each other."""
    low, high = item.get("minimum"), item.get("maximum")
    same = (values.is_number(low) and values.is_number(high)) or (
        isinstance(low, str) and isinstance(high, str)
    )
    if same and "minimum" in SETTINGS[kind] and low > high:
        yield Problem(f"{where}.maximum", "order", {}, code)
    options = item.get("options")
    if (
        kind == "multiple_choice"
        and isinstance(options, list)
        and values.is_number(low)
        and low > len(options)
    ):
        yield Problem(f"{where}.minimum", "too much to choose", {"number": len(options)}, code)
    if kind == "single_choice" and item.get("dimension") is not None and not _is_quiz(options):
        yield Problem(f"{where}.dimension", "no right answer", {}, code)
    if kind == "number":
        yield from _decimals(item, where, code)


def _worded(item: Mapping[str, Any], default: str) -> bool:
    """Words and faces need a word for every point; five faces have the usual ones. Whether each label is
    one, and how many there are, is found elsewhere."""
    look, labels = item.get("look"), item.get("labels")
    if look not in ("words", "faces") or (look == "faces" and not labels and item.get("scale", 5) == 5):
        return True
    if not labels or not isinstance(labels, list):
        return False
    return all(not isinstance(one, dict) or not values.blank(one.get(default, "")) for one in labels)


def _is_quiz(options: Any) -> bool:
    if not isinstance(options, list):
        return False
    return any(isinstance(option, dict) and option.get("right") is True for option in options)


def _decimals(item: Mapping[str, Any], where: str, code: str | None) -> Problems:
    decimals = item.get("decimals", 0)
    if not isinstance(decimals, int) or not 0 <= decimals <= MOST_DECIMALS:
        return
    for key in ("minimum", "maximum"):
        bound = item.get(key)
        if isinstance(bound, float) and round(bound, decimals) != bound:
            yield Problem(f"{where}.{key}", "decimals", {"decimals": decimals}, code)


assert set(SETTINGS) == {PAGE, *KINDS}, "every kind has its settings"  # noqa: S101 a mistake of ours
