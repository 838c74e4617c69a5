"""What the respondents of a tally have in common, and cutting a queue of answers into pieces whose
respondents have something in common.

A filter adds up the pieces whose respondents have what it asks for. Released answers are cut once, into
pieces of k respondents or more, so every figure, filtered or not, is a sum of such pieces: this is how
k-anonymity holds for any combination of filters.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from .blocks import block_ends

PATIENCE = 5
"""At most this many times k respondents wait for others who have the same in common."""
LONGEST_WAIT = timedelta(30)
"""The longest time that a respondent waits for others who have the same in common."""


FLAGGED, UNFLAGGED = "flagged", "unflagged"


class Common(NamedTuple):
    """What respondents have in common: the channel, the language, and their care, which is FLAGGED where the
    answers show a sign of carelessness, else UNFLAGGED. A field is "" where they differ in it or have not
    been checked.

    As a filter, "" asks for nothing."""

    channel: str
    language: str
    care: str = ""

    def with_others(self, others: Iterable["Common"]) -> "Common":
        """Return what is common to this and all others."""
        parts = [self, *others]
        return Common(*(values[0] if len(set(values)) == 1 else "" for values in zip(*parts, strict=True)))

    def matches(self, part: "Common") -> bool:
        """Return whether a filter that asks for this includes all respondents of a part."""
        return all(asked in ("", there) for asked, there in zip(self, part, strict=True))


EVERYBODY = Common("", "")

KEPT = (
    (True, False, True),
    (True, True, False),
    (True, False, False),
    (False, True, True),
    (False, False, True),
    (False, True, False),
    (False, False, False),
)
"""Which fields of Common groups that are too small keep when they join others, in the order of the trials."""

CommonOnDay = tuple[Common, date]  # what respondents have in common, and the day of their answers


class WaitingCount(NamedTuple):
    """The number of responses of a queue that wait and have everything in common, and the oldest's day."""

    n: int
    since: date


def parts_with_k(waiting: Mapping[Common, WaitingCount], k: int) -> frozenset[Common]:
    """Return the groups of whom ``k`` or more wait."""
    return frozenset(part for part, count in waiting.items() if count.n >= k)


def parts_due(waiting: Mapping[Common, WaitingCount], k: int, today: date) -> frozenset[Common]:
    """Return the groups of a queue whose answers are to be released now.

    Groups of whom ``k`` or more wait are released. The others are released too when together they are
    PATIENCE times k, or one of them has waited for LONGEST_WAIT, provided that k wait in the whole queue.
    """
    complete = parts_with_k(waiting, k)
    rest = [count for part, count in waiting.items() if part not in complete]
    impatient = sum(count.n for count in rest) >= PATIENCE * k or any(
        count.since <= today - LONGEST_WAIT for count in rest
    )
    if impatient and sum(count.n for count in waiting.values()) >= k:
        return frozenset(waiting)
    return complete


def cut(respondents: Mapping[CommonOnDay, int], k: int) -> dict[CommonOnDay, CommonOnDay]:
    """Return, for each group and day of a queue, the part and the day as of which its answers are released.

    Windows of LONGEST_WAIT are cut separately, as if nobody had waited longer: otherwise the rare answers of
    many months would all count in the last month, and figures would seem to change. Groups of k or more are
    released with everything they have in common; the others join in groups of k that have less in common, in
    the order of KEPT. Each of these is cut into blocks of days (rules/blocks.py). Fewer than k who remain
    join the smallest block, which then keeps only what all of it has in common. A queue of fewer than ``k``
    has no pieces.
    """
    pieces: dict[CommonOnDay, CommonOnDay] = {}
    for window in _windows(respondents, k):
        pieces |= _cut_window(window, k)
    return pieces


def _windows(respondents: Mapping[CommonOnDay, int], k: int) -> list[dict[CommonOnDay, int]]:
    """Return windows of LONGEST_WAIT, longer where fewer than ``k`` answered in it; the remaining days join
    the last window."""
    windows: list[dict[CommonOnDay, int]] = []
    held, first = 0, date.min
    for common_on_day in sorted(respondents, key=lambda key: key[1]):
        day = common_on_day[1]
        if not windows or (held >= k and day >= first + LONGEST_WAIT):
            windows.append({})
            held, first = 0, day
        windows[-1][common_on_day] = respondents[common_on_day]
        held += respondents[common_on_day]
    if held < k and len(windows) > 1:
        rest = windows.pop()
        windows[-1] |= rest
    return windows


def _cut_window(respondents: Mapping[CommonOnDay, int], k: int) -> dict[CommonOnDay, CommonOnDay]:
    parts = _parts_of_k(respondents, k)
    days: dict[Common, Counter[date]] = {}
    for (group, day), n in respondents.items():
        if group in parts:
            days.setdefault(parts[group], Counter())[day] += n
    ends = {part: block_ends(by_day, k) for part, by_day in days.items()}
    pieces = {
        (group, day): (parts[group], ends[parts[group]][day]) for group, day in respondents if group in parts
    }
    remaining = [common_on_day for common_on_day in respondents if common_on_day[0] not in parts]
    return _join_smallest(respondents, pieces, remaining) if remaining and pieces else pieces


def _parts_of_k(respondents: Mapping[CommonOnDay, int], k: int) -> dict[Common, Common]:
    """Return the part as which each group is released; groups that remain fewer than ``k`` are left out."""
    sizes: Counter[Common] = Counter()
    for (group, _day), n in respondents.items():
        sizes[group] += n
    parts = {group: group for group, n in sizes.items() if n >= k}
    for kept in KEPT:
        rest = sizes.keys() - parts.keys()
        coarse = {
            group: Common(*(value if keep else "" for value, keep in zip(group, kept, strict=True)))
            for group in rest
        }
        held: Counter[Common] = Counter()
        for group, part in coarse.items():
            held[part] += sizes[group]
        parts |= {group: part for group, part in coarse.items() if held[part] >= k}
    return parts


def _join_smallest(
    respondents: Mapping[CommonOnDay, int],
    pieces: Mapping[CommonOnDay, CommonOnDay],
    remaining: Collection[CommonOnDay],
) -> dict[CommonOnDay, CommonOnDay]:
    """Return the pieces after the remaining have joined the smallest block (of two equal ones the later)."""
    blocks: Counter[CommonOnDay] = Counter()
    for common_on_day, block in pieces.items():
        blocks[block] += respondents[common_on_day]
    smallest = min(blocks, key=lambda block: (blocks[block], -block[1].toordinal(), block[0]))
    part = smallest[0].with_others(group for group, _day in remaining)
    end = max(smallest[1], *(day for _group, day in remaining))
    moved = {common_on_day for common_on_day, block in pieces.items() if block == smallest}.union(remaining)
    return {**pieces, **dict.fromkeys(moved, (part, end))}
