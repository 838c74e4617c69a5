"""What makes taking points doubtful: how often, from where and how soon; never what was answered.

A doubtful taking is not refused. Its points wait, and somebody who sees these signs decides.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")

BURST, UNPROVEN = "burst", "unproven"
"""Of a claim, when it is earned: in a burst of answers at one link; under flood without a proof of work."""
MANY, SHARED, STAFF = "many", "shared", "staff"
"""Of a taking: many by a wallet in a day; a device for several wallets; soon after staff signed in on it."""
DEVICE = "device"
"""No sign, but a number by which doubtful takings of one device are put together."""

TAKINGS = 5
"""Claims a day that a wallet may take before more of them are many: a family at a food court, not a trade."""
WALLETS = 3
"""Wallets that may take points with one device in DAYS before it is shared: a couple lends a phone."""
DAYS = 7
STAFF_SECONDS = 12 * 3600
"""A shift: so long after staff signed in on a device, points that it takes are looked at."""
ANSWERS_A_BURST = 30
BURST_SECONDS = 600
"""More answers than ANSWERS_A_BURST at one link within so many seconds are a burst."""
UNPROVEN_A_BURST = 5
"""Without a proof of work, under flood, so many answers at one link within BURST_SECONDS may earn points."""

DEVICE_BYTES = 6
"""Of a device's hash in evidence: a whole number that JSON holds."""

Sign = tuple[str, int]
"""What makes a taking doubtful, and how much of it."""


@dataclass(frozen=True)
class Seen:
    """``takings`` of the wallet today, with this one; ``wallets`` that the device took points with in DAYS,
    with this one; ``staff_seconds`` since staff signed in on the device, None when they never did."""

    takings: int = 1
    wallets: int = 1
    staff_seconds: float | None = None


def signs(seen: Seen, device: bytes) -> list[Sign]:
    """What is doubtful about a taking, and then with which ``device``; nothing for most."""
    found = []
    if seen.takings > TAKINGS:
        found.append((MANY, seen.takings))
    if seen.wallets > WALLETS:
        found.append((SHARED, seen.wallets))
    if seen.staff_seconds is not None and 0 <= seen.staff_seconds <= STAFF_SECONDS:
        found.append((STAFF, int(seen.staff_seconds // 60)))
    return [*found, (DEVICE, int.from_bytes(device[:DEVICE_BYTES]))] if found else []


def device_of(evidence: Iterable[Sign]) -> int | None:
    """The number of the device that a taking was made with, None when it is not known."""
    return next((number for sign, number in evidence if sign == DEVICE), None)


def clustered(takings: Iterable[T], evidence: Callable[[T], Iterable[Sign]]) -> list[list[T]]:
    """Takings put together by device, in the order in which the first of each comes."""
    found: dict[object, list[T]] = {}
    for one in takings:
        device = device_of(evidence(one))
        found.setdefault(device if device is not None else object(), []).append(one)
    return list(found.values())
