"""The use case "a customer hands in": one transaction, once."""

from survey.db import db
from survey.transaction import ConnectionLost, driver_cursor

from . import queries
from .queries import HandIn


def hand_in(given: HandIn) -> bool:
    """Stores a response, its place in the line to be counted and its claim, durably.

    True when they are new; False when this submission was stored before: nothing changes.
    """
    try:
        return _store(given)
    except ConnectionLost:
        return _store(given)  # on a fresh connection; what was stored already is found stored


def _store(given: HandIn) -> bool:
    write = queries.hand_in_together if db.engine.name == "postgresql" else queries.hand_in_in_turn
    with driver_cursor() as cursor:
        return write(cursor, given)
