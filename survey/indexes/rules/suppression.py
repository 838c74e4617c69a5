"""Which parts of a group may be shown beside the whole, so that nothing about fewer than k can be
computed."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def shown(counts: Mapping[Key, int], k: int) -> frozenset[Key]:
    """Which of these parts of a group, each of so many respondents, may be shown where the whole group is.

    A part of 1 … k − 1 is not; and where all that are not shown are together 1 … k − 1, which is the whole
    less the others, the smallest part shown is not shown either (complementary suppression; L. Willenborg &
    T. de Waal, Elements of Statistical Disclosure Control (2001), 5). Parts of nobody tell nothing and are
    shown. A group of fewer than k shows no part that holds anybody.

    It holds for one table that never changes. Filters that many people ask for many periods need more:
    split every block by the attribute when it is released (rules/blocks.py), keep the parts that are
    shown() and the rest for ever as they are, and let a filter add up parts. Then whatever is looked at is
    made of the same pieces of k or more. Several attributes are split together (keys of tuples); a filter
    by one of them adds up the parts with that value. Raises ValueError for a negative count or k below 1.
    """
    if k < 1 or min(counts.values(), default=0) < 0:
        raise ValueError("k is 1 or more, and counts are not negative")
    hidden = {key for key, n in counts.items() if 0 < n < k}
    rest = sum(counts[key] for key in hidden)
    if 0 < rest < k:
        large = [key for key, n in counts.items() if n >= k]
        hidden |= {min(large, key=lambda key: counts[key])} if large else set()
    return frozenset(counts.keys() - hidden)
