"""Targets, read and written."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple, TypeVarTuple

from sqlalchemy import ColumnElement, Select, delete, func, select, tuple_

from survey.db import db, row_count, upsert
from survey.places.models import Place
from survey.places.queries import in_part
from survey.questionnaires.models import Questionnaire
from survey.targets.models import Target
from survey.targets.rules.targets import ALL_QUESTIONNAIRES

KEY = ("place_id", "questionnaire_id", "figure", "month")
PLACES = 5_000  # in a statement


class TargetKey(NamedTuple):
    """``questionnaire_id`` 0: all of them; ``month`` its first day."""

    place_id: int
    questionnaire_id: int
    figure: str
    month: date


def of_places(
    place_ids: Iterable[int], questionnaire_id: int, figure: str, first: date, last: date
) -> dict[TargetKey, float]:
    """Return what is set for these places, for this questionnaire or all, in months that begin from ``first``
    to ``last``."""
    wanted = sorted(set(place_ids))
    found: dict[TargetKey, float] = {}
    for i in range(0, len(wanted), PLACES):
        statement = select(Target).where(
            Target.place_id.in_(wanted[i : i + PLACES]),
            Target.questionnaire_id.in_([questionnaire_id, ALL_QUESTIONNAIRES]),
            Target.figure == figure,
            Target.month.between(first, last),
        )
        for one in db.session.scalars(statement):
            found[TargetKey(one.place_id, one.questionnaire_id, one.figure, one.month)] = one.value
    return found


def save(values: Iterable[tuple[TargetKey, float]]) -> None:
    """Set targets, in the place of those with the same key."""
    statement = upsert(Target, KEY, lambda new: {"value": new.value})
    if rows := [key._asdict() | {"value": value} for key, value in values]:
        db.session.execute(statement, rows)


def remove(keys: Sequence[TargetKey]) -> int:
    """Remove those that are there; return how many were."""
    key = tuple_(*(getattr(Target, name) for name in KEY))
    statements = (delete(Target).where(key.in_(keys[i : i + PLACES])) for i in range(0, len(keys), PLACES))
    return sum(row_count(db.session.execute(statement)) for statement in statements)


class Series(NamedTuple):
    """The targets of a figure of a place in a year; ``questionnaire`` None: of all. ``values`` by month, 1 to
    12."""

    place: Place
    questionnaire: Questionnaire | None
    figure: str
    values: dict[int, float]


def series(top: Place | None, year: int, skip: int, most: int) -> list[Series]:
    """Return what is set in the part of the tree at ``top`` in a year, by place and figure."""
    statement = (
        _series(select(Place, Questionnaire, Target.questionnaire_id, Target.figure), top, year)
        .join(Questionnaire, Questionnaire.id == Target.questionnaire_id, isouter=True)
        .group_by(Place.id, Questionnaire.id, Target.questionnaire_id, Target.figure)
        .order_by(Place.path, Target.figure, Target.questionnaire_id)
    )
    rows = db.session.execute(statement.offset(skip).limit(most)).all()
    found = {(place.id, asked, figure): Series(place, of, figure, {}) for place, of, asked, figure in rows}
    inside = select(Target).where(Target.place_id.in_({key[0] for key in found}), _in(year))
    for one in db.session.scalars(inside):
        key = (one.place_id, one.questionnaire_id, one.figure)
        if key in found:
            found[key].values[one.month.month] = one.value
    return list(found.values())


def count_series(top: Place | None, year: int) -> int:
    """Return how many series() finds in all."""
    keys = _series(select(Target.place_id, Target.questionnaire_id, Target.figure), top, year).distinct()
    return db.session.scalar(select(func.count()).select_from(keys.subquery())) or 0


def _in(year: int) -> ColumnElement[bool]:
    return Target.month.between(date(year, 1, 1), date(year, 12, 1))


T = TypeVarTuple("T")


def _series(statement: Select[*T], top: Place | None, year: int) -> Select[*T]:
    statement = statement.join(Place, Place.id == Target.place_id).where(_in(year))
    return statement.where(in_part(top.path)) if top else statement
