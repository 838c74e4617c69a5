"""The use cases "lay out the organisation": add places and employees, change and delete places.

A place is moved by survey.tallies.moving, which moves its tallies too, and uses move_within().
"""

from survey.refusal import N_, Refused
from survey.transaction import Session, transaction

from . import queries
from .models import Employee, Place
from .rules.naming import DEEPEST, TOO_DEEP, check_code, checked_name

__all__ = ["Refused", "add_employee", "add_place", "change", "delete", "insert_place", "move_within"]

HAS_ANSWERS = N_("It has responses and cannot be deleted. Deactivate it instead.")
KEEPS = {
    "place": N_("It has units below it. Move or delete them first, or deactivate it instead."),
    "employee": N_("It still has employees. Move them first, or deactivate it instead."),
    "staff": N_("It is a manager’s scope. Give that manager another scope first."),
    "target": N_("It has targets. Remove them first, or deactivate it instead."),
    "link": N_("Links point to it. Deactivate it instead: its links will then show a notice."),
    "waiting": HAS_ANSWERS,
    "response": HAS_ANSWERS,
    "queue": N_("It is open for counting and cannot be deleted. Deactivate it instead."),
}


def add_place(
    parent: Place | None, kind: str, code: str, name: str, name_en: str = "", demonstration: bool = False
) -> Place:
    """Add a place below ``parent`` (None: at the top). Raises Refused below a service point."""
    with transaction() as session:
        return insert_place(session, parent, kind, code, name, name_en, demonstration)


def insert_place(
    session: Session,
    parent: Place | None,
    kind: str,
    code: str,
    name: str,
    name_en: str = "",
    demonstration: bool = False,
) -> Place:
    """Do what add_place() does, within the caller's transaction."""
    queries.one_at_a_time(session)
    parent = _reread(session, parent) if parent else None
    _check_parent(parent)
    if parent is not None and len(parent.ancestor_ids) >= DEEPEST:
        raise Refused(TOO_DEEP, levels=DEEPEST)
    _check_new_code(code)
    place = Place(
        parent_id=parent.id if parent else None,
        kind=kind,
        code=code,
        name=checked_name(name),
        name_en=name_en,
        demonstration=demonstration,
    )
    session.add(place)
    session.flush()
    place.path = f"{parent.path if parent else '/'}{place.id}/"
    return place


def _check_new_code(code: str) -> None:
    """Raise Refused when ``code`` is invalid or in use."""
    check_code(code)
    if queries.place(code) is not None:
        raise Refused(N_("Code %(code)s is already used by another unit."), code=code)


def change(place: Place, code: str, name: str, name_en: str) -> None:
    """Rename a place. Raises Refused for a new code once there are responses: files use the code."""
    with transaction() as session:
        queries.one_at_a_time(session)
        place = _reread(session, place)
        if code != place.code:
            _check_new_code(code)
            if queries.has_answers(place):
                raise Refused(N_("The code can no longer be changed: there are responses under it."))
        place.code, place.name, place.name_en = code, checked_name(name), name_en


def move_within(
    session: Session, place: Place, parent: Place | None
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Move ``place`` and all below it under ``parent`` (None: to the top) within the caller's transaction.

    Returns the ids from the root to ``place``, its own last, before and after the move. Raises Refused when
    ``parent`` is a service point, is retired, or is within ``place``.
    """
    queries.one_at_a_time(session)
    place = _reread(session, place)
    parent = _reread(session, parent) if parent else None
    _check_parent(parent)
    if parent is not None and place.contains(parent):
        raise Refused(N_("A unit cannot be moved below itself."))
    before = place.ancestor_ids
    above = parent.ancestor_ids if parent else ()
    if len(above) + queries.height(place) > DEEPEST:
        raise Refused(TOO_DEEP, levels=DEEPEST)
    queries.rehang(session, place, parent)
    return before, (*above, place.id)


def delete(place: Place) -> None:
    """Delete a place that nothing refers to. Raises Refused, saying what does."""
    with transaction() as session:
        queries.one_at_a_time(session)
        place = _reread(session, place)
        refuse_if_kept(queries.referring(place))
        if not queries.remove(session, place):
            raise Refused(HAS_ANSWERS)


def refuse_if_kept(tables: set[str]) -> None:
    """Raise Refused with the first reason when ``tables``, those with referring rows, is not empty."""
    if tables:
        raise Refused(next((text for table, text in KEEPS.items() if table in tables), HAS_ANSWERS))


def add_employee(at: Place, code: str, name: str, demonstration: bool = False) -> Employee:
    """Add an employee of the service point ``at``. Raises Refused."""
    if at.kind != "point":
        raise Refused(N_("Employees must belong to a service point."))
    check_code(code)
    with transaction() as session:
        queries.one_at_a_time(session)
        if _reread(session, at).retired_on is not None:
            raise Refused(N_("This unit is inactive. Reactivate it first."))
        if queries.employee(code) is not None:
            raise Refused(N_("Another employee already has the number %(code)s."), code=code)
        person = Employee(place_id=at.id, code=code, name=checked_name(name), demonstration=demonstration)
        session.add(person)
    return person


def _reread(session: Session, place: Place) -> Place:
    """Return ``place`` as it is in the database, once the tree is locked."""
    current = session.get(Place, place.id, populate_existing=True)
    if current is None:
        raise Refused(N_("This unit no longer exists."))
    return current


def _check_parent(parent: Place | None) -> None:
    if parent is None:
        return
    if parent.kind == "point":
        raise Refused(N_("A service point cannot have units below it."))
    if parent.retired_on is not None:
        raise Refused(N_("The parent unit is inactive. Reactivate it first."))
