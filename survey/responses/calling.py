"""The use case "call back": a customer who left her number has been called."""

import uuid
from datetime import date

from survey.transaction import transaction

from . import queries


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
