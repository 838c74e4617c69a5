"""Has a figure changed between two periods, or do two groups differ: the plain answer and how sure it is."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from .intervals import Difference, Estimate, Interval, difference, quantile
from .nps import Promoters, nps_difference
from .ranks import benjamini_hochberg

SIGNIFICANT = 0.05
NONE, RISEN, FALLEN, UNKNOWN = "none", "risen", "fallen", "unknown"

Name = TypeVar("Name", bound=Hashable)


@dataclass(frozen=True)
class Change:
    """``difference`` (new − old, in the figure's unit) and what may be said of it.

    ``verdict``: "risen" or "fallen" where the two-sided p is below 0.05; "none": no evidence of a change,
    which is not evidence that there is none; "unknown": the answers cannot tell (one figure is missing, or
    has no standard error).
    """

    difference: Difference | None
    verdict: str

    @property
    def value(self) -> float | None:
        return self.difference.value if self.difference else None

    @property
    def p(self) -> float | None:
        return self.difference.p if self.difference else None

    def interval(self, level: float = 0.95) -> Interval | None:
        """Return the normal interval of the difference; None without a standard error."""
        if self.difference is None or self.difference.standard_error is None:
            return None
        half = quantile(level) * self.difference.standard_error
        return Interval(self.difference.value - half, self.difference.value + half)


def change(new: Estimate | None, old: Estimate | None) -> Change:
    """Return the change between two figures of different respondents; see intervals.difference()."""
    return judged(difference(new, old) if new and old else None)


def nps_change(new: Promoters | None, old: Promoters | None) -> Change:
    """Return the change between two NPS; see nps.nps_difference()."""
    return judged(nps_difference(new, old) if new and old else None)


def judged(found: Difference | None) -> Change:
    """Return a difference and its verdict: risen or fallen where p < SIGNIFICANT, unknown without a p."""
    if found is None or found.p is None:
        return Change(found, UNKNOWN)
    if found.p >= SIGNIFICANT:
        return Change(found, NONE)
    return Change(found, RISEN if found.value > 0 else FALLEN)


def discoveries(changes: Mapping[Name, Change], rate: float = SIGNIFICANT) -> dict[Name, Change]:
    """Return those of many changes that remain when no more than the share ``rate`` of them shall be false
    (Benjamini and Hochberg), the surest first."""
    known = [(key, one.p) for key, one in changes.items() if one.p is not None]
    kept = zip(known, benjamini_hochberg([p for _key, p in known], rate), strict=True)
    found = sorted((p, place) for place, ((_key, p), (_adjusted, discovery)) in enumerate(kept) if discovery)
    return {known[place][0]: changes[known[place][0]] for _p, place in found}
