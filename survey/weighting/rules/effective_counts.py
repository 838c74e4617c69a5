"""Effective counts of weighted respondents, so that functions of unweighted counts also compute weighted
figures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from survey.statistics.arrays import Numbers
from survey.tallies.rules.cells import PAIR, SIGNS, CountRows
from survey.tallies.rules.pooling import Pool

TIMED = PAIR
"""The index of the first sign whose base is the timed respondents; the base of those before it is the first
sign."""


@dataclass(frozen=True)
class WeightedSums:
    """The sums of ``n`` weighted respondents over their strata: ``linear`` is Σ w·row and ``squared`` Σ
    w²·row, each as long as a pooled row."""

    n: int
    linear: Numbers
    squared: Numbers

    def __sub__(self, part: "WeightedSums") -> "WeightedSums":
        """Return the sums without a part of these respondents, who must have the same weights in it."""
        return WeightedSums(self.n - part.n, self.linear - part.linear, self.squared - part.squared)

    @property
    def effective_n(self) -> float:
        """Return the size of a simple random sample that is as informative: (Σ w)² / Σ w²; 0 for none."""
        return float(self.linear[0] ** 2 / self.squared[0]) if self.squared[0] > 0 else 0.0

    @property
    def design_effect(self) -> float | None:
        """Return n / effective n, at least 1: the variance as a multiple of that with equal weights. None
        without respondents."""
        return self.n / self.effective_n if self.n and self.effective_n else None


def weighted_sums(rows: CountRows, weights: Sequence[float] | Numbers) -> WeightedSums:
    """Return the weighted sums of pooled rows, each of a stratum whose respondents have the same weight."""
    w = np.asarray(weights, float)
    return WeightedSums(int(rows[:, 0].sum()), w @ rows, (w * w) @ rows)


def withhold_small_counts(pool: Pool, rows: CountRows, least: int) -> CountRows:
    """Return pooled rows of strata without the answers to questions which some, but fewer than ``least``,
    respondents of the stratum answered. Figures with different weights of the strata would otherwise reveal
    these few answers."""
    kept = rows.copy()
    few = {}
    for question in pool.questions:
        n = rows[:, question.start : question.end].sum(axis=1)
        few[question.code] = (n > 0) & (n < least)
        kept[few[question.code], question.start : question.end] = 0
    for (first, second), start in pool.pairs.items():
        kept[few[first] | few[second], start : start + PAIR] = 0
    return kept


def effective_rows(pool: Pool, sums: Sequence[WeightedSums]) -> Numbers:
    """Return a pooled row of effective counts for each of the sums.

    n, the histogram of each question and the sums of each pair are scaled so that their n is the effective n
    of those who answered (raking.effective_n()). Means and shares are then the weighted ones, and standard
    errors and intervals those of effective n.
    """
    linear = np.array([weighted.linear for weighted in sums]).reshape(len(sums), pool.width)
    squared = np.array([weighted.squared for weighted in sums]).reshape(len(sums), pool.width)
    rows = linear.copy()
    for part, total in _parts(pool):
        number, square = linear[:, total].sum(axis=1), squared[:, total].sum(axis=1)
        factor = np.divide(number, square, out=np.zeros_like(number), where=square > 1e-12)
        rows[:, part] *= factor[:, None]
    # Rounding keeps k equal respondents at k: a sum of floats slightly below k would be withheld.
    rounded: Numbers = rows.round(9)
    return rounded


def _parts(pool: Pool) -> Iterator[tuple[slice, slice]]:
    """Yield the slices of a row that are scaled together, each with the slice whose sum is its n."""
    yield slice(0, 1), slice(0, 1)
    for question in pool.questions:
        yield slice(question.start, question.end), slice(question.start, question.end)
    for start in (*pool.pairs.values(), pool.signs):
        yield slice(start, start + PAIR), slice(start, start + 1)
    yield slice(pool.signs + TIMED, pool.signs + SIGNS), slice(pool.signs + TIMED, pool.signs + TIMED + 1)
