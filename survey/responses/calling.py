"""The use case "call back": a customer who left her number has been called, and is forgotten in time."""

import uuid
from datetime import date, timedelta

from survey import settings
from survey.transaction import transaction

from . import queries
from .contacts import DAYS_AFTER_CALL, DAYS_AT_MOST


def mark_done(contact_id: uuid.UUID, today: date) -> None:
    """Done already: keeps its day."""
    with transaction():
        contact = queries.contact(contact_id)
        if contact is not None:
            contact.done_on = contact.done_on or today


def mark_open(contact_id: uuid.UUID) -> None:
    """It was marked by mistake."""
    with transaction():
        contact = queries.contact(contact_id)
        if contact is not None:
            contact.done_on = None


def erase() -> int:
    """Erases names and numbers that were kept long enough, called or not; returns how many."""
    today = settings.current().today()
    called, asked = (today - timedelta(days=days) for days in (DAYS_AFTER_CALL, DAYS_AT_MOST))
    with transaction() as session:
        return queries.erase_contacts(session, called, asked)
