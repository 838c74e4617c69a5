"""Read the contacts that customers left, unsealed for the staff who call them."""

import uuid
from dataclasses import dataclass
from datetime import date

from cryptography.exceptions import InvalidTag

from survey.places.models import Place
from survey.questionnaires.models import Questionnaire
from survey.sealing import unseal

from . import queries

DAYS_AFTER_CALL = 30
"""Days for which a contact is kept once it is marked as called."""

DAYS_AT_MOST = 180
"""Days for which a contact is kept at most, from the Monday of its week."""


@dataclass(frozen=True)
class Callback:
    """A request to be called back. ``week`` is the Monday of the week of the request.

    ``phone`` is None when it was sealed under another key and can no longer be read.
    """

    id: uuid.UUID
    place: Place
    questionnaire: Questionnaire
    week: date
    name: str
    phone: str | None
    done_on: date | None


def callbacks(within: Place | None, done: bool, skip: int, most: int) -> list[Callback]:
    """Return callbacks in a part of the tree (None: everywhere): the newest week first, shuffled within."""
    opened = []
    for contact, place, questionnaire in queries.contacts(within, done, skip, most):
        try:
            name: str = unseal(contact.name, "contact name")
            phone: str | None = unseal(contact.phone, "contact phone")
        except InvalidTag:
            name, phone = "", None
        opened.append(Callback(contact.id, place, questionnaire, contact.week, name, phone, contact.done_on))
    return opened
