"""The use case "change my password"."""

from survey.transaction import transaction

from .models import Staff
from .passwords import hash_password, verify_password
from .rules import check_password


def change_password(person: Staff, current: str, new: str) -> bool:
    """Set the password of a user and end all their sessions; return False when ``current`` is wrong.

    Raises Refused when ``new`` cannot be a password.
    """
    check_password(new)
    if not verify_password(person.password_hash, current):
        return False
    hashed = hash_password(new)
    with transaction():
        person.password_hash = hashed
        person.sign_out_everywhere()
    return True
