"""Changes to the tree and its employees, many rows at a time."""

from datetime import date

from sqlalchemy import String, Update, case, cast, delete, func, insert, literal, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from survey.places.models import Employee, Place

from .finding import in_part


def one_at_a_time(session: Session) -> None:
    """Lock the tree and its employees against other changes; customers can still submit."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE place IN SHARE ROW EXCLUSIVE MODE"))


def rehang(session: Session, moved: Place, parent: Place | None) -> None:
    """Set the parent of ``moved``, and the paths of its whole subtree."""
    path = f"{parent.path if parent else '/'}{moved.id}/"
    values = {
        "parent_id": case((Place.id == moved.id, parent.id if parent else None), else_=Place.parent_id),
        "path": literal(path) + func.substr(Place.path, len(moved.path) + 1),
    }
    _write(session, update(Place).where(in_part(moved.path)).values(values))
    session.expire_all()


def insert_level(session: Session, rows: list[dict[str, object]]) -> dict[str, int]:
    """Add places whose parents exist; return their ids by code."""
    added = session.execute(insert(Place).returning(Place.code, Place.id), rows)
    ids = {row.code: row.id for row in added}
    parent = aliased(Place)
    above = select(parent.path).where(parent.id == Place.parent_id).scalar_subquery()
    path = func.coalesce(above, "/") + cast(Place.id, String) + "/"
    _write(session, update(Place).where(Place.path == "").values(path=path))
    return ids


def set_retired(session: Session, top: Place, before: date | None, after: date | None) -> None:
    """Set the day of retirement of ``top``, all below it and their employees to ``after``.

    Only those change whose day of retirement is ``before``.
    """
    was = Place.retired_on.is_(None) if before is None else Place.retired_on == before
    serving = Employee.place_id.in_(select(Place.id).where(in_part(top.path)))
    past = Employee.retired_on.is_(None) if before is None else Employee.retired_on == before
    _write(session, update(Employee).where(serving, past).values(retired_on=after))
    _write(session, update(Place).where(in_part(top.path), was).values(retired_on=after))
    session.expire_all()


def remove(session: Session, thing: Place | Employee) -> bool:
    """Delete a row; return False, with the transaction to be rolled back, when it is still referred to."""
    try:
        session.execute(delete(type(thing)).where(type(thing).id == thing.id))
    except IntegrityError:
        return False
    return True


def _write(session: Session, statement: Update) -> None:
    session.execute(statement.execution_options(synchronize_session=False))
