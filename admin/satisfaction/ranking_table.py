"""A ranking as it is asked for: in which order, and a page of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request
from flask_babel import lazy_gettext as _l

from admin.figure_filters import address
from admin.pagination import Page, page_of
from survey.i18n import locale_code
from survey.indexes.ranking import Ranked, SubjectRanking
from survey.indexes.rules.figures import Figures

SIZE = 100
LIKELY = "likely"
ORDERS = {
    LIKELY: _l("Estimated index"),
    "index": _l("Index"),
    "n": _l("Responses"),
    "change": _l("Change"),
    "nps": _l("NPS"),
    "name": _l("Name"),
}


@dataclass(frozen=True)
class Listing:
    """``shown``: those on this page, and the ``figures`` of each. ``order``: a key of ORDERS."""

    shown: Sequence[Ranked]
    figures: Sequence[Figures]
    order: str
    page: Page

    @property
    def dimensions(self) -> list[str]:
        """The names of the dimensions that the questionnaire asks about."""
        return list(self.figures[0].dimensions) if self.figures else []

    def address(self, order: str) -> str:
        """This page in another order."""
        return address(None, sort=order)


def listing(ranking: SubjectRanking) -> Listing:
    order = request.args.get("sort", LIKELY)
    order = order if order in ORDERS else LIKELY
    page = page_of(len(ranking.ranked), SIZE, lambda number: address(None, page=number))
    shown = _ordered(ranking, order)[page.offset : page.offset + SIZE]
    return Listing(shown, ranking.figures(shown), order, page)


def _ordered(ranking: SubjectRanking, order: str) -> list[Ranked]:
    """Return the highest first, but names from the first; those without the figure come last."""
    ranked = list(ranking.ranked)
    if order == LIKELY:
        return ranked
    if order == "name":
        locale = locale_code()
        return sorted(ranked, key=lambda one: (one.subject.named(locale), one.subject.code))
    values = {one.subject: value for one, value in zip(ranked, _values(ranking, order), strict=True)}

    def highest_first(one: Ranked) -> tuple[int, float]:
        value = values[one.subject]
        return (1, 0.0) if value is None else (0, -value)

    return sorted(ranked, key=highest_first)


def _values(ranking: SubjectRanking, order: str) -> list[float | None]:
    """Return the figure by which all of the ranking is ordered."""
    if order == "nps":
        return [one.nps.score if one.nps else None for one in ranking.figures(ranking.ranked)]
    if order == "index":
        return [one.standing.estimate.value for one in ranking.ranked]
    if order == "n":
        return [one.n for one in ranking.ranked]
    return [one.change.value for one in ranking.ranked]
