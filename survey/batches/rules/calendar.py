"""When a batch closes, and how many answers it takes at least: decided when it opens, by the past alone.

Whoever answers, or keeps others from answering, while a batch is open changes neither its closing day nor
what it takes. Source of the numbers: simulations of an attacker who stands at the counter and answers as
often as she likes (docs/decisions/0053).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

USUAL = 20
"""Answers that a batch usually brings."""
FEWEST = 10
"""Respondents of a batch at least, whatever is usual; also the fewest by which two views may differ."""
LONGEST = 91
"""Days of a batch at most."""
UNKNOWN = 28
"""Days of a batch while nothing is known of its queue; and of each of the two periods that tell its rate."""
EXCHANGED = 4
"""Answers of a batch that change places with the reserve."""
RESERVED = 60
"""The reserve holds so many answers for each day by which batches are shorter: in some four weeks all of it
has been exchanged, however long a batch is."""


@dataclass(frozen=True)
class Terms:
    """What is fixed when a batch opens: it takes answers of the days before ``closes_on``, if ``floor`` or
    more would leave; ``reserve`` is how many the queue should hold back, ``rate`` how many answers a day
    were expected (0: not known)."""

    opens_on: date
    closes_on: date
    floor: int
    reserve: int
    rate: float

    @property
    def days(self) -> int:
        return (self.closes_on - self.opens_on).days

    def postponed(self) -> "Terms":
        """Return the terms of the same batch where too few would have left: it closes as long again later."""
        return replace(self, closes_on=self.closes_on + timedelta(length(self.rate)))


def terms(opens_on: date, rate: float, least: int = FEWEST, has_reserve: bool = True) -> Terms:
    """Return the terms of a batch that opens on ``opens_on`` in a queue with ``rate`` answers a day (0:
    nothing is known of it). ``least`` is the fewest that may be shown; a company may do without the
    reserve."""
    days = length(rate)
    closes_on = opens_on + timedelta(days)
    return Terms(opens_on, closes_on, floor(rate, days, least), reserve(days) if has_reserve else 0, rate)


def length(rate: float) -> int:
    """Return the days of a batch: ⌈USUAL/rate⌉, from 1 to LONGEST."""
    return min(max(math.ceil(USUAL / rate), 1), LONGEST) if rate > 0 else UNKNOWN


def floor(rate: float, days: int, least: int = FEWEST) -> int:
    """Return how many answers a batch releases at least: half of the usual, and never fewer than
    ``least``."""
    return max(least, int(rate * days / 2)) if rate > 0 else max(least, USUAL)


def reserve(days: int) -> int:
    """Return how many answers a queue holds back whose batches are ``days`` long."""
    return max(EXCHANGED, math.ceil(RESERVED / days))


def rate(answers: Mapping[date, int], since: date, opens_on: date, expected: float = 0) -> float:
    """Return the answers a day by which a batch that opens on ``opens_on`` is measured, 0 where that is not
    known: the smaller mean of the last two periods of UNKNOWN days before it, and never more than an
    administrator ``expected``. ``answers`` are those of the queue by their day; where its point is known
    since less than both periods, it is what was expected.

    Batches never become shorter without an administrator: else whoever answers often for eight weeks makes
    them a day long, and a customer of a quiet point is alone in one.
    """
    if since > opens_on - timedelta(2 * UNKNOWN):
        return expected
    return min(*periods(answers, opens_on), expected * UNKNOWN) / UNKNOWN


def periods(answers: Mapping[date, int], opens_on: date) -> tuple[int, int]:
    """Return how many answers came in the last two periods of UNKNOWN days before ``opens_on``."""
    middle, first = opens_on - timedelta(UNKNOWN), opens_on - timedelta(2 * UNKNOWN)
    return (
        sum(n for day, n in answers.items() if first <= day < middle),
        sum(n for day, n in answers.items() if middle <= day < opens_on),
    )
