"""Ranks with their uncertainty, and the control of false discoveries."""

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
FARTHEST = 12  # standard deviations from the mean, which no draw exceeds


class Rank(NamedTuple):
    """The rank of a service point among the others, from 1, the best. ``median`` is that of its draws,
    ``best`` and ``worst`` are the ends of its interval, and ``bottom`` is the probability, 0 to 1, that it
    belongs to the bottom quarter (None among fewer than four points)."""

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
    JRSS A 159 (1996) 385–443. The values should be those of shrinkage.shrink(), so that points with few
    answers do not rank at the ends by chance. Raises ValueError when a deviation is negative or a number is
    not finite.
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
        """Return, by point, the first rank that this share of the draws does not exceed."""
        first_ranks: list[int] = ((reached < share * draws).sum(axis=1) + 1).tolist()
        return first_ranks

    size = len(mean)
    lowest = size // QUARTERS
    bottom = (counts[:, size - lowest :].sum(axis=1) / draws).tolist() if lowest else [None] * size
    ends = rank((1 - level) / 2), rank((1 + level) / 2)
    return [Rank(*summary) for summary in zip(rank(0.5), *ends, bottom, strict=True)]


def _counts(mean: Numbers, deviation: Numbers, draws: int, seed: int) -> NDArray[np.int64]:
    """Return how often each rank was drawn, as a matrix with a row for each point and a column for each rank,
    the best first."""
    size = len(mean)
    # A tiny deviation lets equal values without deviation share their ranks.
    noise = np.maximum(deviation, 1e-9 * max(1.0, float(np.abs(mean).max())))
    highest, lowest = (mean + FARTHEST * noise).max(), (mean - FARTHEST * noise).min()
    # Sorting integers, whose upper bits are the distance from the highest value and whose lower bits are the
    # point, is several times as fast as np.argsort of the values.
    bits = (size - 1).bit_length()
    scale = 2.0 ** (62 - bits) / (highest - lowest)
    distance, spread = (highest - mean) * scale, noise * scale
    random = np.random.Generator(np.random.SFC64(seed))
    counts = np.zeros(size * size, np.int64)
    points = np.arange(size)
    for first in range(0, draws, AT_ONCE):
        normal = random.standard_normal((min(AT_ONCE, draws - first), size))
        samples = (distance - spread * normal).astype(np.int64) << bits | points
        samples.sort(axis=1)
        samples &= (1 << bits) - 1
        samples += points * size
        counts += np.bincount(samples.ravel(), minlength=size * size)
    return counts.reshape(size, size).T


def below_target(value: float, deviation: float, target: float) -> float:
    """Return P(true value < target) = Φ((target − value) / deviation), 0 to 1; 0 or 1 where the deviation is
    0. Raises ValueError when it is negative."""
    if deviation < 0:
        raise ValueError("a standard deviation cannot be negative")
    if deviation == 0:
        return float(value < target)
    return below((target - value) / deviation)


def benjamini_hochberg(p_values: Sequence[float], rate: float = 0.05) -> list[tuple[float, bool]]:
    """Return each p-value adjusted, and whether it is a discovery when at most the share ``rate``, 0 to 1, of
    all discoveries may be false.

    The adjusted p_(i) is the least of m·p_(j)/j, j ≥ i, at most 1; it is a discovery when that is ≤ rate. Y.
    Benjamini & Y. Hochberg, JRSS B 57 (1995) 289–300. Raises ValueError for a p-value outside 0 to 1.
    """
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
