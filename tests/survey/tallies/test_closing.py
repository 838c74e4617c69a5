"""Batches close by the calendar, release what they hold and nothing else, once."""

import dataclasses
import uuid
from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, update

from survey.answering.queries import Submission
from survey.answering.submission import hand_in
from survey.batches.models import Batch, Carried, Queue
from survey.batches.opening import open_queues
from survey.db import db
from survey.questionnaires.rules.limits import ResponseLimits
from survey.responses import limiting
from survey.responses.models import Response, Waiting
from survey.rewards.claims import code_hash
from survey.rewards.models.claims import Claim
from survey.settings import Settings
from survey.tallies import closing, counting, rebuilding, verification
from survey.tallies.history import release_files
from survey.tallies.models import Tally
from survey.tallies.rules.cells import Layout, unpack
from tests import factories
from tests.processes import at_once
from tests.survey.tallies.answers import ALIKE, RATINGS, give

OPENED = date(2026, 1, 1)


@pytest.fixture(autouse=True)
def of_ten(app, monkeypatch):
    """Let ten be the fewest that are shown, as it is in companies."""
    monkeypatch.setitem(app.config, "SETTINGS", dataclasses.replace(app.config["SETTINGS"], minimum_group=10))


@pytest.fixture
def on_day(app, monkeypatch):
    """Close whatever is due when it is that day."""

    def close(day: date) -> int:
        db.session.rollback()
        monkeypatch.setattr(type(app.config["SETTINGS"]), "closing_day", lambda _self: day)
        return closing.close_all()

    return close


@pytest.fixture
def point(app):
    """A service point whose queue is open."""
    at, version = factories.place(), factories.version()
    open_queues([(at.id, version.questionnaire_id)], OPENED)
    return at, version


def day(number: int) -> date:
    return OPENED + timedelta(number)


def shown(at) -> int:
    return (
        db.session.scalar(
            select(func.sum(Tally.n)).where(
                Tally.place_id == at.id,
                Tally.view == "released",
                Tally.grain == "month",
                Tally.part_id == 0,
                Tally.employee_id == 0,
            )
        )
        or 0
    )


def test_nothing_is_released_before_the_closing_day(point, on_day):
    at, version = point
    give(at, version, *[ALIKE] * 50, day=day(0))
    assert on_day(day(27)) == 0
    assert shown(at) == 0


def test_the_first_batch_closes_after_28_days_and_holds_four_back(point, on_day):
    at, version = point
    give(at, version, *[ALIKE] * 50, day=day(0))
    assert on_day(day(28)) == 46
    assert shown(at) == 46
    assert (
        db.session.scalar(select(func.count()).select_from(Waiting).where(Waiting.queue_id.is_not(None))) == 4
    )


def test_answers_of_the_closing_day_wait_for_the_next_batch(point, on_day):
    at, version = point
    give(at, version, *[ALIKE] * 30, day=day(27))
    give(at, version, *[ALIKE] * 30, day=day(28))
    assert on_day(day(28)) == 26


def test_too_few_wait_for_another_28_days(point, on_day):
    at, version = point
    give(at, version, *[ALIKE] * 19, day=day(0))
    assert on_day(day(28)) == 0
    give(at, version, *[ALIKE] * 1, day=day(30))
    assert on_day(day(55)) == 0
    assert on_day(day(56)) == 20


def batches_at(at) -> list[tuple[int, str, date, int]]:
    """Return each batch of a point: the employee and channel of its queue, its closing day and size."""
    db.session.rollback()
    rows = db.session.execute(
        select(Queue.employee_id, Queue.channel, Batch.closed_on, Batch.n)
        .join(Queue, Queue.id == Batch.queue_id)
        .where(Queue.place_id == at.id)
        .order_by(Batch.closed_on, Queue.employee_id.is_not(None), Queue.channel)
    )
    return [(employee_id or 0, channel, closed_on, n) for employee_id, channel, closed_on, n in rows]


def terms(at) -> list[tuple]:
    """Return what is fixed of each open queue of a point."""
    db.session.rollback()
    queues = db.session.scalars(select(Queue).filter_by(place_id=at.id, ended_on=None).order_by(Queue.id))
    return [
        (one.of, one.since, one.opens_on, one.closes_on, one.floor, one.reserve, one.rate) for one in queues
    ]


def waiting() -> int:
    return db.session.scalar(select(func.count()).select_from(Waiting)) or 0


