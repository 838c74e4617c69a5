"""Released answers are counted exactly, and as their batches are shown."""

from datetime import date, timedelta

from sqlalchemy import func, select

from survey.batches.models import Carried
from survey.db import db
from survey.responses.models import Waiting
from survey.tallies import counting, verification
from survey.tallies.counting import CountedAnswers, Counter, at_place, recount
from survey.tallies.models import Tally
from survey.tallies.rules.parts import EVERYBODY, UNFLAGGED, Common
from tests import factories
from tests.survey.tallies.answers import ALIKE, DAY, RATINGS, days, give, release_all, some

QR = Common("qr", "zh", UNFLAGGED)
RATED = dict.fromkeys(RATINGS, 4)


def sizes(by_common) -> dict[Common, int]:
    return {common: int(sums.rows[:, 0].sum()) for common, sums in by_common.items()}


def counted(version, given: dict, common: Common = QR, day: date = DAY) -> CountedAnswers:
    return CountedAnswers(version.id, (7, 0), common, day, None, given)


def test_answers_are_counted_by_version_and_part(app):
    version, other = factories.version(), factories.version()
    counter = Counter()
    counter.count([counted(version, ALIKE), counted(version, ALIKE), counted(other, ALIKE)])
    counter.count([counted(version, ALIKE, EVERYBODY), counted(version, ALIKE)])
    assert {version_id: sizes(by_common) for version_id, by_common in counter.sums().items()} == {
        version.id: {QR: 3, EVERYBODY: 1},
        other.id: {QR: 1},
    }


def test_answers_that_are_taken_away_leave_no_count(app):
    version = factories.version()
    counter = Counter()
    counter.count([counted(version, ALIKE)])
    counter.count([counted(version, ALIKE)], -1)
    assert not counter.sums()[version.id][QR].rows.any()


def test_the_counts_of_a_place_include_only_released_answers(app):
    point, version = factories.place(), factories.version()
    give(point, version, *some(6))
    assert recount(point.id) == ({}, {})
    release_all()
    give(point, version, *some(3))
    exact, released = recount(point.id)
    assert sizes(exact[version.id]) == {EVERYBODY: 6}
    assert sizes(released[version.id]) == {QR: 6}


def test_exact_counts_keep_the_day_of_each_answer_and_released_ones_the_last_of_the_batch(app):
    point, version = factories.place(), factories.version()
    first, second, third = days(3)
    for day, number in ((first, 3), (second, 4), (third, 5)):
        give(point, version, *some(number), day=day)
    release_all()
    exact, released = recount(point.id)
    assert at_place(point.id, exact[version.id]).keys() == [
        (point.id, 0, day) for day in (first, second, third)
    ]
    assert at_place(point.id, exact[version.id]).rows[:, 0].tolist() == [3, 4, 5]
    assert at_place(point.id, released[version.id]).keys() == [(point.id, 0, third)]
    assert at_place(point.id, released[version.id]).rows[:, 0].tolist() == [12]


def test_an_employee_is_named_by_exact_counts_and_by_a_batch_of_their_own_only(app):
    point, version = factories.place(), factories.version()
    wang, li = factories.employee(point), factories.employee(point)
    give(point, version, *some(5), served_by=wang)
    give(point, version, *some(2), served_by=li)
    give(point, version, *some(6))
    release_all()
    exact, released = recount(point.id)
    numbers = dict(
        zip(
            at_place(point.id, exact[version.id]).keys(),
            at_place(point.id, exact[version.id]).rows[:, 0].tolist(),
            strict=True,
        )
    )
    assert numbers == {(point.id, 0, DAY): 13, (point.id, wang.id, DAY): 5, (point.id, li.id, DAY): 2}
    shown = at_place(point.id, released[version.id])
    assert shown.keys() == [(point.id, 0, DAY), (point.id, wang.id, DAY)]
    assert shown.rows[:, 0].tolist() == [13, 5]


def respondents(at) -> int:
    """Return how many respondents the released tallies of months count."""
    statement = select(func.sum(Tally.n)).filter_by(
        place_id=at.id, view="released", grain="month", part_id=0, employee_id=0
    )
    db.session.rollback()
    return db.session.scalar(statement) or 0


def shown_by_day(at, version) -> dict[date, tuple[int, int]]:
    """Return, by the day as of which they are shown, the respondents and the answers to the NPS question."""
    _exact, released = recount(at.id)
    layout = counting.Layout.of(version.definition)
    [column] = [one for one in layout.counted if one.column.key == "nps"]
    sums = at_place(at.id, released[version.id])
    return {
        day: (int(row[0]), int(row[column.start : column.end].sum()))
        for (_place, _employee, day), row in zip(sums.keys(), sums.rows, strict=True)
    }


def test_a_carried_question_is_counted_with_the_later_batch_and_adds_no_respondent(app):
    point, version = factories.place(), factories.version()
    first, later = DAY, DAY + timedelta(31)
    give(point, version, *[RATED] * 17, *[RATED | {"nps": 9}] * 3, day=first)
    release_all()
    assert shown_by_day(point, version) == {first: (20, 0)}
    give(point, version, *[RATED] * 16, *[RATED | {"nps": 9}] * 4, day=later)
    release_all()
    assert db.session.scalars(select(Carried.question).distinct()).all() == ["nps"]
    assert shown_by_day(point, version) == {first: (20, 0), later: (20, 7)}
    assert respondents(point) == 40
    assert list(verification.verify()) == []


def test_what_waits_is_in_no_tally(app):
    point, version = factories.place(), factories.version()
    give(point, version, *some(4))
    assert release_all() == 0
    assert db.session.scalar(select(func.count()).select_from(Waiting)) == 4
    assert db.session.scalar(select(func.count()).select_from(Tally)) == 0
