"""Two signed tokens make submitting a page idempotent: the page token and the claim token.

A page token names the link, the place and the version of the rendered page, and holds its time, the
submission's id and the points that the page promised. A claim token holds the claim code of those points, and
its signature covers the submission's id too: it is accepted with its own page alone, or one claim could be
earned again and again. Neither token is stored, and what is stored of either tells nothing of the other.
"""

import base64
import hmac
import secrets
import struct
import uuid
from dataclasses import dataclass, field

LIFETIME = 24 * 3600
"""Seconds after opening for which a page may be submitted; then it is shown again, as the same submission."""
AHEAD = 15 * 60
"""Seconds by which the clock of the machine that opened a page may be ahead of ours."""

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
CODE_LENGTH = 22  # 62^22 > 2^130
_PAGE = struct.Struct(">IIIIHI16s")
_MAC = 16


class BadToken(ValueError):
    """The token was not made with this installation's key."""


@dataclass(frozen=True)
class OpenedPage:
    """A page that was opened for a link and a version, with the id under which its submission is stored.

    ``opened_at`` is in seconds since the epoch. ``points`` of the campaign were promised; 0 means none.
    ``place_id`` is the service point where it was opened, and where its answers belong: an employee's link
    leads elsewhere once they moved.
    """

    link_id: int
    version_id: int
    submission_id: uuid.UUID
    opened_at: int = field(default=0, compare=False)
    campaign_id: int = 0
    points: int = 0
    place_id: int = 0


def derive_key(secret: str, purpose: str) -> bytes:
    """Return the key of 32 bytes for one ``purpose``, so that tokens of different purposes never mix."""
    return hmac.digest(secret.encode(), purpose.encode(), "sha256")


def new_claim_code() -> str:
    """Return a code of 22 random characters out of 62 (130 bits), uniform up to 2^-125: nobody guesses it."""
    number = int.from_bytes(secrets.token_bytes(32))
    characters = []
    for _ in range(CODE_LENGTH):
        number, digit = divmod(number, 62)
        characters.append(ALPHABET[digit])
    return "".join(characters)


def seal_page(key: bytes, page: OpenedPage, now: int) -> str:
    promise = page.campaign_id, page.points
    body = _PAGE.pack(now, page.link_id, page.version_id, *promise, page.place_id, page.submission_id.bytes)
    return base64.urlsafe_b64encode(body + _mac(key, body)).decode()


def open_page(key: bytes, token: str) -> OpenedPage:
    """Return the page in ``token``, of whatever age. Raises BadToken."""
    raw = _decode(token)
    body = raw[:-_MAC]
    if len(body) != _PAGE.size or not hmac.compare_digest(raw[-_MAC:], _mac(key, body)):
        raise BadToken
    sealed_at, link_id, version_id, campaign_id, points, place_id, submission_id = _PAGE.unpack(body)
    submission = uuid.UUID(bytes=submission_id)
    return OpenedPage(link_id, version_id, submission, sealed_at, campaign_id, points, place_id)


def is_stale(page: OpenedPage, now: int) -> bool:
    """Return whether a page was opened too long ago to be submitted, or after ``now``."""
    return not -AHEAD <= now - page.opened_at <= LIFETIME


def seal_claim(key: bytes, code: str, submission_id: uuid.UUID) -> str:
    body = code.encode()
    return base64.urlsafe_b64encode(body + _mac(key, submission_id.bytes + body)).decode()


def open_claim(key: bytes, token: str, submission_id: uuid.UUID) -> str:
    """Return the claim code in ``token``. Raises BadToken, also for another submission's."""
    raw = _decode(token)
    body = raw[:-_MAC]
    is_ours = hmac.compare_digest(raw[-_MAC:], _mac(key, submission_id.bytes + body))
    if len(body) != CODE_LENGTH or not is_ours:
        raise BadToken
    return body.decode()


def _mac(key: bytes, body: bytes) -> bytes:
    return hmac.digest(key, body, "sha256")[:_MAC]


def _decode(token: str) -> bytes:
    try:
        return base64.b64decode(token.encode("ascii"), b"-_", validate=True)
    except ValueError:
        raise BadToken from None
