"""A page of the ranking, in the order that the request asks for."""

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
    """The entries ``shown`` on this page and the ``figures`` of each. ``order`` is a key of ORDERS."""

    shown: Sequence[Ranked]
    figures: Sequence[Figures]
    order: str
    page: Page

    @property
    def dimensions(self) -> list[str]:
        """Return the names of the dimensions of the questionnaire."""
        return list(self.figures[0].dimensions) if self.figures else []

    def address(self, order: str) -> str:
        """Return the address of this page in another order."""
        return address(None, sort=order)


def list_ranking(ranking: SubjectRanking) -> Listing:
    """Return the page of the ranking that the request asks for; an unknown order means LIKELY."""
    order = request.args.get("sort", LIKELY)
    order = order if order in ORDERS else LIKELY
    page = page_of(len(ranking.ranked), SIZE, lambda number: address(None, page=number))
    shown = _ordered(ranking, order)[page.offset : page.offset + SIZE]
    return Listing(shown, ranking.figures(shown), order, page)


def _ordered(ranking: SubjectRanking, order: str) -> list[Ranked]:
    """Return the ranking with the highest figure first, or by name in alphabetical order; entries without the
    figure come last."""
    ranked = list(ranking.ranked)
    if order == LIKELY:
        return ranked
    if order == "name":
        locale = locale_code()
        return sorted(ranked, key=lambda entry: (entry.subject.named(locale), entry.subject.code))
    values = {entry.subject: value for entry, value in zip(ranked, _values(ranking, order), strict=True)}

    def highest_first(entry: Ranked) -> tuple[int, float]:
        value = values[entry.subject]
        return (1, 0.0) if value is None else (0, -value)

    return sorted(ranked, key=highest_first)


def _values(ranking: SubjectRanking, order: str) -> list[float | None]:
    """Return, for each entry of the ranking, the figure by which it is ordered."""
    if order == "nps":
        return [entry.nps.score if entry.nps else None for entry in ranking.figures(ranking.ranked)]
    if order == "index":
        return [entry.standing.estimate.value for entry in ranking.ranked]
    if order == "n":
        return [entry.n for entry in ranking.ranked]
    return [entry.change.value for entry in ranking.ranked]
