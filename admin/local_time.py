"""Conversion of moments between UTC and the company's time zone."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo


def to_local_time(moment: datetime | None, timezone: str) -> datetime | None:
    """Return a naive UTC moment as naive local time in ``timezone``; None stays None."""
    if moment is None:
        return None
    return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(timezone)).replace(tzinfo=None)


def to_utc(moment: datetime | None, timezone: str) -> datetime | None:
    """Return naive local time in ``timezone`` as a naive UTC moment; None stays None."""
    if moment is None:
        return None
    return moment.replace(tzinfo=ZoneInfo(timezone)).astimezone(UTC).replace(tzinfo=None)