def test_a_late_worker_releases_what_a_punctual_one_would(app, on_day):
    """Which answers are held back is drawn by lot; when batches close, and how large they are, is not."""
    version = factories.version()
    punctual, late = factories.place(), factories.place()

    def give_day(at, number: int) -> None:
        give(at, version, *[ALIKE] * (4 if number < 100 else 1), day=day(number))
        if number < 80:
            give(at, version, *[ALIKE] * 4, day=day(number), channel="sms")

    open_queues([(punctual.id, version.questionnaire_id)], OPENED)
    for number in range(160):
        give_day(punctual, number)
        on_day(day(number + 1))
    for number in range(160):
        give_day(late, number)
    open_queues([(late.id, version.questionnaire_id)], OPENED)
    on_day(day(160))
    assert batches_at(late) == batches_at(punctual)
    assert {channel for _employee, channel, _day, _n in batches_at(late)} == {"", "sms", "qr"}
    assert terms(late) == terms(punctual)
    assert min(n for *_of, n in batches_at(late)) >= 10
    assert list(verification.verify()) == []


def test_arrivals_after_the_opening_of_a_batch_change_nothing_of_it(point, on_day):
    at, version = point
    stranger = factories.employee(at)
    for number in range(70):
        give(at, version, *[ALIKE] * 2, day=day(number))
        on_day(day(number))
    before, released = terms(at), batches_at(at)
    [(_of, _since, opens_on, closes_on, *_numbers)] = before
    assert (closes_on - opens_on).days > 1
    for number in range((opens_on - OPENED).days, (closes_on - OPENED).days):
        give(at, version, *[ALIKE] * 300, day=day(number), served_by=stranger, channel="sms")
        assert on_day(day(number)) == 0
    assert (terms(at), batches_at(at)) == (before, released)
    give(at, version, *[ALIKE] * 300, day=closes_on)
    on_day(closes_on)
    [*_earlier, (employee_id, _channel, closed_on, _n)] = batches_at(at)
    assert (employee_id, closed_on) == (0, closes_on)
    days = db.session.scalars(select(Response.day)).all()
    assert max(days) == closes_on - timedelta(1)


def test_an_answer_handed_in_for_a_past_day_waits_for_the_next_batch(point, on_day):
    at, version = point
    give(at, version, *[ALIKE] * 30, day=day(5))
    on_day(day(28))
    assert batches_at(at) == [(0, "", day(28), 26)]
    give(at, version, *[ALIKE] * 30, day=day(5))
    assert on_day(day(55)) == 0
    assert on_day(day(56)) == 30
    assert batches_at(at) == [(0, "", day(28), 26), (0, "", day(56), 30)]


def test_every_answer_is_released_once_and_tallies_agree(point, on_day):
    at, version = point
    for number in range(120):
        give(at, version, *[ALIKE] * 4, day=day(number))
    for number in range(0, 130, 3):
        on_day(day(number))
    ids = Counter(db.session.execute(select(Response.id)).scalars())
    assert max(ids.values()) == 1
    assert 0 < waiting() < 100
    assert len(ids) + waiting() == 480
    assert shown(at) == len(ids)
    assert list(verification.verify()) == []
    list(rebuilding.rebuild())
    assert list(verification.verify()) == []
    assert shown(at) == len(ids)


def nps_shown(at, version) -> list[tuple[date, int, int]]:
    """Return (day, respondents, answers to the NPS question) of each released tally of a day."""
    [column] = [one for one in Layout.of(version.definition).counted if one.column.key == "nps"]
    rows = db.session.execute(
        select(Tally.start, Tally.n, Tally.cells)
        .filter_by(place_id=at.id, view="released", grain="day", part_id=0, employee_id=0)
        .order_by(Tally.start)
    )
    return [(start, n, int(unpack(n, cells)[column.start : column.end].sum())) for start, n, cells in rows]


def test_a_question_that_few_answer_is_carried_until_ten_did(point, on_day):
    at, version = point
    rated = dict.fromkeys(RATINGS, 4)
    for number in range(200):
        give(at, version, *[rated] * 3, *[rated | {"nps": 9}] * (number % 5 == 0), day=day(number))
    on_day(day(200))
    carried = db.session.scalars(select(Carried)).all()
    assert {one.question for one in carried} == {"nps"}
    by_day = nps_shown(at, version)
    assert {n for _day, _respondents, n in by_day if n < 10} == {0}
    assert len([n for _day, _respondents, n in by_day if n]) >= 2
    assert all(respondents >= 10 for _day, respondents, _n in by_day)
    hidden = {one.batch_id for one in carried if one.shown_in is None}
    given = [one.batch_id for one in db.session.scalars(select(Response)) if "nps" in one.answers]
    assert sum(n for *_of, n in by_day) == len([batch_id for batch_id in given if batch_id not in hidden])
    assert list(verification.verify()) == []


