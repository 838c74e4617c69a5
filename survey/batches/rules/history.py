"""How answers that were given elsewhere, and come in files, are cut into batches: by the month of their
dates."""

from collections.abc import Mapping
from datetime import date


def months(answers: Mapping[date, int], least: int) -> dict[date, date]:
    """Return, for each day with answers, the day as of which they are shown, the last of its batch. A batch
    is a calendar month; one with fewer than ``least`` goes on into the next. What is left at the end is shown
    with the last batch, as of its day: else all of a month would be shown in the next for a few answers on
    its first days. Where all together are fewer, nothing is shown: the result is empty."""
    batches: list[list[date]] = []
    held = 0
    for day in sorted(answers):
        is_full = held >= least and (day.year, day.month) != (batches[-1][-1].year, batches[-1][-1].month)
        if not batches or is_full:
            batches.append([])
            held = 0
        batches[-1].append(day)
        held += answers[day]
    rest = batches.pop() if held < least and batches else []
    if not batches:
        return {}
    shown = {day: days[-1] for days in batches for day in days}
    return shown | dict.fromkeys(rest, batches[-1][-1])
