"""Rules of the monthly statement, which says how many points the company owes and why that changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

COLUMNS = {
    "claim": "issued",
    "void": "voided",
    "adjust": "adjusted",
    "redeem": "redeemed",
    "undo": "redeemed",
    "expire": "expired",
    "erase": "expired",
}
"""The column of a statement in which transfers of a reason count. Other reasons move points between a
customer's own accounts and change nothing that is owed."""


@dataclass(frozen=True)
class StatementLine:
    """A line of points of a campaign in a period: ``opening`` and ``closing`` are owed to customers before
    and after the period, the others were added to it (below zero: taken away)."""

    opening: int = 0
    issued: int = 0
    voided: int = 0
    adjusted: int = 0
    redeemed: int = 0
    expired: int = 0
    closing: int = 0

    @property
    def reconciles(self) -> bool:
        """Return whether the changes explain the closing, which is the sum of all entries of any reason."""
        changes = self.issued + self.voided + self.adjusted + self.redeemed + self.expired
        return self.opening + changes == self.closing

    def __add__(self, other: "StatementLine") -> "StatementLine":
        return StatementLine(
            *(getattr(self, column.name) + getattr(other, column.name) for column in fields(StatementLine))
        )


def line(opening: int, by_reason: Mapping[str, int], closing: int) -> StatementLine:
    """Return the line of the points that transfers moved on customers' accounts, by reason."""
    columns = dict.fromkeys(COLUMNS.values(), 0)
    for reason, points in by_reason.items():
        if reason in COLUMNS:
            columns[COLUMNS[reason]] += points
    return StatementLine(opening=opening, closing=closing, **columns)


def total(lines: Iterable[StatementLine]) -> StatementLine:
    """Return the sum of all lines, column by column; all 0 without lines."""
    return sum(lines, StatementLine())
