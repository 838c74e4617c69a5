"""The codes that a customer can show, and what became of those she had."""

import uuid
from dataclasses import dataclass
from datetime import date

from . import codes
from .models.redemptions import Redemption
from .queries import redemptions as queries

PARTNERS = "partners"
"""The state of an uploaded code: whether it was used only the partner knows."""


@dataclass(frozen=True)
class OwnCode:
    """``code`` is what its picture says, ``shown`` how it is read out. ``state``: "reserved" can be shown at
    a counter, PARTNERS at the partner's; "fulfilled", "cancelled" and "expired" cannot be shown any more."""

    redemption: Redemption
    code: str
    shown: str
    state: str

    @property
    def is_good(self) -> bool:
        return self.state in ("reserved", PARTNERS)


def all_of(customer_id: int, today: date) -> list[OwnCode]:
    """Hers, what she can show first, the latest first."""
    found = [_own(one, today) for one in queries.of_customer(customer_id)]
    return sorted(found, key=lambda one: not one.is_good)


def one_of(customer_id: int, redemption_id: uuid.UUID, today: date) -> OwnCode | None:
    """The one with this id, when it is hers."""
    found = queries.redemption(redemption_id)
    return _own(found, today) if found is not None and found.customer_id == customer_id else None


def _own(one: Redemption, today: date) -> OwnCode:
    code = codes.code_of(one)
    return OwnCode(one, code, codes.read_out(code, one.reward), _state(one, today))


def _state(one: Redemption, today: date) -> str:
    if one.state in ("reserved", "fulfilled") and one.expires_on < today:
        return "fulfilled" if one.fulfilled_by is not None else "expired"
    return PARTNERS if one.reward.kind == "uploaded" and one.state == "fulfilled" else one.state