def test_a_class_with_enough_answers_gets_a_queue_of_its_own(point, on_day):
    at, version = point
    served_by = factories.employee(at)
    for number in range(90):
        give(at, version, *[ALIKE] * 4, day=day(number), served_by=served_by)
        give(at, version, *[ALIKE] * 1, day=day(number))
    on_day(day(90))
    [own] = db.session.scalars(select(Queue).where(Queue.employee_id == served_by.id))
    assert (own.since, own.ended_on) == (day(56), None)
    batches = batches_at(at)
    assert min(closed_on for employee_id, _channel, closed_on, _n in batches if employee_id) > day(56)
    of_own = select(Response.employee_id, Response.day).join(Batch, Batch.id == Response.batch_id)
    released = db.session.execute(of_own.where(Batch.queue_id == own.id)).all()
    assert released
    assert all(employee_id == served_by.id and given >= day(56) for employee_id, given in released)
    assert list(verification.verify()) == []


def test_the_queue_of_a_class_that_brings_no_more_ends_and_gives_its_reserve_to_the_common_one(point, on_day):
    at, version = point
    served_by = factories.employee(at)
    for number in range(700):
        give(at, version, ALIKE, day=day(number), channel="sms", language="en", seconds=1)
        if number < 84:
            give(at, version, *[ALIKE] * 4, day=day(number), served_by=served_by)
    on_day(day(100))
    [own] = db.session.scalars(select(Queue).where(Queue.employee_id == served_by.id))
    own_id, common_id = own.id, db.session.scalar(select(Queue.id).where(Queue.employee_id.is_(None)))
    held = set(db.session.scalars(select(Waiting.id).filter_by(queue_id=own_id)))
    assert (own.ended_on, len(held) >= 4) == (None, True)
    number = 100
    while db.session.get_one(Queue, own_id).ended_on is None:
        number += 1
        left = set(db.session.scalars(select(Waiting.id).filter_by(queue_id=own_id)))
        on_day(day(number))
        db.session.expire_all()
    closings = {closed_on for employee_id, _channel, closed_on, _n in batches_at(at) if not employee_id}
    assert day(number) in closings
    assert left
    assert db.session.scalars(select(Waiting.id).filter_by(queue_id=own_id)).all() == []
    assert left <= set(db.session.scalars(select(Waiting.id).filter_by(queue_id=common_id)))
    on_day(day(700))
    released = db.session.execute(
        select(Batch.queue_id).join(Response, Response.batch_id == Batch.id).where(Response.id.in_(left))
    ).scalars()
    assert set(released) == {common_id}
    assert list(verification.verify()) == []


def test_the_queue_of_a_class_ends_although_the_common_queue_gets_nothing(point, on_day):
    at, version = point
    for number in range(500):
        give(at, version, *[ALIKE] * (4 if number < 100 else 1), day=day(number))
    on_day(day(100))
    own = db.session.scalars(select(Queue.id).where(Queue.channel == "qr")).one()
    on_day(day(500))
    db.session.expire_all()
    assert db.session.get_one(Queue, own).ended_on is not None


def test_answers_of_files_are_in_no_batch_with_others(point, on_day):
    at, version = point
    for number in range(0, 60, 3):
        give(at, version, *[ALIKE] * 5, day=day(number))
    with db.engine.begin() as connection:
        connection.execute(update(Waiting).values(imported=True))
    files = set(db.session.scalars(select(Waiting.id)))
    for number in range(0, 60, 3):
        give(at, version, *[ALIKE] * 5, day=day(number))
    assert on_day(day(28)) == 46
    assert files == set(db.session.scalars(select(Waiting.id).where(Waiting.imported)))
    assert release_files(20) == 100
    on_day(day(60))
    rows = db.session.execute(
        select(Response.id, Queue.imported)
        .join(Batch, Batch.id == Response.batch_id)
        .join(Queue, Queue.id == Batch.queue_id)
    ).all()
    assert {key for key, imported in rows if imported} == files
    assert len(rows) > 100
    held = db.session.execute(select(Waiting.queue_id, Waiting.imported)).all()
    assert {imported for _queue_id, imported in held} == {False}
    assert list(verification.verify()) == []


def everything() -> list:
    """Return all that a closing may change."""
    db.session.rollback()
    db.session.expire_all()
    return [
        sorted(map(repr, db.session.execute(select(*table.__table__.columns)).all()))
        for table in (Waiting, Response, Queue, Batch, Carried, Tally)
    ]


