"""Codes that customers show: how ours are made, typed, kept and shown."""

import secrets
import unicodedata

from survey.sealing import blind_index, seal, unseal

from .models.catalogue import Reward
from .models.redemptions import Redemption

DIGITS = 12
"""Of our codes: read out and typed without a mistake, and one in a million million hits one."""
PURPOSE = "redemption code"


def generate() -> str:
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def index_of(code: str) -> bytes:
    """The blind index of a code of ours."""
    return blind_index(code, PURPOSE)


def uploaded_index_of(reward_id: int, code: str) -> bytes:
    """The blind index of an uploaded code: two rewards may have the same."""
    return blind_index(f"{reward_id} {code}", "coupon code")


def seal_code(code: str) -> bytes:
    return seal(code, PURPOSE)


def unseal_code(ciphertext: bytes) -> str:
    return unseal(ciphertext, PURPOSE)


def code_of(redemption: Redemption) -> str:
    """The code as it stands in its picture."""
    return unseal_code(redemption.sealed)


def grouped(code: str, reward: Reward) -> str:
    """The code as a customer reads it: ours in groups of four."""
    if reward.kind == "uploaded":
        return code
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def normalise(text: str) -> str:
    """What was typed or scanned, as we keep it: plain digits without blanks or dashes."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(c for c in plain if not c.isspace() and unicodedata.category(c) != "Pd")
