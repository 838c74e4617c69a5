"""The codes that a customer can show, and the states of all codes that they had."""

import uuid
from dataclasses import dataclass
from datetime import date

from . import codes
from .models.redemptions import Redemption
from .queries import redemptions as queries

PARTNERS = "partners"
"""The state of an uploaded code: only the partner knows whether it was used."""


@dataclass(frozen=True)
class OwnCode:
    """A customer's code: ``code`` is in its QR code, ``shown`` is for reading. With ``state`` "reserved" it
    can be shown at a counter, with PARTNERS at the partner's; "fulfilled", "cancelled" and "expired" are
    spent."""

    redemption: Redemption
    code: str
    shown: str
    state: str

    @property
    def is_good(self) -> bool:
        """Return whether the code can still be shown."""
        return self.state in ("reserved", PARTNERS)


def codes_of(customer_id: int, today: date) -> list[OwnCode]:
    """Return a customer's codes, those they can show first, then the latest first."""
    own = [_own_code(redemption, today) for redemption in queries.of_customer(customer_id)]
    return sorted(own, key=lambda code: not code.is_good)


def own_code(customer_id: int, redemption_id: uuid.UUID, today: date) -> OwnCode | None:
    """Return the code of a redemption, or None when it is not this customer's."""
    redemption = queries.redemption(redemption_id)
    return (
        _own_code(redemption, today)
        if redemption is not None and redemption.customer_id == customer_id
        else None
    )


def _own_code(redemption: Redemption, today: date) -> OwnCode:
    code = codes.code_of(redemption)
    return OwnCode(redemption, code, codes.display_text(code, redemption.reward), _state(redemption, today))


def _state(redemption: Redemption, today: date) -> str:
    """Return the state that the customer sees: reservations past their last day are expired at once."""
    if redemption.state in ("reserved", "fulfilled") and redemption.expires_on < today:
        return "fulfilled" if redemption.fulfilled_by is not None else "expired"
    return (
        PARTNERS
        if redemption.reward.kind == "uploaded" and redemption.state == "fulfilled"
        else redemption.state
    )
