"""What was answered where nothing is scored: options, yes or no, numbers and ranks."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from survey.questionnaires.kinds.kind import SHARE
from survey.statistics.intervals import Estimate
from survey.statistics.scores import deviation, mean
from survey.tallies.rules.cells import CountRow
from survey.tallies.rules.pooling import Pool

from .measures import Share

YES = "yes"
ITSELF = ""


@dataclass(frozen=True)
class Spread:
    """Numbers that ``mean.n`` gave: their mean with the standard error s/√n, of n − 1 degrees of freedom,
    and their ``median``, the lower of the two in the middle of an even number."""

    mean: Estimate
    median: int


@dataclass(frozen=True)
class QuestionChoices:
    """A question, by ``code``: how many of those who answered it chose each option (``shares``, by the
    option's code; YES alone for a question of yes or no), or which number they gave (``spreads``, by the
    option that was put in order, the foremost first; ITSELF for a question that asks a number). Empty where
    too few answered to be shown."""

    code: str
    shares: dict[str, Share] = field(default_factory=dict)
    spreads: dict[str, Spread] = field(default_factory=dict)


def choices(pool: Pool, row: CountRow, least: int = 1) -> list[QuestionChoices]:
    """Return the questions in a pooled row that are not scored, in their order; with fewer than ``least``
    answers a question keeps what was answered to itself."""
    found: dict[str, QuestionChoices] = {}
    for asked in pool.questions:
        if asked.column.scored:
            continue
        code = asked.question.code
        counts: list[int] = row[asked.start : asked.end].tolist()
        one = found.setdefault(code, QuestionChoices(code))
        if sum(counts) < max(least, 1):
            continue
        option = ITSELF if asked.code == code else asked.code.removeprefix(f"{code}.")
        if asked.column.summary == SHARE:
            one.shares[option or YES] = Share(counts[1], sum(counts))
        else:
            one.spreads[option] = _spread(asked.bins, counts)
    return [QuestionChoices(one.code, one.shares, _in_order(one.spreads)) for one in found.values()]


def _spread(bins: Sequence[int], counts: Sequence[int]) -> Spread:
    n = sum(counts)
    spread = deviation(bins, counts)
    error, reason = (None, "single") if spread is None else (spread / n**0.5, "")
    median = next(value for value, below in zip(bins, accumulate(counts), strict=True) if 2 * below >= n)
    return Spread(Estimate(mean(bins, counts), error, n, n - 1 if n > 1 else None, reason), median)


def _in_order(spreads: dict[str, Spread]) -> dict[str, Spread]:
    return dict(sorted(spreads.items(), key=lambda one: one[1].mean.value or 0))
