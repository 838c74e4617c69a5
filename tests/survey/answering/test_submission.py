"""Handing in, with real processes: one submission is one response, whoever races."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from flask import current_app
from sqlalchemy import text

from survey.answering import queries
from survey.answering.queries import HandIn, SealedContact
from survey.answering.submission import Full, hand_in
from survey.db import db
from survey.links.models import Link
from survey.questionnaires.models import Questionnaire
from survey.questionnaires.rules.limits import ResponseLimits
from survey.responses import limiting
from survey.responses.models import Contact, Response, Waiting
from survey.rewards.claims import code_hash
from survey.rewards.models.claims import Claim
from survey.transaction import driver_transaction
from tests import factories
from tests.factories import TODAY
from tests.locks import PATIENCE, meanwhile, until_somebody_waits
from tests.processes import at_once


@pytest.fixture
def given(app):
    return handed_in()


def handed_in():
    version = factories.version()
    link = factories.link(of=version)
    return HandIn(
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
    return tuple(db.session.query(table).count() for table in (Response, Waiting, Claim))


def test_the_first_time_it_is_new_and_then_never_again(given):
    assert hand_in(given) is True
    assert hand_in(given) is False
    assert count() == (1, 1, 1)


def test_a_repeat_with_another_claim_code_earns_nothing_more(given):
    hand_in(given)
    assert hand_in(replace(given, claim_hash=code_hash("another"))) is False
    assert count() == (1, 1, 1)


def test_a_claim_code_used_for_a_second_submission_pays_once(given):
    hand_in(given)
    assert hand_in(replace(given, submission_id=uuid.uuid4())) is True
    assert count() == (2, 2, 1)


def test_what_fails_half_way_leaves_nothing(given):
    with pytest.raises(Exception, match="points"):
        hand_in(replace(given, points=0))
    assert count() == (0, 0, 0)


def hand_in_all(given, identities):
    """Hands in under each of ``identities``; how many were new."""
    return sum(
        hand_in(replace(given, submission_id=identity, claim_hash=identity.bytes * 2))
        for identity in identities
    )


def test_processes_that_hand_in_the_same_submissions_store_each_once(app, given):
    same = [uuid.uuid4() for _ in range(40)]
    assert sum(at_once(app.config["SETTINGS"], hand_in_all, [(given, same)] * 6)) == 40
    assert count() == (40, 40, 40)


def test_processes_that_hand_in_their_own_lose_none(app, given):
    own = [(given, [uuid.uuid4() for _ in range(40)]) for _ in range(6)]
    assert at_once(app.config["SETTINGS"], hand_in_all, own) == [40] * 6
    assert count() == (240, 240, 240)


def test_a_database_that_restarted_in_between_is_met_again(postgresql_app):
    first = handed_in()
    assert hand_in(first) is True
    db.session.rollback()
    with db.engine.connect() as other:
        mine = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
        other.execute(text(f"{mine} AND pid <> pg_backend_pid()"))
        other.invalidate()
    assert hand_in(replace(first, submission_id=uuid.uuid4(), claim_hash=None)) is True
    assert count() == (2, 2, 1)


PROCESSES, THREADS, PLACES = 8, 8, 23


def try_at_once(given, identities):
    """Hands in under each of ``identities`` at the same time; how often it was new, known, or full."""
    app = current_app._get_current_object()

    def attempt(identity):
        with app.app_context():
            try:
                new = hand_in(replace(given, submission_id=identity, claim_hash=identity.bytes * 2))
            except Full:
                return "full"
        return "new" if new else "known"

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(attempt, identities))


def limited(given):
    """Both the link and its questionnaire have a maximum; the questionnaire's is the lower."""
    link = db.session.query(Link).one()
    limiting.limit_questionnaire(link.questionnaire_id, ResponseLimits(maximum=PLACES))
    limiting.limit_link(link.id, ResponseLimits(maximum=PLACES + 10))
    return replace(given, places_in=(("questionnaire", link.questionnaire_id), ("link", link.id)))


