"""The page of the drivers of satisfaction: the importance and performance of each question."""

from dataclasses import dataclass

from flask import Blueprint, abort, request
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from admin.access import allow, place_or_404
from admin.figure_filters import About, about_employee, about_place, address, choose, redirect_to_place
from admin.permissions import Can
from survey import settings
from survey.indexes.drivers import Driver, Drivers, explain

from .charts import Axis, axis_of
from .rendering import render_figures

blueprint = Blueprint("drivers", __name__, url_prefix="/admin/indexes")
blueprint.before_request(redirect_to_place)

QUADRANTS = {
    "advantage": _l("Keep up: important, high score"),
    "repair": _l("Improve first: important, low score"),
    "opportunity": _l("Improve later: less important, low score"),
    "maintain": _l("Maintain: less important, high score"),
}


@dataclass(frozen=True)
class Mark:
    """A question in the matrix, with its number in the table: its importance (``across``) and its score
    (``up``), both in per cent of the drawing."""

    number: int
    across: float
    up: float
    driver: Driver


@dataclass(frozen=True)
class Matrix:
    """The strategy matrix. ``importance`` and ``score`` are the positions of its two lines, in per cent of
    the drawing."""

    marks: list[Mark]
    importance: float
    score: float
    across: Axis
    up: Axis


@blueprint.get("/drivers/<code>", endpoint="place")
@allow(Can.READ_FIGURES)
def place_page(code: str) -> Response:
    return _page(about_place(place_or_404(code)))


@blueprint.get("/employees/<code>/drivers", endpoint="employee")
@allow(Can.READ_FIGURES)
def employee_page(code: str) -> Response:
    return _page(about_employee(code))


def _page(about: About) -> Response:
    choice = choose(about)
    drivers = None
    if choice.query.versions and about.subject:
        try:
            outcome = request.args.get("outcome") or None
            drivers = explain(choice.query, about.subject.key, outcome)
        except KeyError:
            abort(404)
    outcomes = (
        [(code, address(None, outcome=code), code == drivers.outcome) for code in drivers.outcomes]
        if drivers
        else []
    )
    return render_figures(
        "drivers",
        about,
        choice,
        drivers=drivers,
        outcomes=outcomes,
        matrix=matrix(drivers) if drivers and drivers.drivers else None,
        quadrants=QUADRANTS,
        k=settings.current().minimum_group,
    )


def matrix(drivers: Drivers) -> Matrix:
    """Return the strategy matrix, with the share of importance in per cent across and the score upwards."""
    shares = [100 * driver.share for driver in drivers.drivers]
    scores = [driver.score for driver in drivers.drivers]
    across, up = axis_of(shares), axis_of(scores)
    marks = [
        Mark(number, _percent_of(share, across), _percent_of(score, up), driver)
        for number, (driver, share, score) in enumerate(zip(drivers.drivers, shares, scores, strict=True), 1)
    ]
    middle, height = sum(shares) / len(shares), sum(scores) / len(scores)
    return Matrix(marks, _percent_of(middle, across), _percent_of(height, up), across, up)


def _percent_of(value: float, axis: Axis) -> float:
    """Return the position of a value on the axis, in per cent of its length."""
    return round(100 * (value - axis.low) / (axis.high - axis.low), 2)
