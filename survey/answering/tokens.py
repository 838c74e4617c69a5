"""What a page carries so that handing it in twice counts once: two random values, each signed with the time.

A page token names the link and the version it was rendered from, and holds the submission's id and what
the page promised for answering; a claim token holds the code of the points to be earned. Nothing in one tells
of the other.
"""

import base64
import hmac
import secrets
import struct
import uuid
from dataclasses import dataclass, field

LIFETIME = 24 * 3600
"""Seconds for which a page may be handed in after it was opened."""

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
CODE_LENGTH = 22  # 62^22 > 2^130
_PAGE = struct.Struct(">IIIIH16s")
_MAC = 16
_AHEAD = 60


class BadToken(ValueError):
    """Not a token of ours."""


class StaleToken(BadToken):
    """A token of ours that is older than LIFETIME."""


@dataclass(frozen=True)
class OpenedPage:
    """A page that was opened: for which link and version, under which submission's id, when (seconds of the
    epoch), and what it promised: ``points`` (0: none) of a campaign."""

    link_id: int
    version_id: int
    submission_id: uuid.UUID
    opened_at: int = field(default=0, compare=False)
    campaign_id: int = 0
    points: int = 0


def derive_key(secret: str, purpose: str) -> bytes:
    """A key for one purpose only."""
    return hmac.digest(secret.encode(), purpose.encode(), "sha256")


def new_claim_code() -> str:
    """22 characters out of 62, evenly but for 2^-125: never guessed."""
    number = int.from_bytes(secrets.token_bytes(32))
    characters = []
    for _ in range(CODE_LENGTH):
        number, digit = divmod(number, 62)
        characters.append(ALPHABET[digit])
    return "".join(characters)


def seal_page(key: bytes, page: OpenedPage, now: int) -> str:
    promise = page.campaign_id, page.points
    body = _PAGE.pack(now, page.link_id, page.version_id, *promise, page.submission_id.bytes)
    return base64.urlsafe_b64encode(body + _mac(key, body)).decode()


def open_page(key: bytes, token: str, now: int) -> OpenedPage:
    """The page that ``token`` seals. Raises BadToken, and StaleToken when it was sealed too long ago."""
    raw = _decode(token)
    body = raw[:-_MAC]
    if len(body) != _PAGE.size or not hmac.compare_digest(raw[-_MAC:], _mac(key, body)):
        raise BadToken
    sealed_at, link_id, version_id, campaign_id, points, submission_id = _PAGE.unpack(body)
    _check_age(sealed_at, now)
    submission = uuid.UUID(bytes=submission_id)
    return OpenedPage(link_id, version_id, submission, sealed_at, campaign_id, points)


def seal_claim(key: bytes, code: str, now: int) -> str:
    body = struct.pack(">I", now) + code.encode()
    return base64.urlsafe_b64encode(body + _mac(key, body)).decode()


def open_claim(key: bytes, token: str, now: int) -> str:
    """The claim code that ``token`` seals. Raises BadToken, StaleToken."""
    raw = _decode(token)
    body = raw[:-_MAC]
    if len(body) != 4 + CODE_LENGTH or not hmac.compare_digest(raw[-_MAC:], _mac(key, body)):
        raise BadToken
    _check_age(struct.unpack_from(">I", body)[0], now)
    return body[4:].decode()


def _mac(key: bytes, body: bytes) -> bytes:
    return hmac.digest(key, body, "sha256")[:_MAC]


def _decode(token: str) -> bytes:
    try:
        return base64.b64decode(token.encode("ascii"), b"-_", validate=True)
    except ValueError:
        raise BadToken from None


def _check_age(sealed_at: int, now: int) -> None:
    if not -_AHEAD <= now - sealed_at <= LIFETIME:
        raise StaleToken
