"""The use case "become the first administrator": its link, on a new installation, makes an account.

Nothing of a link is stored. Its token is the time at which it expires, sealed with the secret of the
installation, and no token is valid once there is an administrator: so a link can be used once. The last
administrator cannot be retired. Only that of the demonstration can go, with the demonstration; then a new
administrator is needed, and a link that has not expired is valid again.
"""

import base64
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidTag

from survey.refusal import N_, Refused
from survey.sealing import seal, unseal

from . import queries
from .appointment import appoint_first
from .models import Staff

LIFETIME = timedelta(hours=1)
PATH = "/admin/first-administrator/"
"""The address of the page, before the token."""
_PURPOSE = "first administrator"


def is_needed() -> bool:
    """Return whether nobody can administer yet."""
    return not queries.active_administrators()


def link(base: str, now: datetime) -> str:
    """Return a link below the address ``base``; it is valid for LIFETIME from ``now`` (UTC)."""
    return f"{base}{PATH}{_encoded(seal((now + LIFETIME).isoformat(), _PURPOSE))}"


def is_valid(token: str, now: datetime) -> bool:
    """Return whether ``token`` is one of ours, has not expired ``now`` (UTC), and is still needed."""
    expires_at = _expiry(token)
    return expires_at is not None and now < expires_at and is_needed()


def use(token: str, username: str, name: str, password: str, now: datetime) -> Staff:
    """Appoint the first administrator by the token of their link.

    Raise Refused when the token is not valid, when somebody else was first, or when the user name or the
    password will not do.
    """
    if not is_valid(token, now):
        raise Refused(N_("This link is no longer valid."))
    return appoint_first(username, name, password)


def _encoded(sealed: bytes) -> str:
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def _expiry(token: str) -> datetime | None:
    """Return when ``token`` expires (UTC), None when it was not sealed here."""
    try:
        sealed = base64.b64decode(token + "=" * (-len(token) % 4), b"-_", validate=True)
        return datetime.fromisoformat(unseal(sealed, _PURPOSE))
    except (InvalidTag, ValueError):
        return None
