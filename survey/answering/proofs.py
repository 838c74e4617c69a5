"""A proof of work is a number that takes long to find and no time to check.

The challenge is the page's own token, which is signed, expires and belongs to one submission: so a proof
counts once, and nothing is stored. Responses by the thousand cost a lot of computing; a customer notices
nothing while they answer.
"""

import hashlib

BITS = 16
"""Zero bits at the beginning of the hash, which take 65,536 attempts on average."""
LONGEST = 12
"""Most digits of the number."""


def holds(token: str, proof: str, bits: int = BITS) -> bool:
    """Return whether the SHA-256 hash of the token and the number ``proof`` begins with ``bits`` zeros."""
    if not (proof.isascii() and proof.isdigit() and len(proof) <= LONGEST):
        return False
    digest = hashlib.sha256(f"{token}.{proof}".encode()).digest()
    return int.from_bytes(digest[:4]) >> (32 - bits) == 0


def find(token: str, bits: int = BITS) -> str:
    """Return the first number that holds. Tests use this, and it measures the cost of a proof."""
    number = 0
    while not holds(token, str(number), bits):
        number += 1
    return str(number)
