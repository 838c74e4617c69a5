"""The use case "call back": mark customers who left their number as called, and erase them in time."""

import uuid
from datetime import date, timedelta

from survey import settings
from survey.transaction import transaction

from . import queries
from .contacts import DAYS_AFTER_CALL, DAYS_AT_MOST


def mark_done(contact_id: uuid.UUID, today: date) -> None:
    """Mark a callback as done; one that is done already keeps its day."""
    with transaction():
        contact = queries.contact(contact_id)
        if contact is not None:
            contact.done_on = contact.done_on or today


def mark_open(contact_id: uuid.UUID) -> None:
    """Undo mark_done(), for a callback that was marked by mistake."""
    with transaction():
        contact = queries.contact(contact_id)
        if contact is not None:
            contact.done_on = None


def erase() -> int:
    """Erase names and numbers after DAYS_AFTER_CALL or DAYS_AT_MOST; return how many."""
    today = settings.current().today()
    called, asked = (today - timedelta(days=days) for days in (DAYS_AFTER_CALL, DAYS_AT_MOST))
    with transaction() as session:
        return queries.erase_contacts(session, called, asked)
