"""Sealing what identifies a person, before it is stored: AES-256-GCM under a key of this installation."""

import os
from functools import lru_cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from . import settings

NONCE = 12


def seal(text: str, purpose: str) -> bytes:
    """``text`` in a form that only this installation opens, and only for the same ``purpose``."""
    nonce = os.urandom(NONCE)
    return nonce + _cipher(settings.current().secret_key).encrypt(nonce, text.encode(), purpose.encode())


def unseal(sealed: bytes, purpose: str) -> str:
    """The text that was sealed. Raises cryptography.exceptions.InvalidTag when it was changed, sealed
    elsewhere or for another purpose."""
    cipher = _cipher(settings.current().secret_key)
    return cipher.decrypt(sealed[:NONCE], sealed[NONCE:], purpose.encode()).decode()


@lru_cache(maxsize=8)
def _cipher(secret: str) -> AESGCM:
    key = HKDF(hashes.SHA256(), 32, salt=None, info=b"huiyin sealing").derive(secret.encode())
    return AESGCM(key)
