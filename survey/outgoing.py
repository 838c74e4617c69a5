"""Declarations of all output and the data in it: replies that are no page, commands, files, texts and logs.

Output that is not declared in this module or, for pages of staff, by their package is not sent: an undeclared
reply becomes an error (output_guard.py), an undeclared field is left out. The data that an output may hold
are named by their data classes (confidentiality.py). tests/test_outgoing.py looks for outputs that are
missing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class DeclaredReply:
    """A reply of one of the types ``media`` (none: any) that holds data of the classes ``holds``."""

    media: frozenset[str]
    holds: frozenset[str]


def declared_reply(media: str, holds: str = "") -> DeclaredReply:
    """Return a declaration; both arguments are names separated by blanks. Without ``holds`` the reply holds
    no data of ours."""
    return DeclaredReply(frozenset(media.split()), frozenset(holds.split()))


CSV, JSON, PDF, PNG, SVG = "text/csv", "application/json", "application/pdf", "image/png", "image/svg+xml"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SAV, PARQUET = "application/x-spss-sav", "application/vnd.apache.parquet"

FILES: Mapping[str, DeclaredReply] = {
    "favicon": declared_reply(""),
    "health.alive": declared_reply(JSON),
    "health.ready": declared_reply(JSON),
    "pictures.picture": declared_reply("image/webp", "rewards"),
    "source_code.download": declared_reply("application/gzip"),
    "static": declared_reply(""),
    "wallet_entrance.manifest": declared_reply("application/manifest+json"),
    "wallets.download": declared_reply(JSON, "identity points rewards"),
}
"""Replies that are no page, to customers and machines, by endpoint."""

ANSWERS = "answers organisation questionnaires"
TALLIES = "organisation questionnaires tallies"

COMMANDS: Mapping[str, str] = {
    "audit verify": "",
    "clock accept": "",
    "clock show": "",
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
    "releases open": "",
    "reports make": TALLIES,
    "responses export": ANSWERS,
    "responses import": "",  # problems of the file
    "serve": "",
    "staff add": "staff",
    "staff first-administrator": "",  # a link that makes the first account
    "tallies close": "",
    "tallies rebuild": "",
    "tallies verify": TALLIES,
    "worker": "",
}
"""Commands, and the classes of the data that each prints or writes to a file."""

SIGNS = ("alike", "all_best", "hasty")
PLACE_AND_EMPLOYEE = ("place_code", "place_name", "employee_code", "employee_name")
RESPONSE_COLUMNS = ("response", "day", *PLACE_AND_EMPLOYEE, "channel", "language", *SIGNS)
"""Columns of a response, beside its answers, in a complete export."""
RELEASED_COLUMNS = ("response", "quarter", "region_code", "region_name", *SIGNS)
"""The same columns in a released export: coarse, for a place, an employee or a month beside two known answers
tells who many rows are of."""
COUNT_COLUMNS = (
    *("month", "place_code", "place_name", "question", "option", "text", "value", "value_label", "answers"),
)
"""Columns of an export of counts."""
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
"""Fields of the data that customers can download about themselves, and fields of the records in them."""

TEXT_FIELDS = frozenset({"code"})
"""Fields that may be filled into a text message, which passes through other companies."""

LOG_FIELDS = (
    *("time", "level", "method", "route", "status", "ms", "logger", "message", "at", "request", "exception"),
)
"""Fields of a line of the log, in this order."""
OWN_LOGGERS = ("survey", "admin")
"""Packages whose messages are logged in full, since the tests check our sources. Of other messages only the
template is logged, without its arguments."""


class Undeclared(RuntimeError):
    """The output is not declared."""


def declared_table(
    columns: Sequence[str], records: Iterable[Mapping[str, object]]
) -> Iterator[Sequence[object]]:
    """Yield a heading and, of each record, the ``columns``; other fields of a record are left out."""
    yield columns
    for record in records:
        yield [record[column] for column in columns]


def keep_declared(declared: Mapping[str, Any], document: Mapping[str, Any]) -> dict[str, Any]:
    """Return only the ``declared`` fields of ``document``, also of the records in its lists."""
    kept = {}
    for name, value in document.items():
        if name not in declared:
            continue
        within = declared[name]
        kept[name] = value if within is None else [keep_declared(within, record) for record in value]
    return kept
