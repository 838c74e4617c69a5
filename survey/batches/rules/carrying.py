"""Questions that few answer are not shown with their batch but with a later one, once enough answered.

Which these are is decided by earlier batches: were it decided by this one, whoever fills it could decide it.
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from .calendar import FEWEST

OFTEN = 0.5
"""Of a batch's respondents: a question that usually so many answer is shown with its batch."""
LOOKED_AT = 8
"""Earlier batches that tell what is usual."""


class Answered(NamedTuple):
    """How many of the ``n`` respondents of a batch answered each question, by code."""

    n: int
    by_question: Mapping[str, int]


@dataclass(frozen=True)
class Decision:
    """Of the questions that a batch answers, which are ``carried`` over; and which that were carried so far
    are ``shown`` with it, all that is pending of them."""

    carried: frozenset[str]
    shown: frozenset[str]


def decide(
    batch: Answered,
    earlier: Sequence[Answered],
    pending: Mapping[str, Sequence[int]],
    always: Collection[str],
    least: int = FEWEST,
) -> Decision:
    """Return what of a batch is shown. ``earlier`` are the batches of the point before it, the oldest first;
    ``pending``, by question, how many answered it in each of those since it was last shown; ``always`` are
    the questions that everybody has to answer, which counts while there is no earlier batch."""
    usual = earlier[-LOOKED_AT:]
    respondents = sum(batch_answers.n for batch_answers in usual)
    carried, shown = set(), set()
    for question in sorted({*batch.by_question, *pending}):
        given = batch.by_question.get(question, 0)
        answers = sum(batch_answers.by_question.get(question, 0) for batch_answers in usual)
        share = answers / respondents if respondents else float(question in always)
        held = pending.get(question, ())
        if not held and share >= OFTEN and given >= least:
            continue
        wait = math.ceil(least / (answers / len(usual))) if answers else 1
        is_enough = len(held) + 1 >= wait and sum(held) + given >= least
        if is_enough and held:
            shown.add(question)
        if given and (held or not is_enough):
            carried.add(question)
    return Decision(frozenset(carried), frozenset(shown))


class Shown(NamedTuple):
    """Answers as they are counted from a day on: added, or with ``sign`` -1 taken away."""

    sign: int
    day: date
    questions: frozenset[str]


def shown_as(answered: Collection[str], day: date, carried: Mapping[str, date | None]) -> Iterable[Shown]:
    """Yield how the ``answered`` questions of one response are counted whose batch is shown as of ``day``.

    ``carried`` says as of which day those are that were carried over (None: not yet). Where a question is
    shown later, all that is shown by then is counted, and what was shown before taken away: what remains are
    its answers and their sums with those of the other questions, and no respondent.
    """
    days = {question: carried.get(question, day) for question in answered}
    shown = frozenset(question for question, shown_on in days.items() if shown_on == day)
    yield Shown(1, day, shown)
    for later in sorted({shown_on for shown_on in days.values() if shown_on is not None and shown_on != day}):
        before, shown = shown, shown | {question for question, shown_on in days.items() if shown_on == later}
        yield Shown(1, later, shown)
        yield Shown(-1, later, before)
