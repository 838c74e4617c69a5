"""Sealing what identifies a person, before it is stored: AES-256-GCM under a key of this installation.

What is sealed cannot be searched for. A blind index beside it can be, by whoever has the value and the key.
"""

import hmac
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


def blind_index(text: str, purpose: str) -> bytes:
    """32 bytes by which the same ``text`` is found again: keyed, so that a list of all telephone numbers does
    not help whoever has only the database."""
    return hmac.digest(_index_key(settings.current().secret_key), f"{purpose}\0{text}".encode(), "sha256")


@lru_cache(maxsize=8)
def _cipher(secret: str) -> AESGCM:
    return AESGCM(_derived(secret, b"huiyin sealing"))


@lru_cache(maxsize=8)
def _index_key(secret: str) -> bytes:
    return _derived(secret, b"huiyin blind index")


def _derived(secret: str, info: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=None, info=info).derive(secret.encode())
