"""Claim codes: what a customer keeps, and the hash by which we know it again."""

import hashlib
from datetime import date, timedelta

from .models.claims import Claim
from .queries import claims as queries

DAYS_VALID = 30


def code_hash(code: str) -> bytes:
    """32 bytes. The code holds 130 random bits, so a plain hash cannot be turned round."""
    return hashlib.sha256(code.encode()).digest()


def expiry(today: date) -> date:
    """The last day on which points earned today may be taken."""
    return today + timedelta(days=DAYS_VALID)


def find(code: str) -> Claim | None:
    return queries.claim(code_hash(code))
