"""What the audit log says of a changed row: enough to see what was done, and nothing about a person.

The log can never be erased, so names, numbers, answers, secrets and free texts stay where they are.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

SILENT = frozenset(
    {
        "response",
        "waiting",
        "late",
        "trial",
        "contact",
        "customer",
        "identity",
        "insider",
        "one_time_code",
        "claim",
        "coupon_code",
        "device_day",
    }
)
"""Tables of which only the number of rows is said."""
WITHHELD: Mapping[str, frozenset[str]] = {
    "staff": frozenset({"username", "name", "password_hash", "session_key"}),
    "employee": frozenset({"name", "name_en"}),
    "adjustment": frozenset({"reason"}),
    "review": frozenset({"reason"}),
}
"""Columns of which only that they changed is said; so it is with all that hold bytes."""
UNTOLD = frozenset({"made_with"})
"""Columns that say nothing about what was done."""
LONGEST = 200
"""Characters of a value; of a longer one its digest tells whether it is the same as another."""

Change = dict[str, Any]
Values = Iterable[tuple[str, Any, Any]]
"""Columns with their values before and after."""


def change(table: str, did: str, key: Mapping[str, Any], values: Values) -> Change:
    """What is said of one row that was "added", "changed" or "removed"."""
    if table in SILENT:
        return counted(table, did, 1)
    hidden = WITHHELD.get(table, frozenset())
    said, withheld = {}, []
    for column, before, after in values:
        if column in UNTOLD:
            continue
        if column in hidden or isinstance(before, bytes) or isinstance(after, bytes):
            withheld.append(column)
        else:
            said[column] = [plain(before), plain(after)]
    shown = {column: plain(value) for column, value in key.items() if not isinstance(value, bytes)}
    found: Change = {"table": table, "did": did, "key": shown, "values": said}
    return found | ({"withheld": sorted(withheld)} if withheld else {})


def merged(first: Change, then: Change) -> Change:
    """Two changes of the same row in one transaction, told as one."""
    values = dict(first["values"])
    for column, (before, after) in then["values"].items():
        values[column] = [values[column][0] if column in values else before, after]
    did = "added" if first["did"] == "added" else then["did"]
    withheld = sorted({*first.get("withheld", ()), *then.get("withheld", ())})
    return {**first, "did": did, "values": values} | ({"withheld": withheld} if withheld else {})


def counted(table: str, did: str, rows: int) -> Change:
    """What is said of ``rows`` that were changed alike, or by one statement."""
    return {"table": table, "did": did, "rows": rows}


def plain(value: Any) -> Any:
    """``value`` as it stands in the log: None, a truth, a whole number or a text."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict | list | tuple):
        value = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return text(str(value))


def text(value: str) -> str:
    """A text that every database keeps as it is: without NUL and half characters, and not too long."""
    clean = value.replace("\0", "").encode(errors="replace").decode()
    if len(clean) <= LONGEST:
        return clean
    return f"sha256:{hashlib.sha256(clean.encode()).hexdigest()[:32]}"
