"""Rules of double entry that say what may be posted and which of a customer's points are used first."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

MOST = 2**53
"""The most points in one entry or account: every program that reads our numbers holds them exactly."""


class Unbalanced(ValueError):
    """An error of entries that do not sum to zero or are not whole numbers other than zero. Nothing was
    posted."""


class TooFewPoints(ValueError):
    """An error that says that a customer has fewer points than are needed."""


class Key(NamedTuple):
    """A key of an account: the company's of a campaign, or a customer's of a campaign and a date of
    expiry."""

    kind: str
    campaign_id: int
    customer_id: int | None = None
    expires_on: date | None = None


class Lot(NamedTuple):
    """A lot of points of a customer that came from one campaign and expire on one day."""

    campaign_id: int
    expires_on: date
    points: int


def check(entries: Mapping[Key, int]) -> None:
    """Raise Unbalanced when the entries are not a transfer."""
    amounts = entries.values()
    if not entries or any(type(amount) is not int for amount in amounts):
        raise Unbalanced("entries are whole numbers of points")
    if any(amount == 0 or abs(amount) > MOST for amount in amounts):
        raise Unbalanced("an entry is not zero, and within what numbers hold")
    if sum(amounts):
        raise Unbalanced(f"entries sum to {sum(amounts)}, not to zero")


def first_in_first_out(lots: Iterable[Lot], points: int) -> list[Lot]:
    """Return the lots of the ``points`` that expire first (of one day those of the older campaign).

    Raises TooFewPoints, and Unbalanced when ``points`` is not a whole number from 1 to MOST."""
    if type(points) is not int or not 0 < points <= MOST:
        raise Unbalanced("a positive number of points")
    used, wanted = [], points
    for lot in sorted(lots, key=lambda lot: (lot.expires_on, lot.campaign_id)):
        part = min(lot.points, wanted)
        if part > 0:
            used.append(lot._replace(points=part))
            wanted -= part
    if wanted:
        raise TooFewPoints(f"{wanted} points are missing")
    return used


def move_entries(lots: Iterable[Lot], customer_id: int, origin: str, target: str) -> dict[Key, int]:
    """Return the entries that move a customer's ``lots`` between two kinds of their own accounts."""
    entries = {}
    for campaign_id, expires_on, points in lots:
        entries[Key(origin, campaign_id, customer_id, expires_on)] = -points
        entries[Key(target, campaign_id, customer_id, expires_on)] = points
    return entries


def settlement_entries(lots: Iterable[Lot], customer_id: int, origin: str, target: str) -> dict[Key, int]:
    """Return the entries that move a customer's ``lots`` to the company's accounts of the campaigns."""
    entries: dict[Key, int] = {}
    for campaign_id, expires_on, points in lots:
        entries[Key(origin, campaign_id, customer_id, expires_on)] = -points
        company = Key(target, campaign_id)
        entries[company] = entries.get(company, 0) + points
    return entries


def reversal(entries: Mapping[Key, int]) -> dict[Key, int]:
    """Return the entries that reverse a transfer."""
    return {key: -amount for key, amount in entries.items()}
