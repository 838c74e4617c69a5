"""Tests of taking points: a claim's points go once, and in time, to the first customer with the code."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from flask import current_app
from sqlalchemy import func, select

from survey.db import db
from survey.people.customers import index_of
from survey.people.models import Insider
from survey.refusal import Refused
from survey.rewards.models.books import Account, Entry, Transfer
from survey.rewards.models.campaigns import Campaign
from survey.rewards.models.claims import Claim
from survey.rewards.models.reviews import Review
from survey.rewards.queries import books
from survey.rewards.queries import claims as claim_queries
from survey.rewards.taking import InsiderRefused, TakenPoints, look_up, take
from survey.transaction import transaction
from tests import factories
from tests.factories import TODAY
from tests.processes import at_once

PROCESSES, THREADS = 4, 16


def balances(customer):
    db.session.rollback()
    return books.balances(customer.id, TODAY)


def test_a_claim_enters_the_wallet(app):
    customer, code = factories.customer(), factories.claim(10)
    assert take(code, customer.id, TODAY) == TakenPoints(10)
    assert balances(customer) == {"wallet": 10}
    (lot,) = books.lots(db.session, customer.id)
    assert (lot.points, lot.expires_on) == (10, date(2027, 11, 30))


def test_taking_again_is_idempotent(app):
    customer, code = factories.customer(), factories.claim(10)
    assert take(code, customer.id, TODAY) == take(code, customer.id, TODAY) == TakenPoints(10)
    assert balances(customer) == {"wallet": 10}


def test_a_taken_claim_is_refused_to_others(app):
    customer, other, code = factories.customer(), factories.customer(), factories.claim(10)
    take(code, customer.id, TODAY)
    with pytest.raises(Refused, match="The points of this code have already been claimed"):
        take(code, other.id, TODAY)
    assert balances(other) == {}


def test_an_unknown_code_is_refused(app):
    with pytest.raises(Refused, match="This claim code is not valid"):
        take("Code not found. Check the digits, or scan it again.", factories.customer().id, TODAY)


def test_a_claim_can_be_taken_until_its_last_day(app):
    customer, code = factories.customer(), factories.claim(10, expires_on=TODAY)
    with pytest.raises(Refused, match="had to be claimed by 2026-11-23"):
        take(code, customer.id, TODAY + timedelta(1))
    assert take(code, customer.id, TODAY) == TakenPoints(10)


def test_a_wallet_cannot_exceed_the_daily_limit(app):
    campaign = factories.campaign(10, daily_cap=20)
    customer = factories.customer()
    codes = [factories.claim(10, campaign) for _ in range(3)]
    for code in codes[:2]:
        take(code, customer.id, TODAY)
    with pytest.raises(Refused, match=r"limit of 20 points for a wallet"):
        take(codes[2], customer.id, TODAY)
    assert balances(customer) == {"wallet": 20}
    assert take(codes[2], customer.id, TODAY + timedelta(1)) == TakenPoints(10)


def test_insiders_earn_nothing_and_their_points_return_to_the_budget(app):
    campaign = factories.campaign(10)
    customer, code = factories.customer("+8613800138000"), factories.claim(10, campaign)
    with transaction() as session:
        session.add(Insider(kind="phone", blind=index_of("phone", "+8613800138000"), added_on=TODAY))
    with pytest.raises(InsiderRefused):
        take(code, customer.id, TODAY)
    with pytest.raises(Refused, match="This claim code is not valid"):
        take(code, factories.customer().id, TODAY)
    assert balances(customer) == {}
    assert db.session.get_one(Campaign, campaign.id).committed == 0


@pytest.mark.parametrize(("doubt", "signs"), [("burst", []), ("", [("device", 3)])])
def test_doubtful_points_wait_for_a_review(app, doubt, signs):
    customer, code = factories.customer(), factories.claim(10, doubt=doubt)
    vests_on = TODAY + timedelta(14)
    assert (
        take(code, customer.id, TODAY, signs)
        == take(code, customer.id, TODAY, signs)
        == TakenPoints(10, vests_on)
    )
    assert balances(customer) == {"pending": 10}
    review = db.session.query(Review).one()
    assert (review.points, review.vests_on, review.state) == (10, vests_on, "pending")
    assert review.evidence == [["burst", 1]] if doubt else [["device", 3]]


def test_a_transfer_records_only_the_day_and_the_campaign(app):
    customer, code = factories.customer(), factories.claim(10)
    take(code, customer.id, TODAY)
    transfer = db.session.query(Transfer).one()
    assert (transfer.reason, transfer.day) == ("claim", TODAY)
    assert claim_queries.owner(transfer.source)[0] == customer.id
    assert set(Entry.__table__.columns.keys()) == {"transfer_id", "account_id", "amount"}


def try_to_take(code: str, customer_id: int) -> str:
    try:
        return str(take(code, customer_id, TODAY).points)
    except Refused as refused:
        return refused.text


def test_simultaneous_taking_of_a_claim_succeeds_once(app):
    customers, code = [factories.customer() for _ in range(3)], factories.claim(10)
    work = [(code, customer.id) for customer in customers for _ in range(2)]
    outcomes = at_once(app.config["SETTINGS"], try_to_take, work)
    db.session.rollback()
    assert outcomes.count("10") == 2  # the winner takes the claim twice
    assert len([outcome for outcome in outcomes if outcome.startswith("The points of this code")]) == 4
    assert db.session.query(Transfer).count() == 1
    assert sum(balances(customer).get("wallet", 0) for customer in customers) == 10
    assert db.session.query(Claim).one().state == "taken"


def test_looking_up_shows_the_open_claim_and_then_the_taken_points(app):
    owner, other, code = factories.customer(), factories.customer(), factories.claim(20)
    assert isinstance(look_up(code, None, TODAY), Claim)
    assert isinstance(look_up(code, owner.id, TODAY), Claim)
    take(code, owner.id, TODAY)
    assert look_up(code, owner.id, TODAY) == TakenPoints(20)
    for anybody in (other.id, None):
        with pytest.raises(Refused, match="The points of this code have already been claimed"):
            look_up(code, anybody, TODAY)


def test_a_wallet_that_was_deleted_takes_nothing(app):
    owner, code = factories.customer(), factories.claim(20)
    with transaction() as session:
        session.get_one(type(owner), owner.id).erased_on = TODAY
    with pytest.raises(Refused, match="has been deleted"):
        take(code, owner.id, TODAY)
    assert isinstance(look_up(code, None, TODAY), Claim)


def test_one_of_sixty_four_simultaneous_customers_gets_the_claim(app):
    code = factories.claim(20)
    owners = [factories.customer().id for _ in range(PROCESSES * THREADS)]
    shares = [(code, owners[start::PROCESSES]) for start in range(PROCESSES)]
    outcomes = [outcome for some in at_once(app.config["SETTINGS"], _all_take, shares) for outcome in some]
    claimed = "The points of this code have already been claimed."
    assert sorted(outcomes) == [claimed] * (len(owners) - 1) + ["taken"]
    assert db.session.scalar(select(func.sum(Account.balance)).filter_by(kind="wallet")) == 20
    assert db.session.scalar(select(func.count()).select_from(Transfer)) == 1


def _all_take(code: str, owners: list[int]) -> list[str]:
    """Let each owner take the claim in a thread of its own, all at the same moment; return the outcomes."""
    app, together = current_app._get_current_object(), Barrier(len(owners))

    def take_one_share(owner: int) -> str:
        with app.app_context():
            together.wait(60)
            try:
                return "taken" if take(code, owner, TODAY) == TakenPoints(20) else "wrong"
            except Refused as refused:
                return refused.text

    with ThreadPoolExecutor(len(owners)) as pool:
        return list(pool.map(take_one_share, owners))
