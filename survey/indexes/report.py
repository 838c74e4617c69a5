"""What a page of indexes shows: the released figures of one place or employee and of those it lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from survey.questionnaires.models import Version

from .queries.subjects import Subject
from .reading import released
from .rules.figures import Figures
from .rules.periods import Period


@dataclass(frozen=True)
class Report:
    """``ranked`` are the listed, the highest index first; ``few`` those of whom too few answers may be
    shown. ``figures`` and ``monthly`` are those of the whole, None and empty without one."""

    figures: Figures | None
    monthly: Sequence[tuple[date, Figures]]
    ranked: Sequence[tuple[Subject, Figures]]
    few: Sequence[tuple[Subject, Figures]]


def report(
    versions: Sequence[Version], period: Period, about: Subject | None, listed: Sequence[Subject]
) -> Report:
    """Read with one statement, however many are listed; ``versions`` the newest first."""
    targets = [one.target for one in ([about] if about else []) + list(listed)]
    counts = released(versions, period, targets)
    found = [(one, counts.figures(one.target)) for one in listed]
    ranked = [(one, figures) for one, figures in found if figures.index is not None]
    return Report(
        figures=counts.figures(about.target) if about else None,
        monthly=list(counts.monthly(about.target, period)) if about else [],
        ranked=sorted(ranked, key=lambda one: -(one[1].index or 0)),
        few=[(one, figures) for one, figures in found if figures.index is None],
    )
