"""Moments on the clock of the company."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo


def local(moment: datetime | None, timezone: str) -> datetime | None:
    """A UTC moment as the company's clocks show it."""
    if moment is None:
        return None
    return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(timezone)).replace(tzinfo=None)


def utc(moment: datetime | None, timezone: str) -> datetime | None:
    if moment is None:
        return None
    return moment.replace(tzinfo=ZoneInfo(timezone)).astimezone(UTC).replace(tzinfo=None)
