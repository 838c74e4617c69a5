"""A state machine that does everything that can happen to points in any order, and compares it with a model.

The model keeps lots, holds and pending points as plain numbers; after every step the ledger has to agree with
it, and ``flask ledger verify`` has to find nothing.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import time_machine
from flask import Flask
from hypothesis import HealthCheck
from hypothesis import settings as bounds
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from survey import settings
from survey.answering.queries import Submission
from survey.answering.submission import hand_in
from survey.db import db
from survey.refusal import Refused
from survey.rewards import adjusting, codes, erasure, expiry, handing_out, redemption, reviewing
from survey.rewards.claims import code_hash
from survey.rewards.models.books import Adjustment, Entry
from survey.rewards.models.claims import Claim
from survey.rewards.models.reviews import Review
from survey.rewards.queries import books
from survey.rewards.rules.validity import last_day
from survey.rewards.taking import take
from survey.rewards.verification import verify
from tests import factories

BEGIN = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
BUDGET, EARNS, CAP = 300, 10, 60
MONTHS, VESTING = 2, 9
WALLETS = 3
KINDS = ("wallet", "pending", "held")
Lots = Counter[tuple[int, date]]


class Points(RuleBasedStateMachine):
    """A machine of rules on points. run() sets ``app`` and ``empty``, which empties its database."""

    app: Flask
    empty: staticmethod
    claims = Bundle("claims")
    reserved = Bundle("reserved")

    def __init__(self) -> None:
        super().__init__()
        self.empty()
        self.clock = time_machine.travel(BEGIN, tick=False)
        self.moment = self.clock.start()
        self.numbers = count(1)
        self.wallets: list[Lots] = [Counter() for _ in range(WALLETS)]
        self.pending: dict[int, tuple[int, tuple[int, date], str]] = {}  # by transfer: wallet, lot, claim
        self.held: dict[uuid.UUID, Lots] = {}
        self.owner: dict[uuid.UUID, int] = {}
        self.spent: dict[uuid.UUID, Lots] = {}
        self.open: dict[str, tuple[date, str]] = {}  # a claim's last day and doubt
        self.took: dict[str, int] = {}
        self.given: Counter[tuple[int, date]] = Counter()  # points taken, by wallet and day
        self.erased: set[int] = set()
        self.committed = 0

    def teardown(self) -> None:
        self.clock.stop()
        db.session.remove()

    @property
    def today(self) -> date:
        return settings.current().today()

    @initialize()
    def a_company(self) -> None:
        _top, _regions, (self.here, self.there) = factories.company(1, 2)
        self.version = factories.version()
        self.campaign = factories.campaign(
            EARNS, self.version, budget=BUDGET, daily_cap=CAP, valid_months=MONTHS, vesting_days=VESTING
        )
        self.customers = [factories.customer() for _ in range(WALLETS)]
        self.staff = [factories.staff("administrator"), factories.staff("marketing")]
        self.counter = factories.staff("counter", self.here)
        self.rewards = [
            factories.reward("generated", 10, remaining=3, hold_days=20),
            factories.reward("gift", 15, stock={self.here: 2}, hold_days=20),
            factories.reward("uploaded", 20, codes="one\ntwo\n"),
            factories.reward("discount", 25, per_wallet=1, hold_days=20),
        ]

    # -- earning and taking

    @rule(target=claims, doubt=st.sampled_from(["", "", "burst"]))
    def a_customer_answers(self, doubt: str) -> str:
        code = f"{next(self.numbers):022d}"
        handed = Submission(
            place_id=self.here.id,
            submission_id=uuid.uuid4(),
            employee_id=None,
            version_id=self.version.id,
            day=self.today,
            channel="qr",
            locale="zh",
            answers={"quality": 4},
            claim_hash=code_hash(code),
            points=EARNS,
            campaign_id=self.campaign.id,
            expires_on=self.today + timedelta(30),
            doubt=doubt,
        )
        assert hand_in(handed)
        assert not hand_in(handed)  # the reply was lost
        db.session.rollback()
        made = db.session.query(Claim).filter_by(code_hash=code_hash(code)).count()
        assert made == (self.committed + EARNS <= BUDGET)
        if made:
            self.open[code] = (self.today + timedelta(30), doubt)
            self.committed += EARNS
        return code

    @rule(code=claims, wallet=st.integers(0, WALLETS - 1))
    def somebody_takes(self, code: str, wallet: int) -> None:
        may = self._may_take(code, wallet)
        try:
            taken = take(code, self.customers[wallet].id, self.today)
        except Refused:
            assert may in {"no", "capped"}
            return
        assert may in {"yes", "again"}
        if may == "yes":
            self._took(code, wallet, pending=taken.vests_on is not None)

    def _may_take(self, code: str, wallet: int) -> str:
        if wallet in self.erased:
            return "no"
        if code in self.took:
            return "again" if self.took[code] == wallet else "no"
        if code not in self.open or self.open[code][0] < self.today:
            return "no"
        return "capped" if self.given[wallet, self.today] + EARNS > CAP else "yes"

    def _took(self, code: str, wallet: int, pending: bool) -> None:
        lot = (self.campaign.id, last_day(self.today, MONTHS))
        assert pending == bool(self.open.pop(code)[1])
        self.took[code] = wallet
        self.given[wallet, self.today] += EARNS
        if pending:
            review = db.session.query(Review).order_by(Review.transfer_id.desc()).first()
            self.pending[review.transfer_id] = (wallet, lot, code)
        else:
            self.wallets[wallet][lot] += EARNS

    # -- doubtful points

    @rule(data=st.data(), good=st.booleans())
    def somebody_decides(self, data: st.DataObject, good: bool) -> None:
        if not self.pending:
            return
        transfer_id = data.draw(st.sampled_from(sorted(self.pending)))
        decide = reviewing.approve if good else reviewing.void
        decide(transfer_id, self.staff[0].id, "looked at it", self.today)
        wallet, lot, code = self.pending.pop(transfer_id)
        if good:
            self.wallets[wallet][lot] += EARNS
        else:
            self.committed -= EARNS
            del self.took[code]

    # -- redeeming

    @rule(target=reserved, which=st.integers(0, 3), wallet=st.integers(0, WALLETS - 1))
    def somebody_reserves(self, which: int, wallet: int) -> uuid.UUID | object:
        reward, key = self.rewards[which], uuid.uuid4()
        place = self.here.id if reward.kind == "gift" else None
        wish = (key, self.customers[wallet].id, reward.id, reward.price, self.today, place)
        has = sum(points for (_c, last), points in self.wallets[wallet].items() if last >= self.today)
        try:
            reserved = redemption.reserve(*wish)
        except Refused:
            return multiple()
        assert has >= reward.price
        assert wallet not in self.erased
        assert redemption.reserve(*wish).id == key  # tapped twice
        used = self._first_in_first_out(wallet, reward.price)
        self.owner[key] = wallet
        (self.spent if reserved.state == "fulfilled" else self.held)[key] = used
        return key

    def _first_in_first_out(self, wallet: int, price: int) -> Lots:
        used: Lots = Counter()
        for lot in sorted(self.wallets[wallet], key=lambda lot: (lot[1], lot[0])):
            part = min(price, self.wallets[wallet][lot]) if lot[1] >= self.today else 0
            if part:
                used[lot] = part
                self.wallets[wallet][lot] -= part
                price -= part
        assert not price
        return used

    @rule(key=reserved)
    def the_customer_cancels(self, key: uuid.UUID) -> None:
        try:
            redemption.cancel(key, self.customers[self.owner[key]].id, self.today)
        except Refused:
            assert key in self.spent
            return
        self._released(key)

    @rule(key=reserved, elsewhere=st.booleans())
    def the_counter_hands_it_out(self, key: uuid.UUID, elsewhere: bool) -> None:
        reserved = redemption.queries.redemption(key)
        at = self.there if elsewhere else self.here
        try:
            handing_out.hand_out(codes.code_of(reserved), at, self.counter.id, self.today, settings.now())
        except Refused:
            return
        if key in self.held:
            self.spent[key] = self.held.pop(key)

    @rule(key=reserved)
    def the_counter_undoes_it(self, key: uuid.UUID) -> None:
        try:
            undone = handing_out.undo(key, self.counter.id, self.today, settings.now())
        except Refused:
            return
        if undone.state == "reserved" and key in self.spent:
            self.held[key] = self.spent.pop(key)

    def _released(self, key: uuid.UUID) -> None:
        self.wallets[self.owner[key]].update(self.held.pop(key, Counter()))

    # -- by hand, and the end of a wallet

    @rule(wallet=st.integers(0, WALLETS - 1), points=st.sampled_from([-30, -5, 5, 30]), twice=st.booleans())
    def two_people_adjust(self, wallet: int, points: int, twice: bool) -> None:
        asked, decides = self.staff
        number = self.customers[wallet].number
        try:
            adjusting.request(number, self.campaign.id, points, "a mistake", asked.id, self.today)
        except Refused:
            assert wallet in self.erased
            return
        wish = db.session.query(Adjustment).order_by(Adjustment.id.desc()).first()
        before = books.balances(self.customers[wallet].id, self.today).get("wallet", 0)
        try:
            adjusting.approve(wish.id, decides.id, self.today)
        except Refused:
            assert before + points < 0
            adjusting.refuse(wish.id, decides.id, self.today)
            return
        if twice:
            self._again(wish.id, decides.id)
        self._adjusted(wallet)

    def _again(self, adjustment_id: int, staff_id: int) -> None:
        try:
            adjusting.approve(adjustment_id, staff_id, self.today)
        except Refused:
            return

    def _adjusted(self, wallet: int) -> None:
        """Copy the wallet's lots: the model does not choose which lots an adjustment uses, and the invariant
        compares the sum."""
        lots = books.lots(db.session, self.customers[wallet].id)
        self.wallets[wallet] = Counter({(lot.campaign_id, lot.expires_on): lot.points for lot in lots})

    @rule(wallet=st.integers(0, WALLETS - 1), sure=st.integers(0, 9))
    def the_customer_deletes_the_wallet(self, wallet: int, sure: int) -> None:
        if sure:
            return
        erasure.erase(self.customers[wallet].id, self.today)
        self.erased.add(wallet)
        self.wallets[wallet] = Counter()
        self.pending = {key: review for key, review in self.pending.items() if review[0] != wallet}
        self.held = {key: lots for key, lots in self.held.items() if self.owner[key] != wallet}

    # -- time

    @rule(days=st.integers(1, 40))
    def days_pass(self, days: int) -> None:
        self.moment.shift(timedelta(days))

    @rule()
    def the_worker_does_what_is_due(self) -> None:
        expiry.expire_claims()
        redemption.expire()
        reviewing.vest()
        expiry.expire_points()
        self._claims_expired()
        self._reservations_ended()
        self._vested()
        for lots in self.wallets:
            for lot in [lot for lot in lots if lot[1] < self.today]:
                del lots[lot]

    def _claims_expired(self) -> None:
        for code in [code for code, (last, _doubt) in self.open.items() if last < self.today]:
            del self.open[code]
            self.committed -= EARNS

    def _reservations_ended(self) -> None:
        ended = [key for key in self.held if redemption.queries.redemption(key).state == "expired"]
        for key in ended:
            self._released(key)

    def _vested(self) -> None:
        for transfer_id in list(self.pending):
            if db.session.get(Review, transfer_id, populate_existing=True).state == "vested":
                wallet, lot, _code = self.pending.pop(transfer_id)
                self.wallets[wallet][lot] += EARNS

    # -- what always holds

    @invariant()
    def the_books_agree_with_the_model(self) -> None:
        if not hasattr(self, "customers"):
            return
        db.session.rollback()
        for wallet, customer in enumerate(self.customers):
            booked = {
                kind: sum(lot.points for lot in books.lots(db.session, customer.id, kind)) for kind in KINDS
            }
            held = [lots for key, lots in self.held.items() if self.owner[key] == wallet]
            assert booked == {
                "wallet": sum(self.wallets[wallet].values()),
                "pending": EARNS * sum(owner == wallet for owner, _lot, _code in self.pending.values()),
                "held": sum(sum(lots.values()) for lots in held),
            }

    @invariant()
    def nothing_differs_and_all_sums_to_zero(self) -> None:
        if not hasattr(self, "customers"):
            return
        db.session.rollback()
        assert list(verify()) == []
        assert (db.session.query(db.func.sum(Entry.amount)).scalar() or 0) == 0
        campaign = db.session.get(type(self.campaign), self.campaign.id, populate_existing=True)
        assert campaign.committed == self.committed <= BUDGET


def run(app: Flask, empty: Callable[[], None], examples: int, steps: int) -> None:
    """Run ``examples`` histories of at most ``steps`` steps each."""
    machine = type("Machine", (Points,), {"app": app, "empty": staticmethod(empty)})
    own = bounds(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )
    run_state_machine_as_test(machine, settings=own)
