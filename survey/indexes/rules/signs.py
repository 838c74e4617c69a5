"""Shares of responses that show signs of carelessness (questionnaires/rules/careless.py)."""

from dataclasses import dataclass

from survey.tallies.rules.cells import SIGNS, CountRow
from survey.tallies.rules.pooling import Pool

from .measures import Share


@dataclass(frozen=True)
class Signs:
    """The shares of responses with signs of carelessness, among those ``checked``: ``flagged`` with any sign,
    ``alike`` and ``best`` with that sign; ``hasty`` is among those whose time is known. A share is None where
    its base is too small to be shown."""

    checked: int
    flagged: Share | None
    alike: Share | None
    best: Share | None
    hasty: Share | None


def signs(pool: Pool, row: CountRow, least: int = 1) -> Signs:
    """Return the signs in one pooled row; shares of fewer than ``least`` responses are None."""
    checked, flagged, alike, best, timed, hasty = row[pool.signs : pool.signs + SIGNS].tolist()

    def share(number: int, of: int) -> Share | None:
        return Share(number, of) if of >= max(least, 1) else None

    return Signs(
        checked, share(flagged, checked), share(alike, checked), share(best, checked), share(hasty, timed)
    )
