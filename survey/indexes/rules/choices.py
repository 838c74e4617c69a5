"""Results of questions that have no score: options, yes or no, numbers and ranks."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from survey.questionnaires.kinds.kind import SHARE
from survey.statistics.intervals import Estimate, Interval
from survey.statistics.scores import deviation, mean
from survey.tallies.rules.cells import CountRow
from survey.tallies.rules.pooling import Pool

from .measures import Share

YES = "yes"
ITSELF = ""


@dataclass(frozen=True)
class Spread:
    """The distribution of numeric answers, of which there are ``mean.n``: their ``mean`` with the standard
    error s/√n of n − 1 degrees of freedom, and their ``median``, the lower of the two in the middle of an
    even number."""

    mean: Estimate
    median: int


@dataclass(frozen=True)
class QuestionChoices:
    """The results of the question with this ``code``. ``shares`` says how many of those who answered chose
    each option, by its code (YES alone for a yes/no question). ``spreads`` describes the numbers: the ranks
    of each option of a ranking, the foremost first, or ITSELF for a question that asks a number. Both are
    empty where too few answered to be shown."""

    code: str
    shares: dict[str, Share] = field(default_factory=dict)
    spreads: dict[str, Spread] = field(default_factory=dict)


def choices(pool: Pool, row: CountRow, least: int = 1) -> list[QuestionChoices]:
    """Return the questions of a pooled row that are not scored, in their order; those with fewer than
    ``least`` answers have no results."""
    by_code: dict[str, QuestionChoices] = {}
    for asked in pool.questions:
        if asked.column.scored:
            continue
        code = asked.question.code
        counts: list[int] = row[asked.start : asked.end].tolist()
        question_choices = by_code.setdefault(code, QuestionChoices(code))
        if sum(counts) < max(least, 1):
            continue
        option = ITSELF if asked.code == code else asked.code.removeprefix(f"{code}.")
        if asked.column.summary == SHARE:
            question_choices.shares[option or YES] = Share(counts[1], sum(counts))
        else:
            question_choices.spreads[option] = _spread(asked.bins, counts)
    return [
        QuestionChoices(
            question_choices.code, question_choices.shares, _sorted_by_mean(question_choices.spreads)
        )
        for question_choices in by_code.values()
    ]


def _spread(bins: Sequence[int], counts: Sequence[int]) -> Spread:
    n = sum(counts)
    spread = deviation(bins, counts)
    error, reason = (None, "single") if spread is None else (spread / n**0.5, "")
    median = next(
        value for value, cumulative in zip(bins, accumulate(counts), strict=True) if 2 * cumulative >= n
    )
    scale = Interval(float(bins[0]), float(bins[-1]))
    degrees = n - 1 if n > 1 else None
    return Spread(Estimate(mean(bins, counts), error, n, degrees, reason, scale), median)


def _sorted_by_mean(spreads: dict[str, Spread]) -> dict[str, Spread]:
    return dict(sorted(spreads.items(), key=lambda item: item[1].mean.value or 0))
