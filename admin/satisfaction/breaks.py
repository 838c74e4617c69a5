"""The breaks in series that a page marks: figures restart there, because a question was changed."""

from collections.abc import Sequence
from datetime import timedelta

from survey.periods import Period
from survey.questionnaires.models import Version
from survey.questionnaires.rules.breaks import Break, PublishedVersion, latest_breaks

SHOWN_BEFORE = timedelta(days=400)  # because the curves of a page show thirteen months


def recent_breaks(versions: Sequence[Version], period: Period) -> list[Break]:
    """Return the breaks within what the page of ``period`` shows. ``versions`` are the newest first, without
    drafts."""
    published = [
        PublishedVersion(version.number, version.published_on, version.definition)
        for version in versions
        if version.published_on
    ]
    first = min(period.first, period.last - SHOWN_BEFORE)
    return [
        series_break for series_break in latest_breaks(published) if first < series_break.since <= period.last
    ]
