"""Tests of expiry: claims and points expire exactly once, with several workers and with killed workers."""

from __future__ import annotations

import time
from datetime import date, timedelta
from multiprocessing.synchronize import Event

import pytest
import time_machine
from sqlalchemy import func, select

import wsgi
from survey.db import db
from survey.rewards import expiry, ledger
from survey.rewards.models.books import Account, Transfer
from survey.rewards.models.campaigns import Campaign
from survey.rewards.models.claims import Claim
from survey.rewards.queries import books
from survey.rewards.queries import claims as claim_queries
from survey.rewards.queries.expiring import lock_owners, past_lots
from survey.rewards.rules.posting import Key, move_entries
from survey.rewards.taking import take
from survey.settings import Settings
from survey.transaction import transaction
from tests import factories
from tests.factories import TODAY
from tests.locks import PATIENCE, locked, meanwhile, until_somebody_waits
from tests.processes import at_once, context

YESTERDAY = TODAY - timedelta(days=1)
LATER = date(2027, 12, 1)  # points taken on TODAY expire the day before


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(f"{TODAY} 12:00:00+08:00", tick=False) as moment:
        yield moment


def committed(campaign: Campaign) -> int:
    db.session.rollback()
    return db.session.scalar(select(Campaign.committed).filter_by(id=campaign.id))


def states() -> dict[str, int]:
    db.session.rollback()
    rows = db.session.execute(select(Claim.state, func.count()).group_by(Claim.state))
    return dict(rows.all())


def totals() -> dict[str, int]:
    db.session.rollback()
    rows = db.session.execute(select(Account.kind, func.sum(Account.balance)).group_by(Account.kind))
    return {kind: int(total) for kind, total in rows if total}


def test_unclaimed_points_return_to_the_budget(app):
    campaign = factories.campaign()
    for day in (YESTERDAY, YESTERDAY, TODAY):
        factories.claim(10, campaign, expires_on=day)
    taken = factories.claim(10, campaign, expires_on=YESTERDAY)
    take(taken, factories.customer().id, YESTERDAY)
    assert committed(campaign) == 40
    assert expiry.expire_claims() == 20
    assert expiry.expire_claims() == 0
    assert states() == {"expired": 2, "open": 1, "taken": 1}
    assert committed(campaign) == 20


def test_many_claims_expire_in_parts(app, monkeypatch):
    monkeypatch.setattr(expiry, "CLAIMS", 2)
    ten, twenty = factories.campaign(10), factories.campaign(20)
    for campaign, points in ((ten, 10), (twenty, 20), (ten, 10), (twenty, 20), (ten, 10)):
        factories.claim(points, campaign, expires_on=YESTERDAY)
    parts = [expiry.expire_claims() for _ in range(4)]
    assert sum(parts) == 70
    assert 0 not in parts[:3]
    assert parts[3] == 0
    assert (committed(ten), committed(twenty)) == (0, 0)


def test_points_expire_after_their_last_day_the_earliest_first(app, now):
    campaign = factories.campaign()
    owner = factories.wallet(30, TODAY, campaign)
    take(factories.claim(12, campaign, expires_on=LATER), owner.id, date(2026, 12, 5))
    now.move_to("2027-11-30 23:59:00+08:00")
    assert expiry.expire_points() == 0
    now.move_to("2027-12-01 00:01:00+08:00")
    assert expiry.expire_points() == 30
    assert expiry.expire_points() == 0
    assert totals() == {"issued": -42, "wallet": 12, "expired": 30}
    now.move_to("2028-01-01 00:01:00+08:00")
    assert expiry.expire_points() == 12
    assert totals() == {"issued": -42, "expired": 42}
    moves = db.session.execute(select(Transfer.reason, Transfer.day).order_by(Transfer.id)).all()
    assert moves[2:] == [("expire", date(2027, 12, 1)), ("expire", date(2028, 1, 1))]


def hold(owner_id: int, origin: str, target: str, reason: str) -> None:
    with transaction() as session:
        books.lock(session, owner_id)
        lots = books.lots(session, owner_id, origin)
        ledger.post(session, reason, "a redemption", TODAY, move_entries(lots, owner_id, origin, target))


def test_held_points_do_not_expire_and_late_returns_expire_the_next_day(app, now):
    owner = factories.wallet(30, TODAY)
    hold(owner.id, "wallet", "held", "hold")
    now.move_to("2027-12-01 12:00:00+08:00")
    assert expiry.expire_points() == 0
    take(factories.claim(5, expires_on=LATER), owner.id, TODAY)
    assert expiry.expire_points() == 5
    hold(owner.id, "held", "wallet", "release")
    assert expiry.expire_points() == 30 or totals()["wallet"] == 30
    now.move_to("2027-12-02 12:00:00+08:00")
    expiry.expire_points()
    assert totals() == {"issued": -35, "expired": 35}


def test_an_account_expires_at_most_once_a_day(app, now):
    campaign = factories.campaign()
    owner = factories.wallet(30, TODAY, campaign)
    hold(owner.id, "wallet", "held", "hold")
    take(factories.claim(5, campaign, expires_on=LATER), owner.id, TODAY)
    now.move_to("2027-12-01 12:00:00+08:00")
    assert expiry.expire_points() == 5
    hold(owner.id, "held", "wallet", "release")
    assert expiry.expire_points() == 0
    assert totals() == {"issued": -35, "expired": 5, "wallet": 30}
    now.move_to("2027-12-02 12:00:00+08:00")
    assert expiry.expire_points() == 30


