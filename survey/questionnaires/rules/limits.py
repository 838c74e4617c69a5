"""Response limits: when a questionnaire or a link accepts responses, and how many. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

MOST = 10_000_000
EARLY, OVER, FULL = "early", "over", "full"


@dataclass(frozen=True)
class ResponseLimits:
    """The limits of a questionnaire or a link.

    ``opens_at`` and ``closes_at`` are UTC without a zone: the first moment at which responses are accepted,
    and the first at which they no longer are. ``maximum`` is the number of responses. ``once_per_device``
    relies on a cookie: who deletes it can answer again. ``closed_text``, by language, is shown when closed.
    """

    opens_at: datetime | None = None
    closes_at: datetime | None = None
    maximum: int | None = None
    once_per_device: bool = False
    closed_text: Mapping[str, str] | None = None

    @property
    def problem(self) -> str | None:
        """Return "order" (it closes before it opens), "maximum" (not from 1 to MOST), or None."""
        if self.opens_at and self.closes_at and self.closes_at <= self.opens_at:
            return "order"
        if self.maximum is not None and not 1 <= self.maximum <= MOST:
            return "maximum"
        return None

    def closed(self, now: datetime, taken: int) -> str | None:
        """Return why no response is accepted at ``now`` (UTC, no zone) after ``taken`` ones, or None.

        The reasons are EARLY, OVER and FULL.
        """
        if self.opens_at is not None and now < self.opens_at:
            return EARLY
        if self.closes_at is not None and now >= self.closes_at:
            return OVER
        return FULL if self.maximum is not None and taken >= self.maximum else None


UNLIMITED = ResponseLimits()
