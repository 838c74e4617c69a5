"""The use cases of users: appoint, reappoint to another role, reset the password, retire, restore."""

from datetime import date

from survey.places.models import Place
from survey.places.rules.naming import checked_name
from survey.refusal import N_, Refused
from survey.transaction import Session, transaction

from . import queries
from .models import PLACED, Staff
from .passwords import hash_password
from .rules import check_password, check_username


def appoint(
    username: str,
    name: str,
    role: str,
    password: str,
    place: Place | None = None,
    demonstration: bool = False,
) -> Staff:
    """Add a user; managers and counter staff need a place, others have none. Raises Refused."""
    person = _prepared(username, name, role, password, place, demonstration)
    with transaction() as session:
        queries.one_at_a_time(session)
        _add(session, person)
    return person


def appoint_first(username: str, name: str, password: str) -> Staff:
    """Add the first administrator. Raise Refused when there is an administrator already."""
    person = _prepared(username, name, "administrator", password)
    with transaction() as session:
        queries.one_at_a_time(session)
        if queries.active_administrators():
            raise Refused(N_("There is an administrator already."))
        _add(session, person)
    return person


def _prepared(
    username: str,
    name: str,
    role: str,
    password: str,
    place: Place | None = None,
    demonstration: bool = False,
) -> Staff:
    """Return a person who is not stored yet. Raise Refused when something about them will not do."""
    _check_role(role, place)
    check_username(username)
    check_password(password)
    return Staff(
        username=username,
        name=checked_name(name),
        role=role,
        password_hash=hash_password(password),
        place_id=place.id if place else None,
        demonstration=demonstration,
    )


def _add(session: Session, person: Staff) -> None:
    """Store a new person, in the caller's transaction. Raise Refused when the user name is taken."""
    if queries.staff_by_username(person.username) is not None:
        raise Refused(N_("The username %(username)s is already taken."), username=person.username)
    session.add(person)


def reappoint(person: Staff, name: str, role: str, place: Place | None) -> None:
    """Change name, role and place. Raises Refused for the last administrator."""
    _check_role(role, place)
    name = checked_name(name)
    with transaction() as session:
        queries.one_at_a_time(session)
        if role != "administrator":
            _keep_an_administrator(person)
        person.name, person.role, person.place_id = name, role, place.id if place else None
        session.add(person)


def give_password(person: Staff, password: str) -> None:
    """Set a password and sign the user out everywhere. Raises Refused for an unsuitable one."""
    check_password(password)
    hashed = hash_password(password)
    with transaction() as session:
        person.password_hash = hashed
        _sign_out(session, person)


def retire(person: Staff, today: date) -> None:
    """Retire a user and end all their sessions. Raises Refused for the last administrator."""
    with transaction() as session:
        queries.one_at_a_time(session)
        _keep_an_administrator(person)
        person.retired_on = person.retired_on or today
        _sign_out(session, person)


def restore(person: Staff) -> None:
    """Let a retired user sign in again."""
    with transaction() as session:
        person.retired_on = None
        session.add(person)


def _sign_out(session: Session, person: Staff) -> None:
    person.sign_out_everywhere()
    session.add(person)


def _check_role(role: str, place: Place | None) -> None:
    if role in PLACED and place is None:
        raise Refused(N_("Managers and counter staff need a scope."))
    if role not in PLACED and place is not None:
        raise Refused(N_("Only managers and counter staff have a scope; other roles see everything."))


def _keep_an_administrator(person: Staff) -> None:
    last = queries.active_administrators() == [person.id]
    if last:
        raise Refused(N_("This is the last administrator. Add another one first."))
