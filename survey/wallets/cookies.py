"""What a customer's device keeps for us: sealed, so that nobody else can make, change or read it."""

import base64
import json
from collections.abc import Sequence
from typing import NamedTuple

from cryptography.exceptions import InvalidTag

from survey.sealing import seal, unseal

DAY = 24 * 3600  # seconds
LIFETIME = 180 * DAY
"""Seconds for which a device and its session are known, from the last visit on."""
RENEWED_AFTER = 7 * DAY
"""A visit after so many seconds renews a cookie of LIFETIME."""
BRIEF = 600
"""Seconds for which a sign-in that was begun can be finished."""
LONGEST = 64
"""Characters of a claim's code that are kept: more than any has, and few enough for a cookie."""


class Opened(NamedTuple):
    """What a cookie held, and how many seconds ago it was sealed."""

    values: list[str]
    age: float


def close(purpose: str, values: Sequence[str], now: float) -> str:
    """A cookie of ``values``; ``now`` in seconds since 1970."""
    sealed = seal(json.dumps([int(now), *values]), f"cookie {purpose}")
    return base64.urlsafe_b64encode(sealed).decode()


def open_up(purpose: str, cookie: str, now: float, lifetime: int) -> Opened | None:
    """What ``cookie`` holds; None when it is not ours, for another purpose or older than ``lifetime``."""
    try:
        sealed = base64.b64decode(cookie, b"-_", validate=True)
        sealed_at, *values = json.loads(unseal(sealed, f"cookie {purpose}"))
    except (InvalidTag, ValueError):
        return None
    age = now - sealed_at
    return Opened(values, age) if age <= lifetime else None
