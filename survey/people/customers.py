"""The use cases of customers: sign in with a proven identity, sign out everywhere."""

import hmac
import secrets
from datetime import date

from survey.sealing import blind_index, seal, unseal
from survey.transaction import Session, retry_on_conflict, transaction

from . import queries
from .models import Customer, Identity

DIGITS = 10
"""Of a wallet's number: random, so that it tells neither when it was opened nor how many there are."""


def index_of(kind: str, value: str) -> bytes:
    """Return the blind index of a telephone number (+86…) or an openid."""
    return blind_index(value, f"customer {kind}")


def enter(kind: str, value: str, today: date, demonstration: bool = False) -> Customer:
    """Return the customer with this identity, which they have just proved; add them when they are new."""
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

    return retry_on_conflict(enter)


def by_session(number: str, session_key: str) -> Customer | None:
    """Return the customer of a session, None once they signed out everywhere or were erased."""
    customer = queries.customer_by_number(number)
    if customer is None or customer.erased_on is not None:
        return None
    return customer if hmac.compare_digest(customer.session_key, session_key) else None


def identities(customer_id: int) -> list[tuple[str, str]]:
    """Return the identities of a customer, as (kind, value)."""
    known_by = queries.identities(customer_id)
    return [(identity.kind, unseal(identity.sealed, f"customer {identity.kind}")) for identity in known_by]


def sign_out_everywhere(customer_id: int) -> None:
    """End every session of a customer."""
    with transaction() as session:
        session.get_one(Customer, customer_id).sign_out_everywhere()


def forget(session: Session, customer: Customer, today: date) -> None:
    """Delete what identifies a customer, within the transaction of survey/rewards/erasure.py."""
    customer.erased_on = today
    customer.sign_out_everywhere()
    queries.remove_identities(session, customer.id)


def is_insider(customer_id: int) -> bool:
    """Return whether one of the customer's identities is on the list of insiders."""
    return queries.has_inside_identity(customer_id)


def _new_number() -> str:
    return str(10 ** (DIGITS - 1) + secrets.randbelow(9 * 10 ** (DIGITS - 1)))
