"""What leaves the house, and what may be in it: replies that are no page, commands, files, texts and logs.

What is not declared on this page or, for pages of staff, by their package does not leave: a reply that nobody
declared becomes an error (output_guard.py), a field that nobody declared is left out. Which data a way may
hold is said by its data classes (confidentiality.py). tests/test_outgoing.py looks for ways that are missing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Sent:
    """A reply of one of the types ``media`` (none: any) that holds data of the classes ``holds``."""

    media: frozenset[str]
    holds: frozenset[str]


def sent(media: str, holds: str = "") -> Sent:
    """Both are names with blanks between them; without ``holds`` there are no data of ours in it."""
    return Sent(frozenset(media.split()), frozenset(holds.split()))


CSV, JSON, PDF, PNG, SVG = "text/csv", "application/json", "application/pdf", "image/png", "image/svg+xml"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SAV, PARQUET = "application/x-spss-sav", "application/vnd.apache.parquet"

FILES: Mapping[str, Sent] = {
    "favicon": sent(""),
    "health.alive": sent(JSON),
    "health.ready": sent(JSON),
    "pictures.picture": sent("image/webp", "rewards"),
    "source_code.download": sent("application/gzip"),
    "static": sent(""),
    "wallet_entrance.manifest": sent("application/manifest+json"),
    "wallets.download": sent(JSON, "identity points rewards"),
}
"""Replies that are no page, of what customers and machines ask for, by endpoint."""

ANSWERS = "answers organisation questionnaires"
TALLIES = "organisation questionnaires tallies"

COMMANDS: Mapping[str, str] = {
    "audit verify": "",
    "demo clear": "",
    "demo load": "",
    "demo sign-ins": "",  # of the invented company
    "indexes show": TALLIES,
    "ledger statement": "points rewards",
    "ledger verify": "points",  # numbers of rows that disagree
    "places import": "organisation",  # problems of the file
    "questionnaires check": "",
    "questionnaires export": "questionnaires",
    "questionnaires import": "questionnaires",
    "questionnaires list": "questionnaires",
    "reports make": TALLIES,
    "responses export": ANSWERS,
    "responses import": "",  # problems of the file
    "serve": "",
    "staff add": "staff",
    "staff first-administrator": "",  # a link that makes the first account
    "tallies fold": "",
    "tallies rebuild": "",
    "tallies verify": TALLIES,
    "worker": "",
}
"""Commands, and the classes of the data that each prints or writes to a file."""

SIGNS = ("alike", "all_best", "hasty")
PLACE_AND_EMPLOYEE = ("place_code", "place_name", "employee_code", "employee_name")
RESPONSE_COLUMNS = ("response", "day", *PLACE_AND_EMPLOYEE, "channel", "language", *SIGNS)
"""What a complete export of responses says of each, beside its answers."""
RELEASED_COLUMNS = ("response", "month", *PLACE_AND_EMPLOYEE, *SIGNS)
"""What one for pages does."""
JOURNAL_COLUMNS = (
    *("transfer", "day", "reason", "reverses", "campaign", "campaign_title"),
    *("account", "wallet", "expires_on", "points"),
)
AUDIT_COLUMNS = ("number", "at", "who", "name", "role", "act", "subject", "changes", "previous", "digest")

OWN_DATA: Mapping[str, Any] = {
    "wallet": None,
    "opened_on": None,
    "known_by": {"kind": None, "value": None},
    "points": None,
    "points_by_last_day": {"day": None, "points": None},
    "points_being_checked": {"day": None, "points": None},
    "points_held_for_reservations": None,
    "history": dict.fromkeys(("day", "reason", "points", "being_checked", "campaign", "reward")),
    "reservations": dict.fromkeys(("reward", "points", "state", "reserved_on", "until")),
    "devices": {"day": None, "device": None},
}
"""What customers get of their own data: fields, and the fields of the records in them."""

TEXT_FIELDS = frozenset({"code"})
"""What may be filled into a text to a telephone: it passes through other companies."""

LOG_FIELDS = (
    *("time", "level", "method", "route", "status", "ms", "logger", "message", "at", "request", "exception"),
)
"""What a line of the log may say, in this order."""
OWN_LOGGERS = ("survey", "admin")
"""Whose messages are logged as they are; our sources are checked by the tests. Of others' only the template
is, without what would fill it in."""


class Undeclared(RuntimeError):
    """Something would leave that nobody declared."""


def table(columns: Sequence[str], records: Iterable[Mapping[str, object]]) -> Iterator[Sequence[object]]:
    """Yield a heading and, of each record, the ``columns``; what else a record has stays here."""
    yield columns
    for record in records:
        yield [record[column] for column in columns]


def only(declared: Mapping[str, Any], document: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``document`` with the fields that are ``declared``, and so of the records in its lists."""
    found = {}
    for name, value in document.items():
        if name not in declared:
            continue
        within = declared[name]
        found[name] = value if within is None else [only(within, record) for record in value]
    return found
