"""The hash chain: the digest of each line covers the digest of the line before it."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

START = bytes(32)
"""The digest that precedes the first line."""


@dataclass(frozen=True)
class SealedLine:
    """The fields of a line that its digest covers. ``at`` is UTC, without a zone."""

    number: int
    at: datetime
    staff_id: int | None
    role: str
    act: str
    subject: dict[str, Any]
    changes: list[Any]
    previous: bytes


@dataclass(frozen=True)
class Head:
    """The number and digest of the last line, as they may be noted elsewhere."""

    number: int
    digest: bytes

    def __str__(self) -> str:
        return f"{self.number}:{self.digest.hex()}"


class InvalidHead(ValueError):
    """The text is not a head."""


def head_from(text: str) -> Head:
    """Return the head that was noted as "number:digest". Raises InvalidHead."""
    number, _, digest = text.strip().partition(":")
    try:
        head = Head(int(number), bytes.fromhex(digest))
    except ValueError as error:
        raise InvalidHead(text) from error
    if head.number < 0 or len(head.digest) != len(START):
        raise InvalidHead(text)
    return head


def digest(line: SealedLine) -> bytes:
    """Return the SHA-256 of the line as canonical JSON, which is the same on every database."""
    fields = [
        line.number,
        line.at.isoformat(timespec="microseconds"),
        line.staff_id,
        line.role,
        line.act,
        line.subject,
        line.changes,
        line.previous.hex(),
    ]
    text = json.dumps(fields, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).digest()


def fault(before: Head, line: SealedLine, stored: bytes) -> str:
    """Return what is wrong with the line that follows ``before``, "" when it is as it was written."""
    if line.number != before.number + 1:
        return f"line {before.number + 1} is missing: the next is line {line.number}"
    if line.previous != before.digest:
        return f"line {line.number} does not follow the line before it: one was put in or exchanged"
    if stored != digest(line):
        return f"line {line.number} was changed"
    return ""
