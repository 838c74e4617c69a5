"""The use case "prove a telephone number": a code is sent to it and has to be entered in time.

Rate limits by number, device and address are counted in the database, so that all processes and machines
share them and a restart does not reset them.
"""

import hmac
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from survey import settings
from survey.refusal import N_, Refused
from survey.sealing import blind_index
from survey.transaction import Session, snapshot, transaction

from . import queries
from .customers import index_of

DIGITS = 6
LIFETIME = timedelta(minutes=5)
TRIES = 5
PAUSE = timedelta(minutes=1)
"""Between two codes for one number."""


class Limit(NamedTuple):
    """At most ``most`` codes of one ``kind`` of asker in each ``span`` of the clock."""

    kind: str
    span: timedelta
    most: int


# A number has 50 tries a day at 10^6 codes. An address may be that of all who are in a shop, or of half a
# province's phones. Always in this order, so that two who ask never wait for each other.
LIMITS = (
    Limit("number", timedelta(hours=1), 5),
    Limit("number", timedelta(days=1), 10),
    Limit("device", timedelta(hours=1), 10),
    Limit("address", timedelta(hours=1), 100),
)
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 in UTC, as all moments here


class Asker(NamedTuple):
    """A request for a code: for a number (E.164), from a device and an address."""

    number: str
    device: str
    address: str


class TooSoon(Refused):
    """A code was just sent; another can be requested in ``seconds``."""

    def __init__(self, seconds: int) -> None:
        text = N_("A code was just sent. You can request another in %(seconds)s seconds.")
        super().__init__(text, seconds=seconds)
        self.seconds = seconds


class TooMany(Refused):
    """Too many codes were requested; the next can be requested in ``seconds``."""

    def __init__(self, seconds: int) -> None:
        text = N_("Too many codes were requested. Please try again in %(minutes)s minutes.")
        super().__init__(text, minutes=-(-seconds // 60))
        self.seconds = seconds


def issue(asker: Asker, now: datetime) -> str:
    """Return a new code to send to the number; it replaces the previous one. ``now`` is UTC.

    Numbers with and without a wallet are treated alike. Raises TooSoon, TooMany.
    """
    blind = index_of("phone", asker.number)
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    with transaction() as session:
        _count(session, asker, now)
        last = queries.code_expiry(session, blind)
        if last is not None and (wait := last - LIFETIME + PAUSE - now) > timedelta():
            raise TooSoon(int(wait.total_seconds()) + 1)
        queries.put_code(session, blind, _hash(asker.number, code), now + LIFETIME, TRIES)
    return code


def withdraw(asker: Asker, now: datetime, was_tried: bool = True) -> None:
    """Remove the code that was issued ``now`` and could not be sent: another can be requested at once.

    It still counts towards the rate limits, unless sending was not even tried: a fault of ours must not
    lock a customer out.
    """
    with transaction() as session:
        if not was_tried:
            for who, begins_at, _limit in _spans(asker, now):
                queries.uncount_code(session, who, begins_at)
        queries.remove_code(session, index_of("phone", asker.number))


def spend(number: str, code: str, device: str, now: datetime) -> None:
    """Spend the code that was sent to the number. Raises Refused when it is wrong, expired, tried too often
    or spent; a wrong code uses up a try. It is idempotent for a device, whose reply may have been lost.
    """
    blind, sent = index_of("phone", number), _hash(number, code)
    spender = blind_index(device, "device of a code")
    with transaction() as session:
        left, expected = queries.try_code(session, blind, now) or (-1, bytes(32))
        if left < 0:
            expected = queries.code_spent_by(session, blind, spender, now) or expected
        is_right = hmac.compare_digest(expected, sent)
        if is_right and left >= 0:
            queries.end_code(session, blind, spender)
    if is_right:
        return
    if left < 0:
        raise Refused(N_("This code has expired. Please request a new one."))
    if left == 0:
        raise Refused(N_("The code is incorrect and was tried too often. Please request a new one."))
    raise Refused(N_("The code is incorrect. Please check the latest message we sent you."))


def purge() -> int:
    """Delete expired codes and counts of past spans; return how many."""
    now = settings.now()
    with snapshot() as session:  # it runs every second, and takes no lock when nothing is due
        if not queries.has_old_codes(session, now):
            return 0
    with transaction() as session:
        return queries.remove_old_codes(session, now)


def _count(session: Session, asker: Asker, now: datetime) -> None:
    """Count a request. Raises TooMany, whose rollback undoes the count."""
    for who, begins_at, limit in _spans(asker, now):
        ends_at = begins_at + limit.span
        if queries.count_code(session, who, begins_at, ends_at) > limit.most:
            raise TooMany(int((ends_at - now).total_seconds()) + 1)


def _spans(asker: Asker, now: datetime) -> Iterator[tuple[bytes, datetime, Limit]]:
    """Yield the keys under which a request is counted, the begin of the span and its limit."""
    for limit in LIMITS:
        who = blind_index(f"{getattr(asker, limit.kind)}\0{limit.span}", f"codes of a {limit.kind}")
        yield who, now - (now - EPOCH) % limit.span, limit


def _hash(number: str, code: str) -> bytes:
    return blind_index(f"{number}\0{code}", "one-time code")
