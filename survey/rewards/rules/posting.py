"""Double entry: what may be posted, and which of a customer's points are used first."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

MOST = 2**53
"""Points in one entry or account, at most: every program that reads our numbers holds them exactly."""


class Unbalanced(ValueError):
    """Entries that do not sum to zero, or are no whole numbers other than zero. Nothing was posted."""


class Short(ValueError):
    """There are fewer points than are wanted."""


class Key(NamedTuple):
    """An account: the company's of a campaign, or a customer's of a campaign and a date of expiry."""

    kind: str
    campaign_id: int
    customer_id: int | None = None
    expires_on: date | None = None


class Lot(NamedTuple):
    """Points of a customer that came from one campaign and expire on one day."""

    campaign_id: int
    expires_on: date
    points: int


def check(entries: Mapping[Key, int]) -> None:
    """Raises Unbalanced for what is no transfer."""
    amounts = entries.values()
    if not entries or any(type(amount) is not int for amount in amounts):
        raise Unbalanced("entries are whole numbers of points")
    if any(amount == 0 or abs(amount) > MOST for amount in amounts):
        raise Unbalanced("an entry is not zero, and within what numbers hold")
    if sum(amounts):
        raise Unbalanced(f"entries sum to {sum(amounts)}, not to zero")


def first_in_first_out(lots: Iterable[Lot], points: int) -> list[Lot]:
    """Of ``lots`` the ``points`` that expire first (of one day those of the older campaign).

    Raises Short, and Unbalanced for a number of points that cannot be."""
    if type(points) is not int or not 0 < points <= MOST:
        raise Unbalanced("a positive number of points")
    used, wanted = [], points
    for lot in sorted(lots, key=lambda lot: (lot.expires_on, lot.campaign_id)):
        part = min(lot.points, wanted)
        if part > 0:
            used.append(lot._replace(points=part))
            wanted -= part
    if wanted:
        raise Short(f"{wanted} points are missing")
    return used


def moved(lots: Iterable[Lot], customer_id: int, origin: str, target: str) -> dict[Key, int]:
    """The entries that move a customer's ``lots`` between two of her own kinds of account."""
    entries = {}
    for campaign_id, expires_on, points in lots:
        entries[Key(origin, campaign_id, customer_id, expires_on)] = -points
        entries[Key(target, campaign_id, customer_id, expires_on)] = points
    return entries


def settled(lots: Iterable[Lot], customer_id: int, origin: str, target: str) -> dict[Key, int]:
    """The entries that move a customer's ``lots`` to the company's accounts of their campaigns."""
    entries: dict[Key, int] = {}
    for campaign_id, expires_on, points in lots:
        entries[Key(origin, campaign_id, customer_id, expires_on)] = -points
        company = Key(target, campaign_id)
        entries[company] = entries.get(company, 0) + points
    return entries


def reversal(entries: Mapping[Key, int]) -> dict[Key, int]:
    """What undoes a transfer."""
    return {key: -amount for key, amount in entries.items()}
