"""Small samples: drawing what few answers say towards what all say, as far as it cannot be trusted."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from .intervals import Interval

LEAST_M, GREATEST_M = 1e-3, 1e6  # between them M is sought
STARTS = (0.1, 1.0, 10.0, 100.0, 1e4)


class Between(NamedTuple):
    """μ, the mean of the points' true values; τ², the variance between them (0: no sign that they differ);
    Cochran's Q; the variance of μ."""

    mean: float
    variance: float
    q: float
    mean_variance: float


class Drawn(NamedTuple):
    """A point's value after shrinkage: its posterior mean and standard deviation. ``factor`` B, 0 to 1, is
    how far it was drawn: value = B·μ + (1 − B)·observed."""

    value: float
    deviation: float
    factor: float


def within(numbers: Sequence[float], variances: Sequence[float | None]) -> float | None:
    """The pooled variance of single answers, Σ (n − 1) s² / Σ (n − 1), over points with two answers or more.

    Divided by a point's n it is the s²/n to give dersimonian_laird(): a point's own s² of nine answers is no
    better known than its mean, and 0 where they are all alike. None when no point has two answers.
    """
    known = [(n - 1, s2) for n, s2 in zip(numbers, variances, strict=True) if n > 1 and s2 is not None]
    free = sum(weight for weight, _ in known)
    return sum(weight * s2 for weight, s2 in known) / free if free else None


def dersimonian_laird(values: Sequence[float], variances: Sequence[float]) -> Between:
    """μ and τ² of independent values with known variances v = s²/n.

    With w = 1/v: Q = Σ w (y − ȳ_w)², τ² = max(0, (Q − (k − 1)) / (Σw − Σw²/Σw)), μ the mean weighted by
    1/(v + τ²). R. DerSimonian & N. Laird, Controlled Clinical Trials 7 (1986) 177–188. τ² is 0 for one value.
    Raises ValueError without values and for a variance that is not above 0.
    """
    y, v = np.asarray(values, float), np.asarray(variances, float)
    if len(y) == 0 or len(y) != len(v):
        raise ValueError("one variance for each of some values")
    if not (v > 0).all():
        raise ValueError("a variance must be above 0: pool it over the points, see within()")
    w = 1 / v
    q = float((w * (y - np.average(y, weights=w)) ** 2).sum())
    scale = float(w.sum() - (w * w).sum() / w.sum())
    tau2 = max(0.0, (q - (len(y) - 1)) / scale) if len(y) > 1 else 0.0
    weights = 1 / (v + tau2)
    return Between(float(np.average(y, weights=weights)), tau2, q, float(1 / weights.sum()))


def shrunk(
    values: Sequence[float], variances: Sequence[float], corrected: bool = True
) -> tuple[Between, list[Drawn]]:
    """Each value drawn towards μ by B = v / (v + τ²), v = s²/n, τ² of DerSimonian and Laird.

    ``corrected`` multiplies B by (k − 3)/(k − 1), because τ² is itself estimated from k points (C. N. Morris,
    JASA 78 (1983) 47–55); with equal variances that is the estimator of B. Efron & C. Morris (JASA 70
    (1975) 311–319), whose 18 players keep c = 1 − B = 0.212 of their distance. Three points or fewer are
    then left as they are. The variance is (1 − B)·v + B²·Var(μ). Raises as dersimonian_laird().
    """
    found = dersimonian_laird(values, variances)
    k = len(values)
    correction = (max(0.0, (k - 3) / (k - 1)) if k > 1 else 0.0) if corrected else 1.0
    drawn = []
    for value, v in zip(values, variances, strict=True):
        b = correction * v / (v + found.variance)
        error = math.sqrt((1 - b) * v + b * b * found.mean_variance)
        drawn.append(Drawn(b * found.mean + (1 - b) * value, error, b))
    return found, drawn


