"""The signs of carelessness that responses keep."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Row, bindparam, select, update

from survey.db import db
from survey.responses.models import Response

PAGE = 5000


def not_looked_at(place_id: int) -> Iterator[Sequence[Row[Any]]]:
    """Yield (id, version_id, answers) of the responses of a place at which nobody has looked, PAGE at a
    time."""
    statement = select(Response.id, Response.version_id, Response.answers).where(
        Response.place_id == place_id, Response.signs.is_(None)
    )
    while page := db.session.execute(statement.limit(PAGE)).all():
        yield page


def note(signs: Iterable[tuple[int, int, uuid.UUID]]) -> None:
    """Keep these (signs, place_id, id)."""
    statement = update(Response).where(
        Response.place_id == bindparam("place"), Response.id == bindparam("response")
    )
    rows = [{"signs": one, "place": place_id, "response": key} for one, place_id, key in signs]
    db.session.connection().execute(statement.values(signs=bindparam("signs")), rows)
