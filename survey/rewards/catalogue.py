"""The rewards on offer, and marketing's use cases that begin, change, withdraw and restore them."""

from dataclasses import dataclass
from datetime import date

from survey.places.models import Place
from survey.refusal import Refused
from survey.transaction import retry_on_conflict, transaction

from .models.catalogue import Reward
from .queries import catalogue as queries
from .queries import making
from .rules import redeeming
from .rules.rewarding import CHANGED, RewardTerms, check

__all__ = [
    "OfferedReward",
    "RewardTerms",
    "begin",
    "change",
    "check_offered",
    "offered_reward",
    "points_with_stock",
    "restore",
    "rewards_on_offer",
    "withdraw",
]


@dataclass(frozen=True)
class OfferedReward:
    """A reward, and how many are ``left`` to promise (None: any number)."""

    reward: Reward
    left: int | None

    @property
    def sold_out(self) -> bool:
        return self.left == 0


def rewards_on_offer(today: date) -> list[OfferedReward]:
    """Return the rewards that customers can have today, the cheapest first, and sold-out rewards last."""
    rewards = queries.rewards_on_offer(today)
    left = queries.count_left(rewards)
    offers = [OfferedReward(reward, left[reward.id]) for reward in rewards]
    return sorted(offers, key=lambda offer: (offer.sold_out, offer.reward.price, offer.reward.id))


def offered_reward(reward_id: int) -> OfferedReward | None:
    """Return the reward, whether or not it is on offer today."""
    reward = queries.reward(reward_id)
    return OfferedReward(reward, queries.count_left([reward])[reward_id]) if reward else None


def check_offered(reward: Reward, today: date) -> None:
    """Raise Refused when nobody can have the reward today."""
    redeeming.check_offered(queries.terms_of(reward), today)


def points_with_stock(reward: Reward) -> list[Place]:
    """Return the service points that have a gift left, by name."""
    return queries.points_with_stock(reward)


def begin(kind: str, terms: RewardTerms, demonstration: bool = False, made_with: str | None = None) -> Reward:
    """Return a new reward, or the reward that the form ``made_with`` made before. Raises Refused for invalid
    terms."""
    check(kind, terms)

    def begin() -> Reward:
        with transaction() as session:
            existing = making.find_made_with(session, Reward, made_with)
            if existing is not None:
                return existing
            reward = Reward(kind=kind, remaining=terms.remaining, demonstration=demonstration)
            reward.made_with = made_with
            _set_terms(reward, terms)
            session.add(reward)
        return reward

    return retry_on_conflict(begin)


def change(reward_id: int, terms: RewardTerms, seen: int | None) -> None:
    """Change a reward from now on: reservations stay as they were promised. ``seen`` is how many were left
    when the user opened the form; a new number is written only when none was taken since, or when the number
    is already the new one because the same form was sent twice. Raises Refused."""
    with transaction() as session:
        reward = queries.lock_reward(session, reward_id)
        check(reward.kind, terms)
        if terms.remaining not in (seen, reward.remaining):
            if reward.remaining != seen:
                raise Refused(CHANGED, left=reward.remaining)
            reward.remaining = terms.remaining
        _set_terms(reward, terms)


def withdraw(reward_id: int, today: date) -> None:
    """Withdraw a reward: nobody can redeem it any longer, but reservations are still handed out. A reward
    that is already withdrawn keeps its day."""
    with transaction() as session:
        reward = queries.lock_reward(session, reward_id)
        reward.withdrawn_on = reward.withdrawn_on or today


def restore(reward_id: int) -> None:
    """Offer a withdrawn reward again."""
    with transaction() as session:
        queries.lock_reward(session, reward_id).withdrawn_on = None


def _set_terms(reward: Reward, terms: RewardTerms) -> None:
    reward.title, reward.description = dict(terms.title), dict(terms.description)
    reward.price, reward.per_wallet = terms.price, terms.per_wallet
    reward.starts_on, reward.ends_on = terms.starts_on, terms.ends_on
    reward.place_id, reward.hold_days = terms.place_id, terms.hold_days
    reward.amount_off, reward.percent_off = terms.amount_off, terms.percent_off
    reward.minimum_spend = terms.minimum_spend
