"""The use cases of customers: one enters as whom she proved to be, and signs out everywhere."""

import hmac
import secrets
from datetime import date

from survey.sealing import blind_index, seal, unseal
from survey.transaction import Session, retried, transaction

from . import queries
from .models import Customer, Identity

DIGITS = 10
"""Of a wallet's number: random, so that it tells neither when it was opened nor how many there are."""


def index_of(kind: str, value: str) -> bytes:
    """The blind index of a telephone number (+86…) or an openid."""
    return blind_index(value, f"customer {kind}")


def enter(kind: str, value: str, today: date, demonstration: bool = False) -> Customer:
    """The customer with this identity, which she has just proved; she gets a wallet when she has none."""
    blind = index_of(kind, value)

    def enter() -> Customer:
        with transaction() as session:
            known = queries.customer_by_identity(kind, blind)
            if known is not None:
                return known
            customer = Customer(number=_new_number(), joined_on=today, demonstration=demonstration)
            session.add(customer)
            session.flush()
            sealed = seal(value, f"customer {kind}")
            session.add(Identity(kind=kind, blind=blind, customer_id=customer.id, sealed=sealed))
        return customer

    return retried(enter)


def by_session(number: str, session_key: str) -> Customer | None:
    """The customer whose session this is; None once she signed out everywhere, or is erased."""
    customer = queries.customer_by_number(number)
    if customer is None or customer.erased_on is not None:
        return None
    return customer if hmac.compare_digest(customer.session_key, session_key) else None


def identities(customer_id: int) -> list[tuple[str, str]]:
    """What a customer is known by, as (kind, value)."""
    known_by = queries.identities(customer_id)
    return [(identity.kind, unseal(identity.sealed, f"customer {identity.kind}")) for identity in known_by]


def sign_out_everywhere(customer_id: int) -> None:
    """Ends every session of hers."""
    with transaction() as session:
        session.get_one(Customer, customer_id).sign_out_everywhere()


def forget(session: Session, customer: Customer, today: date) -> None:
    """Nothing leads to a customer any more. Not a use case: survey/rewards/erasure.py calls it in its own."""
    customer.erased_on = today
    customer.sign_out_everywhere()
    queries.remove_identities(session, customer.id)


def is_insider(customer_id: int) -> bool:
    """Whether one of her identities is that of somebody who works here."""
    return queries.has_inside_identity(customer_id)


def _new_number() -> str:
    return str(10 ** (DIGITS - 1) + secrets.randbelow(9 * 10 ** (DIGITS - 1)))
