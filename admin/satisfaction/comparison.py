"""Two periods or groups beside each other."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from flask import Blueprint, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from admin.access import allow, place_or_404, scope
from admin.figure_filters import OFFERED, About, about_employee, about_place, choose, jump, offered_parts
from admin.permissions import Can
from survey import settings
from survey.i18n import locale_code
from survey.indexes.comparison import ComparedFigure, GroupComparison, compare
from survey.indexes.rules.figure_names import DIMENSION, INDEX, NPS, QUESTION, SATISFIED
from survey.indexes.rules.groups import RespondentGroup
from survey.places import queries as places
from survey.questionnaires.models import Version
from survey.statistics.intervals import Interval
from survey.tallies.queries import subjects
from survey.tallies.reading import catch_up

from .charts import Axis
from .comparison_form import ComparisonForm
from .rendering import shown

blueprint = Blueprint("comparison", __name__, url_prefix="/admin/indexes")
blueprint.before_request(jump)

STEP = 5  # the ends of the axis of differences


@dataclass(frozen=True)
class ComparisonLine:
    """A figure of both, and its difference with the interval (None where it cannot be told)."""

    label: str
    compared: ComparedFigure
    interval: Interval | None
    differs: bool


@blueprint.get("/comparison/<code>", endpoint="place")
@allow(Can.READ_FIGURES)
def of_place(code: str) -> Response:
    return _page(about_place(place_or_404(code)))


@blueprint.get("/employees/<code>/comparison", endpoint="employee")
@allow(Can.READ_FIGURES)
def of_employee(code: str) -> Response:
    return _page(about_employee(code))


def _page(about: About) -> Response:
    catch_up()
    choice = choose(about)
    query = choice.query
    form = ComparisonForm.of(request.args, _places(about), *offered_parts(), query.only)
    valid = form.validate()
    found, same, other = None, False, None
    if valid and query.versions and about.place and about.subject:
        there = about.place if not form.with_place.data else place_or_404(form.with_place.data)
        served_by = about.subject.employee_id if there == about.place else 0
        one = RespondentGroup(about.place.id, query.period, about.subject.employee_id, query.only)
        other = RespondentGroup(there.id, form.chosen(query.period), served_by, form.only)
        same = one == other
        found = None if same else compare(query.versions, one, other, query.weighing)
    lines = _lines(found, choice.texts, _alone(query.versions)) if found else []
    return shown(
        "comparison",
        about,
        replace(choice, valid=choice.valid and valid),
        comparing=form,
        comparison=found,
        same=same,
        other=other,
        lines=lines,
        axis=_axis(lines),
        k=settings.current().minimum_group,
    )


def _places(about: About) -> list[tuple[str, str]]:
    """Return what it can be compared with: itself (""), what lies beside it, and the parts above, as far as
    mine."""
    found = [("", _("The same"))]
    if about.place is None:
        return found
    mine = scope()
    above = [one for one in places.ancestors(about.place) if mine is None or mine.contains(one)]
    near = [subjects.of_place(one) for one in above]
    if above and not about.is_employee:
        near += subjects.children(above[-1])[:OFFERED]
    return found + [(one.code, one.named(locale_code())) for one in near if one.code != about.place.code]


def _alone(versions: Sequence[Version]) -> set[str]:
    """Return the questions that are all there is of their dimension: it stands for them."""
    asked = versions[0].definition.questions
    held = Counter(question.dimension for question in asked if question.dimension)
    return {question.code for question in asked if question.dimension and held[question.dimension] == 1}


def _lines(found: GroupComparison, texts: Mapping[str, str], alone: Collection[str]) -> list[ComparisonLine]:
    return [
        ComparisonLine(
            _label(name, texts), one, one.change.interval(), name in found.moved or _counts(name, one)
        )
        for name, one in found.figures.items()
        if (one.selected.value is not None or one.reference.value is not None)
        and name.removeprefix(QUESTION) not in alone
    ]


def _counts(name: str, one: ComparedFigure) -> bool:
    """Return whether a figure at the top differs; of the many below GroupComparison.moved says so."""
    return name in (INDEX, NPS, SATISFIED) and one.change.verdict in ("risen", "fallen")


def _label(name: str, texts: Mapping[str, str]) -> str:
    if name.startswith(DIMENSION):
        code = name.removeprefix(DIMENSION)
        return texts.get(code, texts.get("question." + code, code))
    if name.startswith(QUESTION):
        return texts.get("question." + name.removeprefix(QUESTION), name.removeprefix(QUESTION))
    names = {INDEX: _("Satisfaction index"), NPS: _("NPS"), SATISFIED: _("Satisfaction rate")}
    return str(names[name])


def _axis(lines: list[ComparisonLine]) -> Axis:
    """As far to either side of 0 as the differences reach."""
    ends = [abs(end) for line in lines for end in line.interval or (line.compared.change.value or 0.0,)]
    far = max(STEP, -(-max(ends, default=0.0) // STEP) * STEP)
    return Axis(-far, far)
