"""Which answers have a queue of their own beside the common one: those of an employee, a channel, a language
or a kind of care (tallies/rules/parts.py) who were many, for long."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from itertools import product
from typing import NamedTuple

from .calendar import periods

OWN = 80
"""Answers in each of the last two periods of UNKNOWN days: twenty a week."""
OWN_BY_EMPLOYEE = 6
"""The same for an employee where a questionnaire is set to be read by employee: batches are longer then."""


class Class(NamedTuple):
    """What the answers of a queue have in common; 0 and "" where they differ in it."""

    employee_id: int = 0
    channel: str = ""
    language: str = ""
    care: str = ""


COMMON = Class()
Answers = Mapping[Class, Mapping[date, int]]
"""By all four that answers have, how many there were on each day."""

KEPT = tuple(product((True, False), repeat=len(Class._fields)))
"""What a class may name, the employee before the channel and so on: the most particular first."""


def class_of(answer: Class, classes: Collection[Class]) -> Class:
    """Return the class among ``classes`` to which an answer belongs, the most particular; COMMON where there
    is none."""
    for kept in KEPT:
        named = _named(answer, kept)
        if named in classes:
            return named
    return COMMON


def own_classes(answers: Answers, opens_on: date, by_employee: bool = False) -> frozenset[Class]:
    """Return the classes that have a queue of their own from ``opens_on``: those with enough answers in both
    of the last two periods."""
    fewest = {answer_class: min(periods(by_day, opens_on)) for answer_class, by_day in answers.items()}

    def needed(answer_class: Class) -> int:
        return OWN_BY_EMPLOYEE if by_employee and answer_class == Class(answer_class.employee_id) else OWN

    return divided(fewest, needed)


def divided(numbers: Mapping[Class, int], needed: Callable[[Class], int]) -> frozenset[Class]:
    """Return the classes into which answers are divided, but for COMMON. ``numbers`` says how many there are
    by all that they have in common, ``needed`` how many a class has to have.

    Answers are divided by employee, then channel, language and care, wherever a part has enough. What is left
    has to be enough too, for otherwise figures would lack it, or it would wait for long: else the smallest
    parts stay with it. Only answers about employees who have few, or about none, may be few in the common
    queue.
    """
    return frozenset(_parts(COMMON, numbers, 0, needed)) - {COMMON}


def _parts(
    whole: Class, numbers: Mapping[Class, int], at: int, needed: Callable[[Class], int]
) -> Iterator[Class]:
    """Yield the classes into which a class is divided by the field ``at`` and those after it."""
    if at == len(Class._fields):
        yield whole
        return
    groups: dict[Class, dict[Class, int]] = {}
    for answer_class, n in numbers.items():
        group = Class._make([*whole[:at], answer_class[at], *whole[at + 1 :]])
        groups.setdefault(group, {})[answer_class] = n
    sums = {group: sum(members.values()) for group, members in groups.items()}
    own = [group for group in groups if group[at] and sums[group] >= needed(group)]
    own.sort(key=lambda group: (sums[group], group))
    left = [group for group in groups if group not in own]
    must_be_enough = whole != COMMON or at > 0
    while own and left and must_be_enough and sum(sums[group] for group in left) < needed(whole):
        left.append(own.pop(0))
    for group in own:
        yield from _parts(group, groups[group], at + 1, needed)
    rest = {answer_class: n for group in left for answer_class, n in groups[group].items()}
    if rest or whole == COMMON:
        yield from _parts(whole, rest, at + 1, needed)


def _named(answer: Class, kept: tuple[bool, ...]) -> Class:
    return Class._make(
        value if keep else none for value, keep, none in zip(answer, kept, COMMON, strict=True)
    )
