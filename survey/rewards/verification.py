"""The use case "verify the books": everything that can be proved of them, at one moment of the database."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from survey.transaction import Session, snapshot

from .queries import proving
from .queries.proving import Found


@dataclass(frozen=True)
class LedgerDifference:
    """Something of ``kind`` (a key of PROOFS) does not hold: ``about`` what, and the numbers."""

    kind: str
    about: str
    wanted: int
    found: int


PROOFS: dict[str, Callable[[Session], Found]] = {
    "balance": proving.balances,
    "transfer": proving.transfers,
    "lone": proving.lone,
    "campaign": proving.campaigns,
    "held": proving.held,
    "pending": proving.pending,
    "redeemed": proving.redeemed,
    "credit": proving.credited,
    "committed": proving.committed,
    "allotted": proving.allotted,
    "adjustment": proving.adjustments,
    "code": proving.codes,
    "codeless": proving.codeless,
    "stock": proving.stock,
}


def verify() -> Iterator[LedgerDifference]:
    """Whatever does not hold."""
    with snapshot() as session:
        for kind, prove in PROOFS.items():
            for about, wanted, found in prove(session):
                yield LedgerDifference(kind, str(about), int(wanted), int(found))
