"""What an act was done to, in words."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from admin.forms.figure_filter import PERIODS
from admin.labels.purposes import PURPOSES
from admin.labels.questions import language_name

from .record_labels import STATES, Names

SUBJECTS: Names = {
    "adjustment_id": _l("Adjustment"),
    "campaign_id": _l("Campaign"),
    "code": _l("Code"),
    "contact_id": _l("Callback"),
    "file": _l("File"),
    "format": _l("Format"),
    "from": _l("Start date"),
    "kind": _l("Format"),
    "language": _l("Language"),
    "month": _l("Month"),
    "name": _l("Name"),
    "number": _l("Version"),
    "page": _l("Page"),
    "period": _l("Period"),
    "place": _l("Unit"),
    "reason": _l("Purpose"),
    "questionnaire": _l("Questionnaire"),
    "reward_id": _l("Reward"),
    "slug": _l("Questionnaire"),
    "state": _l("Status"),
    "to": _l("End date"),
}


def describe_subject(subject: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what an act was done to as pairs of a label and a value."""
    return [(str(SUBJECTS.get(key, key)), _subject_value(key, value)) for key, value in subject.items()]


def _subject_value(key: str, value: Any) -> str:
    if key in ("format", "kind"):
        return str(value).upper()
    if key == "language":
        return language_name(str(value))
    return str({"period": PERIODS, "reason": PURPOSES, "state": STATES}.get(key, {}).get(value, value))
