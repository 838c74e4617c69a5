"""Where figures begin anew because a question was asked in another way before: what a page marks."""

from collections.abc import Sequence
from datetime import timedelta

from survey.periods import Period
from survey.questionnaires.models import Version
from survey.questionnaires.rules.breaks import Break, PublishedVersion, latest_breaks

SHOWN_BEFORE = timedelta(days=400)  # the curves of a page reach back for thirteen months


def recent_breaks(versions: Sequence[Version], period: Period) -> list[Break]:
    """Return those that the page of ``period`` reaches over; ``versions`` the newest first, no draft."""
    asked = [
        PublishedVersion(one.number, one.published_on, one.definition) for one in versions if one.published_on
    ]
    first = min(period.first, period.last - SHOWN_BEFORE)
    return [one for one in latest_breaks(asked) if first < one.since <= period.last]
