"""The use case "sign in"."""

from . import queries
from .models import Staff
from .passwords import verify_password


def authenticate(username: str, password: str) -> Staff | None:
    """Return the active user with this name and password, or None after the same time."""
    person = queries.staff_by_username(username)
    matches = verify_password(person.password_hash if person else None, password)
    return person if matches and person is not None and person.is_active else None
