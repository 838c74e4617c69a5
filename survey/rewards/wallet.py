"""What customers see of their points: how many there are, until when, and the history of their changes."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .models.redemptions import Redemption
from .queries import wallets as queries

PAGE = 20
"""A page shows so many lines of history."""
OF_REWARDS = ("hold", "release", "redeem", "undo")
"""The reasons of transfers that belong to a redemption."""


@dataclass(frozen=True)
class Wallet:
    """A wallet's contents: ``expiring`` are points that can be spent, by their last day; ``waiting`` are
    points under review, by the day on which they vest; ``held`` are points for reserved rewards."""

    expiring: list[tuple[date, int]]
    waiting: list[tuple[date, int]]
    held: int

    @property
    def points(self) -> int:
        """Return the points that can be spent."""
        return sum(points for _, points in self.expiring)


@dataclass(frozen=True)
class WalletEntry:
    """A line of history: ``points`` that came to the wallet or left it, or that wait for a review
    (``waits``).

    It names the campaign and the reward, never a service point or a time.
    """

    day: date
    reason: str
    points: int
    waits: bool
    campaign: dict[str, str] | None
    reward: dict[str, str] | None


def contents(customer_id: int, today: date) -> Wallet:
    """Return the contents of a customer's wallet today."""
    return Wallet(
        queries.points_by_last_day(customer_id, today),
        queries.waiting_points(customer_id),
        queries.held_points(customer_id),
    )


def history(customer_id: int, offset: int = 0, most: int | None = PAGE) -> list[WalletEntry]:
    """Return up to ``most`` lines of history (None: all), the latest first."""
    rows = queries.movements(customer_id, offset, most)
    campaigns = queries.campaign_titles({row.first for row in rows if row.first == row.last})
    rewards = queries.reward_titles({_redemption(row.source) for row in rows if row.reason in OF_REWARDS})
    return [
        WalletEntry(
            row.day,
            row.reason,
            int(row.wallet or row.pending),
            not row.wallet and row.pending != 0,
            campaigns.get(row.first) if row.first == row.last else None,
            rewards.get(_redemption(row.source)) if row.reason in OF_REWARDS else None,
        )
        for row in rows
    ]


def redemptions(customer_id: int) -> Sequence[Redemption]:
    """Return all redemptions of a customer, the latest first."""
    return queries.redemptions(customer_id)


def devices(customer_id: int) -> list[tuple[str, date]]:
    """Return (hash of the device in hex, day) for the devices that took points within a week."""
    return [(device_day.device.hex(), device_day.day) for device_day in queries.devices(customer_id)]


def _redemption(source: str) -> uuid.UUID:
    """Return the redemption of a transfer. After an undo its source ends with a number, which is cut off."""
    return uuid.UUID(source.partition(":")[0])
