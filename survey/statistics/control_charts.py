"""Whether a figure changed over time: control charts of shares and means, and the CUSUM of small lasting
shifts.

D. C. Montgomery, Introduction to Statistical Quality Control, 6th ed. (2009), chapters 6, 7 and 9.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

SIGMAS = 3.0
REFERENCE = 0.5  # k, half the shift to detect, in standard errors
DECISION = 5.0  # h, the decision interval, in standard errors
MOVING_RANGE = 2 / math.sqrt(math.pi)  # d₂ of two: the mean range of two standard normal values, 1.128


class ChartPeriod(NamedTuple):
    """A period of a chart: the observed ``value``, the limits ``low`` and ``high`` in its unit, and ``z``,
    the distance of the value from the centre in standard errors. All are None where nobody answered.
    ``signal`` is 1 above the limits, −1 below and 0 within them."""

    value: float | None
    low: float | None
    high: float | None
    z: float | None
    signal: int


@dataclass(frozen=True)
class Chart:
    """A control chart: the ``centre`` line, None where nobody answered in any period, and the ``periods`` in
    order. ``widened`` is the factor, at least 1, by which the distance of the limits was multiplied; 1 means
    that only chance within the periods is allowed for."""

    centre: float | None
    periods: tuple[ChartPeriod, ...]
    widened: float

    @property
    def signals(self) -> list[int]:
        """Return the numbers, from 0, of the periods beyond the limits. Where there are none, there is no
        evidence of a change. One in 370 periods without a change signals by chance."""
        return [i for i, period in enumerate(self.periods) if period.signal]


def shares_chart(successes: Sequence[float], numbers: Sequence[float], widen: bool = False) -> Chart:
    """Return the p chart with varying n: p̄ ± 3√(p̄(1 − p̄)/n), cut to 0 … 1, p̄ = Σx / Σn.

    ``widen`` multiplies the distance of the limits by how much the periods vary beyond chance, where they do:
    σ_z = mean |z_i − z_(i−1)| / 1.128, at least 1 (D. B. Laney, Quality Engineering 14 (2002) 531–537); with
    thousands of answers in a period, every period would signal without it. Raises ValueError when successes
    are not among n.
    """
    if not all(0 <= x <= n for x, n in zip(successes, numbers, strict=True)):
        raise ValueError("successes lie between 0 and n")
    values = [x / n if n else None for x, n in zip(successes, numbers, strict=True)]
    centre = _centre(values, numbers)
    variance = centre * (1 - centre) if centre is not None else 0.0
    return _chart(values, numbers, centre, variance, 1.0, widen)


def means_chart(
    values: Sequence[float | None],
    numbers: Sequence[float],
    variance: float,
    widen: bool = False,
) -> Chart:
    """Return the x̄ chart with varying n: x̿ ± 3s/√n of mean scores, cut to 0 … 100; x̿ = Σ n·x̄ / Σn.

    s² is the pooled ``variance`` of a single answer within the periods (shrinkage.variance_within(); pooled
    over many answers it needs no c₄). ``widen`` is that of shares_chart(). Raises ValueError for a negative
    variance or an answered period without a value.
    """
    if variance < 0 or any(n > 0 and value is None for value, n in zip(values, numbers, strict=True)):
        raise ValueError("a value for each answered period, and a variance not below 0")
    known = [value if n > 0 else None for value, n in zip(values, numbers, strict=True)]
    return _chart(known, numbers, _centre(known, numbers), variance, 100.0, widen)


def _centre(values: Sequence[float | None], numbers: Sequence[float]) -> float | None:
    """Return the mean of the values weighted by n; None without answers."""
    known = [(x, n) for x, n in zip(values, numbers, strict=True) if x is not None]
    total = sum(n for _x, n in known)
    return sum(x * n for x, n in known) / total if total else None


def _chart(
    values: Sequence[float | None],
    numbers: Sequence[float],
    centre: float | None,
    variance: float,
    highest: float,
    widen: bool,
) -> Chart:
    """Return the chart around ``centre`` with limits at ± 3·√(variance / n), cut to 0 … ``highest``."""
    if centre is None:
        return Chart(None, tuple(ChartPeriod(x, None, None, None, 0) for x in values), 1.0)
    errors = [math.sqrt(variance / n) if n else None for n in numbers]
    scores = [_z(x, centre, error) for x, error in zip(values, errors, strict=True)]
    factor = _widening(scores) if widen else 1.0
    periods = []
    for x, error in zip(values, errors, strict=True):
        if x is None or error is None:
            periods.append(ChartPeriod(None, None, None, None, 0))
            continue
        half = SIGMAS * factor * error
        # Where nothing varies, half is 0, and a rounding error must not count as a signal.
        beyond = abs(x - centre) > half + 1e-12 * highest
        z = _z(x, centre, factor * error)
        ends = max(0.0, centre - half), min(highest, centre + half)
        periods.append(ChartPeriod(x, *ends, z, (1 if x > centre else -1) if beyond else 0))
    return Chart(centre, tuple(periods), factor)


def _z(value: float | None, centre: float, error: float | None) -> float | None:
    """Return the distance in standard errors; None without a value or an error that is above 0."""
    return (value - centre) / error if value is not None and error else None


def _widening(z: Sequence[float | None]) -> float:
    """Return Laney's σ_z, the mean moving range of z divided by 1.128; at least 1, and 1 for fewer than
    two."""
    known = [score for score in z if score is not None]
    ranges = [abs(b - a) for a, b in pairwise(known)]
    return max(1.0, sum(ranges) / len(ranges) / MOVING_RANGE) if ranges else 1.0


class Shift(NamedTuple):
    """A lasting change, by the numbers of its periods from 0: it is noticed in ``seen`` and most likely began
    in ``since``. ``direction`` is 1 for up and −1 for down."""

    since: int
    seen: int
    direction: int


@dataclass(frozen=True)
class Cusum:
    """The upper and the lower sum of each period, in standard errors, and the ``shifts`` that they show.
    Without shifts there is no evidence of a change."""

    high: tuple[float, ...]
    low: tuple[float, ...]
    shifts: tuple[Shift, ...]


def cusum(z: Sequence[float | None], k: float = REFERENCE, h: float = DECISION) -> Cusum:
    """Return the two-sided standardised CUSUM: C⁺ = max(0, z − k + C⁺), C⁻ = max(0, −z − k + C⁻).

    A shift is seen when a sum rises above ``h``, and began where that sum last left 0. With k = ½ and h = 5 a
    shift of one standard error is seen after about 10 periods, and a false shift once in 465. ``z`` are the
    distances from a target or from the mean of earlier periods (ChartPeriod.z); None leaves the sums as they
    are. Montgomery, 9.1.2 and 9.1.4. Raises ValueError for k below 0 or h not above 0.
    """
    if k < 0 or h <= 0:
        raise ValueError("k is not below and h above 0")
    sums: dict[int, list[float]] = {1: [], -1: []}
    shifts = []
    for direction, sums_of_direction in sums.items():
        total, since = 0.0, 0
        for i, score in enumerate(z):
            before = total
            total = max(0.0, total if score is None else direction * score - k + total)
            if before == 0 < total:
                since = i
            if before <= h < total:
                shifts.append(Shift(since, i, direction))
            sums_of_direction.append(total)
    return Cusum(tuple(sums[1]), tuple(sums[-1]), tuple(sorted(shifts, key=lambda shift: shift.seen)))
