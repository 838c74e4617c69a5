"""The use case "find doubts": what is doubtful about a customer who takes points with a device now."""

import base64
import binascii
from datetime import date, timedelta

from cryptography.exceptions import InvalidTag

from survey import settings
from survey.sealing import seal, unseal
from survey.transaction import transaction

from .queries import doubts as queries
from .rules.doubts import DAYS, STAFF_SECONDS, Sign, TakingCircumstances
from .rules.doubts import signs as doubtful

COOKIE = "worked"
"""A cookie that signing in as staff leaves with a device."""
PATH = "/w"
"""The path of the cookie: it is sent to the pages of wallets, never with a response."""
LIFETIME = STAFF_SECONDS


def signs(device: bytes, customer_id: int, mark: str, now: float, today: date) -> list[Sign]:
    """Return the signs for taking.take(), [] for most takings, and record that the device took points into
    this wallet today.

    ``device`` are 16 bytes, a keyed hash of what names the device; ``mark`` the value of its COOKIE, "" when
    it has none; ``now`` in seconds since 1970.
    """
    with transaction() as session:
        queries.record_device(session, device, customer_id, today)
        circumstances = TakingCircumstances(
            takings=queries.count_takings(session, customer_id, today) + 1,
            wallets=queries.count_wallets(session, device, today - timedelta(DAYS - 1)),
            staff_seconds=_age(mark, now) if mark else None,
        )
    return doubtful(circumstances, device)


def staff_mark(now: float) -> str:
    """Return the value of COOKIE, which says when a user signed in and not who."""
    return base64.urlsafe_b64encode(seal(str(int(now)), "cookie worked")).decode()


def _age(mark: str, now: float) -> float | None:
    """Return the seconds since a user signed in; None when the mark is not ours."""
    try:
        return now - int(unseal(base64.urlsafe_b64decode(mark), "cookie worked"))
    except (InvalidTag, ValueError, binascii.Error):
        return None


def forget() -> int:
    """Forget which device took points into which wallet DAYS ago or earlier and return the number of rows."""
    before = settings.current().today() - timedelta(DAYS)
    if not queries.has_device_days(before):
        return 0
    with transaction() as session:
        return queries.forget_devices(session, before)
