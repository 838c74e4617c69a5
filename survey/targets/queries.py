"""Queries that read and write targets."""

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
PLACES = 5_000  # places or keys in a statement, because databases limit its parameters


class TargetKey(NamedTuple):
    """The primary key of a target. ``questionnaire_id`` is 0 for all questionnaires; ``month`` is its first
    day."""

    place_id: int
    questionnaire_id: int
    figure: str
    month: date


def of_places(
    place_ids: Iterable[int], questionnaire_id: int, figure: str, first: date, last: date
) -> dict[TargetKey, float]:
    """Return the values set for these places, for this questionnaire or for all, in the months that begin
    from ``first`` to ``last``, both included."""
    ids = sorted(set(place_ids))
    values: dict[TargetKey, float] = {}
    for i in range(0, len(ids), PLACES):
        statement = select(Target).where(
            Target.place_id.in_(ids[i : i + PLACES]),
            Target.questionnaire_id.in_([questionnaire_id, ALL_QUESTIONNAIRES]),
            Target.figure == figure,
            Target.month.between(first, last),
        )
        for target in db.session.scalars(statement):
            values[TargetKey(target.place_id, target.questionnaire_id, target.figure, target.month)] = (
                target.value
            )
    return values


def save(values: Iterable[tuple[TargetKey, float]]) -> None:
    """Set targets; they replace those with the same key."""
    statement = upsert(Target, KEY, lambda new: {"value": new.value})
    if rows := [key._asdict() | {"value": value} for key, value in values]:
        db.session.execute(statement, rows)


def remove(keys: Sequence[TargetKey]) -> int:
    """Remove the targets with these keys; return how many there were."""
    key = tuple_(*(getattr(Target, name) for name in KEY))
    statements = (delete(Target).where(key.in_(keys[i : i + PLACES])) for i in range(0, len(keys), PLACES))
    return sum(row_count(db.session.execute(statement)) for statement in statements)


class TargetSeries(NamedTuple):
    """The targets of a figure of a place in a year. ``questionnaire`` is None for all questionnaires;
    ``values`` are by month, 1 to 12."""

    place: Place
    questionnaire: Questionnaire | None
    figure: str
    values: dict[int, float]


def series(top: Place | None, year: int, skip: int, most: int) -> list[TargetSeries]:
    """Return the series set at and below ``top`` (None: the whole tree) in a year, by place and figure:
    ``most`` of them after the first ``skip``."""
    statement = (
        _series(select(Place, Questionnaire, Target.questionnaire_id, Target.figure), top, year)
        .join(Questionnaire, Questionnaire.id == Target.questionnaire_id, isouter=True)
        .group_by(Place.id, Questionnaire.id, Target.questionnaire_id, Target.figure)
        .order_by(Place.path, Target.figure, Target.questionnaire_id)
    )
    rows = db.session.execute(statement.offset(skip).limit(most)).all()
    by_key = {
        (place.id, questionnaire_id, figure): TargetSeries(place, questionnaire, figure, {})
        for place, questionnaire, questionnaire_id, figure in rows
    }
    target_statement = select(Target).where(Target.place_id.in_({key[0] for key in by_key}), _in_year(year))
    for target in db.session.scalars(target_statement):
        key = (target.place_id, target.questionnaire_id, target.figure)
        if key in by_key:
            by_key[key].values[target.month.month] = target.value
    return list(by_key.values())


def count_series(top: Place | None, year: int) -> int:
    """Return the number of series at and below ``top`` in a year."""
    keys = _series(select(Target.place_id, Target.questionnaire_id, Target.figure), top, year).distinct()
    return db.session.scalar(select(func.count()).select_from(keys.subquery())) or 0


def _in_year(year: int) -> ColumnElement[bool]:
    """Return the condition that a target is of a month of this year."""
    return Target.month.between(date(year, 1, 1), date(year, 12, 1))


T = TypeVarTuple("T")


def _series(statement: Select[*T], top: Place | None, year: int) -> Select[*T]:
    """Return the statement restricted to the targets at and below ``top`` in a year."""
    statement = statement.join(Place, Place.id == Target.place_id).where(_in_year(year))
    return statement.where(in_part(top.path)) if top else statement
