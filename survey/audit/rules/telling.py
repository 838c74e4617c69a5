"""What the audit log says of a changed row: enough to see what was done, and nothing about a person.

The log can never be erased, so it tells only what allowlist.py and the class of the table allow.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from survey.confidentiality import is_told

from .allowlist import SILENT, SUBJECTS, TOLD

LONGEST = 200
"""Characters of a value; of a longer one its digest tells whether it is the same as another."""

Change = dict[str, Any]
Values = Collection[tuple[str, Any, Any]]
"""Columns with their values before and after."""


def is_counted(table: str) -> bool:
    """Return whether only the number of rows of ``table`` is told."""
    return table not in TOLD or not is_told(table)


def change(table: str, did: str, key: Mapping[str, Any], values: Values) -> Change:
    """What is said of one row that was "added", "changed" or "removed"."""
    if is_counted(table):
        return counted(table, did, 1)
    told, silent = TOLD[table], SILENT.get(table, frozenset())
    said = {column: [plain(before), plain(after)] for column, before, after in values if column in told}
    withheld = {column for column, _, _ in values} - told - silent
    shown = {column: plain(value) for column, value in key.items() if column in told}
    found: Change = {"table": table, "did": did, "key": shown, "values": said}
    return found | ({"withheld": sorted(withheld)} if withheld else {})


def subject(named: Mapping[str, object]) -> dict[str, Any]:
    """What an act was done to, as far as it may be told; what is not declared, or does not look as it was
    declared, is left out."""
    return {
        name: plain(value)
        for name, value in named.items()
        if (pattern := SUBJECTS.get(name)) and pattern.fullmatch(str(value))
    }


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
