"""The weeks whose comments may be shown, in blocks of k respondents."""

from collections.abc import Mapping
from datetime import date, timedelta

WEEK = timedelta(7)


def monday(day: date) -> date:
    """Return the Monday of the week of ``day``."""
    return day - timedelta(day.weekday())


def closed_blocks(respondents: Mapping[date, int], k: int, today: date) -> dict[date, date]:
    """Return the last week of the block for each week that may be shown; a week is its Monday.

    Weeks of a place are joined, in order from the earliest, until their block has ``k`` respondents. Only
    weeks that have ended count, so that a block never changes once it is shown; weeks that do not fill a
    block yet are not shown. Whatever period is shown, and any difference between two periods, therefore
    consists of whole blocks.
    """
    ends: dict[date, date] = {}
    block: list[date] = []
    total = 0
    this_week = monday(today)
    for week in sorted(start for start in respondents if start < this_week):
        block.append(week)
        total += respondents[week]
        if total >= k:
            ends |= dict.fromkeys(block, week)
            block, total = [], 0
    return ends
