"""The figures of a place with how far each can be trusted: a function of pooled counts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from survey.statistics.intervals import Estimate, Interval, wilson
from survey.statistics.nps import Promoters
from survey.statistics.scores import promoters_and_detractors, top_boxes
from survey.tallies.rules.cells import WeightedRows
from survey.tallies.rules.pooling import Pool, PooledQuestion

from .index import dimension_estimates, dimensions_of, index_estimates, question_estimates

OVERALL = "overall"
BOXES = 2


@dataclass(frozen=True)
class Share:
    """``successes`` among ``n`` respondents; effective numbers of weighted ones."""

    successes: float
    n: float

    @property
    def value(self) -> float | None:
        """0 to 1; None for n = 0."""
        return self.successes / self.n if self.n else None

    @property
    def percent(self) -> float | None:
        return 100 * self.successes / self.n if self.n else None

    def interval(self, level: float = 0.95) -> Interval | None:
        """Wilson's, in per cent."""
        found = wilson(self.successes, self.n, level)
        return Interval(100 * found.low, 100 * found.high) if found else None

    @property
    def estimate(self) -> Estimate:
        """In per cent, with the standard error 100·√(p(1 − p)/n)."""
        if self.value is None:
            return Estimate(None, None, 0, reason="nobody")
        error = 100 * (self.value * (1 - self.value) / self.n) ** 0.5
        return Estimate(100 * self.value, error, self.n)


@dataclass(frozen=True)
class QuestionMeasures:
    """A scored question: how many gave each of its answers (``counts`` of ``bins``, the lowest first), its
    mean answer and mean score (0–100; ``best`` says which end is the good one), and the share of the two best
    answers. ``counts``, means and share are None where too few answers may be shown."""

    code: str
    bins: tuple[int, ...]
    counts: tuple[int, ...] | None
    mean: float | None
    score: Estimate
    top: Share | None
    best: str = "high"

    @property
    def n(self) -> int | None:
        return None if self.counts is None else sum(self.counts)


@dataclass(frozen=True)
class Measures:
    """``n`` respondents; ``index`` and ``dimensions`` 0–100; ``asks_nps``: whether a question asks to
    recommend; ``promoters`` is None where nobody was asked to recommend or too
    few answers may be shown, ``satisfied`` (CSAT: the two best answers to the question on everything) where
    there is no such question or too few answered it."""

    n: int
    index: Estimate
    dimensions: dict[str, Estimate]
    asks_nps: bool
    promoters: Promoters | None
    satisfied: Share | None
    questions: tuple[QuestionMeasures, ...]

    def of(self, n: int) -> "Measures":
        """Return the same of ``n`` respondents, where counts are effective ones."""
        return replace(self, n=n)


def measures(pool: Pool, row: WeightedRows, least: int = 1) -> Measures:
    """Return what one pooled row says; of questions with fewer than ``least`` answers nothing is shown."""
    rows = row[None, :]
    answered = tuple(_answered(pool, asked, rows, least) for asked in pool.scored)
    overall = overall_of(pool)
    return Measures(
        n=int(row[0]),
        index=index_estimates(pool, rows, least)[0],
        dimensions={name: dimension_estimates(pool, rows, name, least)[0] for name in dimensions_of(pool)},
        asks_nps=any(asked.kind == "nps" for asked in pool.questions),
        promoters=promoters_of(pool, rows, least)[0],
        satisfied=next((one.top for one in answered if overall and one.code == overall.code), None),
        questions=answered,
    )


def overall_of(pool: Pool) -> PooledQuestion | None:
    """Return the question on satisfaction as a whole: the rating with code "overall", else the first rating
    that counts in no dimension where others do, else none."""
    ratings = [asked for asked in pool.scored if asked.kind == "rating"]
    named = next((asked for asked in ratings if asked.code == OVERALL), None)
    if named or not any(asked.dimension for asked in pool.scored):
        return named
    return next((asked for asked in ratings if not asked.dimension), None)


def promoters_of(pool: Pool, rows: WeightedRows, least: int = 1) -> list[Promoters | None]:
    """Return the promoters of each pooled row, by the first question that asks to recommend; None as in
    Measures."""
    asked = next((one for one in pool.questions if one.kind == "nps"), None)
    if asked is None:
        return [None] * len(rows)
    found: list[Promoters | None] = []
    for counts in rows[:, asked.start : asked.end].tolist():
        n = sum(counts)
        found.append(Promoters(n, *promoters_and_detractors(asked.bins, counts)) if n >= least else None)
    return found


def _answered(pool: Pool, asked: PooledQuestion, rows: WeightedRows, least: int) -> QuestionMeasures:
    counts: Sequence[int] = rows[0, asked.start : asked.end].tolist()
    n = sum(counts)
    if n < max(least, 1):
        nothing = None if n else tuple(counts)
        return QuestionMeasures(
            asked.code, asked.bins, nothing, None, Estimate(None, None, 0, reason="nobody"), None
        )
    best = asked.question.best
    top = Share(min(n, top_boxes(asked.bins, counts, best)), n) if len(asked.bins) > BOXES else None
    return QuestionMeasures(
        asked.code,
        asked.bins,
        tuple(counts),
        float(np.dot(asked.bins, counts)) / n,
        question_estimates(pool, rows, asked.code, least)[0],
        top,
        best,
    )
