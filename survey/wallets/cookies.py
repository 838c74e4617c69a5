"""Cookies on a customer's device, sealed so that nobody else can make, change or read them."""

import base64
import json
from collections.abc import Sequence
from typing import NamedTuple

from cryptography.exceptions import InvalidTag

from survey.sealing import seal, unseal

DAY = 24 * 3600  # seconds
LIFETIME = 180 * DAY
"""A device and its session are known for so many seconds after the last visit."""
RENEWED_AFTER = 7 * DAY
"""A visit after so many seconds renews a cookie with LIFETIME."""
BRIEF = 600
"""A sign-in that was begun can be finished within so many seconds."""
LONGEST = 64
"""So many characters of a claim code are kept: more than any has, and few enough for a cookie."""


class OpenedCookie(NamedTuple):
    """A cookie's values, and its ``age`` in seconds since it was sealed."""

    values: list[str]
    age: float


def seal_cookie(purpose: str, values: Sequence[str], now: float) -> str:
    """Return a cookie of ``values``, sealed at ``now``, in seconds since 1970."""
    sealed = seal(json.dumps([int(now), *values]), f"cookie {purpose}")
    return base64.urlsafe_b64encode(sealed).decode()


def open_cookie(purpose: str, cookie: str, now: float, lifetime: int) -> OpenedCookie | None:
    """Return the content of ``cookie``; None when it is not ours, has another purpose or is older than
    ``lifetime`` seconds."""
    try:
        sealed = base64.b64decode(cookie, b"-_", validate=True)
        sealed_at, *values = json.loads(unseal(sealed, f"cookie {purpose}"))
    except (InvalidTag, ValueError):
        return None
    age = now - sealed_at
    return OpenedCookie(values, age) if age <= lifetime else None
