"""Tests of races in real processes: 64 customers, or 64 attempts of one customer, want the last item."""

from __future__ import annotations

import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date

from flask import current_app
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from survey.db import db
from survey.places.models import Place
from survey.refusal import Refused
from survey.rewards import catalogue, codes, handing_out, redemption
from survey.rewards.models.redemptions import Redemption
from tests import factories
from tests.factories import TODAY
from tests.processes import at_once
from tests.survey.rewards.balances import balances, company_balances, is_balanced

PROCESSES, THREADS = 4, 16
MANY = PROCESSES * THREADS
DONE = "done"
PATIENT = 10

Attempt = tuple[str, int, int, int | None]


def _reserve(attempts: list[list[Attempt]]) -> list[list[str]]:
    """Let each thread of this process make its own list of attempts in order; return their outcomes."""
    app = current_app._get_current_object()

    def work(own: list[Attempt]) -> list[str]:
        with app.app_context():
            return [_outcome(*attempt) for attempt in own]

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(work, attempts))


def _outcome(form: str, customer_id: int, reward_id: int, place_id: int | None) -> str:
    for _ in range(PATIENT):
        try:
            redemption.reserve(uuid.UUID(form), customer_id, reward_id, 10, TODAY, place_id)
        except Refused as refused:
            return refused.text
        except OperationalError:  # SQLite's only lock was not free in time: the customer sends the form again
            continue
        return DONE
    return "gave up"


def race(app, races: list[list[Attempt]]) -> list[Counter[str]]:
    """Return the counted outcomes of each race, which has MANY attempts; the k-th attempts of all races are
    made by the same thread."""
    by_thread = [list(attempts) for attempts in zip(*races, strict=True)]
    arguments = [(by_thread[start : start + THREADS],) for start in range(0, MANY, THREADS)]
    replies = at_once(app.config["SETTINGS"], _reserve, arguments)
    errors = [reply for reply in replies if isinstance(reply, Exception)]
    assert errors == []
    threads = [own for reply in replies for own in reply]
    return [Counter(outcomes) for outcomes in zip(*threads, strict=True)]


def forms() -> list[str]:
    return [str(uuid.uuid4()) for _ in range(MANY)]


def test_64_attempts_at_the_last_item_give_one_success_and_63_refusals(app):
    point = factories.place()
    campaign = factories.campaign(10)
    last = [
        factories.reward(remaining=1),
        factories.reward("discount", remaining=1),
        factories.reward("gift", stock={point: 1}),
        factories.reward("uploaded", codes="JD-1"),
    ]
    everybody = [factories.wallet(40, of=campaign) for _ in range(MANY)]
    rich = [factories.wallet(10, of=campaign) for _ in last]
    plenty = [
        factories.reward(),
        factories.reward("discount"),
        factories.reward("gift", stock={point: MANY}),
        factories.reward("uploaded", codes="\n".join(f"C{n}" for n in range(MANY))),
    ]
    of_many = [
        [(form, customer.id, reward.id, point.id) for form, customer in zip(forms(), everybody, strict=True)]
        for reward in last
    ]
    of_one = [
        [(form, customer.id, reward.id, point.id) for form in forms()]
        for customer, reward in zip(rich, plenty, strict=True)
    ]
    same_form = str(uuid.uuid4())
    twice = factories.wallet(40, of=campaign)
    repeats = [(same_form, twice.id, plenty[0].id, None)] * MANY
    outcomes = race(app, [*of_many, *of_one, repeats])

    for counted in outcomes[:4]:
        assert counted.pop(DONE) == 1
        ((text, number),) = counted.items()
        assert number == MANY - 1
        assert "has just been redeemed" in text
    for counted in outcomes[4:8]:
        assert counted == {DONE: 1, "Not enough points: you need %(missing)s more.": MANY - 1}
    assert outcomes[8] == {DONE: MANY}

    db.session.rollback()
    assert [catalogue.offered_reward(reward.id).left for reward in last] == [0, 0, 0, 0]
    reserved = db.session.scalar(select(func.count()).select_from(Redemption))
    assert reserved == 4 + 4 + 1
    assert balances(twice) == {"wallet": 30, "held": 10}
    assert sum(balances(customer).get("wallet", 0) for customer in everybody) == 40 * MANY - 40
    assert all("wallet" not in balances(customer) for customer in rich)
    assert is_balanced()


def _hand_out(code: str, place_id: int, staff_id: int) -> str:
    try:
        at = db.session.get_one(Place, place_id)
        handing_out.hand_out(code, at, staff_id, TODAY, factories.NOON)
    except Refused as refused:
        return refused.text
    return DONE


def _cancel(redemption_id: uuid.UUID, customer_id: int) -> str:
    try:
        return redemption.cancel(redemption_id, customer_id, TODAY).state
    except Refused as refused:
        return refused.text


def _do(act: str, *arguments) -> tuple[str, int]:
    """Return the outcome of an act, and how many reservations this worker ended."""
    return {"hand out": _hand_out, "cancel": _cancel}[act](*arguments), redemption.expire()


def test_a_code_is_spent_or_cancelled_once_and_a_reservation_ends_once(app):
    point, owner, reward = factories.place(), factories.wallet(10), factories.reward(remaining=1)
    reservation = redemption.reserve(uuid.uuid4(), owner.id, reward.id, 10, TODAY)
    late, kept = factories.wallet(10), factories.reward(remaining=1, hold_days=1)
    redemption.reserve(uuid.uuid4(), late.id, kept.id, 10, date(2026, 1, 2))
    code, staff = codes.code_of(reservation), [factories.staff("administrator").id for _ in range(2)]
    spending = [("hand out", code, point.id, person) for person in staff]
    replies = at_once(app.config["SETTINGS"], _do, [*spending, *[("cancel", reservation.id, owner.id)] * 2])
    assert [reply for reply in replies if isinstance(reply, Exception)] == []

    outcomes = Counter(outcome for outcome, _ in replies)
    db.session.rollback()
    if outcomes[DONE]:
        used, collected = (
            "This code has been used.",
            "You have already collected this, so it cannot be cancelled.",
        )
        assert outcomes == {DONE: 1, used: 1, collected: 2}
        assert company_balances() == {"issued": -20, "redeemed": 10}
        assert balances(owner) == {}
    else:
        assert outcomes == {"cancelled": 2, "The customer has cancelled this redemption.": 2}
        assert balances(owner) == {"wallet": 10}
    assert catalogue.offered_reward(reward.id).left == (0 if outcomes[DONE] else 1)
    assert balances(late) == {"wallet": 10}
    assert catalogue.offered_reward(kept.id).left == 1
    assert is_balanced()
