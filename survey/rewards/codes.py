"""Redemption codes: this module generates, normalises, seals and displays them."""

import secrets
import unicodedata

from survey.sealing import blind_index, seal, unseal

from .models.catalogue import Reward
from .models.redemptions import Redemption

DIGITS = 12
"""Our codes have so many digits: few enough to read out and type, and a guess hits a given code with
probability 10^-12."""
PURPOSE = "redemption code"


def generate() -> str:
    """Return a random code of DIGITS digits."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def index_of(code: str) -> bytes:
    """Return the blind index of a code of ours."""
    return blind_index(code, PURPOSE)


def uploaded_index_of(reward_id: int, code: str) -> bytes:
    """Return the blind index of an uploaded code, which includes the reward because rewards may share a
    code."""
    return blind_index(f"{reward_id} {code}", "coupon code")


def seal_code(code: str) -> bytes:
    """Return the encrypted code."""
    return seal(code, PURPOSE)


def unseal_code(ciphertext: bytes) -> str:
    """Return the plain code of an encrypted code."""
    return unseal(ciphertext, PURPOSE)


def code_of(redemption: Redemption) -> str:
    """Return the code of a redemption as its QR code contains it."""
    return unseal_code(redemption.sealed)


def display_text(code: str, reward: Reward) -> str:
    """Return the code as a customer reads it: ours in groups of four digits."""
    if reward.kind == "uploaded":
        return code
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def normalise(text: str) -> str:
    """Return a typed or scanned code as it is indexed: in NFKC form, without blanks and dashes."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(c for c in plain if not c.isspace() and unicodedata.category(c) != "Pd")
