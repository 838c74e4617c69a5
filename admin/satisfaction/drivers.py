"""What drives satisfaction: importance and performance of each question."""

from dataclasses import dataclass

from flask import Blueprint, abort, request
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from admin.access import allow, place_or_404
from admin.figure_filters import About, about_employee, about_place, address, choose, jump
from admin.permissions import Can
from survey import settings
from survey.indexes.drivers import Driver, Drivers, explain
from survey.tallies.reading import catch_up

from .charts import Axis, axis_of
from .rendering import shown

blueprint = Blueprint("drivers", __name__, url_prefix="/admin/indexes")
blueprint.before_request(jump)

QUADRANTS = {
    "advantage": _l("Keep up: important, high score"),
    "repair": _l("Improve first: important, low score"),
    "opportunity": _l("Improve later: less important, low score"),
    "maintain": _l("Maintain: less important, high score"),
}


@dataclass(frozen=True)
class Mark:
    """A question in the matrix, by its number in the table: ``across`` by its importance, ``up`` by its
    score, both in per cent of the drawing."""

    number: int
    across: float
    up: float
    driver: Driver


@dataclass(frozen=True)
class Matrix:
    """``importance`` and ``score``: where the lines are drawn, in per cent of the drawing."""

    marks: list[Mark]
    importance: float
    score: float
    across: Axis
    up: Axis


@blueprint.get("/drivers/<code>", endpoint="place")
@allow(Can.READ_FIGURES)
def of_place(code: str) -> Response:
    return _page(about_place(place_or_404(code)))


@blueprint.get("/employees/<code>/drivers", endpoint="employee")
@allow(Can.READ_FIGURES)
def of_employee(code: str) -> Response:
    return _page(about_employee(code))


def _page(about: About) -> Response:
    catch_up()
    choice = choose(about)
    found = None
    if choice.query.versions and about.subject:
        try:
            outcome = request.args.get("outcome") or None
            found = explain(choice.query, about.subject.key, outcome)
        except KeyError:
            abort(404)
    outcomes = (
        [(one, address(None, outcome=one), one == found.outcome) for one in found.outcomes] if found else []
    )
    return shown(
        "drivers",
        about,
        choice,
        drivers=found,
        outcomes=outcomes,
        matrix=matrix(found) if found and found.drivers else None,
        quadrants=QUADRANTS,
        k=settings.current().minimum_group,
    )


def matrix(found: Drivers) -> Matrix:
    """Return the strategy matrix: importance in per cent of all across, the score upwards."""
    shares = [100 * one.share for one in found.drivers]
    scores = [one.score for one in found.drivers]
    across, up = axis_of(shares), axis_of(scores)
    marks = [
        Mark(number, _at(share, across), _at(score, up), driver)
        for number, (driver, share, score) in enumerate(zip(found.drivers, shares, scores, strict=True), 1)
    ]
    middle, height = sum(shares) / len(shares), sum(scores) / len(scores)
    return Matrix(marks, _at(middle, across), _at(height, up), across, up)


def _at(value: float, axis: Axis) -> float:
    return round(100 * (value - axis.low) / (axis.high - axis.low), 2)
