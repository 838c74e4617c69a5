"""The use case "verify the ledger": every rule of the ledger is checked in one snapshot of the database."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from survey.transaction import Session, snapshot

from .queries import proving
from .queries.proving import Differences


@dataclass(frozen=True)
class LedgerDifference:
    """A violation of the rule ``kind`` (a key of PROOFS): its subject ``about``, and both numbers."""

    kind: str
    about: str
    expected: int
    actual: int


PROOFS: dict[str, Callable[[Session], Differences]] = {
    "balance": proving.balances,
    "transfer": proving.transfers,
    "lone": proving.lone_transfers,
    "campaign": proving.campaigns,
    "held": proving.held_points,
    "pending": proving.pending_points,
    "redeemed": proving.redeemed_points,
    "credit": proving.claims,
    "committed": proving.committed_points,
    "allotted": proving.allotted_points,
    "adjustment": proving.adjustments,
    "code": proving.codes,
    "codeless": proving.redemptions_without_code,
    "stock": proving.stock,
}


def verify() -> Iterator[LedgerDifference]:
    """Yield all violations of the rules."""
    with snapshot() as session:
        for kind, prove in PROOFS.items():
            for about, expected, actual in prove(session):
                yield LedgerDifference(kind, str(about), int(expected), int(actual))
