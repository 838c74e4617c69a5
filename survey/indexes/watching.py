"""The use case "watch": one figure of a place or employee by day, week or month, with control limits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from survey import settings
from survey.questionnaires.models import Version

from .queries.tallies import Target
from .reading import pool_of, rows_of
from .rules.control import Shift
from .rules.named import INDEX, estimates, line
from .rules.parts import EVERYBODY, Common
from .rules.periods import Period, last_of, starts


@dataclass(frozen=True)
class Point:
    """A day, week or month of the period: from ``start`` to ``last``.

    ``respondents`` who are shown as of it; ``n`` who make the ``value`` (0 and None where nobody did, or too
    few to be shown). ``low`` and ``high``: the 3 σ limits for so many; None without limits. ``z``: standard
    errors from the centre. ``signal``: 1 above the limits, −1 below, 0 within. ``up`` and ``down``: the sums
    of the CUSUM, in standard errors.
    """

    start: date
    last: date
    respondents: int
    n: float
    value: float | None
    low: float | None
    high: float | None
    z: float | None
    signal: int
    up: float
    down: float


@dataclass(frozen=True)
class Series:
    """``figure``: a name of rules/named.py; ``grain`` "day", "week" or "month". ``centre``: the mean that
    the limits lie around, None where there are no limits: nobody gave two answers. ``shifts``: the lasting
    changes that the CUSUM sees; ``since`` and ``seen`` are numbers of points."""

    figure: str
    grain: str
    points: Sequence[Point]
    centre: float | None
    shifts: Sequence[Shift]

    @property
    def signals(self) -> list[Point]:
        """The points beyond their limits."""
        return [point for point in self.points if point.signal]

    @property
    def changed(self) -> bool:
        """Whether anything signals; if not, there is no evidence of a change."""
        return bool(self.signals or self.shifts)


def watch(
    versions: Sequence[Version],
    period: Period,
    about: Target,
    grain: str = "month",
    figure: str = INDEX,
    only: Common = EVERYBODY,
    baseline: int | None = None,
) -> Series:
    """All points of the ``period``, which has an end, the empty ones too; reads one statement.

    Shares are on a p chart, scores and NPS on an x̄ chart, limits widened where periods vary beyond chance;
    the CUSUM takes their z (rules/lines.py). What is released is counted on the last day of its block, so by
    day a small service point has gaps. ``baseline``: the first so many points make the centre, all by
    default. A figure that the versions do not have has no values.
    """
    pool = pool_of(versions)
    least = settings.current().minimum_group
    rows = rows_of(pool, versions, period, about, grain, only)
    found = line(pool, rows, figure, least, baseline)
    numbers = estimates(pool, rows, figure, least)
    begins = list(starts(period, grain))
    points = []
    for i, start in enumerate(begins):
        mark = found.marks[i] if found.marks else None
        points.append(
            Point(
                start=max(start, period.first),
                last=min(last_of(start, grain), period.last),
                respondents=int(rows[i, 0]),
                n=numbers[i].n if numbers[i].value is not None else 0,
                value=found.values[i],
                low=mark.low if mark else None,
                high=mark.high if mark else None,
                z=mark.z if mark else None,
                signal=mark.signal if mark else 0,
                up=found.shifts.high[i] if found.shifts else 0.0,
                down=found.shifts.low[i] if found.shifts else 0.0,
            )
        )
    return Series(figure, grain, points, found.centre, found.shifts.shifts if found.shifts else ())
