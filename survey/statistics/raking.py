"""Weights that make a sample like the known whole, and what they cost.

A weight is that of each respondent of a stratum; weights are scaled so that their mean over the respondents
is 1. A stratum is named by its attributes: one for post-stratification, several, crossed, for raking.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from survey.statistics.arrays import Numbers

ROUNDS = 1000
TOLERANCE = 1e-8  # of a share

Stratum = tuple[str, ...]


@dataclass(frozen=True)
class Weights:
    """``by_stratum``: the weight of each respondent there. ``n`` respondents count like ``effective_n`` of
    a simple random sample. ``trimmed``: the strata whose weight was cut; then ``deviation`` is the most by
    which the share of a stratum (of a margin) misses the known one, else 0."""

    by_stratum: Mapping[Stratum, float]
    n: int
    effective_n: float
    trimmed: tuple[Stratum, ...] = ()
    deviation: float = 0.0

    @property
    def design_effect(self) -> float:
        """n / effective n, at least 1: how many times the variance of equal weights."""
        return self.n / self.effective_n


def effective_n(counts: Sequence[float], weights: Sequence[float]) -> float:
    """Return (Σ n·w)² / Σ n·w², for strata of n respondents with weight w each. Use it for n in every
    interval of a weighted share, as in wilson(p · effective_n, effective_n). L. Kish, Survey Sampling (1965),
    11.7 C. Raises ValueError when all weights are 0 or one is negative.
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
    """Return weights by attributes of which only each one's totals are known, by iterative proportional
    fitting. Of one attribute, such as the service point, they are those of post-stratification, w =
    (N_h/N)/(n_h/n): W. G. Cochran, Sampling Techniques (1977), 5A.9.

    ``counts``: the respondents by the values of all attributes; ``margins``: the known totals of each
    attribute, in that order, each relative to its own sum. Weights start alike and are scaled to one margin
    after another until every share is met to 10⁻⁸. W. E. Deming & F. F. Stephan, Annals of Mathematical
    Statistics 11 (1940) 427–444. ``most``, above 1, trims afterwards: greater weights are cut to it and the
    others raised alike, until none is above, so the margins are missed by ``deviation``.

    Raises ValueError, naming the stratum, when one has a total but no respondents, or respondents but no
    total, or after 1,000 rounds the share farthest from its known one: those margins contradict what was
    answered.
    """
    strata = [stratum for stratum, n in counts.items() if n]
    n = np.array([counts[stratum] for stratum in strata], float)
    if most is not None and most <= 1:
        raise ValueError("weights can be trimmed to above 1 only: their mean is 1")
    places, shares = [], []
    for i, margin in enumerate(margins):
        _refuse_unknown(strata, i, margin)
        answered = {stratum[i] for stratum in strata}
        names = [name for name, total in margin.items() if total or name in answered]
        numbers = {name: number for number, name in enumerate(names)}
        places.append(np.array([numbers[stratum[i]] for stratum in strata]))
        shares.append(np.array([margin[name] for name in names], float) / sum(margin.values()))
    weights = _fitted(n, places, shares)
    away = _deviations(n, weights, places, shares)
    if away and max(float(one.max()) for one in away) > TOLERANCE:
        worst = max(range(len(away)), key=lambda i: float(away[i].max()))
        at = strata[int(np.flatnonzero(places[worst] == int(away[worst].argmax()))[0])][worst]
        raise ValueError(f"the totals contradict the answers: {at} cannot be weighted to its share")
    trimmed = weights > (math.inf if most is None else most * (1 + 1e-12))
    if most is not None and trimmed.any():
        weights, trimmed = _trimmed(n, weights, most)
        away = _deviations(n, weights, places, shares)
    return Weights(
        dict(zip(strata, weights.tolist(), strict=True)),
        int(n.sum()),
        effective_n(n.tolist(), weights.tolist()),
        tuple(stratum for stratum, cut in zip(strata, trimmed.tolist(), strict=True) if cut),
        max(float(one.max()) for one in away) if trimmed.any() else 0.0,
    )


def _refuse_unknown(strata: Sequence[Stratum], number: int, margin: Mapping[str, float]) -> None:
    answered = {stratum[number] for stratum in strata}
    for name, total in margin.items():
        if not (math.isfinite(total) and total >= 0):
            raise ValueError(f"the total of {name} is no number from 0 on")
        if total > 0 and name not in answered:
            raise ValueError(f"nobody answered in {name}, which has a total")
    for name in sorted(answered - margin.keys()):
        raise ValueError(f"{name} has answers but no total")
    if not sum(margin.values()):
        raise ValueError("all totals are 0")


def _fitted(n: Numbers, places: Sequence[np.ndarray], shares: Sequence[Numbers]) -> Numbers:
    weights = np.ones(len(n))
    for _ in range(ROUNDS):
        for place, share in zip(places, shares, strict=True):
            held = np.bincount(place, n * weights, len(share))
            factors = np.divide(share * n.sum(), held, out=np.zeros_like(share), where=held > 0)
            weights = weights * factors[place]
        if all((one < TOLERANCE / 10).all() for one in _deviations(n, weights, places, shares)):
            break
    return weights


def _deviations(
    n: Numbers, weights: Numbers, places: Sequence[np.ndarray], shares: Sequence[Numbers]
) -> list[Numbers]:
    """By attribute and value, by how much the weighted share misses the known one."""
    return [
        np.abs(np.bincount(place, n * weights, len(share)) / n.sum() - share)
        for place, share in zip(places, shares, strict=True)
    ]


def _trimmed(n: Numbers, weights: Numbers, most: float) -> tuple[Numbers, np.ndarray]:
    """With none above ``most``, and which were; the mean stays 1."""
    cut = np.zeros(len(n), bool)
    while (above := ~cut & (weights > most * (1 + 1e-12))).any():
        cut |= above
        weights = np.where(cut, most, weights)
        rest = (n * weights)[~cut].sum()
        if rest > 0:
            weights = np.where(cut, most, weights * (n.sum() - most * n[cut].sum()) / rest)
    return weights, cut
