"""What the respondents of a tally have in common, and cutting a queue of answers into pieces that have
something in common.

A filter adds up the pieces that have what it asks for. Whatever is released is cut once, into pieces of k
respondents or more; so every figure, filtered or not, is a sum of such pieces.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from .blocks import block_ends

PATIENCE = 5
"""So many times k wait at most for others who have the same in common."""
LONGEST_WAIT = timedelta(30)
"""And nobody waits longer than that for them."""


FLAGGED, UNFLAGGED = "flagged", "unflagged"


class Common(NamedTuple):
    """What some respondents have in common: the channel, the language, and whether their answers show a sign
    of carelessness (FLAGGED or UNFLAGGED); "" where they differ in it, or nobody has looked.

    As a filter, "" asks for nothing."""

    channel: str
    language: str
    care: str = ""

    def with_others(self, others: Iterable["Common"]) -> "Common":
        """Return what is common to all of them."""
        parts = [self, *others]
        return Common(*(values[0] if len(set(values)) == 1 else "" for values in zip(*parts, strict=True)))

    def matches(self, part: "Common") -> bool:
        """Return whether a filter that asks for this takes all of a part."""
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
"""What respondents who are too few have in common with others, in the order in which it is tried."""

CommonOnDay = tuple[Common, date]  # channel, language and so on, and day of answers


class Waits(NamedTuple):
    """Of one channel and language in a queue: how many wait, and the day of the oldest answer."""

    n: int
    since: date


def enough(waiting: Mapping[Common, Waits], k: int) -> frozenset[Common]:
    """Return the channels and languages of whom ``k`` wait."""
    return frozenset(part for part, one in waiting.items() if one.n >= k)


def due(waiting: Mapping[Common, Waits], k: int, today: date) -> frozenset[Common]:
    """Return whose answers in a queue are to be released now, by channel and language.

    Those of whom ``k`` wait. The others too, where all together are PATIENCE times k or one has waited for
    LONGEST_WAIT, as long as there is anybody to be released with: k in all.
    """
    now = enough(waiting, k)
    rest = [one for part, one in waiting.items() if part not in now]
    impatient = sum(one.n for one in rest) >= PATIENCE * k or any(
        one.since <= today - LONGEST_WAIT for one in rest
    )
    if impatient and sum(one.n for one in waiting.values()) >= k:
        return frozenset(waiting)
    return now


def cut(respondents: Mapping[CommonOnDay, int], k: int) -> dict[CommonOnDay, CommonOnDay]:
    """Return, for the answers of each channel, language and day of a queue, as of which they are released.

    What came in LONGEST_WAIT is cut by itself, as if nobody had waited longer: of many months' answers those
    of a rare kind would otherwise all count in the last, and figures seem to change. Where k or more have
    everything in common, they are released as such; of the others those who have less in common, in the order
    of KEPT. Each of these is cut into blocks of days (rules/blocks.py). Fewer than k who are left join the
    smallest block, which then says only what they have in common with it. A queue of fewer than ``k`` has no
    pieces.
    """
    found: dict[CommonOnDay, CommonOnDay] = {}
    for window in _windows(respondents, k):
        found |= _cut(window, k)
    return found


def _windows(respondents: Mapping[CommonOnDay, int], k: int) -> list[dict[CommonOnDay, int]]:
    """Return the answers of LONGEST_WAIT each, longer where fewer than ``k`` came in it; the rest joins the
    last."""
    windows: list[dict[CommonOnDay, int]] = []
    held, first = 0, date.min
    for given in sorted(respondents, key=lambda one: one[1]):
        day = given[1]
        if not windows or (held >= k and day >= first + LONGEST_WAIT):
            windows.append({})
            held, first = 0, day
        windows[-1][given] = respondents[given]
        held += respondents[given]
    if held < k and len(windows) > 1:
        rest = windows.pop()
        windows[-1] |= rest
    return windows


def _cut(respondents: Mapping[CommonOnDay, int], k: int) -> dict[CommonOnDay, CommonOnDay]:
    parts = _parts(respondents, k)
    days: dict[Common, Counter[date]] = {}
    for (group, day), n in respondents.items():
        if group in parts:
            days.setdefault(parts[group], Counter())[day] += n
    ends = {part: block_ends(by_day, k) for part, by_day in days.items()}
    found = {
        (group, day): (parts[group], ends[parts[group]][day]) for group, day in respondents if group in parts
    }
    left = [given for given in respondents if given[0] not in parts]
    return _joined(respondents, found, left) if left and found else found


def _parts(respondents: Mapping[CommonOnDay, int], k: int) -> dict[Common, Common]:
    """As what those of each channel and language are released; fewer than k are left out."""
    sizes: Counter[Common] = Counter()
    for (group, _day), n in respondents.items():
        sizes[group] += n
    found = {group: group for group, n in sizes.items() if n >= k}
    for kept in KEPT:
        rest = sizes.keys() - found.keys()
        coarse = {
            group: Common(*(v if keep else "" for v, keep in zip(group, kept, strict=True))) for group in rest
        }
        held: Counter[Common] = Counter()
        for group, part in coarse.items():
            held[part] += sizes[group]
        found |= {group: part for group, part in coarse.items() if held[part] >= k}
    return found


def _joined(
    respondents: Mapping[CommonOnDay, int],
    found: Mapping[CommonOnDay, CommonOnDay],
    left: Collection[CommonOnDay],
) -> dict[CommonOnDay, CommonOnDay]:
    """With those who are left in the smallest block (of two alike the later one)."""
    blocks: Counter[CommonOnDay] = Counter()
    for given, block in found.items():
        blocks[block] += respondents[given]
    smallest = min(blocks, key=lambda block: (blocks[block], -block[1].toordinal(), block[0]))
    part = smallest[0].with_others(group for group, _day in left)
    end = max(smallest[1], *(day for _group, day in left))
    moved = {given for given, block in found.items() if block == smallest}.union(left)
    return {**found, **dict.fromkeys(moved, (part, end))}