@pytest.mark.parametrize("at_batch", [1, 2])
def test_a_failure_in_the_middle_leaves_nothing_half_done(app, on_day, monkeypatch, at_batch):
    version = factories.version()
    for at in (factories.place(), factories.place()):
        open_queues([(at.id, version.questionnaire_id)], OPENED)
        give(at, version, *[ALIKE] * 30, day=day(0))
    before, add_batches, calls = everything(), counting.add_batches, []

    def fail(*arguments):
        calls.append(arguments)
        add_batches(*arguments)
        if len(calls) == at_batch:
            raise OSError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(counting, "add_batches", fail)
        with pytest.raises(OSError, match="full"):
            on_day(day(28))
    assert everything() == before
    assert on_day(day(28)) == 52
    assert list(verification.verify()) == []


def close_in_process(when: date) -> int:
    """Close what is due on that day, in a process that ends then."""
    Settings.closing_day = lambda _self: when
    return closing.close_all()


def test_two_processes_that_close_at_once_release_nothing_twice(app, point):
    at, version = point
    for number in range(100):
        give(at, version, *[ALIKE] * 4, day=day(number))
    others = [factories.place() for _ in range(5)]
    open_queues([(other.id, version.questionnaire_id) for other in others], OPENED)
    for other in others:
        give(other, version, *[ALIKE] * 30, day=day(0))
    db.session.rollback()
    results = at_once(app.config["SETTINGS"], close_in_process, [(day(100),)] * 2)
    db.session.expire_all()
    ids = db.session.scalars(select(Response.id)).all()
    assert sum(results) == len(ids) == len(set(ids))
    assert len(ids) + waiting() == 400 + 150
    assert len(batches_at(others[0])) == 1
    assert db.session.scalar(select(func.sum(Batch.n))) == len(ids)
    assert list(verification.verify()) == []


def submission_to(at, version) -> Submission:
    return Submission(
        place_id=at.id,
        submission_id=uuid.uuid4(),
        employee_id=None,
        version_id=version.id,
        day=day(0),
        channel="qr",
        locale="zh",
        answers=ALIKE,
        claim_hash=None,
        points=10,
        campaign_id=factories.campaign(10, version).id,
        expires_on=factories.FAR,
    )


def stored() -> tuple[int, int, int]:
    """Return how many answers wait and are released, and how many claims there are."""
    db.session.rollback()
    return tuple(
        db.session.scalar(select(func.count()).select_from(table)) for table in (Waiting, Response, Claim)
    )


@pytest.mark.parametrize("earns", [True, False])
@pytest.mark.parametrize("is_limited", [True, False])
def test_a_repeat_of_a_submission_that_was_released_meanwhile_stores_nothing(
    point, on_day, earns, is_limited
):
    at, version = point
    first = submission_to(at, version)
    if is_limited:
        limiting.limit_questionnaire(version.questionnaire_id, ResponseLimits(maximum=100))
        first = dataclasses.replace(first, limit_rows=(("questionnaire", version.questionnaire_id),))
    if earns:
        first = dataclasses.replace(first, claim_hash=code_hash("a code"))
    assert hand_in(first) is True
    give(at, version, *[ALIKE] * 300, day=day(0))
    with db.engine.begin() as connection:  # the lot may hold the first copy back
        connection.execute(update(Queue).values(reserve=0))
    assert on_day(day(28)) == 301
    before = stored()
    assert before == (0, 301, int(earns))
    repeat = dataclasses.replace(first, day=day(28), claim_hash=code_hash("another") if earns else None)
    assert hand_in(repeat) is False
    assert stored() == before


def close_or_repeat(submissions: list[Submission] | None, when: date) -> int:
    """Close what is due on that day; or hand these in again and return how many were new."""
    if submissions is None:
        return close_in_process(when)
    return sum(hand_in(one) for one in submissions)


def test_repeats_that_race_with_a_closing_store_nothing(app, point):
    at, version = point
    first = submission_to(at, version)
    submissions = [
        dataclasses.replace(first, submission_id=uuid.uuid4(), claim_hash=code_hash(f"{number}"))
        for number in range(60)
    ]
    assert all(map(hand_in, submissions))
    give(at, version, *[ALIKE] * 300, day=day(0))
    repeats = [
        dataclasses.replace(one, day=day(28), claim_hash=code_hash(f"again {number}"))
        for number, one in enumerate(submissions * 5)
    ]
    db.session.rollback()
    work = [(repeats, day(28)), (None, day(28)), (repeats[::-1], day(28))]
    assert sorted(at_once(app.config["SETTINGS"], close_or_repeat, work)) == [0, 0, 356]
    assert stored() == (4, 356, 60)
    both = select(Waiting.id).join(Response, Response.id == Waiting.id)
    assert db.session.scalars(both).all() == []
    assert list(verification.verify()) == []
