"""Counts of respondents who have weights, as effective counts: every figure of unweighted ones is then one of
weighted ones, too."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from survey.statistics.arrays import Numbers
from survey.tallies.rules.cells import PAIR, SIGNS, CountRows
from survey.tallies.rules.pooling import Pool

TIMED = PAIR  # where among the signs those begin that are of the timed; the others are of the first


@dataclass(frozen=True)
class Weighed:
    """``n`` respondents. ``once`` and ``twice``: Σ w·row and Σ w²·row over the strata."""

    n: int
    once: Numbers
    twice: Numbers

    def __sub__(self, part: "Weighed") -> "Weighed":
        """Without some who are among them, weighted alike."""
        return Weighed(self.n - part.n, self.once - part.once, self.twice - part.twice)

    @property
    def effective_n(self) -> float:
        """Of how many respondents of a simple random sample the figures say as much: (Σ w)² / Σ w²."""
        return float(self.once[0] ** 2 / self.twice[0]) if self.twice[0] > 0 else 0.0

    @property
    def design_effect(self) -> float | None:
        """n / effective n: how many times the variance of equal weights; 1 at least, None for nobody."""
        return self.n / self.effective_n if self.n and self.effective_n else None


def weighed(rows: CountRows, weights: Sequence[float] | Numbers) -> Weighed:
    """Return the weighted sums of pooled rows, a stratum each, by the weight of each respondent there."""
    w = np.asarray(weights, float)
    return Weighed(int(rows[:, 0].sum()), w @ rows, (w * w) @ rows)


def told(pool: Pool, rows: CountRows, least: int) -> CountRows:
    """Pooled rows of strata without the answers to questions that some but fewer than ``least`` gave there:
    figures that weigh strata differently would otherwise tell of these few."""
    found = rows.copy()
    few = {}
    for asked in pool.questions:
        n = rows[:, asked.start : asked.end].sum(axis=1)
        few[asked.code] = (n > 0) & (n < least)
        found[few[asked.code], asked.start : asked.end] = 0
    for (one, other), start in pool.pairs.items():
        found[few[one] | few[other], start : start + PAIR] = 0
    return found


def effective(pool: Pool, sums: Sequence[Weighed]) -> Numbers:
    """Return a pooled row each, of effective counts: n, the histogram of each question and the sums of each
    pair are scaled so that their n is the effective one of those who answered (raking.effective_n()).
    Means and shares are then the weighted ones, and standard errors and intervals those of effective n."""
    once = np.array([one.once for one in sums]).reshape(len(sums), pool.width)
    twice = np.array([one.twice for one in sums]).reshape(len(sums), pool.width)
    found = once.copy()
    for part, of in _parts(pool):
        number, square = once[:, of].sum(axis=1), twice[:, of].sum(axis=1)
        factor = np.divide(number, square, out=np.zeros_like(number), where=square > 1e-12)
        found[:, part] *= factor[:, None]
    # So that k who count alike are k, and not a breath less.
    rounded: Numbers = found.round(9)
    return rounded


def _parts(pool: Pool) -> Iterator[tuple[slice, slice]]:
    """Return what is scaled together, and the numbers that add up to how many it is of."""
    yield slice(0, 1), slice(0, 1)
    for asked in pool.questions:
        yield slice(asked.start, asked.end), slice(asked.start, asked.end)
    for start in (*pool.pairs.values(), pool.signs):
        yield slice(start, start + PAIR), slice(start, start + 1)
    yield slice(pool.signs + TIMED, pool.signs + SIGNS), slice(pool.signs + TIMED, pool.signs + TIMED + 1)
