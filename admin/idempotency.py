"""Forms that make something: sent again, they make no second one."""

import hashlib
import re
from uuid import uuid4

from flask import request

FIELD = "made_with"
NUMBER = re.compile(r"[0-9a-f]{32}", re.ASCII)


def new_number() -> str:
    """For the hidden field FIELD: another each time that a page is shown, so that a double tap is known."""
    return uuid4().hex


def sent_number() -> str | None:
    """The number that was sent; None when it is none of ours."""
    found = request.form.get(FIELD, "")
    return found if NUMBER.fullmatch(found) else None


def hash_form() -> str | None:
    """A hash of the number and of all that was filled in: who goes back, writes something else and sends the
    form once more makes another one."""
    found = sent_number()
    if found is None:
        return None
    words = sorted(one for one in request.form.items(multi=True) if one[0] != "csrf_token")
    return hashlib.sha256(repr(words).encode()).hexdigest()
