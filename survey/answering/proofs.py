"""A proof of work: a number that takes long to find and no time to check.

The challenge is the page's own token, which is signed, expires and stands for one submission: so a proof
counts once, and nothing is kept. Answers by the thousand cost computers; a customer notices nothing while she
answers.
"""

import hashlib

BITS = 16
"""Zero bits that the digest begins with: 65,536 attempts on average."""
LONGEST = 12
"""Digits of a number."""


def holds(token: str, proof: str, bits: int = BITS) -> bool:
    """Whether ``proof`` is a number whose SHA-256 together with the token begins with so many zero bits."""
    if not (proof.isascii() and proof.isdigit() and len(proof) <= LONGEST):
        return False
    digest = hashlib.sha256(f"{token}.{proof}".encode()).digest()
    return int.from_bytes(digest[:4]) >> (32 - bits) == 0


def find(token: str, bits: int = BITS) -> str:
    """The first number that holds: for tests, and to measure what it costs."""
    number = 0
    while not holds(token, str(number), bits):
        number += 1
    return str(number)
