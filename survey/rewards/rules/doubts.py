"""Rules that find a taking of points doubtful by how often, from where and how soon, never by answers.

A doubtful taking is not refused. Its points wait for a review, and an employee who sees these signs decides.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")

BURST, UNPROVEN = "burst", "unproven"
"""Signs of a claim when it is earned: in a burst of responses at a link; in a flood without a proof of
work."""
MANY, SHARED, STAFF = "many", "shared", "staff"
"""Signs of a taking: many by a wallet in a day; a device for several wallets; soon after a staff sign-in."""
DEVICE = "device"
"""Not a sign: the code of a number by which doubtful takings of one device are grouped."""

TAKINGS = 5
"""Claims that a wallet may take a day without doubt: a family at a food court, not a trade."""
WALLETS = 3
"""Wallets that may take points with one device within DAYS without doubt: a couple lends a phone."""
DAYS = 7
STAFF_SECONDS = 12 * 3600
"""A shift: points that a device takes within so many seconds of a staff sign-in are reviewed."""
BURST_SECONDS = 600
"""Responses at one link are counted over so many seconds."""
BURST_TIMES = 3
"""More than so many times a flood within BURST_SECONDS are a burst: claims are doubted, proof or not."""
UNPROVEN_A_FLOOD = 10
"""So many responses without a proof of work still earn points at one link within BURST_SECONDS of a flood."""
DEVICE_BYTES = 6
"""So many bytes of a device's hash are kept as evidence: they make a whole number that JSON holds."""

Sign = tuple[str, int]
"""(code of a reason to doubt a taking, its number); never an answer."""


@dataclass(frozen=True)
class Flood:
    """A count of responses at one link within BURST_SECONDS, this response included.

    ``unproven`` of the ``answers`` came without a proof of work; more than ``most`` are a flood (0: no number
    is)."""

    answers: int
    unproven: int
    most: int


@dataclass(frozen=True)
class Earning:
    """A decision whether a response earns its ``points`` and for which sign its claim is doubted ("":
    none)."""

    points: bool = True
    doubt: str = ""


def earning_of(flood: Flood, is_proven: bool) -> Earning:
    """Return what a response earns. In a flood fewer earn points without a proof, and their claims wait."""
    if not flood.most or flood.answers <= flood.most:
        return Earning()
    if not is_proven:
        return Earning(flood.unproven <= UNPROVEN_A_FLOOD, UNPROVEN)
    return Earning(True, BURST if flood.answers > flood.most * BURST_TIMES else "")


@dataclass(frozen=True)
class TakingCircumstances:
    """A count of what is known about a taking: ``takings`` of the wallet today and ``wallets`` that the
    device took points into within DAYS, both including this taking; ``staff_seconds`` since a user signed in
    on the device, None when nobody did."""

    takings: int = 1
    wallets: int = 1
    staff_seconds: float | None = None


def signs(circumstances: TakingCircumstances, device: bytes) -> list[Sign]:
    """Return the signs of a doubtful taking, followed by the number of its ``device``; [] for most
    takings."""
    evidence = []
    if circumstances.takings > TAKINGS:
        evidence.append((MANY, circumstances.takings))
    if circumstances.wallets > WALLETS:
        evidence.append((SHARED, circumstances.wallets))
    if circumstances.staff_seconds is not None and 0 <= circumstances.staff_seconds <= STAFF_SECONDS:
        evidence.append((STAFF, int(circumstances.staff_seconds // 60)))
    return [*evidence, (DEVICE, int.from_bytes(device[:DEVICE_BYTES]))] if evidence else []


def device_of(evidence: Iterable[Sign]) -> int | None:
    """Return the number of the device that a taking was made with, None when it is not known."""
    return next((number for sign, number in evidence if sign == DEVICE), None)


def group_by_device(takings: Iterable[T], evidence: Callable[[T], Iterable[Sign]]) -> list[list[T]]:
    """Return the takings grouped by device, in the order in which the first of each group comes."""
    groups: dict[object, list[T]] = {}
    for taking in takings:
        device = device_of(evidence(taking))
        groups.setdefault(device if device is not None else object(), []).append(taking)
    return list(groups.values())
