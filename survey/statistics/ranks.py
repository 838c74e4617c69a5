"""Who is best: ranks with their uncertainty, and false discoveries held down."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .arrays import Numbers
from .intervals import below

DRAWS = 10_000
SEED = 20_240_601
AT_ONCE = 500  # draws held in memory
QUARTERS = 4
FARTHEST = 12  # standard deviations; no draw goes beyond


class Rank(NamedTuple):
    """A point's place among the others, 1 the best: the middle one of its draws, the ends of its interval,
    and the probability, 0 to 1, that it belongs to the bottom quarter (None among fewer than four)."""

    median: int
    best: int
    worst: int
    bottom: float | None


def ranks(
    values: Sequence[float],
    deviations: Sequence[float],
    level: float = 0.95,
    draws: int = DRAWS,
    seed: int = SEED,
) -> list[Rank]:
    """Return ranks of points whose true values are normal with these means and standard deviations.

    All values are drawn together ``draws`` times and ranked, the highest first; the interval holds the middle
    ``level`` of a point's ranks. The bottom quarter is the lowest ⌊k/4⌋ ranks. Equal values without deviation
    share their ranks by chance. The same arguments give the same ranks. H. Goldstein & D. J. Spiegelhalter,
    JRSS A 159 (1996) 385–443. Give it what shrinkage.shrunk() drew, so that few answers do not rank at the
    ends by chance. Raises ValueError when a deviation is negative or a number not finite.
    """
    mean, deviation = np.asarray(values, float), np.asarray(deviations, float)
    if mean.shape != deviation.shape or not np.isfinite(mean).all() or not np.isfinite(deviation).all():
        raise ValueError("one finite deviation for each finite value")
    if (deviation < 0).any():
        raise ValueError("a standard deviation cannot be negative")
    if len(mean) == 0:
        return []
    counts = _counts(mean, deviation, draws, seed)
    reached = counts.cumsum(axis=1)

    def rank(share: float) -> list[int]:
        """By point, the first rank that this share of the draws does not exceed."""
        found: list[int] = ((reached < share * draws).sum(axis=1) + 1).tolist()
        return found

    size = len(mean)
    lowest = size // QUARTERS
    bottom = (counts[:, size - lowest :].sum(axis=1) / draws).tolist() if lowest else [None] * size
    ends = rank((1 - level) / 2), rank((1 + level) / 2)
    return [Rank(*one) for one in zip(rank(0.5), *ends, bottom, strict=True)]


def _counts(mean: Numbers, deviation: Numbers, draws: int, seed: int) -> NDArray[np.int64]:
    """Return how often (a line a point) each rank (a column, the best first) was drawn."""
    size = len(mean)
    # A breath of noise lets equals without deviation share their ranks.
    noise = np.maximum(deviation, 1e-9 * max(1.0, float(np.abs(mean).max())))
    highest, lowest = (mean + FARTHEST * noise).max(), (mean - FARTHEST * noise).min()
    # Sorting whole numbers, a value's distance from the highest above and its point below, is several times
    # as fast as asking for the order of the values.
    bits = (size - 1).bit_length()
    scale = 2.0 ** (62 - bits) / (highest - lowest)
    distance, spread = (highest - mean) * scale, noise * scale
    random = np.random.Generator(np.random.SFC64(seed))
    counts = np.zeros(size * size, np.int64)
    points = np.arange(size)
    for first in range(0, draws, AT_ONCE):
        normal = random.standard_normal((min(AT_ONCE, draws - first), size))
        drawn = (distance - spread * normal).astype(np.int64) << bits | points
        drawn.sort(axis=1)
        drawn &= (1 << bits) - 1
        drawn += points * size
        counts += np.bincount(drawn.ravel(), minlength=size * size)
    return counts.reshape(size, size).T


def below_target(value: float, deviation: float, target: float) -> float:
    """Return P(true value < target) = Φ((target − value) / deviation), 0 to 1; 0 or 1 without deviation.
    Raises ValueError when it is negative."""
    if deviation < 0:
        raise ValueError("a standard deviation cannot be negative")
    if deviation == 0:
        return float(value < target)
    return below((target - value) / deviation)


def benjamini_hochberg(p_values: Sequence[float], rate: float = 0.05) -> list[tuple[float, bool]]:
    """Return for each p its adjusted one, and whether it is a discovery when no more than the share ``rate``
    of all discoveries shall be false: p_(i) adjusted is the least of m·p_(j)/j, j ≥ i, at most 1; it is a
    discovery when that is ≤ rate. Y. Benjamini & Y. Hochberg, JRSS B 57 (1995) 289–300. Raises ValueError for
    what is no probability."""
    if not all(0 <= p <= 1 for p in p_values):
        raise ValueError("a p-value lies between 0 and 1")
    adjusted = [1.0] * len(p_values)
    least = 1.0
    in_order = sorted(range(len(p_values)), key=lambda i: p_values[i])
    for rank in range(len(in_order), 0, -1):
        i = in_order[rank - 1]
        least = min(least, p_values[i] * (len(p_values) / rank))
        adjusted[i] = least
    return [(p, p <= rate) for p in adjusted]
