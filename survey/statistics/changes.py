"""Whether a figure changed between two periods, or two groups differ: a verdict, and its p-value."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from .differences import Difference, difference
from .intervals import Estimate, Interval
from .nps import Promoters
from .ranks import benjamini_hochberg

SIGNIFICANT = 0.05
NONE, RISEN, FALLEN, UNKNOWN = "none", "risen", "fallen", "unknown"

Name = TypeVar("Name", bound=Hashable)


@dataclass(frozen=True)
class Change:
    """A difference between two figures and the verdict about it.

    ``difference`` is new − old, in the figure's unit. ``verdict`` is "risen" or "fallen" where the two-sided
    p is below 0.05; "none" where there is no evidence of a change, which is not evidence that there is none;
    "unknown" where the answers cannot tell, because a figure is missing or has no standard error.
    """

    difference: Difference | None
    verdict: str

    @property
    def value(self) -> float | None:
        """Return the difference in the figure's unit; None where a figure is missing."""
        return self.difference.value if self.difference else None

    @property
    def p(self) -> float | None:
        """Return the two-sided p-value, 0 to 1; None where it is unknown."""
        return self.difference.p if self.difference else None

    def interval(self, level: float = 0.95) -> Interval | None:
        """Return the interval of the difference; None where p is unknown."""
        return self.difference.interval(level) if self.difference else None


def change(new: Estimate | None, old: Estimate | None) -> Change:
    """Return the change between two figures of different respondents; see intervals.difference()."""
    return judge(difference(new, old) if new and old else None)


def nps_change(new: Promoters | None, old: Promoters | None) -> Change:
    """Return the change between two NPS of different respondents."""
    return change(new.estimate if new else None, old.estimate if old else None)


def judge(comparison: Difference | None) -> Change:
    """Return the difference with its verdict: risen or fallen where p < SIGNIFICANT, unknown without a p."""
    if comparison is None or comparison.p is None:
        return Change(comparison, UNKNOWN)
    if comparison.p >= SIGNIFICANT:
        return Change(comparison, NONE)
    return Change(comparison, RISEN if comparison.value > 0 else FALLEN)


def judge_together(changes: Mapping[Name, Change], rate: float = SIGNIFICANT) -> dict[Name, Change]:
    """Return all changes, in their order, as risen or fallen only where they are among the discoveries()."""
    discovered = discoveries(changes, rate)
    return {
        name: candidate
        if name in discovered or candidate.verdict not in (RISEN, FALLEN)
        else replace(candidate, verdict=NONE)
        for name, candidate in changes.items()
    }


def discoveries(changes: Mapping[Name, Change], rate: float = SIGNIFICANT) -> dict[Name, Change]:
    """Return the changes that are discoveries when at most the share ``rate``, 0 to 1, of all discoveries may
    be false (Benjamini and Hochberg), the smallest p first."""
    known = [(name, candidate.p) for name, candidate in changes.items() if candidate.p is not None]
    tests = benjamini_hochberg([p for _name, p in known], rate)
    ranked = sorted((p, i) for i, ((_name, p), test) in enumerate(zip(known, tests, strict=True)) if test[1])
    return {known[i][0]: changes[known[i][0]] for _p, i in ranked}
