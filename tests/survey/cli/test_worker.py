import os
import signal
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
import time_machine
from sqlalchemy import func, select

from survey import settings
from survey.batches import queries
from survey.batches.models import Batch
from survey.batches.opening import open_queues
from survey.cli.worker import DUE, guarded, work
from survey.db import db
from survey.places.models import Place
from survey.questionnaires.models import Version
from survey.responses.models import Response, Waiting
from survey.rewards.models.claims import Claim
from survey.rewards.models.redemptions import Redemption
from survey.tallies import closing, verification
from survey.tallies.models import Tally
from tests import factories
from tests.processes import at_once
from tests.survey.rewards.books import history, reserve
from tests.survey.tallies.answers import give, some

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 180
FIRST = datetime.now(UTC).date() - timedelta(100)
"""A day whose answers are released on any machine that runs the tests."""


@pytest.fixture
def start(app, instance):
    """Starts real workers on the database of the test."""
    workers: list[subprocess.Popen[bytes]] = []

    def start_process() -> subprocess.Popen[bytes]:
        settings = app.config["SETTINGS"]
        environment = os.environ | {
            "DATABASE_URL": settings.database_url,
            "INSTANCE_DIR": str(instance),
            "SECRET_KEY": settings.secret_key,
        }
        command = [sys.executable, "-m", "flask", "--app", "wsgi", "worker"]
        worker = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE)
        workers.append(worker)
        return worker

    yield start_process
    for worker in workers:
        worker.kill()
        worker.communicate()


def number(of: type[Response] | type[Waiting]) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(of))


def is_due() -> bool:
    db.session.rollback()
    return queries.is_due(settings.current().closing_day())


def until(condition) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.05)


def write(place_id: int, version_id: int, seed: int, victim: int) -> int:
    """Hands in answers, five at a time, at one place; half-way one kills a worker."""
    place, version = db.session.get_one(Place, place_id), db.session.get_one(Version, version_id)
    for number in range(20):
        give(place, version, *some(5, seed=seed + number), day=FIRST + timedelta(number))
        if number == 10 and seed == 0:
            os.kill(victim, signal.SIGKILL)
    return 100


def test_killed_workers_and_writers_at_once_release_everything_once(app, start):
    top, _regions, points = factories.company(4, closing.EVERY)
    version = factories.version()
    for point in points:
        give(point, version, *some(30), day=FIRST)
    handed_in = 30 * len(points)
    open_queues([(point.id, version.questionnaire_id) for point in points], FIRST, expected=5)
    killed, *others = [start() for _ in range(3)]
    until(lambda: number(Response) > 0)
    arguments = [(point.id, version.id, 100 * place, killed.pid) for place, point in enumerate(points[-2:])]
    written = at_once(app.config["SETTINGS"], write, arguments)
    assert written == [100] * 2
    assert killed.wait(PATIENCE) == -signal.SIGKILL
    until(lambda: not is_due())
    for worker in others:
        assert b"ready" in worker.stderr.readline()  # who only begins does not hear yet
        worker.send_signal(signal.SIGTERM)
    assert [worker.wait(PATIENCE) for worker in others] == [0, 0]
    assert list(verification.verify()) == []
    released = number(Response)
    assert released >= 10 * len(points)
    assert released + number(Waiting) == handed_in + sum(written)
    assert db.session.scalar(select(func.sum(Batch.n))) == released
    counted = select(func.sum(Tally.n)).filter_by(place_id=top.id, view="exact", grain="day")
    assert db.session.scalar(counted) == released


def test_a_worker_ends_cleanly_when_interrupted(app, start):
    worker = start()
    assert b"ready" in worker.stderr.readline()
    worker.send_signal(signal.SIGINT)
    assert worker.wait(PATIENCE) == 0


def test_work_goes_on_while_something_is_due_and_rests_when_nothing_is():
    stopped = Event()
    left = [3, 2, 0]
    rests: list[float] = []

    def rest(seconds: float) -> None:
        rests.append(seconds)
        stopped.set()

    stopped.wait = rest
    work(stopped, (lambda: left.pop(0),))
    assert left == []
    assert len(rests) == 1
    assert 0.5 <= rests[0] <= 1.5


def test_everything_due_gets_its_turn():
    stopped = Event()
    done: list[str] = []

    def second() -> int:
        done.append("second")
        stopped.set()
        return 0

    work(stopped, (lambda: done.append("first") or 1, second))
    assert done == ["first", "second"]


def do_once(due, on):
    """Let a worker do everything that is due on a day."""
    stopped = Event()
    stopped.wait = lambda _seconds: stopped.set()
    with time_machine.travel(f"{on} 12:00:00+08:00", tick=False):
        work(stopped, due)


def contents():
    db.session.rollback()
    return {
        table.name: sorted(map(repr, db.session.execute(select(table))))
        for table in db.metadata.sorted_tables
    }


@pytest.fixture
def books(app):
    """A history of points with an open claim, a reservation, and answers that wait."""
    history()
    today = date(2026, 11, 24)
    factories.claim(10, expires_on=today)
    redemption = reserve(factories.wallet(100).id, 50, today)
    db.session.get_one(Redemption, redemption).expires_on = today
    db.session.commit()
    point, version = factories.place(), factories.version()
    open_queues([(point.id, version.questionnaire_id)], today)
    give(point, version, *some(60), day=today)


def test_a_clock_that_jumps_for_a_moment_expires_and_releases_nothing(books):
    due = guarded(DUE)
    do_once(due, on="2026-11-24")
    before = contents()
    do_once(due, on="2029-02-01")
    do_once(guarded(DUE), on="2029-02-01")  # a worker that only begins
    assert contents() == before
    do_once(due, on="2026-11-24")
    assert contents() == before
    do_once(DUE, on="2029-02-01")  # without the guard they would be gone
    assert "expired" in {claim.state for claim in db.session.query(Claim)}
    assert "expired" in {redemption.state for redemption in db.session.query(Redemption)}
    assert db.session.query(Waiting).count() < 60
