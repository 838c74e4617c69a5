"""How many answers show signs of carelessness (questionnaires/rules/careless.py), from pooled counts."""

from dataclasses import dataclass

from survey.tallies.rules.cells import SIGNS, CountRow
from survey.tallies.rules.pooling import Pool

from .measures import Share


@dataclass(frozen=True)
class Signs:
    """Shares of those who were ``looked_at``: ``flagged`` with any sign, ``alike`` and ``best`` with that
    one; ``hasty`` of those whose time is known. None where these are too few to be shown."""

    looked_at: int
    flagged: Share | None
    alike: Share | None
    best: Share | None
    hasty: Share | None


def signs(pool: Pool, row: CountRow, least: int = 1) -> Signs:
    """Return the signs in one pooled row; shares of fewer than ``least`` are not shown."""
    looked, flagged, alike, best, timed, hasty = row[pool.signs : pool.signs + SIGNS].tolist()

    def share(number: int, of: int) -> Share | None:
        return Share(number, of) if of >= max(least, 1) else None

    return Signs(
        looked, share(flagged, looked), share(alike, looked), share(best, looked), share(hasty, timed)
    )
