"""Tables, columns, values and subjects of the audit log in words; its file keeps them as they were sealed."""

from collections.abc import Mapping
from typing import Any

from flask_babel import LazyString, lazy_pgettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from admin.labels import KINDS, ROLES
from admin.labels.channels import CHANNELS
from admin.labels.figures import figure_name
from admin.labels.questions import describe_step
from admin.labels.rewards import KINDS as REWARD_KINDS
from survey.i18n import LOCALES

Names = dict[str, LazyString]

TABLES: Names = {
    "account": _l("Ledger account"),
    "adjustment": _l("Adjustment"),
    "arrival": _l("Numbers of responses by day"),
    "audit_line": _l("Audit log entry"),
    "batch": _l("Batch"),
    "campaign": _l("Campaign"),
    "carried": _l("Question shown later"),
    "claim": _l("Claim"),
    "clock": _l("Date of due work"),
    "code_count": _l("Text messages sent"),
    "contact": _l("Callback"),
    "coupon_code": _l("Coupon code"),
    "customer": _l("Wallet"),
    "device_day": _l("Device of a wallet"),
    "draft_step": _l("Change of a draft"),
    "employee": _l("Employee"),
    "entry": _l("Ledger entry"),
    "identity": _l("Sign-in of a wallet"),
    "insider": _l("Excluded number"),
    "link": _l("Link"),
    "one_time_code": _l("Verification code"),
    "part": _l("Part of the responses"),
    "picture": _l("Picture"),
    "place": _l("Unit"),
    "purse": _l("Budget of a campaign"),
    "questionnaire": _l("Questionnaire"),
    "queue": _l("Queue of responses"),
    "rate": _l("Points per response"),
    "redemption": _l("Redemption"),
    "response": _l("Response"),
    "review": _l("Points under review"),
    "reward": _l("Reward"),
    "staff": _l("User"),
    "stock": _l("Stock"),
    "tally": _l("Tally"),
    "target": _l("Target"),
    "total": _l("Customer total"),
    "transfer": _l("Ledger transaction"),
    "trial": _l("Test response"),
    "version": _l("Version of a questionnaire"),
    "waiting": _l("Response not counted yet"),
}
COLUMNS: Names = {
    "amount_off": _l("Amount off (yuan)"),
    "attribute": _l("Attribute"),
    "blind": _l("Redemption code"),
    "budget": _l("Budget"),
    "campaign_id": _l("Campaign"),
    "care": _l("Flagged responses"),
    "channel": _l("Channel"),
    "closed_text": _l("Text after closing"),
    "closes_at": _l("Closes at"),
    "closes_on": _l("Batch closes on"),
    "code": _l("Code"),
    "customer_id": _l("Wallet"),
    "customers": _l("Customers"),
    "daily_cap": _l("Daily limit per wallet"),
    "decided_by": _l("Decided by"),
    "day": _l("Date"),
    "decided_on": _l("Decided on"),
    "demonstration": _l("Demonstration data"),
    "description": _l("Description"),
    "document": _l("Contents"),
    "employee_id": _l("Employee"),
    "ended_on": _l("Ended on"),
    "ends_on": _l("End date"),
    "evidence": _l("Signs"),
    "expected": _l("Expected responses per day"),
    "expires_on": _l("Expires on"),
    "figure": _l("Metric"),
    "floor": _l("Fewest responses of a batch"),
    "fulfilled_at": _l("Handed out at"),
    "fulfilled_by": _l("Handed out by"),
    "fulfilled_place_id": _l("Handed out in"),
    "hold_days": _l("Validity after redemption (days)"),
    "id": _l("No."),
    "imported": _l("Imported responses"),
    "kind": _l("Type"),
    "language": _l("Language"),
    "locale": _l("Language"),
    "maximum": _l("Maximum responses"),
    "minimum_spend": _l("Minimum spend (yuan)"),
    "month": _l("Month"),
    "name": _l("Name"),
    "name_en": _l("English name"),
    "number": _l("Version"),
    "once_per_device": _l("One response per device"),
    "opens_at": _l("Opens at"),
    "opens_on": _l("Batch opens on"),
    "parent_id": _l("Parent unit"),
    "password_hash": _l("Password"),
    "path": _l("Parent units"),
    "paused": _l("Paused"),
    "per_wallet": _l("Limit per wallet"),
    "percent_off": _l("Percentage off"),
    "picture_id": _l("Picture"),
    "place_id": _l("Unit"),
    "points": _l("Points"),
    "price": _l("Price in points"),
    "published_on": _l("Published on"),
    "questionnaire_id": _l("Questionnaire"),
    "rate": _l("Usual responses per day"),
    "reason": lazy_pgettext("typed", "Reason"),
    "remaining": _l("Number left"),
    "requested_by": _l("Requested by"),
    "requested_on": _l("Requested on"),
    "reserve": _l("Responses kept for later"),
    "reserved_on": _l("Redeemed on"),
    "retired_on": _l("Deactivated on"),
    "reverses_id": _l("Reverses"),
    "revision": _l("Draft step"),
    "reward_id": _l("Reward"),
    "role": _l("Role"),
    "said": _l("Action"),
    "sealed": _l("Redemption code"),
    "session_key": _l("Sessions"),
    "since": _l("Open since"),
    "slug": _l("Questionnaire"),
    "starts_on": _l("Start date"),
    "state": _l("Status"),
    "stocked": _l("Added to stock"),
    "taken": _l("Responses"),
    "taken_on": _l("Claimed on"),
    "title": _l("Title"),
    "transfer_id": _l("Ledger transaction"),
    "undone": _l("Handover undone"),
    "username": _l("Username"),
    "valid_months": _l("Validity in months"),
    "version_id": _l("Version"),
    "vesting_days": _l("Review period (days)"),
    "vests_on": _l("Review until"),
    "withdrawn_on": _l("Withdrawn on"),
}
OF_TABLES: Names = {
    "employee.code": _l("Employee number"),
    "target.value": _l("Target"),
    "total.value": _l("Attribute value"),
}
"""Names of columns that mean something else in a table than elsewhere."""
STATES: Names = {
    "approved": _l("Approved"),
    "cancelled": _l("Cancelled"),
    "done": _l("Called"),
    "draft": _l("Draft"),
    "erased": _l("Wallet deleted"),
    "expired": _l("Expired"),
    "fulfilled": _l("Handed out"),
    "open": _l("To be called"),
    "pending": _l("Waiting for review"),
    "published": _l("Published"),
    "refused": _l("Rejected"),
    "requested": _l("Pending"),
    "reserved": _l("Redeemed, not collected"),
    "retired": _l("Inactive"),
    "superseded": _l("Replaced"),
    "vested": _l("Released automatically"),
    "void": _l("Voided"),
}
WORDS: dict[str, Mapping[str, LazyString | str]] = {
    "attribute": {"place": _l("Service point"), "channel": _l("Channel"), "language": _l("Language")},
    "channel": CHANNELS,
    "kind": {**KINDS, **REWARD_KINDS},
    "locale": LOCALES,
    "role": ROLES,
    "state": STATES,
}
"""Names of the values of columns with an enumerated type."""
AMOUNTS = frozenset({"amount_off", "minimum_spend"})
"""Columns in fen, which are shown in yuan."""


def table_name(table: str) -> str:
    return str(TABLES.get(table, table))


def column_name(table: str, column: str) -> str:
    return str(OF_TABLES.get(f"{table}.{column}") or COLUMNS.get(column, column))


def value_text(column: str, value: Any) -> str:
    """Return a value of a row in words; "–" where there is none."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if column in WORDS:
        return str(WORDS[column].get(value, value))
    if column in AMOUNTS:
        return f"{value / 100:g}"
    if column == "figure":
        return figure_name(value)
    if column == "said":
        return describe_step(value, {"questions": []})
    is_key = column.endswith(("_id", "_by")) and isinstance(value, int)
    return _("No. %(number)s", number=value) if is_key else str(value)
