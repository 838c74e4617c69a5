"""The use case "list insiders": telephone numbers and openids of people who work here earn no points.

Only their blind indexes are stored: a number can be added, removed and recognised, but not read.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from survey.refusal import Refused
from survey.transaction import transaction

from . import queries
from .customers import index_of
from .phone_numbers import parse

MOST = 5000
"""Lines that are accepted at once."""
_OPENID = re.compile(r"o[A-Za-z0-9_-]{20,63}")

IdentityKey = tuple[str, bytes]
"""Kind of identity ("phone", "openid") and its blind index."""


@dataclass(frozen=True)
class IdentityList:
    """A parsed list: ``known`` without repeats, and the numbers (from 1) of lines that are neither."""

    known: tuple[IdentityKey, ...]
    unreadable: tuple[int, ...]


def read(text: str) -> IdentityList:
    """Parse a list of one number or WeChat openid a line; empty lines are ignored."""
    known: dict[IdentityKey, None] = {}
    unreadable = []
    for number, line in enumerate(text.splitlines(), 1):
        typed = line.strip()
        if not typed:
            continue
        try:
            kind, value = ("openid", typed) if _OPENID.fullmatch(typed) else ("phone", parse(typed))
        except Refused:
            unreadable.append(number)
        else:
            known[kind, index_of(kind, value)] = None
    return IdentityList(tuple(known), tuple(unreadable))


def put_on_list(known: Iterable[IdentityKey], today: date) -> int:
    """Add identities, whose wallets then earn nothing; return how many are new to the list."""
    with transaction() as session:
        return sum(queries.add_insider(session, kind, blind, None, today) for kind, blind in sorted(known))


def take_off_list(known: Sequence[IdentityKey]) -> int:
    """Remove identities, whose wallets then earn again; return how many were on the list."""
    with transaction() as session:
        return sum(queries.remove_insider(session, kind, blind) for kind, blind in sorted(known))


def keep_phone(staff_id: int, phone: str, today: date) -> None:
    """Replace a user's number on the list. Raises Refused for an invalid number."""
    blind = index_of("phone", parse(phone))
    with transaction() as session:
        queries.remove_insiders_of(session, staff_id)
        queries.add_insider(session, "phone", blind, staff_id, today)


def forget_phone(staff_id: int) -> None:
    """Remove the number of a user from the list."""
    with transaction() as session:
        queries.remove_insiders_of(session, staff_id)
