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
BURST_SECONDS = 600
"""Answers at one link are counted over so many seconds."""
BURST_TIMES = 3
"""More than so many times a flood, within BURST_SECONDS, are a burst: claims are doubted, proof or not."""
UNPROVEN_A_FLOOD = 10
"""Without a proof of work, so many answers at one link within BURST_SECONDS of a flood still earn points."""
DEVICE_BYTES = 6
"""Of a device's hash in evidence: a whole number that JSON holds."""

Sign = tuple[str, int]
"""A reason to doubt a taking, by its code, and how much of it there is; never what was answered."""


@dataclass(frozen=True)
class Flood:
    """``answers`` at one link within BURST_SECONDS, with this one; of them ``unproven`` without a proof of
    work; more than ``most`` are a flood (0: no number is)."""

    answers: int
    unproven: int
    most: int


@dataclass(frozen=True)
class Paid:
    """Whether an answer earns its ``points``, and what its claim is doubted for, "" nothing."""

    points: bool = True
    doubt: str = ""


def paid(flood: Flood, is_proven: bool) -> Paid:
    """What becomes of an answer's points. Without a proof fewer earn any, and theirs wait."""
    if not flood.most or flood.answers <= flood.most:
        return Paid()
    if not is_proven:
        return Paid(flood.unproven <= UNPROVEN_A_FLOOD, UNPROVEN)
    return Paid(True, BURST if flood.answers > flood.most * BURST_TIMES else "")


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
