"""Tests of reviews: doubtful points are decided once, by a user or by time."""

from __future__ import annotations

import ast
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
import time_machine

from survey.db import db
from survey.refusal import Refused
from survey.rewards import reviewing
from survey.rewards.claims import code_hash
from survey.rewards.models.campaigns import Campaign
from survey.rewards.models.claims import Claim
from survey.rewards.models.reviews import Review
from survey.rewards.queries import books
from survey.rewards.reviewing import AlreadyDecided
from survey.rewards.taking import take
from tests import factories
from tests.factories import TODAY
from tests.processes import at_once

SIGNS = [("many", 6), ("device", 7)]


@pytest.fixture
def staff(app):
    return factories.staff("marketing").id


@pytest.fixture
def doubtful(app):
    return take_doubtful()


def take_doubtful(points: int = 10) -> int:
    """Return the id of a review of points that a new customer took today."""
    customer = factories.customer()
    take(factories.claim(points, expires_on=TODAY), customer.id, TODAY, SIGNS)
    return db.session.scalar(db.select(Review.transfer_id).order_by(Review.transfer_id.desc()))


def balances(transfer_id: int) -> dict[str, int]:
    db.session.rollback()
    points_by_kind = books.balances(db.session.get_one(Review, transfer_id).customer_id, TODAY)
    return {kind: points for kind, points in points_by_kind.items() if points}


def committed() -> int:
    db.session.rollback()
    return db.session.scalar(db.select(Campaign.committed))


def test_doubtful_points_wait_for_a_review(doubtful):
    assert balances(doubtful) == {"pending": 10}


def test_approved_points_can_be_spent(doubtful, staff):
    review = reviewing.approve(doubtful, staff, "", TODAY)
    assert (review.state, review.decided_by, review.decided_on) == ("approved", staff, TODAY)
    assert balances(doubtful) == {"wallet": 10}
    assert committed() == 10


def test_voided_points_return_to_the_budget_and_the_claim_is_void(doubtful, staff):
    review = reviewing.void(doubtful, staff, " one phone for nine wallets ", TODAY)
    assert (review.state, review.reason) == ("void", "one phone for nine wallets")
    assert balances(doubtful) == {}
    assert committed() == 0
    db.session.rollback()
    assert db.session.scalar(db.select(Claim.state)) == "void"


def test_voiding_needs_a_reason(doubtful, staff):
    with pytest.raises(Refused, match="Enter a reason"):
        reviewing.void(doubtful, staff, "  ", TODAY)
    with pytest.raises(Refused, match="at most 500"):
        reviewing.void(doubtful, staff, "x" * 501, TODAY)
    assert balances(doubtful) == {"pending": 10}


@pytest.mark.parametrize("first", [reviewing.approve, reviewing.void])
@pytest.mark.parametrize("second", [reviewing.approve, reviewing.void])
def test_a_decided_review_is_not_decided_again(doubtful, staff, first, second):
    first(doubtful, staff, "because", TODAY)
    before = balances(doubtful)
    with pytest.raises(AlreadyDecided):
        second(doubtful, factories.staff("marketing").id, "because", TODAY)
    assert balances(doubtful) == before


@pytest.mark.parametrize("verdict", [reviewing.approve, reviewing.void])
def test_a_double_tap_decides_once(doubtful, staff, verdict):
    first = verdict(doubtful, staff, "because", TODAY)
    before = balances(doubtful)
    assert verdict(doubtful, staff, "because", TODAY).state == first.state
    assert balances(doubtful) == before


def test_a_taking_without_doubt_has_no_review(staff):
    factories.wallet(10, TODAY)
    with pytest.raises(AlreadyDecided):
        reviewing.approve(1, staff, "", TODAY)


def test_points_that_nobody_objects_to_vest_on_their_day(doubtful):
    vests_on = db.session.get_one(Review, doubtful).vests_on
    assert vests_on == TODAY + timedelta(14)
    with time_machine.travel(datetime.combine(vests_on - timedelta(1), time(12), UTC)):
        assert reviewing.vest() == 0
    with time_machine.travel(datetime.combine(vests_on, time(12), UTC)):
        assert reviewing.vest() == 1
        assert reviewing.vest() == 0
    assert balances(doubtful) == {"wallet": 10}
    assert db.session.get_one(Review, doubtful).state == "vested"


def test_taking_a_voided_claim_again_is_refused(doubtful, staff):
    customer = db.session.get_one(Review, doubtful).customer_id
    reviewing.void(doubtful, staff, "because", TODAY)
    code = next(f"{n:022d}" for n in range(10_000) if db.session.get(Claim, code_hash(f"{n:022d}")))
    with pytest.raises(Refused, match="This claim code is not valid"):
        take(code, customer, TODAY)


def decide(transfer_id: int, staff_id: int, verdict: str) -> str:
    act = reviewing.void if verdict == "void" else reviewing.approve
    return act(transfer_id, staff_id, "because", TODAY).state


def test_one_of_two_simultaneous_decisions_is_refused(app, doubtful, staff):
    others = [staff, *(factories.staff("marketing").id for _ in range(5))]
    verdicts = [
        (doubtful, staff_id, verdict)
        for staff_id, verdict in zip(others, ("void", "approved") * 3, strict=True)
    ]
    done = at_once(app.config["SETTINGS"], decide, verdicts)
    decided = [reply for reply in done if isinstance(reply, str)]
    assert len(decided) == 1
    assert (
        sum(
            "Already decided by somebody else, or released automatically." in str(reply)
            for reply in done
            if isinstance(reply, Refused)
        )
        == 5
    )
    assert balances(doubtful) == ({} if decided == ["void"] else {"wallet": 10})


def test_reviews_contain_no_answers():
    """No module that doubts or decides imports responses, answers or places."""
    folder = Path(reviewing.__file__).parent
    names = ("reviewing", "doubting", "rules/doubts", "queries/doubts", "queries/reviews", "models/reviews")
    for name in names:
        tree = ast.parse((folder / f"{name}.py").read_text())
        imported = {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        wrong = ("responses", "answering", "indexes", "questionnaires", "invitations", "places.models")
        assert not [
            module for module in imported if any(f"survey.{package}" in module for package in wrong)
        ], name
