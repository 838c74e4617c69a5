"""One transaction around one use case, on either database and among real processes."""

import time

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from survey.db import db
from survey.places.models import Place
from survey.transaction import retry_on_conflict, transaction
from tests import factories
from tests.processes import at_once

HOLD = 0.5  # seconds


def names() -> list[str]:
    return sorted(db.session.scalars(select(Place.name)))


def test_what_was_done_is_kept(app):
    with transaction() as session:
        session.add(Place(kind="group", code="A", name="a", name_en="", path="/"))
    db.session.rollback()
    assert names() == ["a"]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_any_error_undoes_all(app, error):
    def fail() -> None:
        with transaction() as session:
            session.add(Place(kind="group", code="A", name="a", name_en="", path="/"))
            session.flush()
            raise error

    with pytest.raises(error):
        fail()
    assert names() == []


def test_a_transaction_in_a_transaction_is_refused_and_undoes_all(app):
    def nest() -> None:
        with transaction() as session:
            session.add(Place(kind="group", code="A", name="a", name_en="", path="/"))
            with transaction():
                pass

    with pytest.raises(RuntimeError, match="does not call another"):
        nest()
    assert names() == []
    with transaction():
        pass


def append(letter: str) -> float:
    """Reads, waits and writes what it read and a letter more; the seconds it took."""
    began = time.monotonic()
    with transaction() as session:
        place = session.scalar(select(Place).where(Place.code == "A").with_for_update())
        name = place.name
        time.sleep(HOLD)
        session.execute(update(Place).where(Place.code == "A").values(name=name + letter))
    return time.monotonic() - began


def test_processes_wait_for_each_other_and_lose_no_update(app):
    factories.place("group", code="A", name="-")
    took = at_once(app.config["SETTINGS"], append, [("a",), ("b",), ("c",)])
    assert sorted(names()[0]) == ["-", "a", "b", "c"]
    assert max(took) >= 3 * HOLD, "one after the other"


def test_a_transaction_is_retried_when_another_came_first():
    calls = []

    def work() -> str:
        calls.append(1)
        if len(calls) < 2:
            raise IntegrityError("", None, Exception())
        return "done"

    assert retry_on_conflict(work) == "done"
    assert len(calls) == 2


def test_retries_are_limited():
    def work() -> None:
        raise IntegrityError("", None, Exception())

    with pytest.raises(IntegrityError):
        retry_on_conflict(work)
