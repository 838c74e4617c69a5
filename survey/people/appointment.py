"""The use case "appoint": somebody gets a sign-in and a role."""

from survey.places.models import Place
from survey.transaction import transaction

from .models import Staff
from .passwords import hash_password


def appoint(
    username: str,
    name: str,
    role: str,
    password: str,
    place: Place | None = None,
    demonstration: bool = False,
) -> Staff:
    """Adds a member of staff; a manager needs a place, the others have none."""
    hashed = hash_password(password)
    with transaction() as session:
        person = Staff(
            username=username,
            name=name,
            role=role,
            password_hash=hashed,
            place_id=place.id if place else None,
            demonstration=demonstration,
        )
        session.add(person)
    return person
