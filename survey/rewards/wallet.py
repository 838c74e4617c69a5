"""What a customer sees of her points: how many, until when, and how they came and went."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .models.redemptions import Redemption
from .queries import wallets as queries

PAGE = 20
"""Lines of history on a page."""
OF_REWARDS = ("hold", "release", "redeem", "undo")
"""Reasons of transfers that were made for a redemption."""


@dataclass(frozen=True)
class Wallet:
    """``expiring`` are the points that can be spent by their last day, ``waiting`` those that somebody looks
    at by the day on which they can be spent at the latest, ``held`` those for rewards she has reserved."""

    expiring: list[tuple[date, int]]
    waiting: list[tuple[date, int]]
    held: int

    @property
    def points(self) -> int:
        """What she can spend."""
        return sum(points for _, points in self.expiring)


@dataclass(frozen=True)
class WalletEntry:
    """A line of history: ``points`` that came to the wallet or went from it, or waited when ``waits``.

    It names the campaign and the reward, never a service point or a time."""

    day: date
    reason: str
    points: int
    waits: bool
    campaign: dict[str, str] | None
    reward: dict[str, str] | None


def contents(customer_id: int, today: date) -> Wallet:
    return Wallet(
        queries.points_by_last_day(customer_id, today),
        queries.waiting_points(customer_id),
        queries.held_points(customer_id),
    )


def history(customer_id: int, offset: int = 0, most: int | None = PAGE) -> list[WalletEntry]:
    """The latest first; ``most`` None: all."""
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
    """All that a customer ever reserved, the latest first."""
    return queries.redemptions(customer_id)


def devices(customer_id: int) -> list[tuple[str, date]]:
    """The devices that took points lately, as we call them, and the day."""
    return [(device_day.device.hex(), device_day.day) for device_day in queries.devices(customer_id)]


def _redemption(source: str) -> uuid.UUID:
    """Of which redemption a transfer is; one that was undone is done again under a number."""
    return uuid.UUID(source.partition(":")[0])
