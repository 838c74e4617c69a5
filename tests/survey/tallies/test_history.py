"""What came in files is released by month and class, apart from what customers hand in."""

from collections import Counter
from datetime import date, timedelta

from sqlalchemy import func, select, update

from survey import settings
from survey.batches.models import Batch, Carried, Queue
from survey.db import db
from survey.places.models import Place
from survey.responses.models import Response, Waiting
from survey.tallies import verification
from survey.tallies.history import release_files
from survey.tallies.models import Tally
from tests import factories
from tests.survey.tallies.answers import ALIKE, RATINGS, give, release_all

RATED = dict.fromkeys(RATINGS, 4)
COMMENTED = RATED | {"comment": "好"}
NOVEMBER = date(2026, 11, 30)
JANUARY, FEBRUARY, MARCH = date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)


def bring(least: int = 0) -> int:
    """Release what came in files; ``least`` as release_files(), or the smallest group that may be shown."""
    db.session.rollback()
    return release_files(least or settings.current().minimum_group)


def give_file(at: Place, version, *answers: dict, day: date, **others: object) -> None:
    """Write answers as a file brings them."""
    give(at, version, *answers, day=day, **others)
    with db.engine.begin() as connection:
        connection.execute(update(Waiting).where(Waiting.day == day).values(imported=True))


def batches() -> list[tuple[date, int]]:
    """Return the day as of which each batch is shown, and its size, in the order of their release."""
    db.session.rollback()
    rows = db.session.execute(select(Batch.closed_on, Batch.n).order_by(Batch.id))
    return [(closed_on - timedelta(1), n) for closed_on, n in rows]


def test_answers_of_files_are_released_by_month(app):
    point, version = factories.place(), factories.version()
    for day in (date(2026, 1, 5), date(2026, 1, 20), date(2026, 2, 3)):
        give_file(point, version, *[ALIKE] * 15, day=day)
    assert bring(20) == 45
    assert batches() == [(date(2026, 1, 20), 45)]
    for day in (date(2026, 3, 5), date(2026, 4, 20)):
        give_file(point, version, *[ALIKE] * 25, day=day)
    assert bring(20) == 50
    assert batches()[1:] == [(date(2026, 3, 5), 25), (date(2026, 4, 20), 25)]
    assert list(verification.verify()) == []


def test_too_few_answers_wait_for_the_next_file(app):
    point, version = factories.place(), factories.version()
    give_file(point, version, *[ALIKE] * 12, day=JANUARY)
    assert bring(20) == 0
    assert db.session.scalar(select(func.count()).select_from(Waiting)) == 12
    give_file(point, version, *[ALIKE] * 8, day=MARCH)
    assert bring(20) == 20
    assert batches() == [(MARCH, 20)]


def test_a_class_of_a_month_is_a_batch_where_enough_are_together(app):
    point, version = factories.place(), factories.version()
    wang = factories.employee(point)
    give_file(point, version, *[ALIKE] * 20, day=JANUARY, served_by=wang)
    give_file(point, version, *[ALIKE] * 30, day=JANUARY)
    assert bring(20) == 50
    sizes = db.session.execute(select(Queue.employee_id, Batch.n).join(Queue, Queue.id == Batch.queue_id))
    assert {employee_id: n for employee_id, n in sizes if employee_id} == {wang.id: 20}
    assert min(n for _day, n in batches()) >= 20
    assert list(verification.verify()) == []


def test_the_smallest_class_of_a_month_joins_the_few_that_are_left(app):
    point, version = factories.place(), factories.version()
    give_file(point, version, *[ALIKE] * 21, day=JANUARY, channel="sms")
    give_file(point, version, *[ALIKE] * 40, day=JANUARY)
    give_file(point, version, *[ALIKE] * 4, day=JANUARY, channel="wechat")
    assert bring(20) == 65
    rows = db.session.execute(select(Queue.channel, Batch.n).join(Queue, Queue.id == Batch.queue_id))
    assert dict(map(tuple, rows)) == {"qr": 40, "": 25}
    assert list(verification.verify()) == []


def test_queues_of_files_hold_nothing_back_and_are_apart_from_live_queues(app):
    point, version = factories.place(), factories.version()
    give(point, version, *[ALIKE] * 30, day=JANUARY)
    db.session.rollback()
    with db.engine.begin() as connection:
        connection.execute(update(Waiting).values(imported=False))
    give_file(point, version, *[ALIKE] * 25, day=MARCH)
    assert bring(20) == 25
    db.session.rollback()
    assert db.session.scalars(select(Queue.imported)).all() == [True]
    assert db.session.scalars(select(Queue.reserve)).all() == [0]
    assert {one.day for one in db.session.scalars(select(Response))} == {MARCH}


def counted_respondents(at: Place) -> int:
    statement = select(func.sum(Tally.n)).filter_by(
        place_id=at.id, view="released", grain="month", part_id=0, employee_id=0
    )
    db.session.rollback()
    return db.session.scalar(statement) or 0


def test_a_second_file_of_the_same_days_counts_nobody_twice(app):
    """The carried question is shown with a batch of the same day."""
    point, version = factories.place(), factories.version()
    give_file(point, version, *[RATED] * 17, *[COMMENTED] * 3, day=NOVEMBER)
    bring()
    assert db.session.scalars(select(Carried.question)).all() == ["comment"]
    give_file(point, version, *[RATED] * 15, *[COMMENTED] * 5, day=NOVEMBER)
    bring()
    assert counted_respondents(point) == 40
    assert list(verification.verify()) == []


def test_a_file_of_earlier_months_shows_carried_questions_with_enough_answers_only(app):
    """Answers that were shown already do not count as those that wait."""
    point, version = factories.place(), factories.version()
    give_file(point, version, *[COMMENTED] * 20, day=MARCH)
    bring()
    for day, few in ((JANUARY, 3), (FEBRUARY, 1)):
        give_file(point, version, *[RATED] * 17, *[COMMENTED] * few, day=day)
        bring()
    db.session.rollback()
    given = Counter(one.batch_id for one in db.session.scalars(select(Response)) if "comment" in one.answers)
    shown_together: Counter[int] = Counter()
    for one in db.session.scalars(select(Carried).where(Carried.shown_in.is_not(None))):
        shown_together[one.shown_in] += given[one.batch_id]
    assert all(n >= settings.current().minimum_group for n in shown_together.values())


def test_all_that_waits_is_released_as_if_a_file_had_brought_it(app):
    point, version = factories.place(), factories.version()
    give(point, version)
    assert release_all() == 5
    assert list(verification.verify()) == []