def taken():
    db.session.rollback()
    return tuple(db.session.query(table.taken).scalar() for table in (Questionnaire, Link))


def test_of_64_at_once_exactly_as_many_are_stored_as_there_are_places(app, given):
    given = limited(given)
    work = [(given, [uuid.uuid4() for _ in range(THREADS)]) for _ in range(PROCESSES)]
    results = [one for part in at_once(app.config["SETTINGS"], try_at_once, work) for one in part]
    assert results.count("new") == PLACES
    assert results.count("full") == PROCESSES * THREADS - PLACES
    assert count() == (PLACES, PLACES, PLACES)
    assert taken() == (PLACES, PLACES)


def test_repeats_of_the_same_submissions_take_their_places_once(app, given):
    given = limited(given)
    same = [uuid.uuid4() for _ in range(THREADS)]
    results = at_once(app.config["SETTINGS"], try_at_once, [(given, same)] * PROCESSES)
    assert sum(part.count("new") for part in results) == THREADS
    assert sum(part.count("known") for part in results) == THREADS * (PROCESSES - 1)
    assert taken() == (THREADS, THREADS)


def test_a_repeat_is_known_also_when_no_place_is_left(given):
    given = limited(given)
    limiting.limit_questionnaire(given.places_in[0][1], ResponseLimits(maximum=1))
    assert hand_in(given) is True
    assert hand_in(given) is False
    with pytest.raises(Full):
        hand_in(replace(given, submission_id=uuid.uuid4()))
    assert count() == (1, 1, 1)
    assert taken() == (1, 1)


def test_a_maximum_that_was_taken_away_meanwhile_holds_nobody_up(given):
    given = limited(given)
    for table, key in given.places_in:
        (limiting.limit_link if table == "link" else limiting.limit_questionnaire)(key, ResponseLimits())
    assert hand_in(given) is True


def test_a_contact_is_stored_once_with_its_response_or_not_at_all(given):
    link = db.session.query(Link).one()
    contact = SealedContact(link.questionnaire_id, TODAY, b"name", b"phone")
    given = replace(given, contacts=(contact,))
    for expected in (True, False):
        assert hand_in(given) is expected
    db.session.rollback()
    kept = db.session.query(Contact).one()
    assert (kept.place_id, kept.week, kept.name, kept.phone) == (given.place_id, TODAY, b"name", b"phone")
    limiting.limit_link(link.id, ResponseLimits(maximum=1))
    limited_one = replace(given, claim_hash=None, places_in=(("link", link.id),))
    hand_in(replace(limited_one, submission_id=uuid.uuid4()))
    with pytest.raises(Full):
        hand_in(replace(limited_one, submission_id=uuid.uuid4()))
    db.session.rollback()
    assert db.session.query(Contact).count() == 2


def test_a_database_that_restarted_is_met_again_by_a_submission_with_more(postgresql_app):
    first = limited(handed_in())
    assert hand_in(first) is True
    db.session.rollback()
    with db.engine.connect() as other:
        mine = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
        other.execute(text(f"{mine} AND pid <> pg_backend_pid()"))
        other.invalidate()
    assert hand_in(replace(first, submission_id=uuid.uuid4(), claim_hash=None)) is True
    assert taken() == (2, 2)


def hold_the_last_purse(cursor):
    """What one of two twins has done when she has found the last purse that is not empty."""
    cursor.execute("UPDATE purse SET committed = allotted WHERE number > 0")
    cursor.connection.commit()
    cursor.execute("SELECT number FROM purse WHERE number = 0 FOR UPDATE")


def test_twins_at_the_last_purse_do_not_wait_for_each_other(postgresql_app):
    """The second twin waits for the purse; she must not have the response by then, which the first wants."""
    given = handed_in()
    with driver_transaction() as cursor:
        hold_the_last_purse(cursor)
        with meanwhile(lambda: hand_in(given)) as twin:
            until_somebody_waits()
            assert queries.hand_in_in_steps(cursor, given) is True
            cursor.connection.commit()
            assert twin.result(PATIENCE) is False
    assert count() == (1, 1, 1)
