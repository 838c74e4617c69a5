"""The monthly statement: what the company owes its customers in points, and why that changed."""

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
"""In which column of a statement transfers of a reason count. The others move points between a customer's own
accounts and change nothing that is owed."""


@dataclass(frozen=True)
class StatementLine:
    """Points of a campaign in a period, as customers have them: ``opening`` and ``closing`` are what is owed
    to them before and after it, the others what was added to it (below zero: taken away)."""

    opening: int = 0
    issued: int = 0
    voided: int = 0
    adjusted: int = 0
    redeemed: int = 0
    expired: int = 0
    closing: int = 0

    @property
    def reconciles(self) -> bool:
        """Whether what was done explains the closing: it is the sum of all entries, whatever they are for."""
        changes = self.issued + self.voided + self.adjusted + self.redeemed + self.expired
        return self.opening + changes == self.closing

    def __add__(self, other: "StatementLine") -> "StatementLine":
        return StatementLine(
            *(getattr(self, one.name) + getattr(other, one.name) for one in fields(StatementLine))
        )


def line(opening: int, by_reason: Mapping[str, int], closing: int) -> StatementLine:
    """The line of what transfers moved on customers' accounts, by reason."""
    columns = dict.fromkeys(COLUMNS.values(), 0)
    for reason, points in by_reason.items():
        if reason in COLUMNS:
            columns[COLUMNS[reason]] += points
    return StatementLine(opening=opening, closing=closing, **columns)


def total(lines: Iterable[StatementLine]) -> StatementLine:
    """All lines added up, column by column; all 0 for none."""
    return sum(lines, StatementLine())
