"""The audit log is written: what somebody's act commits, in the same transaction, and acts that only read.

Who acts is said once (``acting``); from then on the session watches what it writes, and adds a line
before it commits.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from survey.transaction import transaction

from .queries import watching
from .queries.watching import Act
from .rules import telling

__all__ = ["Act", "act", "acting", "begin", "record"]

COMMAND = "command"
"""The role of whoever uses the command line."""
NOBODY = "nobody"
"""The role of somebody who did not sign in."""


def act(staff_id: int | None, role: str, name: str, subject: Mapping[str, object] | None = None) -> Act:
    """``name`` is what is done ("places.edit"), ``subject`` to what, as far as
    rules/allowlist.py lets it be told."""
    return Act(staff_id, role, name, telling.subject(subject or {}))


def begin(doing: Act) -> None:
    """From now on, and until the request is over, what is committed is ``doing``."""
    watching.watch(doing)


@contextmanager
def acting(doing: Act) -> Iterator[None]:
    """What is committed inside is ``doing``."""
    watching.watch(doing)
    try:
        yield
    finally:
        watching.watch(None)


def record(doing: Act) -> None:
    """Writes a line for an act that changes nothing: signing in, or reading what is personal."""
    with transaction() as session:
        watching.note(session, doing)
