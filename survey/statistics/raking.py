"""Weights that give a sample the known shares of its population, and what they cost.

All respondents of a stratum have the same weight; weights are scaled so that their mean over the respondents
is 1. A stratum is named by the values of its attributes: of one for post-stratification, of several, crossed,
for raking.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from survey.statistics.arrays import Numbers

ROUNDS = 1000
TOLERANCE = 1e-8  # by which a weighted share may miss the known share

Stratum = tuple[str, ...]


@dataclass(frozen=True)
class Weights:
    """The weights of a sample. ``by_stratum`` has the weight of each respondent of a stratum. The ``n``
    respondents count like ``effective_n`` of a simple random sample. ``trimmed`` are the strata whose weight
    was cut; then ``deviation``, 0 to 1, is the most by which the share of a category misses the known share,
    else 0."""

    by_stratum: Mapping[Stratum, float]
    n: int
    effective_n: float
    trimmed: tuple[Stratum, ...] = ()
    deviation: float = 0.0

    @property
    def design_effect(self) -> float:
        """Return n / effective n, at least 1: the variance as a multiple of that with equal weights."""
        return self.n / self.effective_n


def effective_n(counts: Sequence[float], weights: Sequence[float]) -> float:
    """Return the effective sample size (Σ n·w)² / Σ n·w² of strata of n respondents with weight w each.

    Every interval of a weighted share takes it for n, as in wilson(p · effective_n, effective_n). L. Kish,
    Survey Sampling (1965), 11.7 C. Raises ValueError when all weights are 0, or a weight or count is
    negative.
    """
    n, w = np.asarray(counts, float), np.asarray(weights, float)
    if min(w.min(initial=0), n.min(initial=0)) < 0:
        raise ValueError("counts and weights are not negative")
    squares = float(n @ (w * w))
    if not squares:
        raise ValueError("nobody has a weight")
    return float(n @ w) ** 2 / squares


def rake(
    counts: Mapping[Stratum, int], margins: Sequence[Mapping[str, float]], most: float | None = None
) -> Weights:
    """Return weights by attributes of which only the marginal totals are known, by iterative proportional
    fitting. With a single attribute, such as the service point, they are those of post-stratification, w =
    (N_h/N)/(n_h/n): W. G. Cochran, Sampling Techniques (1977), 5A.9.

    ``counts`` are the respondents by the values of all attributes; ``margins`` the known totals of each
    attribute, in the same order, relative to their own sum. Weights start equal and are scaled to one margin
    after another until every share is met to 10⁻⁸. W. E. Deming & F. F. Stephan, Annals of Mathematical
    Statistics 11 (1940) 427–444. ``most``, above 1, trims afterwards: greater weights are cut to it and the
    others raised in proportion, until none is above, so that the margins are missed by ``deviation``.

    Raises ValueError, naming the category, when it has a total but no respondents, or respondents but no
    total, or when its share is the farthest from the known share after 1,000 rounds: such margins contradict
    the answers.
    """
    strata = [stratum for stratum, n in counts.items() if n]
    n = np.array([counts[stratum] for stratum in strata], float)
    if most is not None and most <= 1:
        raise ValueError("weights can be trimmed to above 1 only: their mean is 1")
    positions, shares = [], []
    for i, margin in enumerate(margins):
        _refuse_unknown(strata, i, margin)
        answered = {stratum[i] for stratum in strata}
        names = [name for name, total in margin.items() if total or name in answered]
        numbers = {name: number for number, name in enumerate(names)}
        positions.append(np.array([numbers[stratum[i]] for stratum in strata]))
        shares.append(np.array([margin[name] for name in names], float) / sum(margin.values()))
    weights = _fit(n, positions, shares)
    deviations = _deviations(n, weights, positions, shares)
    if deviations and max(float(misses.max()) for misses in deviations) > TOLERANCE:
        worst = max(range(len(deviations)), key=lambda i: float(deviations[i].max()))
        category = strata[int(np.flatnonzero(positions[worst] == int(deviations[worst].argmax()))[0])][worst]
        raise ValueError(f"the totals contradict the answers: {category} cannot be weighted to its share")
    trimmed = weights > (math.inf if most is None else most * (1 + 1e-12))
    if most is not None and trimmed.any():
        weights, trimmed = _trim(n, weights, most)
        deviations = _deviations(n, weights, positions, shares)
    return Weights(
        dict(zip(strata, weights.tolist(), strict=True)),
        int(n.sum()),
        effective_n(n.tolist(), weights.tolist()),
        tuple(stratum for stratum, cut in zip(strata, trimmed.tolist(), strict=True) if cut),
        max(float(misses.max()) for misses in deviations) if trimmed.any() else 0.0,
    )


def _refuse_unknown(strata: Sequence[Stratum], attribute: int, margin: Mapping[str, float]) -> None:
    """Raise ValueError where the totals of an attribute, by its index, do not fit the strata with answers."""
    answered = {stratum[attribute] for stratum in strata}
    for name, total in margin.items():
        if not (math.isfinite(total) and total >= 0):
            raise ValueError(f"the total of {name} is no number from 0 on")
        if total > 0 and name not in answered:
            raise ValueError(f"nobody answered in {name}, which has a total")
    for name in sorted(answered - margin.keys()):
        raise ValueError(f"{name} has answers but no total")
    if not sum(margin.values()):
        raise ValueError("all totals are 0")


def _fit(n: Numbers, positions: Sequence[np.ndarray], shares: Sequence[Numbers]) -> Numbers:
    """Return the weights of the strata, fitted to one margin after another.

    ``positions`` has, by attribute, the index of each stratum's category in the ``shares`` of that attribute.
    """
    weights = np.ones(len(n))
    for _ in range(ROUNDS):
        for position, share in zip(positions, shares, strict=True):
            reached = np.bincount(position, n * weights, len(share))
            factors = np.divide(share * n.sum(), reached, out=np.zeros_like(share), where=reached > 0)
            weights = weights * factors[position]
        if all((misses < TOLERANCE / 10).all() for misses in _deviations(n, weights, positions, shares)):
            break
    return weights


def _deviations(
    n: Numbers, weights: Numbers, positions: Sequence[np.ndarray], shares: Sequence[Numbers]
) -> list[Numbers]:
    """Return, by attribute, how far the weighted share of each category is from the known share."""
    return [
        np.abs(np.bincount(position, n * weights, len(share)) / n.sum() - share)
        for position, share in zip(positions, shares, strict=True)
    ]


def _trim(n: Numbers, weights: Numbers, most: float) -> tuple[Numbers, np.ndarray]:
    """Return the weights cut to ``most``, with their mean still 1, and a mask of the strata that were cut."""
    cut = np.zeros(len(n), bool)
    while (above := ~cut & (weights > most * (1 + 1e-12))).any():
        cut |= above
        weights = np.where(cut, most, weights)
        rest = (n * weights)[~cut].sum()
        if rest > 0:
            weights = np.where(cut, most, weights * (n.sum() - most * n[cut].sum()) / rest)
    return weights, cut
