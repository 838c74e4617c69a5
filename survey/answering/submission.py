"""The use case "a customer submits a response" is one transaction, and idempotent."""

from survey.db import db
from survey.transaction import ConnectionLost, driver_cursor, driver_transaction

from .queries import Submission, storing


class MaximumReached(Exception):
    """The link or its questionnaire has received its maximum of responses; nothing was stored."""


def hand_in(submission: Submission) -> bool:
    """Store a response, its waiting row (to be counted), its claim and its contact durably.

    Returns True when they are new; False when this submission was stored before: then nothing changes, even
    if the maximum has been reached by now. Raises MaximumReached.
    """
    needs_more = submission.limit_rows or submission.contacts or submission.may_be_released
    store = _store_with_more if needs_more else _store
    try:
        return store(submission)
    except ConnectionLost:
        return store(submission)  # on a new connection; the retry is safe, since storing is idempotent


def _store(submission: Submission) -> bool:
    write = storing.hand_in_together if db.engine.name == "postgresql" else storing.hand_in_in_turn
    with driver_cursor() as cursor:
        is_new = write(cursor, submission)
    return is_new if is_new is not None else _store_with_more(submission)


def _store_with_more(submission: Submission) -> bool:
    """Store with several statements, so that what few submissions need does not slow down the others.

    The response is written first: a repeat conflicts with it, waiting for a concurrent one if need be, before
    it is counted towards a maximum.
    """
    is_server = db.engine.name == "postgresql"
    write = storing.hand_in_in_steps if is_server else storing.hand_in_in_turn
    with driver_transaction() as cursor:
        is_new = write(cursor, submission)
        if is_new:
            for table, row in submission.limit_rows:
                if not storing.count_towards_maximum(cursor, table, row, is_server):
                    raise MaximumReached
            for contact in submission.contacts:
                storing.add_contact(cursor, submission.place_id, contact, is_server)
    return is_new
