"""The reserve: which answers of a batch leave, and which are held back for a later one.

An answer that is held back is released with others that came much later, so whoever knows every other answer
of a batch does not know who else is in it.
"""

from typing import NamedTuple

from .calendar import EXCHANGED


class Exchange(NamedTuple):
    """How many of those held back ``leave``, and how many new ones are ``held``, drawn by lot each."""

    leave: int
    held: int


def exchange(arrived: int, held_back: int, wanted: int, least: int) -> Exchange | None:
    """Return how a batch of ``arrived`` new answers changes places with a reserve of ``held_back`` that
    should be ``wanted``; None where fewer than ``least`` would be released, and everybody waits for the next
    closing.

    Some leave at every closing, while the reserve grows too: it grows by EXCHANGED a batch at most and
    shrinks by one.
    """
    growth = max(-1, min(EXCHANGED, wanted - held_back))
    leave = min(EXCHANGED + (1 if growth < 0 else 0), held_back)
    held = max(0, leave + growth)
    held = min(held, arrived + leave - least)
    return Exchange(leave, held) if arrived >= least else None
