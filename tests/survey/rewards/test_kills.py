"""Tests of processes killed before any of their statements or at commit, which leave the ledger unchanged."""

from __future__ import annotations

import os
import signal
import uuid
from collections.abc import Callable
from itertools import count

import pytest
from sqlalchemy import event

from survey.db import db
from survey.places.models import Place
from survey.rewards import adjusting, codes, erasure, handing_out, redemption, reviewing
from survey.rewards.models.books import Entry
from survey.rewards.models.reviews import Review
from survey.rewards.taking import take
from survey.rewards.verification import verify
from tests import factories
from tests.factories import TODAY

MOST = 100  # statements that one use case may take


def killed_at(number: int, work: Callable[[], object]) -> bool:
    """Do the work in a process of its own, which is killed before its statement (or commit) of this number.
    Returns False when the work has fewer statements and so was finished."""
    db.session.remove()
    child = os.fork()
    if child == 0:
        _work_until(number, work)
    _, status = os.waitpid(child, 0)
    assert status in (0, signal.SIGKILL), "the work itself failed"
    return status == signal.SIGKILL


def _work_until(number: int, work: Callable[[], object]) -> None:
    status = 1
    try:
        db.engine.dispose(close=False)  # the parent process still uses its connections
        steps = count(1)

        def step(*_: object) -> None:
            if next(steps) == number:
                os.kill(os.getpid(), signal.SIGKILL)

        event.listen(db.engine, "before_cursor_execute", step)
        event.listen(db.engine, "commit", step)
        work()
        status = 0
    finally:
        os._exit(status)


def entries() -> int:
    db.session.rollback()
    return db.session.query(Entry).count()


def taking() -> Callable[[], object]:
    customer_id, code = factories.customer().id, factories.claim(10)
    return lambda: take(code, customer_id, TODAY)


def reserving() -> Callable[[], object]:
    wish = (
        uuid.uuid4(),
        factories.wallet(20).id,
        factories.reward("generated", 15, remaining=1).id,
        15,
        TODAY,
    )
    return lambda: redemption.reserve(*wish)


def redeeming_an_uploaded_coupon() -> Callable[[], object]:
    wish = (
        uuid.uuid4(),
        factories.wallet(20).id,
        factories.reward("uploaded", 15, codes="one\n").id,
        15,
        TODAY,
    )
    return lambda: redemption.reserve(*wish)


def cancelling() -> Callable[[], object]:
    key, owner_id, _code = new_reservation()
    return lambda: redemption.cancel(key, owner_id, TODAY)


def handing_it_out() -> Callable[[], object]:
    here = factories.place()
    _key, _owner_id, code = new_reservation()
    here_id, staff = here.id, factories.staff("counter", here).id
    return lambda: handing_out.hand_out(
        code, db.session.get_one(Place, here_id), staff, TODAY, factories.NOON
    )


def adjusting_by_hand() -> Callable[[], object]:
    owner, (asks, decides) = factories.wallet(20), (factories.staff("marketing").id for _ in range(2))
    campaign = factories.campaign(20)
    wish = adjusting.request(owner.number, campaign.id, -5, "a mistake", asks, TODAY).id
    return lambda: adjusting.approve(wish, decides, TODAY)


def voiding() -> Callable[[], object]:
    take(factories.claim(10, doubt="burst"), factories.customer().id, TODAY)
    transfer_id, staff = db.session.query(Review).one().transfer_id, factories.staff("marketing").id
    return lambda: reviewing.void(transfer_id, staff, "one device", TODAY)


def deleting_a_wallet() -> Callable[[], object]:
    _key, owner_id, _code = new_reservation()
    return lambda: erasure.erase(owner_id, TODAY)


def new_reservation() -> tuple[uuid.UUID, int, str]:
    """Return the id, the customer's id and the code of a redemption."""
    owner_id, reward_id = factories.wallet(20).id, factories.reward("generated", 15).id
    reservation = redemption.reserve(uuid.uuid4(), owner_id, reward_id, 15, TODAY)
    return reservation.id, owner_id, codes.code_of(reservation)


@pytest.mark.parametrize(
    "prepared",
    [
        taking,
        reserving,
        redeeming_an_uploaded_coupon,
        cancelling,
        handing_it_out,
        adjusting_by_hand,
        voiding,
        deleting_a_wallet,
    ],
    ids=lambda use_case: use_case.__name__,
)
def test_a_killed_use_case_changes_nothing_and_its_repeat_succeeds_once(app, prepared):
    work = prepared()
    before = entries()
    for number in range(1, MOST):
        if not killed_at(number, work):
            break
        assert entries() == before
        assert list(verify()) == []
    assert number > 3  # the work was killed at several statements
    done = entries()
    assert done > before
    assert list(verify()) == []
