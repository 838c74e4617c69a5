"""The use case "a customer hands in": one transaction, once."""

from survey.db import db
from survey.transaction import ConnectionLost, driver_cursor, driver_transaction

from . import queries
from .queries import HandIn


class Full(Exception):
    """As many responses as are wanted have been taken; nothing was stored."""


def hand_in(given: HandIn) -> bool:
    """Stores a response, its place in the line to be counted, its claim and its contact, durably.

    True when they are new; False when this submission was stored before: nothing changes, also when the
    questionnaire is full by now. Raises Full.
    """
    store = _store if not (given.places_in or given.contacts) else _store_with_more
    try:
        return store(given)
    except ConnectionLost:
        return store(given)  # on a fresh connection; what was stored already is found stored


def _store(given: HandIn) -> bool:
    write = queries.hand_in_together if db.engine.name == "postgresql" else queries.hand_in_in_turn
    with driver_cursor() as cursor:
        done = write(cursor, given)
    return done if done is not None else _store_with_more(given)


def _store_with_more(given: HandIn) -> bool:
    """Several statements: what few submissions need does not slow down the others.

    The response comes first: a repeat finds it, waiting for its own twin if need be, before a place is taken.
    """
    is_server = db.engine.name == "postgresql"
    write = queries.hand_in_in_steps if is_server else queries.hand_in_in_turn
    with driver_transaction() as cursor:
        is_new = write(cursor, given)
        if is_new:
            for table, row in given.places_in:
                if not queries.take_place(cursor, table, row, is_server):
                    raise Full
            for contact in given.contacts:
                queries.add_contact(cursor, given.place_id, contact, is_server)
    return is_new
