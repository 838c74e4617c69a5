"""What makes taking points doubtful: how often, from where and how soon; never what was answered.

A doubtful taking is not refused. Its points wait, and somebody who sees these signs decides.
"""

from dataclasses import dataclass

BURST, UNPROVEN = "burst", "unproven"
"""Of a claim, noted when it was earned: in a burst of answers at one link; under flood without a proof of work."""
MANY, SHARED, STAFF = "many", "shared", "staff"
"""Of a taking: many by one wallet in a day; one device for several wallets; soon after staff signed in on it."""

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

Sign = tuple[str, int]
"""What makes a taking doubtful, and how much of it."""


@dataclass(frozen=True)
class Seen:
    """``takings`` of the wallet today, with this one; ``wallets`` that the device took points with in DAYS,
    with this one; ``staff_seconds`` since staff signed in on the device, None when they never did."""

    takings: int = 1
    wallets: int = 1
    staff_seconds: float | None = None


def signs(seen: Seen) -> list[Sign]:
    """What is doubtful about a taking; nothing for most."""
    found = []
    if seen.takings > TAKINGS:
        found.append((MANY, seen.takings))
    if seen.wallets > WALLETS:
        found.append((SHARED, seen.wallets))
    if seen.staff_seconds is not None and 0 <= seen.staff_seconds <= STAFF_SECONDS:
        found.append((STAFF, int(seen.staff_seconds // 60)))
    return found
