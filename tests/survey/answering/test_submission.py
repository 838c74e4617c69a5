"""Handing in, with real processes: one submission is one response, whoever races."""

import subprocess
import sys
import uuid
from dataclasses import replace

import pytest
from sqlalchemy import text

from survey.answering.queries import HandIn
from survey.answering.submission import hand_in
from survey.db import db
from survey.responses.models import Response, Waiting
from survey.rewards.claims import code_hash
from survey.rewards.models import Claim
from tests import factories
from tests.conftest import TODAY

RACE = """
import sys, uuid, datetime
import wsgi
from pathlib import Path
from survey.settings import Settings
from survey.answering.submission import hand_in
from survey.answering.queries import HandIn
url, instance, place, version, same, times = sys.argv[1:]
app = wsgi.create_app(Settings(Path(instance), "a secret for tests only, 32 bytes", url, testing=True))
new = 0
with app.app_context():
    for number in range(int(times)):
        identity = uuid.UUID(int=number) if same == "same" else uuid.uuid4()
        day = datetime.date(2026, 11, 23)
        new += hand_in(HandIn(int(place), identity, None, int(version), day, "qr", "en",
            {"quality": 4}, identity.bytes * 2, 10, "test", datetime.date(2026, 12, 23)))
print(new)
"""


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
        campaign="test",
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


def race(app, given, same, processes=6, times=40):
    settings = app.config["SETTINGS"]
    arguments = [
        settings.database_url,
        str(settings.instance),
        str(given.place_id),
        str(given.version_id),
        same,
    ]
    running = [
        subprocess.Popen(
            [sys.executable, "-c", RACE, *arguments, str(times)], stdout=subprocess.PIPE, text=True
        )
        for _ in range(processes)
    ]
    return [int(process.communicate(timeout=120)[0]) for process in running]


def test_processes_that_hand_in_the_same_submissions_store_each_once(app, given):
    assert sum(race(app, given, "same")) == 40
    assert count() == (40, 40, 40)


def test_processes_that_hand_in_their_own_lose_none(app, given):
    assert race(app, given, "own") == [40] * 6
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
