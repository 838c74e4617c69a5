"""The chain: each line is sealed together with the seal of the line before it."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

START = bytes(32)
"""What the first line has for a digest before it."""


@dataclass(frozen=True)
class SealedLine:
    """What is sealed of a line. ``at`` is UTC without saying so."""

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
    """The last line, as somebody noted it."""

    number: int
    digest: bytes

    def __str__(self) -> str:
        return f"{self.number}:{self.digest.hex()}"


class NoHead(ValueError):
    """A text that is no head."""


def head_from(text: str) -> Head:
    """The head that was noted as "number:digest". Raises NoHead."""
    number, _, digest = text.strip().partition(":")
    try:
        head = Head(int(number), bytes.fromhex(digest))
    except ValueError as error:
        raise NoHead(text) from error
    if head.number < 0 or len(head.digest) != len(START):
        raise NoHead(text)
    return head


def digest(line: SealedLine) -> bytes:
    """SHA-256 of the line written as JSON in one way only, so that every database gives it back alike."""
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
    """What is wrong with the line that follows ``before``, "" when it is as it was written."""
    if line.number != before.number + 1:
        return f"line {before.number + 1} is missing: the next is line {line.number}"
    if line.previous != before.digest:
        return f"line {line.number} does not follow the line before it: one was put in or exchanged"
    if stored != digest(line):
        return f"line {line.number} was changed"
    return ""
