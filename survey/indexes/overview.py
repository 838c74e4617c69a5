"""The use case "glance": the figures of one place or employee, and their changes since the period before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from survey import settings
from survey.periods import Period
from survey.statistics.changes import UNKNOWN, Change, change, discoveries, judge_together, nps_change
from survey.tallies.reading import pool_of, totals
from survey.tallies.rules.parts import UNFLAGGED
from survey.tallies.subject_key import SubjectKey
from survey.weighting.figure_query import FigureQuery, read_rows

from .rules.choices import QuestionChoices, choices
from .rules.figure_names import INDEX, NPS, SATISFIED
from .rules.measures import Measures, measures
from .rules.signs import Signs, signs


@dataclass(frozen=True)
class Glance:
    """The released figures of the period (``now``) and of the period ``before`` it (``earlier``).

    ``changes`` are by "index", "nps" and "satisfied" (in per cent), judged together. ``moved`` holds the
    questions whose score changed significantly, by code, with the false discovery rate among all questions
    held to 5%, the most certain first. ``signs`` are those of carelessness; ``unflagged`` has the figures of
    respondents known to show none, and is None where the query already filters by care. ``answered`` has the
    figures as answered where ``now`` and ``earlier`` are weighted, else None.
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
    """Return the figures of a place or employee, with one SQL statement for each period and one more for the
    responses without signs. The period is compared with period.before(). ``withheld`` includes the questions
    whose results are withheld from those assessed. ``choices`` and ``signs`` are counts, so weights do not
    change them."""
    pool = pool_of(query.versions, withheld)
    least = settings.current().minimum_group
    before = replace(query, period=query.period.before())
    row = totals(pool, query, [about])[0]

    def released_measures(period_query: FigureQuery) -> Measures:
        rows, numbers = read_rows(pool, period_query, [about])
        return measures(pool, rows[0], least).with_respondents(numbers[0])

    now, earlier = released_measures(query), released_measures(before)
    unflagged = replace(query, only=query.only._replace(care=UNFLAGGED))
    return Glance(
        query.period,
        before.period,
        now,
        earlier,
        _changes(now, earlier),
        changed_questions(now, earlier),
        choices(pool, row, least),
        signs(pool, row, least),
        None if query.only.care else released_measures(unflagged),
        measures(pool, row, least) if query.weighing else None,
    )


def _changes(now: Measures, earlier: Measures) -> dict[str, Change]:
    satisfied = Change(None, UNKNOWN)
    if now.satisfied and earlier.satisfied:
        satisfied = change(now.satisfied.estimate, earlier.satisfied.estimate)
    return judge_together(
        {
            INDEX: change(now.index, earlier.index),
            NPS: nps_change(now.promoters, earlier.promoters),
            SATISFIED: satisfied,
        }
    )


def changed_questions(now: Measures, earlier: Measures) -> dict[str, Change]:
    """Return the questions whose score changed significantly; see Glance.moved."""
    earlier_scores = {question.code: question.score for question in earlier.questions}
    return discoveries(
        {
            question.code: change(question.score, earlier_scores.get(question.code))
            for question in now.questions
        }
    )
