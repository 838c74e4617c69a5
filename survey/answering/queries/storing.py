"""SQL that stores a submission, for the driver's own cursor: this must be fast."""

import uuid
from dataclasses import replace
from typing import Any

from survey.db import driver_statement, dumps
from survey.rewards.queries import budgets

from . import SealedContact, Submission

_WAITING = """
INSERT INTO waiting (place_id, id, employee_id, version_id, day, channel, locale, answers, signs)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"""
_HAS_CLAIM = "SELECT 1 FROM claim WHERE code_hash = ?"
_IS_RELEASED = "SELECT 1 FROM response WHERE place_id = ? AND id = ?"
_CLAIM = """
INSERT INTO claim (code_hash, points, campaign_id, expires_on, doubt, state)
VALUES (?, ?, ?, ?, ?, 'open') ON CONFLICT DO NOTHING"""

# One statement saves round trips; its parts see each other's rows only through RETURNING.
_WAITING_TOGETHER = """
r AS (
  INSERT INTO waiting (place_id, id, employee_id, version_id, day, channel, locale, answers, signs)
  SELECT %(place)s, %(id)s::uuid, %(employee)s::integer, %(version)s, %(day)s::date, %(channel)s, %(locale)s,
         %(answers)s::jsonb, %(signs)s {source}
  ON CONFLICT DO NOTHING RETURNING place_id
)"""
_CLAIM_TOGETHER = """, c AS (
  INSERT INTO claim (code_hash, points, campaign_id, expires_on, doubt, state)
  SELECT %(claim)s::bytea, %(points)s, %(campaign)s, %(expires)s::date, %(doubt)s::text, 'open' FROM r
  ON CONFLICT DO NOTHING RETURNING points
), b AS (
  UPDATE purse SET committed = committed + c.points FROM c
  WHERE campaign_id = %(campaign)s AND number = (SELECT number FROM p)
)"""
_WITHOUT_CLAIM = f"WITH {_WAITING_TOGETHER.format(source='')} SELECT 1, count(*) FROM r"  # noqa: S608
_WITH_CLAIM = f"""
WITH p AS MATERIALIZED ({budgets.FREE_PURSE}), {_WAITING_TOGETHER.format(source="FROM p")}{_CLAIM_TOGETHER}
SELECT (SELECT count(*) FROM p), count(*) FROM r"""  # noqa: S608 - all of it is above


def hand_in_in_turn(cursor: Any, submission: Submission) -> bool:
    """Write answers and claim on SQLite; return False when the submission was stored before."""
    identity = submission.submission_id.bytes
    if submission.may_be_released and _is_released(cursor, submission.place_id, identity, is_server=False):
        return False
    cursor.execute(
        _WAITING,
        (
            submission.place_id,
            identity,
            submission.employee_id,
            submission.version_id,
            submission.day.isoformat(),
            submission.channel,
            submission.locale,
            dumps(submission.answers),
            submission.signs,
        ),
    )
    if not cursor.rowcount:
        return False
    # Nobody else writes now, so that a claim which is not there can be added.
    if not _has_claim(cursor, submission) and _takes_points(cursor, submission, is_server=False):
        _add_claim(cursor, submission, is_server=False)
    return True


def _has_claim(cursor: Any, submission: Submission) -> bool:
    cursor.execute(_HAS_CLAIM, (submission.claim_hash,))
    return cursor.fetchone() is not None


def _is_released(cursor: Any, place_id: int, identity: Any, is_server: bool) -> bool:
    cursor.execute(driver_statement(_IS_RELEASED, is_server), (place_id, identity))
    return cursor.fetchone() is not None


def _takes_points(cursor: Any, submission: Submission, is_server: bool) -> bool:
    """Take the points from the budget; return False when it is used up or the campaign was paused since."""
    promised = submission.claim_hash is not None
    return promised and budgets.take(cursor, submission.campaign_id, submission.points, is_server)


def _add_claim(cursor: Any, submission: Submission, is_server: bool) -> bool:
    """Add the claim; return False when there is one of its code."""
    until = submission.expires_on.isoformat()
    values = (submission.claim_hash, submission.points, submission.campaign_id, until, submission.doubt)
    cursor.execute(driver_statement(_CLAIM, is_server), values)
    return bool(cursor.rowcount)


def hand_in_together(cursor: Any, submission: Submission) -> bool | None:
    """Do what hand_in_in_turn() does on PostgreSQL, in one statement, for submissions that cannot have been
    released. Return None, with nothing written, when every purse of the campaign with enough points is
    locked: then hand_in_in_steps() is to be called."""
    if submission.claim_hash is None:
        return _stored(cursor.execute(_WITHOUT_CLAIM, _values(submission)))
    values = _values(submission) | {
        "claim": submission.claim_hash,
        "points": submission.points,
        "campaign": submission.campaign_id,
        "expires": submission.expires_on,
        "doubt": submission.doubt,
        "turn": budgets.random_purse(),
    }
    return _stored(cursor.execute(_WITH_CLAIM, values))


def hand_in_in_steps(cursor: Any, submission: Submission) -> bool:
    """Do what hand_in_together() does in several statements of the caller's transaction.

    This waits for locked purses, and finds the last points of a budget. The purse is locked before the
    response here too: two requests with the same submission that lock them in different orders deadlock.

    Released answers are looked for after the others were written: that waits for a batch which closes just
    now, and another statement sees what it released. Points that were taken for a claim which is there
    already are given back by beginning again without it.
    """
    earns = _takes_points(cursor, submission, is_server=True)
    is_new = bool(_stored(cursor.execute(_WITHOUT_CLAIM, _values(submission))))
    if is_new and submission.may_be_released:
        is_new = not _is_released(cursor, submission.place_id, submission.submission_id, is_server=True)
    if not is_new:
        cursor.connection.rollback()
    elif earns and not _add_claim(cursor, submission, is_server=True):
        cursor.connection.rollback()
        return hand_in_in_steps(cursor, replace(submission, claim_hash=None))
    return is_new


def _stored(cursor: Any) -> bool | None:
    has_purse, new = cursor.fetchone()
    return bool(new) if has_purse else None


def _values(submission: Submission) -> dict[str, Any]:
    return {
        "place": submission.place_id,
        "id": submission.submission_id,
        "employee": submission.employee_id,
        "version": submission.version_id,
        "day": submission.day,
        "channel": submission.channel,
        "locale": submission.locale,
        "answers": dumps(submission.answers),
        "signs": submission.signs,
    }


_TAKE = {
    table: f"UPDATE {table} SET taken = taken + 1 WHERE id = ? AND (maximum IS NULL OR taken < maximum)"  # noqa: S608
    for table in ("questionnaire", "link")
}
_CONTACT = """
INSERT INTO contact (id, place_id, questionnaire_id, week, name, phone) VALUES (?, ?, ?, ?, ?, ?)"""


def count_towards_maximum(cursor: Any, table: str, row: int, is_server: bool) -> bool:
    """Count a response in the row, waiting for its lock; return False when its maximum is reached."""
    cursor.execute(driver_statement(_TAKE[table], is_server), (row,))
    return bool(cursor.rowcount)


def add_contact(cursor: Any, place_id: int, contact: SealedContact, is_server: bool) -> None:
    """Store a contact under a random id: it has nothing in common with the response."""
    key = uuid.uuid4()
    values = (
        key if is_server else key.bytes,
        place_id,
        contact.questionnaire_id,
        contact.week.isoformat(),
        contact.name,
        contact.phone,
    )
    cursor.execute(driver_statement(_CONTACT, is_server), values)
