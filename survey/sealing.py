"""Encrypt data that identify a person before they are stored: AES-256-GCM under a key of this installation.

Sealed values cannot be searched for. A blind index beside them can be, given the value and the key.
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
    """Return ``text`` encrypted; only this installation decrypts it, and only for the same ``purpose``."""
    nonce = os.urandom(NONCE)
    return nonce + _cipher(settings.current().secret_key).encrypt(nonce, text.encode(), purpose.encode())


def unseal(sealed: bytes, purpose: str) -> str:
    """Return the text that was sealed. Raises cryptography.exceptions.InvalidTag when ``sealed`` was changed,
    or was sealed by another installation or for another purpose."""
    cipher = _cipher(settings.current().secret_key)
    return cipher.decrypt(sealed[:NONCE], sealed[NONCE:], purpose.encode()).decode()


def blind_index(text: str, purpose: str) -> bytes:
    """Return 32 bytes, the same for equal texts, to search by.

    The hash is keyed, so that with the database alone a list of all telephone numbers reveals none of them.
    """
    return hmac.digest(_index_key(settings.current().secret_key), f"{purpose}\0{text}".encode(), "sha256")


@lru_cache(maxsize=8)
def _cipher(secret: str) -> AESGCM:
    return AESGCM(_derive_key(secret, b"huiyin sealing"))


@lru_cache(maxsize=8)
def _index_key(secret: str) -> bytes:
    return _derive_key(secret, b"huiyin blind index")


def _derive_key(secret: str, info: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=None, info=info).derive(secret.encode())
