"""Cutting a queue of answers into blocks of k respondents or more, which may be shown."""

from collections.abc import Mapping
from datetime import date


def block_ends(respondents: Mapping[date, int], k: int) -> dict[date, date]:
    """Return for each day the last day of its block, as of which its answers are released.

    Days join, in order, until their block holds ``k`` respondents; the days that remain at the end join the
    last block. A queue of fewer than ``k`` has no blocks.
    """
    ends: dict[date, date] = {}
    block: list[date] = []
    held = 0
    for day in sorted(respondents):
        block.append(day)
        held += respondents[day]
        if held >= k:
            ends |= dict.fromkeys(block, day)
            block, held = [], 0
    if block and ends:
        last = max(ends.values())
        joined = [day for day, end in ends.items() if end == last]
        ends |= dict.fromkeys(joined + block, block[-1])
    return ends
