"""A ranking as it is asked for: in which order, and a page of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import request
from flask_babel import lazy_gettext as _l

from admin.figure_filters import address
from admin.pagination import Page, page_of
from survey.i18n import locale_code
from survey.indexes.ranking import Ranked, Ranking

SIZE = 100
LIKELY = "likely"
ORDERS = {
    LIKELY: _l("Likely index"),
    "index": _l("Index"),
    "n": _l("Answers"),
    "change": _l("Change"),
    "nps": _l("NPS"),
    "name": _l("Name"),
}


@dataclass(frozen=True)
class Listing:
    """``shown``: those on this page. ``order``: a key of ORDERS."""

    shown: Sequence[Ranked]
    order: str
    page: Page

    def address(self, order: str) -> str:
        """This page in another order."""
        return address(None, sort=order)


def listing(ranking: Ranking) -> Listing:
    order = request.args.get("sort", LIKELY)
    order = order if order in ORDERS else LIKELY
    page = page_of(len(ranking.ranked), SIZE, lambda number: address(None, page=number))
    ordered = sorted(ranking.ranked, key=_key(ranking, order))
    return Listing(ordered[page.offset : page.offset + SIZE], order, page)


def _key(ranking: Ranking, order: str) -> Callable[[Ranked], tuple[object, ...]]:
    """Highest first, but names from the first; what has no figure comes last."""
    if order == LIKELY:
        return lambda one: ()  # as it comes
    if order == "name":
        locale = locale_code()
        return lambda one: (one.subject.named(locale), one.subject.code)

    def key(one: Ranked) -> tuple[object, ...]:
        value = _figure(ranking, one, order)
        return (1, 0.0) if value is None else (0, -value)

    return key


def _figure(ranking: Ranking, one: Ranked, order: str) -> float | None:
    if order == "index":
        return one.standing.estimate.value
    if order == "n":
        return one.n
    if order == "change":
        return one.change.value
    nps = ranking.figures(one).nps
    return nps.score if nps else None
