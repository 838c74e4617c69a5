"""Describe a changed row for the audit log: enough to see what was done, without personal data.

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
"""Characters of a value; a longer one is replaced by its digest, by which two values can be compared."""

AuditChange = dict[str, Any]
Values = Collection[tuple[str, Any, Any]]
"""Columns with their values before and after."""


def is_counted(table: str) -> bool:
    """Return whether only the number of rows of ``table`` is told."""
    return table not in TOLD or not is_told(table)


def describe_change(table: str, did: str, key: Mapping[str, Any], values: Values) -> AuditChange:
    """Return the description of a row that was "added", "changed" or "removed"."""
    if is_counted(table):
        return count_rows(table, did, 1)
    told, silent = TOLD[table], SILENT.get(table, frozenset())
    told_values = {
        column: [plain_value(before), plain_value(after)]
        for column, before, after in values
        if column in told
    }
    withheld = {column for column, _, _ in values} - told - silent
    told_key = {column: plain_value(value) for column, value in key.items() if column in told}
    described: AuditChange = {"table": table, "did": did, "key": told_key, "values": told_values}
    return described | ({"withheld": sorted(withheld)} if withheld else {})


def tellable_subject(values: Mapping[str, object]) -> dict[str, Any]:
    """Return the declared parts of an act's subject; others, and values that do not match their pattern, are
    left out."""
    return {
        name: plain_value(value)
        for name, value in values.items()
        if (pattern := SUBJECTS.get(name)) and pattern.fullmatch(str(value))
    }


def merge_changes(first: AuditChange, then: AuditChange) -> AuditChange:
    """Return two changes of the same row in one transaction as one change."""
    values = dict(first["values"])
    for column, (before, after) in then["values"].items():
        values[column] = [values[column][0] if column in values else before, after]
    did = "added" if first["did"] == "added" else then["did"]
    withheld = sorted({*first.get("withheld", ()), *then.get("withheld", ())})
    return {**first, "did": did, "values": values} | ({"withheld": withheld} if withheld else {})


def count_rows(table: str, did: str, rows: int) -> AuditChange:
    """Return the description of ``rows`` rows, without their values."""
    return {"table": table, "did": did, "rows": rows}


def plain_value(value: Any) -> Any:
    """Return ``value`` as the log stores it: None, a boolean, an integer or a text."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict | list | tuple):
        value = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return short_text(str(value))


def short_text(value: str) -> str:
    """Return a text that every database stores unchanged, without NUL and lone surrogates, or the hash of a
    long one."""
    clean = value.replace("\0", "").encode(errors="replace").decode()
    if len(clean) <= LONGEST:
        return clean
    return f"sha256:{hashlib.sha256(clean.encode()).hexdigest()[:32]}"
