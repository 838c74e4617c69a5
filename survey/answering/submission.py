"""The use case "a customer hands in": one transaction, once."""

from survey.db import db
from survey.transaction import driver_cursor

from . import queries
from .queries import HandIn


def hand_in(given: HandIn) -> bool:
    """Stores a response, its place in the line to be counted and its claim, durably.

    True when they are new; False when this submission was stored before: nothing changes.
    """
    write = queries.hand_in_together if db.engine.name == "postgresql" else queries.hand_in_in_turn
    with driver_cursor() as cursor:
        return write(cursor, given)
