"""Answers that stand for all answers to a question: one for each way in which the comparisons with it can
come out together. What possible.py tries. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal
from itertools import chain, combinations
from typing import Any

from survey.questionnaires.definition import Option, Question
from survey.questionnaires.kinds import KINDS

from .conditions import Comparison

MOST_TOGETHER = 10
"""Of so many options (or words, or places) that are asked for at once every combination is tried."""
FURTHEST = Decimal(10) ** 15 - 1  # the kind "number" reads no more digits
ELSE = "\ue000"  # private use: stands for any other code or word


class TooMany(Exception):
    """There are more combinations than are tried."""


def answers(question: Question, compared: Sequence[Comparison]) -> list[Any]:
    """Answers to ``question``, one for each way in which ``compared`` (all about it) can come out. Raises
    TooMany."""
    candidates = _CANDIDATES.get(question.kind, _none)
    return _distinct(candidates(question, compared), compared)


def contexts(name: str, compared: Sequence[Comparison], languages: Sequence[str]) -> list[Any]:
    """The same for a part of the context; None: nobody is named. Which places, employees and channels there
    are is not known here, so any may be. Raises TooMany."""
    if name == "language":
        return _distinct(languages, compared)
    named = _values(compared, str)
    if name == "place":
        return _distinct(_ways(named, compared), compared)
    return [*_distinct([*named, ELSE], compared), *([None] if name == "employee" else [])]


def _ways(named: list[str], compared: Sequence[Comparison]) -> Iterator[tuple[str, ...]]:
    passed = _values([one for one in compared if one.operator == "contains"], str)
    for way in _subsets(passed):
        for point in (*named, ELSE):
            yield (*way, point)


def _distinct(candidates: Iterable[Any], compared: Sequence[Comparison]) -> list[Any]:
    found: dict[tuple[bool, ...], Any] = {}
    for answer in candidates:
        found.setdefault(tuple(one.matches(answer) for one in compared), answer)
    return list(found.values())


def _values(compared: Iterable[Comparison], *types: type) -> list[Any]:
    """The values of these types that an answer is compared with, each once."""
    values = chain.from_iterable(v if isinstance(v, tuple) else (v,) for v in (one.value for one in compared))
    return list(dict.fromkeys(value for value in values if isinstance(value, types)))


def _subsets(members: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    if len(members) > MOST_TOGETHER:
        raise TooMany
    return chain.from_iterable(combinations(members, size) for size in range(len(members) + 1))


def _none(_question: Question, _compared: Sequence[Comparison]) -> Sequence[Any]:
    return ()


def _points(question: Question, _compared: Sequence[Comparison]) -> Sequence[int]:
    return KINDS[question.kind].columns(question)[0].bins


def _one(question: Question, _compared: Sequence[Comparison]) -> Sequence[str]:
    return [option.code for option in question.options]


def _several(question: Question, compared: Sequence[Comparison]) -> Iterator[list[str]]:
    """What may be chosen together: the options that are asked for in every combination, and as many of the
    others as are needed."""
    asked = set(_values(compared, str))
    fewest, most = max(question.minimum or 1, 1), question.maximum or len(question.options)
    spare = [o for o in question.options if o.code not in asked]
    for chosen in _subsets([o for o in question.options if o.code in asked]):
        alone = next((o for o in (*chosen, *spare) if o.exclusive), None) if len(chosen) < 2 else None
        if alone is not None and chosen in ((), (alone,)):
            yield [alone.code]
        filled = _filled(chosen, spare, fewest)
        if fewest <= len(filled) <= most and not any(o.exclusive for o in filled):
            yield [o.code for o in question.options if o in filled]


def _filled(chosen: Sequence[Option], spare: Sequence[Option], fewest: int) -> list[Option]:
    missing = max(fewest - len(chosen), 0)
    return [*chosen, *[o for o in spare if not o.exclusive][:missing]]


def _ranking(question: Question, _compared: Sequence[Comparison]) -> Sequence[list[str]]:
    return [[option.code for option in question.options]]


def _number(question: Question, compared: Sequence[Comparison]) -> Iterator[float]:
    """Every number compared with, its neighbours, and the ends."""
    step = Decimal(1).scaleb(-question.decimals)
    low = -FURTHEST if question.minimum is None else Decimal(str(question.minimum))
    high = FURTHEST if question.maximum is None else Decimal(str(question.maximum))

    def below(value: Decimal) -> Decimal:
        return (value / step).to_integral_value(ROUND_FLOOR) * step

    ends = [-below(-low), below(high), Decimal(0)]
    marks = [below(Decimal(str(v))) for v in _values(compared, int, float) if abs(v) <= FURTHEST]
    for number in chain(ends, *((mark, mark - step, mark + step) for mark in marks)):
        if low <= number <= high:
            yield float(number) if question.decimals else int(number)


def _date(question: Question, compared: Sequence[Comparison]) -> Iterator[str]:
    """Every day compared with, its neighbours, and the ends."""
    low, high = question.minimum or "0001-01-01", question.maximum or "9999-12-31"
    marks = [day for value in _values(compared, str) if (day := _day(value))]
    around = ((day, near) for day in marks for near in (0, -1, 1))
    near = (_moved(day, days) for day, days in around)
    for day in (low, high, *(day for day in near if day)):
        if low <= day <= high:
            yield day


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _moved(day: date, days: int) -> str | None:
    try:
        return (day + timedelta(days)).isoformat()
    except OverflowError:
        return None


def _text(question: Question, compared: Sequence[Comparison]) -> Iterator[str]:
    """Every text compared with, and others in which the words that are asked for stand side by side."""
    most = question.maximum or getattr(KINDS[question.kind], "longest", 0)
    within = [one for one in compared if one.operator == "contains"]
    yield from (text for text in _values(compared, str) if len(text) <= most)
    words = [word for word in _values(within, str) if len(word) <= most]
    yield from (ELSE.join((*chosen, "")) or ELSE for chosen in _subsets(words))


_CANDIDATES: Mapping[str, Callable[[Question, Sequence[Comparison]], Iterable[Any]]] = {
    "rating": _points,
    "nps": _points,
    "yes_no": _points,
    "consent": lambda _question, _compared: (1,),
    "single_choice": _one,
    "multiple_choice": _several,
    "ranking": _ranking,
    "number": _number,
    "date": _date,
    "short_text": _text,
    "text": _text,
}
