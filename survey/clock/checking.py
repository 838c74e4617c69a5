"""Nothing irreversible is done on a clock that jumped ahead.

Claims, points, reservations, contacts and codes expire by date, and batches close by date: a clock that is
800 days ahead for seconds would expire all of them for good. So due work is done only while today is at most
MOST_DAYS after the newest day on which work was done, which the database keeps. After a longer jump, or a
longer rest, an administrator confirms the date: ``huiyin clock accept``.
"""

import logging
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from survey import settings
from survey.transaction import snapshot, transaction

from . import queries

MOST_DAYS = 7


class Jump(NamedTuple):
    """A clock that is at ``today``, although the newest day known is ``newest``."""

    newest: date
    today: date

    @property
    def days(self) -> int:
        return (self.today - self.newest).days

    def __str__(self) -> str:
        return (
            f"the clock is {self.days:,} days ahead of the last work ({self.today}, not {self.newest}):"
            " set it, or confirm the date by huiyin clock accept"
        )


def find_jump() -> Jump | None:
    """Return how far the clock has jumped ahead, or None when due work may be done."""
    today = settings.current().today()
    with snapshot():
        newest = queries.newest()
    return Jump(newest, today) if newest is not None and (today - newest).days > MOST_DAYS else None


def accept() -> Jump | None:
    """Take the clock's date as right, and return the jump that is accepted by that, or None without one."""
    jump = find_jump()
    with transaction() as session:
        queries.put(session, settings.current().today())
    return jump


class Guard:
    """Do due work only while the clock is plausible. It asks the database once a day, unless work is refused,
    and logs a jump when it begins and when it ends."""

    def __init__(self) -> None:
        self.checked: date | None = None
        self.jump: Jump | None = None

    def run(self, do: Callable[[], int]) -> int:
        """Do a part of the due work on the date that was checked, however the clock moves meanwhile; return
        what it returns, or 0 when the clock has jumped: then nothing is done."""
        with settings.still():
            return do() if self._allows() else 0

    def _allows(self) -> bool:
        today = settings.current().today()
        if today == self.checked:
            self._note(None)
            return True
        jump = find_jump()
        self._note(jump)
        if jump is None:
            with transaction() as session:
                queries.advance(session, today)
            self.checked = today
        return jump is None

    def _note(self, jump: Jump | None) -> None:
        if jump is not None and jump != self.jump:
            logging.getLogger(__name__).error("No due work is done: %s", jump)
        elif jump is None and self.jump is not None:
            logging.getLogger(__name__).warning("Due work is done again.")
        self.jump = jump
