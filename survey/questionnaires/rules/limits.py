"""When a questionnaire or a link takes answers, and how many. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

MOST = 10_000_000
EARLY, OVER, FULL = "early", "over", "full"


@dataclass(frozen=True)
class ResponseLimits:
    """``opens_at`` and ``closes_at`` are UTC without a zone: the first moment at which answers are taken,
    and the first at which they are no more. ``maximum`` is how many are taken. ``once_per_device`` is a
    cookie: whoever clears it answers again. ``closed_text`` is said, by language, to who comes outside."""

    opens_at: datetime | None = None
    closes_at: datetime | None = None
    maximum: int | None = None
    once_per_device: bool = False
    closed_text: Mapping[str, str] | None = None

    @property
    def problem(self) -> str | None:
        """What cannot be meant: "order" (it closes before it opens) or "maximum" (not from 1 to MOST)."""
        if self.opens_at and self.closes_at and self.closes_at <= self.opens_at:
            return "order"
        if self.maximum is not None and not 1 <= self.maximum <= MOST:
            return "maximum"
        return None

    def closed(self, now: datetime, taken: int) -> str | None:
        """Why no answer is taken at ``now`` (UTC, no zone) after ``taken``: EARLY, OVER, FULL, or None."""
        if self.opens_at is not None and now < self.opens_at:
            return EARLY
        if self.closes_at is not None and now >= self.closes_at:
            return OVER
        return FULL if self.maximum is not None and taken >= self.maximum else None


UNLIMITED = ResponseLimits()
