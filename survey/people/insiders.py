"""The use case "say who works here": telephone numbers and WeChat names of staff, which earn no points.

Only their blind indexes are kept: a number can be put on the list, taken off it and recognised, not read.
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
"""Lines that are read at once."""
_OPENID = re.compile(r"o[A-Za-z0-9_-]{20,63}")

Known = tuple[str, bytes]
"""Kind of identity ("phone", "openid") and its blind index."""


@dataclass(frozen=True)
class Read:
    """What a list says: ``known`` without repeats, and the numbers of the lines (from 1) that say nothing."""

    known: tuple[Known, ...]
    unreadable: tuple[int, ...]


def read(text: str) -> Read:
    """One number or WeChat openid a line; empty lines are left out."""
    known: dict[Known, None] = {}
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
    return Read(tuple(known), tuple(unreadable))


def put_on_list(known: Iterable[Known], today: date) -> int:
    """Their wallets earn nothing from now on; how many were not on the list before."""
    with transaction() as session:
        return sum(queries.add_insider(session, kind, blind, None, today) for kind, blind in sorted(known))


def take_off_list(known: Sequence[Known]) -> int:
    """Who they are earns points again; how many were on the list."""
    with transaction() as session:
        return sum(queries.remove_insider(session, kind, blind) for kind, blind in sorted(known))


def keep_phone(staff_id: int, phone: str, today: date) -> None:
    """A member of staff has this number, in place of the one before. Raises Refused for what is no number."""
    blind = index_of("phone", parse(phone))
    with transaction() as session:
        queries.remove_insiders_of(session, staff_id)
        queries.add_insider(session, "phone", blind, staff_id, today)


def forget_phone(staff_id: int) -> None:
    """No number of this member of staff is on the list."""
    with transaction() as session:
        queries.remove_insiders_of(session, staff_id)
