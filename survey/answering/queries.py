"""SQL of the customer's way: the link she came by, and handing in."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, func, select

from survey.db import db, dumps, marked
from survey.links.models import Link
from survey.places.models import Employee, Place
from survey.questionnaires.definition import Answers
from survey.questionnaires.models import Questionnaire, Version
from survey.responses.models import Response
from survey.rewards.queries import budgets


@dataclass(frozen=True)
class SealedContact:
    """Who wants to be called back, as it is stored. ``week`` is its Monday."""

    questionnaire_id: int
    week: date
    name: bytes
    phone: bytes


@dataclass(frozen=True)
class HandIn:
    """All that one submission writes. ``claim_hash`` is None when no points are earned, ``doubt`` what they
    are doubted for. ``places_in`` are the rows, by table and id, that have a maximum; ``signs`` as a response
    keeps them."""

    place_id: int
    submission_id: uuid.UUID
    employee_id: int | None
    version_id: int
    day: date
    channel: str
    locale: str
    answers: Answers
    claim_hash: bytes | None
    points: int
    campaign_id: int
    expires_on: date
    places_in: tuple[tuple[str, int], ...] = ()
    contacts: tuple[SealedContact, ...] = ()
    signs: int | None = None
    doubt: str = ""


@dataclass(frozen=True)
class Stored:
    locale: str
    answers: Answers


def link(code: str) -> Row[Link, Place, Employee | None, Questionnaire, Version | None] | None:
    """The link with this code, with all that its page needs; its version is None before publication.

    An employee's link leads to where she serves now.
    """
    statement = (
        select(Link, Place, Employee, Questionnaire, Version)
        .select_from(Link)
        .outerjoin(Employee, Employee.id == Link.employee_id)
        .join(Place, Place.id == func.coalesce(Employee.place_id, Link.place_id))
        .join(Questionnaire, Questionnaire.id == Link.questionnaire_id)
        .outerjoin(
            Version, (Version.questionnaire_id == Link.questionnaire_id) & (Version.state == "published")
        )
        .where(Link.code == code)
    )
    return db.session.execute(statement).first()


def way(place: Place) -> tuple[str, ...]:
    """The codes of the places from the root to this one."""
    statement = select(Place.code).where(Place.id.in_(place.ancestor_ids)).order_by(Place.path)
    return tuple(db.session.scalars(statement))


def version(version_id: int) -> Version | None:
    return db.session.get(Version, version_id)


def is_stored(place_id: int, submission_id: uuid.UUID) -> bool:
    statement = select(Response.version_id).filter_by(place_id=place_id, id=submission_id)
    return db.session.execute(statement).first() is not None


def stored(place_id: int, submission_id: uuid.UUID) -> Stored | None:
    """What this submission answered; None when it is not stored."""
    statement = select(Response.locale, Response.answers).filter_by(place_id=place_id, id=submission_id)
    row = db.session.execute(statement).first()
    return Stored(row.locale, row.answers) if row is not None else None


_RESPONSE = """
INSERT INTO response (place_id, id, employee_id, version_id, day, channel, locale, answers, signs)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"""
_WAITING = "INSERT INTO waiting (place_id, response_id) VALUES (?, ?)"
_CLAIM = """
INSERT INTO claim (code_hash, points, campaign_id, expires_on, doubt, state)
VALUES (?, ?, ?, ?, ?, 'open') ON CONFLICT DO NOTHING"""

# One statement is one round trip; its parts see each other's rows only through RETURNING.
_RESPONSE_TOGETHER = """
r AS (
  INSERT INTO response (place_id, id, employee_id, version_id, day, channel, locale, answers, signs)
  SELECT %(place)s, %(id)s::uuid, %(employee)s::integer, %(version)s, %(day)s::date, %(channel)s, %(locale)s,
         %(answers)s::jsonb, %(signs)s {source}
  ON CONFLICT DO NOTHING RETURNING place_id, id
), w AS (
  INSERT INTO waiting (place_id, response_id) SELECT place_id, id FROM r
)"""
_CLAIM_TOGETHER = """, b AS (
  UPDATE purse SET committed = committed + %(points)s
  WHERE campaign_id = %(campaign)s AND number = (SELECT number FROM p) AND EXISTS (SELECT 1 FROM r)
), c AS (
  INSERT INTO claim (code_hash, points, campaign_id, expires_on, doubt, state)
  SELECT %(claim)s::bytea, %(points)s, %(campaign)s, %(expires)s::date, %(doubt)s::text, 'open' FROM r
  ON CONFLICT DO NOTHING
)"""
_WITHOUT_CLAIM = f"WITH {_RESPONSE_TOGETHER.format(source='')} SELECT 1, count(*) FROM r"  # noqa: S608
_WITH_CLAIM = f"""
WITH p AS MATERIALIZED ({budgets.FREE_PURSE}), {_RESPONSE_TOGETHER.format(source="FROM p")}{_CLAIM_TOGETHER}
SELECT (SELECT count(*) FROM p), count(*) FROM r"""  # noqa: S608 - all of it is above


def hand_in_in_turn(cursor: Any, given: HandIn) -> bool:
    """Writes response, waiting row and claim on SQLite; False, and nothing, when the response was there."""
    identity = given.submission_id.bytes
    cursor.execute(
        _RESPONSE,
        (
            given.place_id,
            identity,
            given.employee_id,
            given.version_id,
            given.day.isoformat(),
            given.channel,
            given.locale,
            dumps(given.answers),
            given.signs,
        ),
    )
    if not cursor.rowcount:
        return False
    cursor.execute(_WAITING, (given.place_id, identity))
    if _takes_points(cursor, given, is_server=False):
        _add_claim(cursor, given, is_server=False)
    return True


def _takes_points(cursor: Any, given: HandIn, is_server: bool) -> bool:
    """The budget says whether a promise is kept: while it lasts, and unless the campaign was paused since."""
    promised = given.claim_hash is not None
    return promised and budgets.take(cursor, given.campaign_id, given.points, is_server)


def _add_claim(cursor: Any, given: HandIn, is_server: bool) -> None:
    until = given.expires_on.isoformat()
    values = (given.claim_hash, given.points, given.campaign_id, until, given.doubt)
    cursor.execute(marked(_CLAIM, is_server), values)


def hand_in_together(cursor: Any, given: HandIn) -> bool | None:
    """hand_in_in_turn() on PostgreSQL, as one statement. None, and nothing is written, when no purse of the
    campaign has enough just now: then it is to be done in steps."""
    if given.claim_hash is None:
        return _stored(cursor.execute(_WITHOUT_CLAIM, _values(given)))
    values = _values(given) | {
        "claim": given.claim_hash,
        "points": given.points,
        "campaign": given.campaign_id,
        "expires": given.expires_on,
        "doubt": given.doubt,
        "turn": budgets.random_purse(),
    }
    return _stored(cursor.execute(_WITH_CLAIM, values))


def hand_in_in_steps(cursor: Any, given: HandIn) -> bool:
    """hand_in_together() as several statements, which want a transaction around them: it waits for whoever is
    at a purse, and finds the last points of a budget.

    The purse comes before the response here too: twins that take them in two orders wait for each other.
    """
    earns = _takes_points(cursor, given, is_server=True)
    is_new = bool(_stored(cursor.execute(_WITHOUT_CLAIM, _values(given))))
    if not is_new:
        cursor.connection.rollback()
    elif earns:
        _add_claim(cursor, given, is_server=True)
    return is_new


def _stored(cursor: Any) -> bool | None:
    could, new = cursor.fetchone()
    return bool(new) if could else None


def _values(given: HandIn) -> dict[str, Any]:
    return {
        "place": given.place_id,
        "id": given.submission_id,
        "employee": given.employee_id,
        "version": given.version_id,
        "day": given.day,
        "channel": given.channel,
        "locale": given.locale,
        "answers": dumps(given.answers),
        "signs": given.signs,
    }


_TAKE = {
    table: f"UPDATE {table} SET taken = taken + 1 WHERE id = ? AND (maximum IS NULL OR taken < maximum)"  # noqa: S608
    for table in ("questionnaire", "link")
}
_CONTACT = """
INSERT INTO contact (id, place_id, questionnaire_id, week, name, phone) VALUES (?, ?, ?, ?, ?, ?)"""


def take_place(cursor: Any, table: str, row: int, is_server: bool) -> bool:
    """Takes one of the row's places, waiting for whoever is taking one; False when none is left."""
    cursor.execute(marked(_TAKE[table], is_server), (row,))
    return bool(cursor.rowcount)


def add_contact(cursor: Any, place_id: int, contact: SealedContact, is_server: bool) -> None:
    """Under an id of its own: nothing that the response has."""
    key = uuid.uuid4()
    values = (
        key if is_server else key.bytes,
        place_id,
        contact.questionnaire_id,
        contact.week.isoformat(),
        contact.name,
        contact.phone,
    )
    cursor.execute(marked(_CONTACT, is_server), values)
