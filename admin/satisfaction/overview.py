"""The page of satisfaction at a glance: from the company down to an employee, within the user's scope."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from admin.access import allow, may, place_or_404, scope
from admin.figure_filters import (
    About,
    Choice,
    about_employee,
    about_place,
    address,
    choose,
    redirect_to_place,
)
from admin.permissions import Can
from survey import settings
from survey.i18n import locale_code
from survey.indexes.drivers import explain
from survey.indexes.overview import glance
from survey.indexes.peers import compare_with_siblings
from survey.indexes.ranking import SubjectRanking, rank
from survey.indexes.rules.figure_names import INDEX
from survey.indexes.trend import follow
from survey.places import queries as places
from survey.places.models import Place
from survey.tallies.queries import subjects
from survey.tallies.queries.subjects import Subject
from survey.tallies.subject_key import ALL_EMPLOYEES
from survey.targets.attainment import mean_targets
from survey.weighting.figure_query import FigureQuery

from . import charts
from .breaks import recent_breaks
from .ranking_table import list_ranking
from .rendering import render_figures

blueprint = Blueprint("indexes", __name__, url_prefix="/admin/indexes")
blueprint.before_request(redirect_to_place)

LISTS = {
    "children": _l("Directly below"),
    "region": _l("Regions"),
    "point": _l("Service points"),
    "employee": _l("Employees"),
}
EMPTY_CONTENT = {"ranking": None, "glance": None, "siblings": None}
"""The content of a page without responses to count, or without siblings to compare with."""
OFFERED = {"group": ("children", "region", "point", "employee"), "region": ("children", "point", "employee")}


@blueprint.get("/")
@allow(Can.READ_FIGURES)
def index() -> Response:
    top = scope()
    roots = places.roots() if top is None else [top]
    if len(roots) == 1:
        return _page(about_place(roots[0]))
    return _page(About(_("All companies"), []), [subjects.of_place(root) for root in roots])


@blueprint.get("/<code>")
@allow(Can.READ_FIGURES)
def place(code: str) -> Response:
    about = about_place(place_or_404(code))
    return _page(about)


@blueprint.get("/employees/<code>")
@allow(Can.READ_FIGURES)
def employee(code: str) -> Response:
    about = about_employee(code)
    return _page(about, [])


def _page(about: About, ranked_subjects: Sequence[Subject] | None = None) -> Response:
    offered: Sequence[str] = ()
    by = request.args.get("by", "children")
    if ranked_subjects is None and about.place is not None:
        offered = OFFERED.get(about.place.kind, ())
        if by not in (*offered, "children"):
            abort(404)
        ranked_subjects = _list_subjects(about.place, by)
    choice = choose(about)
    content = EMPTY_CONTENT | (
        _figures(about, choice, ranked_subjects or []) if choice.query.versions else {}
    )
    tabs = [(str(LISTS[name]), address(None, by=name), name == by) for name in offered]
    return render_figures("show", about, choice, tabs=tabs, k=settings.current().minimum_group, **content)


def _list_subjects(top: Place, by: str) -> list[Subject]:
    """Return the subjects below ``top`` that the ranking lists; ``by`` is a key of LISTS."""
    if by == "employee" or top.kind == "point":
        return subjects.employees(top)
    return subjects.children(top) if by == "children" else subjects.below(top, by)


def _figures(about: About, choice: Choice, ranked_subjects: Sequence[Subject]) -> dict[str, Any]:
    """Return the content of the page, by the names of its template's variables."""
    query, locale = choice.query, locale_code()
    ranking = _rank_with_targets(query, ranked_subjects)
    listing = list_ranking(ranking)
    rows = charts.ranking_rows(listing.shown, locale)
    content: dict[str, Any] = {
        "ranking": ranking,
        "listing": listing,
        "rows": rows,
        "axis": charts.ranking_axis(rows),
    }
    if about.subject is None:
        return content
    trend = follow(query, about.subject.key)
    return (
        content
        | {
            "breaks": recent_breaks(query.versions, query.period),
            "glance": glance(query, about.subject.key, may(Can.READ_WITHHELD)),
            "index_curve": charts.index_curve(trend),
            "nps_curve": charts.nps_curve(trend),
            "satisfied_curve": charts.satisfied_curve(trend),
            "drivers": explain(query, about.subject.key),
            "points": _points(about, query, ranked_subjects, ranking),
        }
        | _sibling_content(about, query)
    )


def _points(
    about: About, query: FigureQuery, ranked_subjects: Sequence[Subject], ranking: SubjectRanking
) -> SubjectRanking:
    """Return the ranking of the service points below, from which the page shows which need attention; where
    there are none, the ranking of the page."""
    place = about.place
    if place is None or place.kind == "point" or about.is_employee:
        return ranking
    points = subjects.below(place, "point")
    if points == ranked_subjects:
        return ranking
    return _rank_with_targets(query, points)


def _rank_with_targets(query: FigureQuery, ranked_subjects: Sequence[Subject]) -> SubjectRanking:
    """Return the ranking of these subjects, each compared with its target."""
    questionnaire_id = query.versions[0].questionnaire_id
    targets = mean_targets(
        {subject.place_id for subject in ranked_subjects}, questionnaire_id, INDEX, query.period
    )
    return rank(query, ranked_subjects, targets)


def _sibling_content(about: About, query: FigureQuery) -> dict[str, Any]:
    """Return the content that compares the subject with the others of the place above; nothing where that
    place is outside the user's scope."""
    place, subject = about.place, about.subject
    if place is None or subject is None:
        return {}
    parent = place if about.is_employee else place.parent
    own_scope = scope()
    if parent is None or (own_scope is not None and not own_scope.contains(parent)):
        return {}
    siblings = subjects.employees(parent) if about.is_employee else subjects.children(parent)
    comparison = compare_with_siblings(query, subject.key, (parent.id, ALL_EMPLOYEES), siblings)
    plot = charts.funnel_plot(comparison, locale_code())
    return {"siblings": comparison, "above": subjects.of_place(parent), "funnel": plot}
