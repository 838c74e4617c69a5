"""Satisfaction at a glance: from the company down to an employee, as far as it is mine to see."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from admin.access import allow, may, place_or_404, scope
from admin.figure_filters import About, Choice, about_employee, about_place, address, choose, jump
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
from survey.tallies.reading import catch_up
from survey.tallies.subject_key import ALL_EMPLOYEES
from survey.targets.attainment import mean_targets
from survey.weighting.figure_query import FigureQuery

from . import charts
from .breaks import recent_breaks
from .ranking_table import listing
from .rendering import shown

blueprint = Blueprint("indexes", __name__, url_prefix="/admin/indexes")
blueprint.before_request(jump)

LISTS = {
    "children": _l("Directly below"),
    "region": _l("Regions"),
    "point": _l("Service points"),
    "employee": _l("Employees"),
}
NOTHING = {"ranking": None, "glance": None, "siblings": None}
"""What the page shows where there is nothing to count, or nobody above to stand beside."""
OFFERED = {"group": ("children", "region", "point", "employee"), "region": ("children", "point", "employee")}


@blueprint.get("/")
@allow(Can.READ_FIGURES)
def index() -> Response:
    catch_up()
    top = scope()
    roots = places.roots() if top is None else [top]
    if len(roots) == 1:
        return _page(about_place(roots[0]))
    return _page(About(_("All companies"), []), [subjects.of_place(root) for root in roots])


@blueprint.get("/<code>")
@allow(Can.READ_FIGURES)
def place(code: str) -> Response:
    about = about_place(place_or_404(code))
    catch_up()
    return _page(about)


@blueprint.get("/employees/<code>")
@allow(Can.READ_FIGURES)
def employee(code: str) -> Response:
    about = about_employee(code)
    catch_up()
    return _page(about, [])


def _page(about: About, listed: Sequence[Subject] | None = None) -> Response:
    offered: Sequence[str] = ()
    by = request.args.get("by", "children")
    if listed is None and about.place is not None:
        offered = OFFERED.get(about.place.kind, ())
        if by not in (*offered, "children"):
            abort(404)
        listed = _listed(about.place, by)
    choice = choose(about)
    found = NOTHING | (_figures(about, choice, listed or []) if choice.query.versions else {})
    tabs = [(str(LISTS[one]), address(None, by=one), one == by) for one in offered]
    return shown("show", about, choice, tabs=tabs, k=settings.current().minimum_group, **found)


def _listed(top: Place, by: str) -> list[Subject]:
    if by == "employee" or top.kind == "point":
        return subjects.employees(top)
    return subjects.children(top) if by == "children" else subjects.below(top, by)


def _figures(about: About, choice: Choice, listed: Sequence[Subject]) -> dict[str, Any]:
    """Return what the page shows, by the names that its template gives it."""
    query, locale = choice.query, locale_code()
    ranking = _ranked(query, listed)
    listed_now = listing(ranking)
    rows = charts.ranking_rows(listed_now.shown, locale)
    found: dict[str, Any] = {
        "ranking": ranking,
        "listing": listed_now,
        "rows": rows,
        "axis": charts.ranking_axis(rows),
    }
    if about.subject is None:
        return found
    trend = follow(query, about.subject.key)
    return (
        found
        | {
            "breaks": recent_breaks(query.versions, query.period),
            "glance": glance(query, about.subject.key, may(Can.READ_WITHHELD)),
            "index_curve": charts.index_curve(trend),
            "nps_curve": charts.nps_curve(trend),
            "satisfied_curve": charts.satisfied_curve(trend),
            "drivers": explain(query, about.subject.key),
            "points": _points(about, query, listed, ranking),
        }
        | _siblings(about, query)
    )


def _points(
    about: About, query: FigureQuery, listed: Sequence[Subject], ranking: SubjectRanking
) -> SubjectRanking:
    """Return the service points below, to say where to look first; what is listed where there are none."""
    place = about.place
    if place is None or place.kind == "point" or about.is_employee:
        return ranking
    points = subjects.below(place, "point")
    if points == listed:
        return ranking
    return _ranked(query, points)


def _ranked(query: FigureQuery, listed: Sequence[Subject]) -> SubjectRanking:
    """Beside each other, and each beside its target."""
    questionnaire_id = query.versions[0].questionnaire_id
    aims = mean_targets({one.place_id for one in listed}, questionnaire_id, INDEX, query.period)
    return rank(query, listed, aims)


def _siblings(about: About, query: FigureQuery) -> dict[str, Any]:
    """Return how it stands beside the others of the place above, as far as that is mine to see."""
    place, subject = about.place, about.subject
    if place is None or subject is None:
        return {}
    above = place if about.is_employee else place.parent
    mine = scope()
    if above is None or (mine is not None and not mine.contains(above)):
        return {}
    others = subjects.employees(above) if about.is_employee else subjects.children(above)
    found = compare_with_siblings(query, subject.key, (above.id, ALL_EMPLOYEES), others)
    plot = charts.funnel_plot(found, locale_code())
    return {"siblings": found, "above": subjects.of_place(above), "funnel": plot}
