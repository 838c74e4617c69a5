"""The pages of targets by place and month, and of their attainment."""

from collections.abc import Sequence
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from admin.access import allow, may, place_or_404, scope
from admin.figure_filters import most_answered
from admin.labels import reason_text, title_of
from admin.labels.figures import figure_name
from admin.next_batch import next_batch
from admin.pagination import page_of
from admin.permissions import Can
from admin.replies import Page422
from survey import settings
from survey.i18n import locale_code
from survey.periods import Period
from survey.places import queries as places
from survey.places.models import Place
from survey.questionnaires import queries as questionnaires
from survey.questionnaires.models import Questionnaire
from survey.refusal import Refused
from survey.targets import queries
from survey.targets.attainment import figures_with_targets, review
from survey.targets.setting import set_targets

from .forms import TargetForm, TargetReviewForm

blueprint = Blueprint("targets", __name__, url_prefix="/admin/targets")

PAGE = 50
YEARS = (2000, 2100)


@blueprint.get("/")
@allow(Can.READ_FIGURES)
def index() -> str:
    year = request.args.get("year", settings.current().today().year, type=int)
    year = min(max(year, YEARS[0]), YEARS[1])
    total = queries.count_series(scope(), year)
    page = page_of(total, PAGE, lambda number: url_for("targets.index", year=year, page=number))
    return render_template(
        "admin/targets/index.html",
        year=year,
        years=YEARS,
        series=queries.series(scope(), year, page.offset, PAGE),
        page=page,
        may_set=may_set(),
        figure_name=figure_name,
        title_of=title_of,
    )


@blueprint.get("/<code>")
@allow(Can.READ_FIGURES)
def show(code: str) -> str | Page422:
    """Show the months of a year, each compared with its target."""
    place = place_or_404(code)
    offered = most_answered()
    figures = [(name, figure_name(name)) for name in _figures(offered)]
    year = settings.current().today().year
    form = TargetReviewForm.of(
        request.args,
        year,
        [(questionnaire.slug, title_of(questionnaire)) for questionnaire in offered],
        figures,
    )
    if not offered or not form.validate():
        page = render_template(
            "admin/targets/show.html",
            place=place,
            form=form,
            review=None,
            may_set=may_set(),
            next_batch=next_batch(place),
        )
        return page, 422 if offered else 200
    chosen = next(questionnaire for questionnaire in offered if questionnaire.slug == form.questionnaire.data)
    period = Period(date(form.year.data, 1, 1), date(form.year.data, 12, 31))
    versions = questionnaires.answered_versions(chosen)
    target_review = review(versions, period, place, str(form.figure.data))
    return render_template(
        "admin/targets/show.html",
        place=place,
        form=form,
        review=target_review,
        next_batch=next_batch(place, next(iter(versions), None)),
        origin_names=_origin_names(place),
        may_set=may_set(),
    )


@blueprint.get("/-/new")
@allow(Can.SET_TARGETS)
def new() -> str:
    return _form_page(_new_form())


@blueprint.post("/-/new")
@allow(Can.SET_TARGETS)
def create() -> Response | Page422:
    form = _new_form()
    place = places.place(form.place.data or "") if form.validate() else None
    if form.errors:
        return _form_page(form), 422
    if place is None:
        form.place.errors = [_("There is no unit with this code in your scope.")]
        return _form_page(form), 422
    questionnaire = questionnaires.questionnaire(str(form.questionnaire.data))
    try:
        months = set_targets(
            place, questionnaire, form.figure.data, form.first.data, form.last.data, form.value.data
        )
    except Refused as refused:
        form.form_errors.append(reason_text(refused))
        return _form_page(form), 422
    if form.value.data is None:
        message = ngettext("%(num)s target removed.", "%(num)s targets removed.", months)
    else:
        message = ngettext("Target set for %(num)s month.", "Targets set for %(num)s months.", months)
    flash(message, "success")
    return redirect(url_for("targets.index", year=form.first.data.year), 303)


def may_set() -> bool:
    """Return whether the user may set targets."""
    return may(Can.SET_TARGETS)


def _new_form() -> TargetForm:
    form = TargetForm(place=request.args.get("place", ""))
    offered = most_answered()
    titles = [
        ("", _("All questionnaires")),
        *((questionnaire.slug, title_of(questionnaire)) for questionnaire in offered),
    ]
    form.offer(titles, [(name, figure_name(name)) for name in _figures(offered)])
    return form


def _form_page(form: TargetForm) -> str:
    return render_template("admin/targets/new.html", form=form)


def _figures(offered: Sequence[Questionnaire]) -> list[str]:
    """Return the figures of these questionnaires that can have targets, each once and in their order."""
    figure_lists = [
        figures_with_targets(questionnaires.answered_versions(questionnaire)) for questionnaire in offered
    ]
    return list(dict.fromkeys(name for figures in figure_lists for name in figures))


def _origin_names(place: Place) -> dict[int, str]:
    """Return, by id, the names of the places from which ``place`` may have targets, as far as they are in the
    user's scope."""
    own_scope = scope()
    candidates = [*places.ancestors(place), place]
    return {
        origin.id: origin.named(locale_code())
        for origin in candidates
        if own_scope is None or own_scope.contains(origin)
    }
