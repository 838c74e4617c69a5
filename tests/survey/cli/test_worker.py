import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import func, select

from survey.cli.worker import work
from survey.db import db
from survey.places.models import Place
from survey.questionnaires.models import Version
from survey.responses.models import Waiting
from survey.tallies import verification
from survey.tallies.models import Tally
from tests import factories
from tests.processes import at_once
from tests.survey.tallies.answers import days, give, some

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 180


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


def waiting() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Waiting))


def until(condition) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.05)


def write(place_id: int, version_id: int, seed: int, victim: int) -> int:
    """Hands in answers, five at a time, at one place; half-way one kills a worker."""
    place, version = db.session.get_one(Place, place_id), db.session.get_one(Version, version_id)
    for number, day in enumerate(days(20)):
        give(place, version, *some(5, seed=seed + number), day=day)
        if number == 10 and seed == 0:
            os.kill(victim, signal.SIGKILL)
    return 100


def test_killed_workers_and_writers_at_once_count_everything_once(app, start):
    top, _regions, points = factories.company(2, 1)
    version = factories.version()
    give(points[0], version, *some(3000))
    killed, *others = [start() for _ in range(3)]
    until(lambda: waiting() < 3000)
    arguments = [(point.id, version.id, 100 * number, killed.pid) for number, point in enumerate(points)]
    written = at_once(app.config["SETTINGS"], write, arguments)
    assert written == [100] * 2
    assert killed.wait(PATIENCE) == -signal.SIGKILL
    until(lambda: waiting() == 0)
    for worker in others:
        assert b"ready" in worker.stderr.readline()  # who only begins does not hear yet
        worker.send_signal(signal.SIGTERM)
    assert [worker.wait(PATIENCE) for worker in others] == [0, 0]
    assert list(verification.verify()) == []
    counted = select(func.sum(Tally.n)).filter_by(place_id=top.id, view="exact", grain="day")
    assert db.session.scalar(counted) == 3000 + sum(written)


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
