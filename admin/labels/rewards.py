"""Rewards in words."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from survey.rewards.models.catalogue import Reward
from survey.rewards.views import percent_off_text

KINDS = {
    "uploaded": _l("Partner coupon"),
    "generated": _l("Coupon"),
    "discount": _l("Discount"),
    "gift": _l("Gift"),
}
EXPLAINED = {
    "generated": _l("We generate the codes; they are redeemed at our counters."),
    "discount": _l("A discount on a purchase, redeemed at our counters."),
    "gift": _l("An item that customers collect from a service point’s stock."),
    "uploaded": _l("Codes from a partner that you upload; customers use them there."),
}
STATES = {
    "withdrawn": (_l("Withdrawn"), "warn"),
    "ended": (_l("Ended"), "neutral"),
    "planned": (_l("Upcoming"), "info"),
    "gone": (_l("None left"), "bad"),
    "offered": (_l("Available"), "good"),
}


def money(fen: int | None) -> str:
    """Return an amount in fen as yuan: ¥5 or ¥5.50."""
    yuan, rest = divmod(fen or 0, 100)
    return f"¥{yuan:,}.{rest:02d}" if rest else f"¥{yuan:,}"


def terms_of(reward: Reward) -> str:
    """Return the terms of a discount in words; "" for other rewards."""
    if reward.kind != "discount":
        return ""
    if reward.percent_off is not None:
        text = percent_off_text(reward.percent_off)
    else:
        text = _("%(amount)s off", amount=money(reward.amount_off))
    if reward.minimum_spend:
        text = _(
            "%(discount)s when you spend %(spend)s or more", discount=text, spend=money(reward.minimum_spend)
        )
    return text


def reward_counts(counts: Mapping[tuple[int, str], int], reward_id: int) -> dict[str, int]:
    """Return the numbers of reserved and fulfilled redemptions of a reward, by state."""
    return {state: counts.get((reward_id, state), 0) for state in ("reserved", "fulfilled")}
