"""The use case "a customer hands in": one transaction, once."""

from survey.transaction import transaction

from . import queries
from .queries import HandIn


def hand_in(given: HandIn) -> bool:
    """Stores a response, its place in the line to be counted and its claim, durably.

    True when they are new; False when this submission was stored before: nothing changes.
    """
    with transaction() as session:
        return queries.hand_in(session, given)
