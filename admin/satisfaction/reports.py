"""The page and the files of a place's monthly reports, as PDF and XLSX."""

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from admin.access import allow, place_or_404, scope
from admin.auditing import log_access
from admin.labels import title_of
from admin.next_batch import next_batch
from admin.permissions import Can
from admin.replies import Page422
from survey import settings
from survey.i18n import language_of, locale_code
from survey.indexes.queries import questionnaires as answered
from survey.places import queries as places
from survey.places.models import Place
from survey.questionnaires import queries as questionnaires
from survey.reports.monthly import make_report
from survey.reports.pdf import pdf
from survey.reports.workbook import xlsx
from survey.weighting import queries

from .report_form import ReportForm

blueprint = Blueprint("reports", __name__, url_prefix="/admin/reports")

# A report of 60 service points takes a second. More would keep a web worker from its customers for too long.
MOST = 300
WRITERS = {
    "pdf": (pdf, "application/pdf"),
    "xlsx": (xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@blueprint.get("/<code>/")
@allow(Can.READ_FIGURES)
def new(code: str) -> str:
    return _page(place_or_404(code), _form())


@blueprint.get("/<code>/file")
@allow(Can.READ_FIGURES)
@log_access("questionnaire", "month", "language", "format")
def show(code: str) -> Response | Page422:
    """Return the file of the report, which is rendered within the request."""
    place, form = place_or_404(code), _form()
    if not form.validate():
        return _page(place, form), 422
    if len(places.subtree(place, "point")) > MOST:
        form.form.errors = [
            _(
                "A report can cover at most %(most)s service points. Choose a smaller unit, or "
                "ask an administrator to run reports make.",
                most=MOST,
            )
        ]
        return _page(place, form), 422
    slug = str(form.questionnaire.data)
    questionnaire = next(
        questionnaire for questionnaire in questionnaires.questionnaires() if questionnaire.slug == slug
    )
    language, weighted = str(form.language.data), bool(form.weighted.data)
    monthly = make_report(place, questionnaire, form.month.data, language, weighted=weighted)
    write, mimetype = WRITERS[str(form.form.data)]
    response = Response(write(monthly), mimetype=mimetype)
    name = f"{place.code}-{slug}-{form.month.data:%Y-%m}-{language}"
    name += "-weighted" if monthly.is_weighted else ""
    response.headers.set("Content-Disposition", "attachment", filename=f"{name}.{form.form.data}")
    return response


def _form() -> ReportForm:
    """Return the form of the request, with the questionnaires of the most responses first."""
    answers = answered.respondents_by_questionnaire()
    by_responses = sorted(
        questionnaires.questionnaires(), key=lambda questionnaire: -answers.get(questionnaire.id, 0)
    )
    choices = [(questionnaire.slug, title_of(questionnaire)) for questionnaire in by_responses]
    return ReportForm.of(request.args, choices, settings.current().today(), language_of(locale_code()))


def _page(place: Place, form: ReportForm) -> str:
    own_scope = scope()
    places_above = places.ancestors(place) if place != own_scope else []
    ancestors = [unit for unit in places_above if own_scope is None or own_scope.contains(unit)]
    return render_template(
        "admin/satisfaction/reports/new.html",
        place=place,
        ancestors=ancestors,
        form=form,
        k=settings.current().minimum_group,
        next_batch=next_batch(place),
        totals=queries.months(),
    )
