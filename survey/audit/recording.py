"""Write the audit log: a line for the changes that an act commits, in the same transaction, and for acts that
only read.

The act is set once (``begin`` or ``acting``); from then on the session records the rows that it writes, and
adds a line before it commits.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from survey.transaction import transaction

from .queries import watching
from .queries.watching import Act
from .rules import telling

__all__ = ["Act", "act", "acting", "begin", "record"]

COMMAND = "command"
"""The role of users of the command line."""
NOBODY = "nobody"
"""The role of a person who did not sign in."""


def act(staff_id: int | None, role: str, name: str, subject: Mapping[str, object] | None = None) -> Act:
    """Return an act, named like "places.edit", with the parts of ``subject`` that the log may tell."""
    return Act(staff_id, role, name, telling.tellable_subject(subject or {}))


def begin(new_act: Act) -> None:
    """Attribute all further commits of the request to ``new_act``."""
    watching.watch(new_act)


@contextmanager
def acting(new_act: Act) -> Iterator[None]:
    """Attribute the commits within a block to ``new_act``."""
    watching.watch(new_act)
    try:
        yield
    finally:
        watching.watch(None)


def record(new_act: Act) -> None:
    """Write a line for an act that changes no rows: signing in, or reading personal data."""
    with transaction() as session:
        watching.note(session, new_act)
