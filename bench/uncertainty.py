"""How often intervals hold the true value, and how often tests find a difference where there is none.

``python -m bench.uncertainty`` prints the tables of docs/statistics.md; tests/test_uncertainty.py checks them
with fewer draws. Shares are computed exactly, from every outcome of the binomial distribution; other
figures are simulated.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import product

import numpy as np
from scipy import stats

from survey.indexes.rules.index import SCALE
from survey.indexes.rules.measures import Share
from survey.statistics.arrays import Numbers
from survey.statistics.differences import difference
from survey.statistics.intervals import Estimate, Interval
from survey.statistics.nps import Promoters

SHARES = np.linspace(0.05, 0.95, 19)
SIZES = (5, 7, 10, 15, 20, 30, 50, 70, 100)
PAIRED = (5, 6, 7, 8, 10, 12, 20, 50, 100)
LEVEL = 0.95
SEED = 20_261_130

Draw = Callable[[np.random.Generator, float, int, int], Numbers]


def share_coverage(n: int) -> list[float]:
    """Return how often the interval of a share of ``n`` answers holds it, for each of SHARES."""
    ends = [_ends(Share(x, n).estimate) for x in range(n + 1)]
    return [
        sum(
            weight
            for (low, high), weight in zip(ends, stats.binom.pmf(range(n + 1), n, share), strict=True)
            if low <= 100 * share + 1e-9 and 100 * share - 1e-9 <= high
        )
        for share in SHARES
    ]


def share_errors(n: int, other_n: int) -> list[float]:
    """Return how often two samples of the same share differ significantly, for each of SHARES."""
    outcomes = list(product(range(n + 1), range(other_n + 1)))
    significant = np.array([_differ(*pair) for pair in _pairs(n, other_n, outcomes)])
    x, y = np.array(outcomes).T
    return [
        float((stats.binom.pmf(x, n, share) * stats.binom.pmf(y, other_n, share))[significant].sum())
        for share in SHARES
    ]


def share_difference_coverage(n: int, other_n: int) -> list[float]:
    """Return how often the interval of the difference holds it, for every two of every third of SHARES."""
    outcomes = list(product(range(n + 1), range(other_n + 1)))
    ends = np.array([_difference_ends(*pair) for pair in _pairs(n, other_n, outcomes)])
    x, y = np.array(outcomes).T
    coverage = []
    for share, other in product(SHARES[::3], repeat=2):
        true = 100 * (share - other)
        held = (ends[:, 0] <= true + 1e-9) & (ends[:, 1] >= true - 1e-9)
        weights = stats.binom.pmf(x, n, share) * stats.binom.pmf(y, other_n, other)
        coverage.append(float(weights[held].sum()))
    return coverage


def _pairs(n: int, other_n: int, outcomes: Iterable[tuple[int, int]]) -> Iterator[tuple[Estimate, Estimate]]:
    first = [Share(x, n).estimate for x in range(n + 1)]
    second = [Share(x, other_n).estimate for x in range(other_n + 1)]
    return ((first[x], second[y]) for x, y in outcomes)


def five_answers(random: np.random.Generator, mean: float, n: int, times: int) -> Numbers:
    """Return samples of a question of five answers, 0 to 1, that often has its ends."""
    chance = random.beta(1.5 * mean, 1.5 * (1 - mean), (times, n))
    return random.binomial(4, chance) / 4


def index(random: np.random.Generator, mean: float, n: int, times: int) -> Numbers:
    """Return samples of the index of four questions, 0 to 1."""
    chance = random.beta(2.5 * mean, 2.5 * (1 - mean), (times, n))
    return random.binomial(16, chance) / 16


def recommendation(random: np.random.Generator, mean: float, n: int, times: int) -> Numbers:
    """Return samples of 1 (a promoter), 0.5 and 0 (a detractor)."""
    passive = min(mean, 1 - mean)
    chance = random.random((times, n))
    return np.select([chance < mean - passive / 2, chance < mean + passive / 2], [1.0, 0.5], 0.0)


DRAWS: dict[str, Draw] = {"NPS": recommendation, "question": five_answers, "index": index}


def estimates(name: str, samples: Numbers) -> list[Estimate]:
    """Return the estimate of each sample (a row), as the product makes it."""
    n = samples.shape[1]
    if name == "NPS":
        return [
            Promoters(n, int(promoters), int(detractors)).estimate
            for promoters, detractors in zip((samples == 1).sum(1), (samples == 0).sum(1), strict=True)
        ]
    means = 100 * samples.mean(axis=1)
    errors = 100 * samples.std(axis=1, ddof=1) / n**0.5
    return [
        Estimate(mean, error, n, n - 1, scale=SCALE)
        for mean, error in zip(means.tolist(), errors.tolist(), strict=True)
    ]


def coverage(name: str, mean: float, n: int, times: int) -> float:
    """Return how often the interval of a figure, whose mean is this share of its scale, holds it."""
    random = np.random.default_rng((SEED, n, int(100 * mean)))
    true = 200 * mean - 100 if name == "NPS" else 100 * mean
    drawn = estimates(name, DRAWS[name](random, mean, n, times))
    return sum(low <= true <= high for low, high in map(_ends, drawn)) / times


def errors(name: str, mean: float, n: int, other_n: int, times: int) -> float:
    """Return how often two samples of the same distribution differ significantly."""
    random = np.random.default_rng((SEED, n, other_n, int(100 * mean)))
    first = estimates(name, DRAWS[name](random, mean, n, times))
    second = estimates(name, DRAWS[name](random, mean, other_n, times))
    return sum(map(_differ, first, second)) / times


def _ends(estimate: Estimate) -> Interval:
    return _memory(estimate)


@lru_cache(maxsize=100_000)
def _memory(estimate: Estimate) -> Interval:
    interval = estimate.interval(LEVEL)
    if interval is None:
        raise ValueError("an estimate of two answers or more has an interval")
    return interval


def _difference_ends(first: Estimate, second: Estimate) -> Interval:
    compared = difference(first, second)
    interval = compared.interval(LEVEL) if compared else None
    if interval is None:
        raise ValueError("two estimates of two answers or more have a difference")
    return interval


def _differ(first: Estimate, second: Estimate) -> bool:
    compared = difference(first, second)
    return compared is not None and compared.p is not None and compared.p < 1 - LEVEL


def main(times: int = 4000) -> None:
    """Print the tables."""
    print("| 95% interval of | n | least coverage | mean coverage |\n|---|--:|--:|--:|")
    for n in SIZES:
        held = share_coverage(n)
        print(f"| a share | {n} | {100 * min(held):.1f}% | {100 * np.mean(held):.1f}% |")
    for name in DRAWS:
        for n in SIZES[::2]:
            held = [coverage(name, float(mean), n, times) for mean in SHARES[::3]]
            print(f"| {name} | {n} | {100 * min(held):.1f}% | {100 * np.mean(held):.1f}% |")
    print("\n| Test of the difference of | n | with n | most false | mean false |\n|---|--:|--:|--:|--:|")
    for n, other_n in product(PAIRED, repeat=2):
        if n <= other_n and (n in (5, 20, 100) or n == other_n):
            false = share_errors(n, other_n)
            print(f"| shares | {n} | {other_n} | {100 * max(false):.1f}% | {100 * np.mean(false):.1f}% |")
    for name in DRAWS:
        for n, other_n in ((5, 5), (5, 100), (20, 20), (20, 100), (100, 100)):
            false = [errors(name, float(mean), n, other_n, times) for mean in SHARES[::3]]
            print(f"| {name} | {n} | {other_n} | {100 * max(false):.1f}% | {100 * np.mean(false):.1f}% |")
    print("\n| 95% interval of the difference of shares | with n | least coverage |\n|---|--:|--:|")
    for n, other_n in product((5, 10, 20, 50), repeat=2):
        if n <= other_n:
            print(f"| {n} | {other_n} | {100 * min(share_difference_coverage(n, other_n)):.1f}% |")


if __name__ == "__main__":
    main()
