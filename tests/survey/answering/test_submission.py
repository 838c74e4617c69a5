"""Submitting, with real processes: a submission is stored as one response in spite of races."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from flask import current_app
from sqlalchemy import text

from survey.answering.queries import SealedContact, Submission, storing
from survey.answering.submission import MaximumReached, hand_in
from survey.db import db
from survey.links.models import Link
from survey.questionnaires.models import Questionnaire
from survey.questionnaires.rules.limits import ResponseLimits
from survey.responses import limiting
from survey.responses.models import Contact, Response, Waiting
from survey.rewards.claims import code_hash
from survey.rewards.models.campaigns import Purse
from survey.rewards.models.claims import Claim
from survey.rewards.verification import verify
from survey.transaction import driver_transaction
from tests import factories
from tests.factories import TODAY
from tests.locks import PATIENCE, meanwhile, until_somebody_waits
from tests.processes import at_once
from tests.survey.tallies.answers import release_all


@pytest.fixture
def submission(app):
    return new_submission()


def new_submission():
    version = factories.version()
    link = factories.link(of=version)
    return Submission(
        place_id=link.place_id,
        submission_id=uuid.uuid4(),
        employee_id=None,
        version_id=version.id,
        day=TODAY,
        channel="qr",
        locale="en",
        answers={"quality": 4, "comment": "好"},
        claim_hash=code_hash("a code"),
        points=10,
        campaign_id=factories.campaign(10, version).id,
        expires_on=TODAY,
    )


def count():
    db.session.rollback()
    return tuple(db.session.query(table).count() for table in (Waiting, Waiting, Claim))


def test_a_submission_is_new_only_once(submission):
    assert hand_in(submission) is True
    assert hand_in(submission) is False
    assert count() == (1, 1, 1)


def test_a_repeat_with_another_claim_code_earns_nothing_more(submission):
    hand_in(submission)
    assert hand_in(replace(submission, claim_hash=code_hash("another"))) is False
    assert count() == (1, 1, 1)


def test_a_claim_code_used_for_a_second_submission_pays_once(submission):
    hand_in(submission)
    assert hand_in(replace(submission, submission_id=uuid.uuid4())) is True
    assert count() == (2, 2, 1)


@pytest.mark.parametrize("stepwise", [False, True])
def test_points_are_committed_only_together_with_a_new_claim(submission, stepwise):
    if stepwise:
        submission = with_maximum(submission)
    for _ in range(8):
        assert hand_in(replace(submission, submission_id=uuid.uuid4())) is True
    assert count() == (8, 8, 1)
    assert sum(purse.committed for purse in db.session.query(Purse)) == submission.points
    assert list(verify()) == []


def test_a_submission_that_was_released_since_is_not_stored_again(submission):
    for code in "abcde":
        hand_in(replace(submission, submission_id=uuid.uuid4(), claim_hash=code_hash(code)))
    assert count() == (5, 5, 5)
    submission = replace(submission, submission_id=db.session.query(Waiting.id).first()[0])
    release_all()
    assert db.session.query(Response).count() == 5
    assert hand_in(replace(submission, claim_hash=None)) is False
    assert hand_in(submission) is False
    assert count() == (0, 0, 5)
    assert list(verify()) == []


def test_a_failure_half_way_stores_nothing(submission):
    with pytest.raises(Exception, match="points"):
        hand_in(replace(submission, points=0))
    assert count() == (0, 0, 0)


def hand_in_all(submission, identities):
    """Submit once under each of ``identities``; return how many were new."""
    return sum(
        hand_in(replace(submission, submission_id=identity, claim_hash=identity.bytes * 2))
        for identity in identities
    )


def test_processes_with_the_same_submissions_store_each_once(app, submission):
    identities = [uuid.uuid4() for _ in range(40)]
    assert sum(at_once(app.config["SETTINGS"], hand_in_all, [(submission, identities)] * 6)) == 40
    assert count() == (40, 40, 40)


def test_processes_with_different_submissions_lose_none(app, submission):
    calls = [(submission, [uuid.uuid4() for _ in range(40)]) for _ in range(6)]
    assert at_once(app.config["SETTINGS"], hand_in_all, calls) == [40] * 6
    assert count() == (240, 240, 240)


def test_a_submission_reconnects_after_a_restart_of_the_database(postgresql_app):
    first = new_submission()
    assert hand_in(first) is True
    db.session.rollback()
    with db.engine.connect() as other:
        terminate = (
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
        )
        other.execute(text(f"{terminate} AND pid <> pg_backend_pid()"))
        other.invalidate()
    assert hand_in(replace(first, submission_id=uuid.uuid4(), claim_hash=None)) is True
    assert count() == (2, 2, 1)


PROCESSES, THREADS, PLACES = 8, 8, 23


def try_at_once(submission, identities):
    """Submit under each of ``identities`` at the same time; return "new", "known" or "full" for each."""
    app = current_app._get_current_object()

    def attempt(identity):
        with app.app_context():
            try:
                is_new = hand_in(replace(submission, submission_id=identity, claim_hash=identity.bytes * 2))
            except MaximumReached:
                return "full"
        return "new" if is_new else "known"

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(attempt, identities))


def with_maximum(submission):
    """Give the questionnaire a maximum and its link a higher one, and return the submission with both."""
    link = db.session.query(Link).one()
    limiting.limit_questionnaire(link.questionnaire_id, ResponseLimits(maximum=PLACES))
    limiting.limit_link(link.id, ResponseLimits(maximum=PLACES + 10))
    return replace(submission, limit_rows=(("questionnaire", link.questionnaire_id), ("link", link.id)))


def taken():
    db.session.rollback()
    return tuple(db.session.query(table.taken).scalar() for table in (Questionnaire, Link))


def test_exactly_the_maximum_of_64_concurrent_submissions_is_stored(app, submission):
    submission = with_maximum(submission)
    work = [(submission, [uuid.uuid4() for _ in range(THREADS)]) for _ in range(PROCESSES)]
    results = [
        outcome for outcomes in at_once(app.config["SETTINGS"], try_at_once, work) for outcome in outcomes
    ]
    assert results.count("new") == PLACES
    assert results.count("full") == PROCESSES * THREADS - PLACES
    assert count() == (PLACES, PLACES, PLACES)
    assert taken() == (PLACES, PLACES)


def test_repeats_of_the_same_submissions_are_counted_once(app, submission):
    submission = with_maximum(submission)
    identities = [uuid.uuid4() for _ in range(THREADS)]
    results = at_once(app.config["SETTINGS"], try_at_once, [(submission, identities)] * PROCESSES)
    assert sum(part.count("new") for part in results) == THREADS
    assert sum(part.count("known") for part in results) == THREADS * (PROCESSES - 1)
    assert taken() == (THREADS, THREADS)


def test_a_repeat_is_recognised_after_the_maximum_is_reached(submission):
    submission = with_maximum(submission)
    limiting.limit_questionnaire(submission.limit_rows[0][1], ResponseLimits(maximum=1))
    assert hand_in(submission) is True
    assert hand_in(submission) is False
    with pytest.raises(MaximumReached):
        hand_in(replace(submission, submission_id=uuid.uuid4()))
    assert count() == (1, 1, 1)
    assert taken() == (1, 1)


def test_a_maximum_that_was_removed_meanwhile_rejects_no_submission(submission):
    submission = with_maximum(submission)
    for table, key in submission.limit_rows:
        (limiting.limit_link if table == "link" else limiting.limit_questionnaire)(key, ResponseLimits())
    assert hand_in(submission) is True


def test_a_contact_is_stored_once_with_its_response_or_not_at_all(submission):
    link = db.session.query(Link).one()
    contact = SealedContact(link.questionnaire_id, TODAY, b"name", b"phone")
    submission = replace(submission, contacts=(contact,))
    for expected in (True, False):
        assert hand_in(submission) is expected
    db.session.rollback()
    stored = db.session.query(Contact).one()
    assert (stored.place_id, stored.week, stored.name, stored.phone) == (
        submission.place_id,
        TODAY,
        b"name",
        b"phone",
    )
    limiting.limit_link(link.id, ResponseLimits(maximum=1))
    limited_submission = replace(submission, claim_hash=None, limit_rows=(("link", link.id),))
    hand_in(replace(limited_submission, submission_id=uuid.uuid4()))
    with pytest.raises(MaximumReached):
        hand_in(replace(limited_submission, submission_id=uuid.uuid4()))
    db.session.rollback()
    assert db.session.query(Contact).count() == 2


def test_a_submission_with_a_maximum_reconnects_after_a_restart_of_the_database(postgresql_app):
    first = with_maximum(new_submission())
    assert hand_in(first) is True
    db.session.rollback()
    with db.engine.connect() as other:
        terminate = (
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
        )
        other.execute(text(f"{terminate} AND pid <> pg_backend_pid()"))
        other.invalidate()
    assert hand_in(replace(first, submission_id=uuid.uuid4(), claim_hash=None)) is True
    assert taken() == (2, 2)


def hold_the_last_purse(cursor):
    """Lock the last purse that is not empty, as the first of two concurrent requests does."""
    cursor.execute("UPDATE purse SET committed = allotted WHERE number > 0")
    cursor.connection.commit()
    cursor.execute("SELECT number FROM purse WHERE number = 0 FOR UPDATE")


def test_repeats_at_the_last_purse_do_not_deadlock(postgresql_app):
    """The repeat waits for the purse; it must not have locked the response that the first request needs."""
    submission = new_submission()
    with driver_transaction() as cursor:
        hold_the_last_purse(cursor)
        with meanwhile(lambda: hand_in(submission)) as repeat:
            until_somebody_waits()
            assert storing.hand_in_in_steps(cursor, submission) is True
            cursor.connection.commit()
            assert repeat.result(PATIENCE) is False
    assert count() == (1, 1, 1)
