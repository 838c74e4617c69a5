"""Queries of the signs of carelessness stored with responses."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Row, bindparam, select, update

from survey.db import db
from survey.responses.models import Response

PAGE = 5000


def unchecked_pages(place_id: int) -> Iterator[Sequence[Row[Any]]]:
    """Yield (id, version_id, answers) of the responses of a place that have not been checked for signs, PAGE
    at a time. Save their signs before asking for the next page, which would be the same page otherwise."""
    statement = select(Response.id, Response.version_id, Response.answers).where(
        Response.place_id == place_id, Response.signs.is_(None)
    )
    while page := db.session.execute(statement.limit(PAGE)).all():
        yield page


def save_signs(signs: Iterable[tuple[int, int, uuid.UUID]]) -> None:
    """Store the signs of responses, each (signs, place_id, id)."""
    statement = update(Response).where(
        Response.place_id == bindparam("place"), Response.id == bindparam("response")
    )
    rows = [
        {"signs": flags, "place": place_id, "response": response_id} for flags, place_id, response_id in signs
    ]
    db.session.connection().execute(statement.values(signs=bindparam("signs")), rows)
