"""The page that compares two periods or groups of respondents."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from flask import Blueprint, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from admin.access import allow, place_or_404, scope
from admin.figure_filters import (
    MOST_CHOICES,
    About,
    about_employee,
    about_place,
    choose,
    offered_parts,
    redirect_to_place,
)
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

from .charts import Axis
from .comparison_form import ComparisonForm
from .rendering import render_figures

blueprint = Blueprint("comparison", __name__, url_prefix="/admin/indexes")
blueprint.before_request(redirect_to_place)

STEP = 5  # of which the ends of the axis of differences are multiples


@dataclass(frozen=True)
class ComparisonLine:
    """A figure of both groups and its difference, with the ``interval``, or None where it is unknown.
    ``differs``: the difference is significant."""

    label: str
    compared: ComparedFigure
    interval: Interval | None
    differs: bool


@blueprint.get("/comparison/<code>", endpoint="place")
@allow(Can.READ_FIGURES)
def place_page(code: str) -> Response:
    return _page(about_place(place_or_404(code)))


@blueprint.get("/employees/<code>/comparison", endpoint="employee")
@allow(Can.READ_FIGURES)
def employee_page(code: str) -> Response:
    return _page(about_employee(code))


def _page(about: About) -> Response:
    choice = choose(about)
    query = choice.query
    form = ComparisonForm.of(request.args, _places(about), *offered_parts(), query.only)
    valid = form.validate()
    comparison, same, reference = None, False, None
    if valid and query.versions and about.place and about.subject:
        reference_place = about.place if not form.with_place.data else place_or_404(form.with_place.data)
        served_by = about.subject.employee_id if reference_place == about.place else 0
        selected = RespondentGroup(about.place.id, query.period, about.subject.employee_id, query.only)
        reference = RespondentGroup(
            reference_place.id, form.reference_period(query.period), served_by, form.only
        )
        same = selected == reference
        comparison = None if same else compare(query.versions, selected, reference, query.weighing)
    lines = _lines(comparison, choice.texts, _single_questions(query.versions)) if comparison else []
    return render_figures(
        "comparison",
        about,
        replace(choice, valid=choice.valid and valid),
        comparison_form=form,
        comparison=comparison,
        same=same,
        reference=reference,
        lines=lines,
        axis=_axis(lines),
        k=settings.current().minimum_group,
    )


def _places(about: About) -> list[tuple[str, str]]:
    """Return the choices of units, (code, name) each, to compare with: the same unit (""), the units above it
    and those beside it, as far as they are in the user's scope."""
    choices = [("", _("The same"))]
    if about.place is None:
        return choices
    own_scope = scope()
    ancestors = [
        unit for unit in places.ancestors(about.place) if own_scope is None or own_scope.contains(unit)
    ]
    candidates = [subjects.of_place(unit) for unit in ancestors]
    if ancestors and not about.is_employee:
        candidates += subjects.children(ancestors[-1])[:MOST_CHOICES]
    return choices + [
        (unit.code, unit.named(locale_code())) for unit in candidates if unit.code != about.place.code
    ]


def _single_questions(versions: Sequence[Version]) -> set[str]:
    """Return the codes of the questions that are the only ones of their dimension, which already has a
    line."""
    questions = versions[0].definition.questions
    counts = Counter(question.dimension for question in questions if question.dimension)
    return {question.code for question in questions if question.dimension and counts[question.dimension] == 1}


def _lines(
    comparison: GroupComparison, texts: Mapping[str, str], single_questions: Collection[str]
) -> list[ComparisonLine]:
    return [
        ComparisonLine(
            _label(name, texts),
            compared,
            compared.change.interval(),
            compared.change.verdict in ("risen", "fallen"),
        )
        for name, compared in comparison.figures.items()
        if (compared.selected.value is not None or compared.reference.value is not None)
        and name.removeprefix(QUESTION) not in single_questions
    ]


def _label(name: str, texts: Mapping[str, str]) -> str:
    """Return the label of a figure by its name; see survey/indexes/rules/figure_names.py."""
    if name.startswith(DIMENSION):
        code = name.removeprefix(DIMENSION)
        return texts.get(code, texts.get("question." + code, code))
    if name.startswith(QUESTION):
        return texts.get("question." + name.removeprefix(QUESTION), name.removeprefix(QUESTION))
    names = {INDEX: _("Satisfaction index"), NPS: _("NPS"), SATISFIED: _("Satisfaction rate")}
    return str(names[name])


def _axis(lines: list[ComparisonLine]) -> Axis:
    """Return the axis that reaches as far to either side of 0 as the differences and their intervals."""
    ends = [abs(end) for line in lines for end in line.interval or (line.compared.change.value or 0.0,)]
    limit = max(STEP, -(-max(ends, default=0.0) // STEP) * STEP)
    return Axis(-limit, limit)
