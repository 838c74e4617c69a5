"""Queries of links."""

from collections.abc import Collection

from sqlalchemy import Select, and_, false, func, or_, select
from sqlalchemy.orm import joinedload

from survey.db import db
from survey.places.models import Employee, Place
from survey.places.queries import in_part
from survey.questionnaires.models import Questionnaire

from .models import Link


def link(code: str) -> Link | None:
    """Return the link with this code, in use or retired, with its place, employee and questionnaire."""
    return db.session.scalar(_whole(select(Link).filter_by(code=code)))


def twin(place_id: int, employee_id: int | None, questionnaire_id: int, channel: str) -> Link | None:
    """Return the link for these, or None; there is at most one."""
    return db.session.scalar(
        select(Link).filter_by(
            place_id=place_id, employee_id=employee_id, questionnaire_id=questionnaire_id, channel=channel
        )
    )


def links(within: Collection[Place] = (), search: str = "", skip: int = 0, most: int = 50) -> list[Link]:
    """Return a page of the links at service points in all of ``within``, ordered by the place's code.

    ``search`` is a part of a code or name, of the link, its service point or its employee.
    """
    page = _by_place(_whole(_matching(within, search))).offset(skip).limit(most)
    return list(db.session.scalars(page))


def count_links(within: Collection[Place] = (), search: str = "") -> int:
    """Return how many links links() returns on all pages."""
    matching = _matching(within, search).subquery()
    return db.session.scalar(select(func.count()).select_from(matching)) or 0


def _matching(within: Collection[Place], search: str) -> Select[Link]:
    statement = select(Link).join(Link.place).outerjoin(Link.employee)
    for part in within:
        statement = statement.where(in_part(part.path))
    if search:
        texts = (Link.code, Place.code, Place.name, Place.name_en, Employee.code, Employee.name)
        statement = statement.where(or_(false(), *(t.icontains(search, autoescape=True) for t in texts)))
    return statement


def links_in_use(top: Place) -> list[Link]:
    """Return the links in ``top`` that are in use, by place; its own come before its employees'."""
    statement = select(Link).join(Link.place).outerjoin(Link.employee)
    statement = statement.where(
        in_part(top.path),
        Link.retired_on.is_(None),
        Place.retired_on.is_(None),
        or_(Link.employee_id.is_(None), Employee.retired_on.is_(None)),
    )
    return list(db.session.scalars(_by_place(_whole(statement))))


def points_without(top: Place, questionnaire: Questionnaire, channel: str) -> list[Place]:
    """Return the service points of ``top`` in use that have no link of their own to ``questionnaire``."""
    own_links = and_(
        Link.place_id == Place.id,
        Link.employee_id.is_(None),
        Link.questionnaire_id == questionnaire.id,
        Link.channel == channel,
    )
    statement = select(Place).where(
        in_part(top.path),
        Place.kind == "point",
        Place.retired_on.is_(None),
        ~select(Link.id).where(own_links).exists(),
    )
    return list(db.session.scalars(statement.order_by(Place.code)))


def counts_by_questionnaire(within: Place | None = None) -> dict[int, int]:
    """Return the number of links by questionnaire id, only within a part of the tree when given."""
    statement = select(Link.questionnaire_id, func.count()).group_by(Link.questionnaire_id)
    if within is not None:
        statement = statement.join(Link.place).where(in_part(within.path))
    return dict(db.session.execute(statement).all())


def _whole(statement: Select[Link]) -> Select[Link]:
    return statement.options(
        joinedload(Link.place), joinedload(Link.employee), joinedload(Link.questionnaire)
    )


def _by_place(statement: Select[Link]) -> Select[Link]:
    own_first = Link.employee_id.is_not(None)
    return statement.order_by(Place.code, own_first, Employee.code, Link.id)
