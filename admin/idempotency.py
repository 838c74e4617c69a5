"""Make forms that create something idempotent: sent again, they do not create it again."""

import hashlib
import re
from uuid import uuid4

from flask import request

FIELD = "made_with"
NUMBER = re.compile(r"[0-9a-f]{32}", re.ASCII)


def new_number() -> str:
    """Return a nonce for the hidden field FIELD, by which a double tap is recognised.

    It is another one each time that a page is shown.
    """
    return uuid4().hex


def sent_number() -> str | None:
    """Return the nonce that was sent; None when it does not have the form of one."""
    number = request.form.get(FIELD, "")
    return number if NUMBER.fullmatch(number) else None


def hash_form() -> str | None:
    """Return a hash of the nonce and of all fields; None without a valid nonce.

    Somebody who goes back, enters something else and sends the form once more means to create a second
    object: the nonce is the same, the hash is not.
    """
    number = sent_number()
    if number is None:
        return None
    fields = sorted(field for field in request.form.items(multi=True) if field[0] != "csrf_token")
    return hashlib.sha256(repr(fields).encode()).hexdigest()
