"""Claim codes, of which a customer keeps the code and the database only a hash."""

import hashlib
from datetime import date, timedelta

from .models.claims import Claim
from .queries import claims as queries

DAYS_VALID = 30


def code_hash(code: str) -> bytes:
    """Return the SHA-256 of a code, 32 bytes. The code has 130 random bits, so a plain hash cannot be
    inverted."""
    return hashlib.sha256(code.encode()).digest()


def expiry(today: date) -> date:
    """Return the last day on which points earned today may be taken."""
    return today + timedelta(days=DAYS_VALID)


def find(code: str) -> Claim | None:
    """Return the claim with this code in any state, or None."""
    return queries.claim(code_hash(code))
