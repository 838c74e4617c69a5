"""``huiyin worker``: do the work that is due, beside the web server. There is no queue of jobs: due work is
found in rows."""

import random
import signal
from collections.abc import Callable, Sequence
from functools import partial
from threading import Event
from types import FrameType

import click
from flask.cli import with_appcontext

from survey.clock.checking import Guard
from survey.people.one_time_codes import purge
from survey.responses.calling import erase
from survey.rewards import redemption
from survey.rewards.doubting import forget
from survey.rewards.expiry import expire_claims, expire_points
from survey.rewards.reviewing import vest
from survey.tallies.closing import close

# Each does a part of the due work in transactions of its own, and returns how much, 0 when none was due.
DUE: tuple[Callable[[], int], ...] = (
    close,
    erase,
    vest,
    forget,
    purge,
    expire_claims,
    expire_points,
    redemption.expire,
)

REST = 1.0  # seconds, when nothing is due


@click.command("worker")
@with_appcontext
def worker() -> None:
    """Do what is due, until stopped. Several may run; a killed one loses nothing."""
    stopped = Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopped.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    click.echo("The worker is ready.", err=True)
    work(stopped, guarded(DUE))


def guarded(due: Sequence[Callable[[], int]]) -> tuple[Callable[[], int], ...]:
    """Return functions that do the same, unless the clock has jumped ahead: all of it destroys or releases
    something by date."""
    guard = Guard()
    return tuple(partial(guard.run, do) for do in due)


def work(stopped: Event, due: Sequence[Callable[[], int]]) -> None:
    """Do due work until ``stopped`` is set; the current part is finished then."""
    while not stopped.is_set():
        # A list, not a generator: each function gets its turn, however much the first has to do.
        if not sum([do() for do in due]):
            stopped.wait(REST * random.uniform(0.5, 1.5))  # noqa: S311 keeps several out of step
