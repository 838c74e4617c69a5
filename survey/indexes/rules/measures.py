"""The figures of a place with their uncertainty: a function of pooled counts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from survey.statistics.intervals import Estimate, Interval
from survey.statistics.nps import Promoters
from survey.statistics.scores import deviation, promoters_and_detractors, top_boxes
from survey.tallies.rules.cells import WeightedRows
from survey.tallies.rules.pooling import Pool, PooledQuestion

from .index import SCALE, dimension_estimates, dimensions_of, index_estimates, question_estimates

OVERALL = "overall"
BOXES = 2


@dataclass(frozen=True)
class Share:
    """The share of ``successes`` among ``n`` respondents; both are effective numbers where responses are
    weighted."""

    successes: float
    n: float

    @property
    def value(self) -> float | None:
        """Return the share, 0 to 1; None for n = 0."""
        return self.successes / self.n if self.n else None

    @property
    def percent(self) -> float | None:
        return 100 * self.successes / self.n if self.n else None

    def interval(self, level: float = 0.95) -> Interval | None:
        """Return the interval of the share, in per cent; None where its standard error is unknown."""
        return self.estimate.interval(level)

    @property
    def estimate(self) -> Estimate:
        """Return the share in per cent, with the standard error 100·√(p(1 − p)/(n − 1)), which is unknown for
        one respondent."""
        if self.value is None:
            return Estimate(None, None, 0, reason="nobody")
        if self.n <= 1:
            return Estimate(100 * self.value, None, self.n, reason="single")
        error = 100 * (self.value * (1 - self.value) / (self.n - 1)) ** 0.5
        return Estimate(100 * self.value, error, self.n, self.n - 1, scale=SCALE)


@dataclass(frozen=True)
class QuestionMeasures:
    """The figures of a scored question: the ``counts`` of its answers (``bins``, the lowest first), its mean
    answer, its mean score (0–100; ``best``, "high" or "low", says which end of the scale is best), and the
    ``top`` share of the two best answers. ``counts``, means and share are None where too few answers may be
    shown."""

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

    @property
    def deviation(self) -> float | None:
        """Return the sample standard deviation of the answers, on the question's own scale (R11); None where
        fewer than two answered or too few may be shown."""
        return None if self.counts is None else deviation(self.bins, self.counts)


@dataclass(frozen=True)
class Measures:
    """The figures of ``n`` respondents. ``index`` and ``dimensions`` are 0–100; ``asks_nps`` says whether a
    question asks for a recommendation. ``promoters`` is None where none does or too few answers may be shown;
    ``satisfied`` (CSAT: the two best answers to the question on satisfaction as a whole) is None where there
    is no such question or too few answered it."""

    n: int
    index: Estimate
    dimensions: dict[str, Estimate]
    asks_nps: bool
    promoters: Promoters | None
    satisfied: Share | None
    questions: tuple[QuestionMeasures, ...]

    def with_respondents(self, n: int) -> "Measures":
        """Return the same figures with ``n`` respondents, for rows whose counts are effective numbers."""
        return replace(self, n=n)


def measures(pool: Pool, row: WeightedRows, least: int = 1) -> Measures:
    """Return the figures of one pooled row; questions with fewer than ``least`` answers are withheld."""
    rows = row[None, :]
    questions = tuple(_question_measures(pool, asked, rows, least) for asked in pool.scored)
    overall = overall_of(pool)
    return Measures(
        n=int(row[0]),
        index=index_estimates(pool, rows, least)[0],
        dimensions={name: dimension_estimates(pool, rows, name, least)[0] for name in dimensions_of(pool)},
        asks_nps=any(asked.kind == "nps" for asked in pool.questions),
        promoters=promoters_of(pool, rows, least)[0],
        satisfied=next(
            (question.top for question in questions if overall and question.code == overall.code), None
        ),
        questions=questions,
    )


def overall_of(pool: Pool) -> PooledQuestion | None:
    """Return the question on satisfaction as a whole: the rating with code "overall", else the first rating
    without a dimension where others have one, else None."""
    ratings = [asked for asked in pool.scored if asked.kind == "rating"]
    named = next((asked for asked in ratings if asked.code == OVERALL), None)
    if named or not any(asked.dimension for asked in pool.scored):
        return named
    return next((asked for asked in ratings if not asked.dimension), None)


def promoters_of(pool: Pool, rows: WeightedRows, least: int = 1) -> list[Promoters | None]:
    """Return the promoters of each pooled row, by the first question that asks for a recommendation; None as
    in Measures."""
    asked = next((question for question in pool.questions if question.kind == "nps"), None)
    if asked is None:
        return [None] * len(rows)
    promoters: list[Promoters | None] = []
    for counts in rows[:, asked.start : asked.end].tolist():
        n = sum(counts)
        promoters.append(Promoters(n, *promoters_and_detractors(asked.bins, counts)) if n >= least else None)
    return promoters


def _question_measures(pool: Pool, asked: PooledQuestion, rows: WeightedRows, least: int) -> QuestionMeasures:
    counts: Sequence[int] = rows[0, asked.start : asked.end].tolist()
    n = sum(counts)
    if n < max(least, 1):
        shown_counts = None if n else tuple(counts)
        return QuestionMeasures(
            asked.code, asked.bins, shown_counts, None, Estimate(None, None, 0, reason="nobody"), None
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
