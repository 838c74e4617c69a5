"""The demonstration's points: campaigns, rewards of each kind, and wallets with a year of history, created by
the same use cases as real ones."""

import uuid
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from survey.people.customers import enter
from survey.people.models import Customer, Staff
from survey.places import queries as places
from survey.places.models import Place
from survey.rewards import adjusting, campaigns, catalogue, codes, coupons, handing_out, redemption, stocking
from survey.rewards.campaigns import CampaignTerms
from survey.rewards.models.campaigns import Campaign
from survey.rewards.models.catalogue import Reward
from survey.rewards.picturing import illustrate
from survey.rewards.rules.offers import PayingRate
from survey.rewards.rules.rewarding import RewardTerms
from survey.rewards.taking import take
from survey.transaction import transaction

from . import queries
from .answers import DAYS
from .pictures import picture
from .queries import points as point_queries

PHONE = "+8613800138000"
"""The number by which a visitor opens the demonstration's wallet: a service number of the carrier, which no
person has."""
WALLETS = 12
POINTS_A_RESPONSE = 20
BUDGET = 1_000_000
STOCKED = ("SHA-01", "SHA-02", "HGH-01", "PEK-01", "CAN-01", "SZX-01")
"""Service points that have gifts; the first is that of the counter's sign-in."""
NOON = time(4, tzinfo=UTC)  # in Shanghai


def begin(today: date) -> list[Campaign]:
    """Create two campaigns: one of two years around ``today`` that pays for every response, and one that is
    over, whose points were valid for three months."""
    title = {"zh": "演示活动：答卷有礼", "en": "Demonstration: points for answers"}
    past = {"zh": "演示活动：春季答谢", "en": "Demonstration: spring thanks"}
    day = timedelta(1)
    rates = (PayingRate(None, "", POINTS_A_RESPONSE),)
    both = (
        CampaignTerms(
            title, today - DAYS * day, today + DAYS * day, BUDGET, rates, daily_cap=5 * POINTS_A_RESPONSE
        ),
        CampaignTerms(past, today - DAYS * day, today - 200 * day, 5_000, rates, valid_months=3),
    )
    return [campaigns.begin(terms, demonstration=True) for terms in both]


def fill(running: Campaign, past: Campaign, today: date, random: Random) -> None:
    """Create rewards, and wallets whose owners took points and redeemed them; one has points under review."""
    rewards = _rewards(today)
    counter = queries.staff_of("counter")
    for number in range(WALLETS):
        owner = _customer(number, today)
        for back in (330, 260):
            _take(random, past, owner, today - timedelta(back))
        for back in sorted(random.sample(range(5, 150), 5 + number % 4), reverse=True):
            _take(random, running, owner, today - timedelta(back))
        reward = rewards[number % len(rewards)]
        _redeem(owner, reward, today - timedelta(4), counter if number % 3 else None)
    _take(random, running, _customer(1, today), today, doubtful=True)
    for _ in range(3):
        with transaction() as session:
            point_queries.add_claim(session, _code(random), POINTS_A_RESPONSE, running, today + timedelta(30))
    asks = queries.staff_of("marketing")
    reason = "演示：客户来电，一份答卷的积分未到账。"
    adjusting.request(_customer(0, today).number, running.id, POINTS_A_RESPONSE, reason, asks.id, today)


def _customer(number: int, today: date) -> Customer:
    """Return an invented customer: the first has PHONE, the others have numbers that cannot exist."""
    phone = PHONE if number == 0 else f"+8610000000{number:03d}"
    return enter("phone", phone, today - timedelta(DAYS), demonstration=True)


def _code(random: Random) -> str:
    return f"demo{random.getrandbits(88):018d}"[:22]


def _take(random: Random, campaign: Campaign, owner: Customer, day: date, doubtful: bool = False) -> None:
    code = _code(random)
    with transaction() as session:
        point_queries.add_claim(session, code, POINTS_A_RESPONSE, campaign, day + timedelta(30))
    take(code, owner.id, day, [("many", 7)] if doubtful else [])


def _rewards(today: date) -> list[Reward]:
    """Create a reward of each kind: a coupon of ours, a discount, a gift with its stock, and a coupon with
    uploaded codes."""
    since = today - timedelta(60)
    rewards = [
        _reward("generated", "咖啡一杯", "A cup of coffee", 40, since, per_wallet=5),
        _reward("discount", "维修立减 30 元", "30 yuan off", 60, since, amount_off=3000, minimum_spend=10000),
        _reward("gift", "帆布袋", "Canvas bag", 80, since, per_wallet=1),
        _reward("uploaded", "电影票兑换码", "Cinema ticket", 60, since),
    ]  # fmt: skip
    for point in _points():
        stocking.put(rewards[2].id, point, 25, 0)
    coupons.upload(rewards[3].id, "\n".join(f"FILM-{number:04d}-DEMO" for number in range(40)))
    for number, reward in enumerate(rewards):
        illustrate(reward.id, picture(number))
    return rewards


def _reward(kind: str, zh: str, en: str, price: int, since: date, **more: int) -> Reward:
    titles = {"zh": zh, "en": en}
    described = {"zh": "演示数据，不能真正兑换。", "en": "Demonstration: it cannot really be redeemed."}
    terms = RewardTerms(titles, price, since, None, described, **more)
    return catalogue.begin(kind, terms, demonstration=True)


def _points() -> list[Place]:
    return [point for code in STOCKED if (point := places.place(code)) is not None]


def _redeem(owner: Customer, reward: Reward, day: date, counter: Staff | None) -> None:
    """Reserve a reward, and collect it when ``counter`` is a user who hands it out."""
    at = _points()[0]
    place = at.id if reward.kind == "gift" else None
    reserved = redemption.reserve(uuid.uuid4(), owner.id, reward.id, reward.price, day, place)
    if counter is not None and reward.kind != "uploaded":
        handing_out.hand_out(codes.code_of(reserved), at, counter.id, day, _noon(day))


def _noon(day: date) -> datetime:
    return datetime.combine(day, NOON).replace(tzinfo=None)
