"""Rules that decide whether a customer may have a reward."""

from dataclasses import dataclass
from datetime import date, timedelta

from survey.refusal import N_, Refused

WITHDRAWN = N_("This reward is no longer available.")


@dataclass(frozen=True)
class RedemptionTerms:
    """A reward's conditions: its price, dates, limit per wallet, and whether it is withdrawn."""

    price: int
    starts_on: date
    ends_on: date | None
    per_wallet: int | None
    withdrawn: bool


@dataclass(frozen=True)
class Wish:
    """A customer's wish for a reward: the ``price`` they saw, the points they can spend, and how many of the
    reward they ``had`` (reserved or handed out)."""

    price: int
    points: int
    had: int


def check(terms: RedemptionTerms, wish: Wish, today: date) -> None:
    """Raise Refused with the first reason why the customer may not have the reward."""
    check_offered(terms, today)
    if wish.price != terms.price:
        raise Refused(
            N_("The price is now %(price)s points. Please check it before you redeem."), price=terms.price
        )
    if terms.per_wallet is not None and wish.had >= terms.per_wallet:
        raise Refused(N_("You have reached the limit for this reward (%(times)s)."), times=terms.per_wallet)
    if wish.points < terms.price:
        raise Refused(N_("Not enough points: you need %(missing)s more."), missing=terms.price - wish.points)


def check_offered(terms: RedemptionTerms, today: date) -> None:
    """Raise Refused when nobody can have the reward today."""
    if terms.withdrawn:
        raise Refused(WITHDRAWN)
    if today < terms.starts_on:
        raise Refused(N_("This reward is available from %(day)s."), day=terms.starts_on)
    if terms.ends_on is not None and today > terms.ends_on:
        raise Refused(N_("This reward was available until %(day)s."), day=terms.ends_on)


def last_day(reserved_on: date, hold_days: int) -> date:
    """Return the last day on which a reserved reward is kept."""
    return reserved_on + timedelta(days=hold_days)
