"""The use case "glance": the figures of one place or employee, and what changed since the period before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from survey import settings
from survey.periods import Period
from survey.statistics.changes import UNKNOWN, Change, change, discoveries, nps_change
from survey.tallies.reading import pool_of, totals
from survey.tallies.rules.parts import UNFLAGGED
from survey.tallies.subject_key import SubjectKey
from survey.weighting.figure_query import FigureQuery, read_rows

from .rules.choices import QuestionChoices, choices
from .rules.measures import Measures, measures
from .rules.named import INDEX, NPS, SATISFIED
from .rules.signs import Signs, signs


@dataclass(frozen=True)
class Glance:
    """``now`` and ``earlier``: the released figures of the period and of the one ``before`` it.

    ``changes``: by "index", "nps" and "satisfied" (in per cent). ``moved``: the questions whose score
    changed, by code, false discoveries among all questions held to 5 %; the surest first. ``signs`` of
    carelessness, and the figures of those who are known to show none (None where all are asked for like
    that). ``answered``: the figures as answered, where ``now`` and ``earlier`` are weighted.
    """

    period: Period
    before: Period
    now: Measures
    earlier: Measures
    changes: Mapping[str, Change]
    moved: Mapping[str, Change]
    choices: Sequence[QuestionChoices] = ()
    signs: Signs | None = None
    unflagged: Measures | None = None
    answered: Measures | None = None


def glance(query: FigureQuery, about: SubjectKey, withheld: bool = False) -> Glance:
    """Read with one statement a period, and one more for those without signs. The period is compared with
    period.before(); ``withheld``: with the questions that are withheld from whoever is assessed. Weights do
    not change ``choices`` and ``signs``, which count."""
    pool = pool_of(query.versions, withheld)
    least = settings.current().minimum_group
    before = replace(query, period=query.period.before())
    row = totals(pool, query, [about])[0]

    def measured(asked: FigureQuery) -> Measures:
        rows, numbers = read_rows(pool, asked, [about])
        return measures(pool, rows[0], least).of(numbers[0])

    now, earlier = measured(query), measured(before)
    unflagged = replace(query, only=query.only._replace(care=UNFLAGGED))
    return Glance(
        query.period,
        before.period,
        now,
        earlier,
        _changes(now, earlier),
        moved(now, earlier),
        choices(pool, row, least),
        signs(pool, row, least),
        None if query.only.care else measured(unflagged),
        measures(pool, row, least) if query.weighing else None,
    )


def _changes(now: Measures, earlier: Measures) -> dict[str, Change]:
    satisfied = Change(None, UNKNOWN)
    if now.satisfied and earlier.satisfied:
        satisfied = change(now.satisfied.estimate, earlier.satisfied.estimate)
    return {
        INDEX: change(now.index, earlier.index),
        NPS: nps_change(now.promoters, earlier.promoters),
        SATISFIED: satisfied,
    }


def moved(now: Measures, earlier: Measures) -> dict[str, Change]:
    """Return the questions whose score changed; see Glance."""
    then = {one.code: one.score for one in earlier.questions}
    return discoveries({one.code: change(one.score, then.get(one.code)) for one in now.questions})