@dataclass(frozen=True)
class Beta:
    """How the true shares of the points are spread: a beta distribution of mean μ, 0 to 1, worth M answers.
    M is infinite where the shares differ no more than chance makes them."""

    mean: float
    size: float

    def drawn(self, successes: float, n: float) -> Drawn:
        """The share of a point with ``successes`` among ``n``, given the others: (x + μM) / (n + M), with
        B = M / (n + M) and the deviation of the beta posterior. n may be 0. Raises ValueError when x is not
        among n."""
        if not 0 <= successes <= n:
            raise ValueError("successes lie between 0 and n")
        if math.isinf(self.size):
            return Drawn(self.mean, 0.0, 1.0)
        share = (successes + self.mean * self.size) / (n + self.size)
        deviation = math.sqrt(share * (1 - share) / (n + self.size + 1))
        return Drawn(share, deviation, self.size / (n + self.size))

    def interval(self, successes: float, n: float, level: float = 0.95) -> Interval:
        """The central interval of the beta posterior (α = x + μM, β = n − x + (1 − μ)M)."""
        drawn = self.drawn(successes, n)
        if drawn.deviation == 0:
            return Interval(drawn.value, drawn.value)
        from scipy.special import betaincinv  # takes a third of a second to import

        a, b = drawn.value * (n + self.size), (1 - drawn.value) * (n + self.size)
        return Interval(*(float(betaincinv(a, b, end)) for end in ((1 - level) / 2, (1 + level) / 2)))


def beta_binomial(successes: Sequence[int], numbers: Sequence[int]) -> Beta:
    """μ and M = α + β of maximum likelihood: of Σ ln B(x + μM, n − x + (1 − μ)M) − ln B(μM, (1 − μ)M).

    D. A. Williams, Biometrics 31 (1975) 949–952, with M = 1/θ. M is sought from 0.001 to 10⁶; it is infinite
    and μ = p, the share of all, where no finite M is likelier than the one share (a binomial); so it is for
    one point, and where all or none succeeded. The likelihood can rise again where it falls as 1/M leaves 0,
    so the search begins from several M. Points without answers count nothing. Raises
    ValueError when nobody answered, or successes are not among n.
    """
    x, n = np.asarray(successes, float), np.asarray(numbers, float)
    if len(x) != len(n) or not ((x >= 0) & (x <= n)).all():
        raise ValueError("successes lie between 0 and n")
    x, n = x[n > 0], n[n > 0]
    if len(n) == 0:
        raise ValueError("nobody answered")
    p = float(x.sum() / n.sum())
    if p in (0.0, 1.0):
        return Beta(p, math.inf)
    single = -float((x * math.log(p) + (n - x) * math.log(1 - p)).sum())
    loss, found = _greatest(x, n, p)
    return found if loss < single - 1e-6 else Beta(p, math.inf)


def _greatest(x: np.ndarray, n: np.ndarray, p: float) -> tuple[float, Beta]:
    """The most likely spread of finite M and minus its log likelihood, sought around mean ``p``."""
    from scipy.optimize import minimize  # these two take half a second to import
    from scipy.special import betaln, expit, psi

    def loss(at: np.ndarray) -> tuple[float, np.ndarray]:
        mean, m = expit(at[0]), math.exp(at[1])
        a, b = mean * m, (1 - mean) * m
        value = (betaln(x + a, n - x + b) - betaln(a, b)).sum()
        whole = psi(n + m) - psi(m)
        by_a = (psi(x + a) - psi(a) - whole).sum()
        by_b = (psi(n - x + b) - psi(b) - whole).sum()
        slopes = np.array([(by_a - by_b) * m * mean * (1 - mean), by_a * a + by_b * b])
        return -float(value), -slopes

    odds = math.log(p / (1 - p))
    bounds = [(-15.0, 15.0), (math.log(LEAST_M), math.log(GREATEST_M))]
    options = {"ftol": 1e-14, "gtol": 1e-9, "maxiter": 500}
    found = [
        minimize(loss, [odds, math.log(m)], jac=True, method="L-BFGS-B", bounds=bounds, options=options)
        for m in STARTS
    ]
    best = min(found, key=lambda one: float(one.fun))
    return float(best.fun), Beta(float(expit(best.x[0])), math.exp(best.x[1]))
