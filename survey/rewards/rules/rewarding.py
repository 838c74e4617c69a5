"""Rules that check the terms that marketing sets for a reward."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from survey.refusal import N_, Refused

KINDS = ("uploaded", "generated", "discount", "gift")
NUMBERED = ("generated", "discount")
"""Types that may be limited to a number; codes or stock limit the others."""
MOST_POINTS = 1_000_000
MOST = 1_000_000
"""The most of one reward at one service point."""
MOST_FEN = 100_000_000
LONGEST_TITLE = 60
LONGEST_DESCRIPTION = 1000
CHANGED = N_("The number has changed in the meantime: %(left)s are left. Please check it before you save.")


@dataclass(frozen=True)
class RewardTerms:
    """The terms of a reward: ``title`` and ``description`` are by language, the others as the columns of
    Reward."""

    title: Mapping[str, str]
    price: int
    starts_on: date
    ends_on: date | None = None
    description: Mapping[str, str] = field(default_factory=dict)
    per_wallet: int | None = None
    remaining: int | None = None
    place_id: int | None = None
    hold_days: int = 30
    amount_off: int | None = None
    percent_off: int | None = None
    minimum_spend: int | None = None


def check(kind: str, terms: RewardTerms) -> None:
    """Raise Refused when a reward of this type cannot have these terms."""
    if kind not in KINDS:
        raise Refused(N_("There is no such type of reward."))
    if not terms.title.get("zh", "").strip():
        raise Refused(N_("Enter a Chinese name."))
    if any(len(text) > LONGEST_TITLE for text in terms.title.values()):
        raise Refused(N_("A name has at most %(longest)s characters."), longest=LONGEST_TITLE)
    if any(len(text) > LONGEST_DESCRIPTION for text in terms.description.values()):
        raise Refused(N_("A description has at most %(longest)s characters."), longest=LONGEST_DESCRIPTION)
    _check_numbers(terms)
    if terms.ends_on is not None and terms.ends_on < terms.starts_on:
        raise Refused(N_("A reward cannot end before it starts."))
    if terms.remaining is not None and kind not in NUMBERED:
        raise Refused(N_("The quantity is set by its codes or by the stock of the service points."))
    _check_discount(kind, terms)


def _check_numbers(terms: RewardTerms) -> None:
    if not 1 <= terms.price <= MOST_POINTS:
        raise Refused(N_("The price must be 1 to 1,000,000 points."))
    if terms.per_wallet is not None and not 1 <= terms.per_wallet <= MOST:
        raise Refused(N_("The limit per wallet must be at least 1."))
    if terms.remaining is not None and not 0 <= terms.remaining <= MOST:
        raise Refused(N_("The quantity must be 0 to 1,000,000."))
    if not 1 <= terms.hold_days <= 365:
        raise Refused(N_("It is valid for 1 to 365 days."))


def _check_discount(kind: str, terms: RewardTerms) -> None:
    """Raise Refused unless a discount has either an amount or a percentage, and another type neither."""
    discounts = [terms.amount_off, terms.percent_off]
    if kind != "discount":
        if any(amount is not None for amount in (*discounts, terms.minimum_spend)):
            raise Refused(N_("Only a discount has an amount."))
        return
    if discounts.count(None) != 1:
        raise Refused(N_("Enter either an amount or a percentage."))
    if terms.percent_off is not None and not 1 <= terms.percent_off <= 100:
        raise Refused(N_("The percentage must be 1 to 100."))
    if terms.amount_off is not None and not 1 <= terms.amount_off <= MOST_FEN:
        raise Refused(N_("An amount is 0.01 to 1,000,000 yuan."))
    if terms.minimum_spend is not None and not 0 <= terms.minimum_spend <= MOST_FEN:
        raise Refused(N_("The minimum spend must be 0 to 1,000,000 yuan."))
    if (
        terms.amount_off is not None
        and terms.minimum_spend is not None
        and terms.minimum_spend < terms.amount_off
    ):
        raise Refused(N_("The minimum spend cannot be less than the amount off."))