def test_a_locked_customer_is_skipped(postgresql_app):
    owner = factories.wallet(30, TODAY)
    other = factories.wallet(10, TODAY)
    with db.engine.connect() as elsewhere:
        elsewhere.exec_driver_sql(f"SELECT 1 FROM customer WHERE id = {owner.id} FOR UPDATE")
        with transaction() as session:
            assert lock_owners(session, LATER, 10) == [other.id]
            assert [lot.customer_id for lot in past_lots(session, [other.id], LATER)] == [other.id]
        elsewhere.rollback()


def expired_in_two_campaigns(earlier: int = 0) -> tuple[Campaign, Campaign]:
    """Return two campaigns with expired points; those of the second were taken ``earlier`` days before."""
    first, second = factories.campaign(10), factories.campaign(20)
    owner = factories.wallet(10, TODAY, first)
    take(factories.claim(20, second), owner.id, TODAY - timedelta(earlier))
    return first, second


def company(campaign: Campaign) -> str:
    return f"kind = 'expired' AND campaign_id = {campaign.id}"


def test_expiry_locks_company_accounts_in_the_order_of_campaigns(postgresql_app, now):
    """A simultaneous transfer locks the first campaign's account and then the second's: no deadlock."""
    first, second = expired_in_two_campaigns(earlier=40)
    with transaction() as session:
        books.account_ids(session, [Key("expired", first.id), Key("expired", second.id)])
    now.move_to(f"{LATER} 12:00:00+08:00")
    with (
        locked(f"UPDATE account SET balance = balance WHERE {company(first)}") as elsewhere,
        meanwhile(expiry.expire_points) as done,
    ):
        until_somebody_waits()
        elsewhere.exec_driver_sql(f"UPDATE account SET balance = balance WHERE {company(second)}")
        elsewhere.commit()
        assert done.result(PATIENCE) == 30


def test_expiry_adds_all_accounts_before_it_changes_a_balance(postgresql_app, now):
    """A simultaneous transaction adds the second account and then changes the first: no deadlock."""
    first, second = expired_in_two_campaigns()
    with transaction() as session:
        books.account_ids(session, [Key("expired", first.id)])
    now.move_to(f"{LATER} 12:00:00+08:00")
    make = f"INSERT INTO account (kind, campaign_id, balance) VALUES ('expired', {second.id}, 0)"
    with locked(make) as elsewhere, meanwhile(expiry.expire_points) as done:
        until_somebody_waits()
        elsewhere.exec_driver_sql(f"UPDATE account SET balance = balance WHERE {company(first)}")
        elsewhere.commit()
        assert done.result(PATIENCE) == 30


def expire_all(number: int) -> tuple[int, int]:
    with time_machine.travel(f"{LATER} 12:00:00+08:00", tick=True):
        return (
            sum(iter(expiry.expire_claims, 0)),
            sum(iter(expiry.expire_points, 0)) + 0 * number,
        )


def fill(wallets: int) -> Campaign:
    campaign = factories.campaign()
    for _ in range(wallets):
        factories.wallet(10, TODAY, campaign)
    for _ in range(60):
        factories.claim(10, campaign, expires_on=TODAY)
    return campaign


def test_several_workers_expire_everything_once(app):
    campaign = fill(30)
    assert committed(campaign) == 900
    done = at_once(app.config["SETTINGS"], expire_all, [(number,) for number in range(4)])
    # A worker skips rows that another has locked, so that a last call may find some that are left.
    rest = expire_all(0)
    assert sum(part[0] for part in done) + rest[0] == 600
    assert sum(part[1] for part in done) + rest[1] == 300
    assert committed(campaign) == 300
    assert totals() == {"issued": -300, "expired": 300}
    assert db.session.query(Transfer).filter_by(reason="expire").count() == 30


def expire_one_by_one(settings: Settings, ready: Event) -> None:
    expiry.OWNERS = expiry.CLAIMS = 1
    with wsgi.create_app(settings).app_context(), time_machine.travel("2027-12-01 12:00:00+08:00"):
        ready.set()
        while expiry.expire_claims() + expiry.expire_points():
            pass


def test_a_killed_worker_leaves_the_ledger_balanced(app):
    campaign = fill(30)
    for pause in (0.0, 0.03, 0.08):
        ready = context().Event()
        worker = context().Process(target=expire_one_by_one, args=(app.config["SETTINGS"], ready))
        worker.start()
        assert ready.wait(PATIENCE)
        time.sleep(pause)
        worker.kill()
        worker.join(PATIENCE)
    sums = totals()
    assert sum(sums.values()) == 0
    assert committed(campaign) == 300 + 10 * states().get("open", 0)
    expire_all(0)
    assert totals() == {"issued": -300, "expired": 300}
    assert committed(campaign) == 300
    with transaction() as session:
        assert claim_queries.take(session, b"x" * 32, TODAY) is None
