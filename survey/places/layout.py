"""The use cases "lay out the organisation": add places and employees."""

from survey.transaction import Session, transaction

from .models import Employee, Place


class Refused(ValueError):
    """The organisation cannot be laid out like that; the text says why, in English."""


def add_place(
    parent: Place | None, kind: str, code: str, name: str, name_en: str = "", demonstration: bool = False
) -> Place:
    """Adds a place below ``parent`` (None: a company of its own). Raises Refused below a service point."""
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
    """add_place() as a part of another use case's transaction."""
    if parent is not None and parent.kind == "point":
        raise Refused("nothing lies below a service point")
    place = Place(
        parent_id=parent.id if parent else None,
        kind=kind,
        code=code,
        name=name,
        name_en=name_en,
        demonstration=demonstration,
    )
    session.add(place)
    session.flush()
    place.path = f"{parent.path if parent else '/'}{place.id}/"
    return place


def add_employee(at: Place, code: str, name: str, demonstration: bool = False) -> Employee:
    """Adds somebody who serves at service point ``at``."""
    if at.kind != "point":
        raise Refused("employees serve at a service point")
    with transaction() as session:
        person = Employee(place_id=at.id, code=code, name=name, demonstration=demonstration)
        session.add(person)
    return person
