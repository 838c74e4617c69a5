"""When customers' own words may be shown: by week, in blocks of k respondents."""

from collections.abc import Mapping
from datetime import date, timedelta

WEEK = timedelta(7)


def monday(day: date) -> date:
    """Return the Monday of the week of ``day``."""
    return day - timedelta(day.weekday())


def closed_blocks(respondents: Mapping[date, int], k: int, today: date) -> dict[date, date]:
    """Return for each week (its Monday) that may be shown the last week of its block.

    Weeks of one place join, in order and from the first there was, until their block holds ``k`` respondents.
    Only weeks that are over count, so that a block never changes once it is shown; what does not make a block
    yet is not shown. So what is shown of whichever weeks, and any difference, is of whole blocks.
    """
    ends: dict[date, date] = {}
    block: list[date] = []
    held = 0
    this = monday(today)
    for week in sorted(one for one in respondents if one < this):
        block.append(week)
        held += respondents[week]
        if held >= k:
            ends |= dict.fromkeys(block, week)
            block, held = [], 0
    return ends
