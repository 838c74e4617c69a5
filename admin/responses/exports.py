"""Exports: counts of a questionnaire's answers in the user's scope as a file, or rows of single responses."""

from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from admin.access import allow, may, scope
from admin.auditing import log_access
from admin.labels import title_of
from admin.next_batch import next_batch
from admin.permissions import Can
from survey import settings, tabular
from survey.i18n import language_of, locale_code
from survey.indexes import reading
from survey.outgoing import COUNT_COLUMNS, declared_table
from survey.periods import Period
from survey.places import queries as places
from survey.places.models import Place
from survey.questionnaires import queries as questionnaires
from survey.questionnaires.models import Questionnaire
from survey.reports.counts import CountsExport
from survey.responses.export import FORMATS
from survey.responses.export.disclosure import whole_months
from survey.responses.exporting import Export
from survey.tallies.queries import subjects
from survey.tallies.selection import Selection

from .export_form import COUNTS, ExportForm

blueprint = Blueprint("exports", __name__, url_prefix="/admin/exports")

# Rows. A file takes a second or two; more would block a web worker for too long.
MOST = 50_000


@blueprint.get("/")
@allow(Can.EXPORT_COUNTS)
def index() -> str:
    offered = questionnaires.questionnaires()
    return _page(_form(offered), bool(offered))


@blueprint.get("/counts")
@allow(Can.EXPORT_COUNTS)
@log_access("questionnaire", "place", "period", "from", "to")
def counts() -> Response | tuple[str, int]:
    """Return the counts, or for another format the rows of responses that it is chosen for."""
    offered = questionnaires.questionnaires()
    form, top, refused = _asked(offered)
    if refused:
        return refused
    if form.form.data != COUNTS:
        return _same_query("exports.responses")
    period = form.chosen_period(settings.current().today())
    questionnaire = _questionnaire(form, offered)
    export = CountsExport(
        questionnaires.answered_versions(questionnaire),
        Period(*whole_months(period.first, period.last)),
        top,
        language_of(locale_code()),
        may(Can.READ_WITHHELD),
    )
    table = declared_table(COUNT_COLUMNS, export.records())
    response = Response(tabular.csv_file(table), mimetype="text/csv")
    file = f"{questionnaire.slug}-counts-{export.period.first}-{export.period.last}.csv"
    response.headers.set("Content-Disposition", "attachment", filename=file)
    return response


@blueprint.get("/responses")
@allow(Can.EXPORT_RESPONSES)
@log_access("questionnaire", "place", "period", "from", "to", "format", "reason")
def responses() -> Response | tuple[str, int]:
    """Return the file as a whole: streaming to a slow client would block a web worker."""
    offered = questionnaires.questionnaires()
    form, top, refused = _asked(offered)
    if refused:
        return refused
    if form.form.data == COUNTS:
        return _same_query("exports.counts")
    if top is not None and top.kind == "point":
        form.place.errors = [_("Rows are by region: choose a region or a company.")]
        return _page(form, bool(offered)), 422
    export = _export_of(form, offered, top)
    number = _count(export)
    if number > MOST:
        form.period.errors = [
            _(
                "There are %(number)s responses; one file holds at most %(most)s. Choose a "
                "shorter period or a smaller unit, or ask an administrator to run responses "
                "export.",
                number=f"{number:,}",
                most=f"{MOST:,}",
            )
        ]
        return _page(form, bool(offered)), 422
    name = str(form.form.data)
    response = Response(b"".join(export.write(name)), content_type=FORMATS[name].mimetype)
    first, last = export.quarters
    file = f"{export.questionnaire.slug}-{first}-{last}{FORMATS[name].suffix}"
    response.headers.set("Content-Disposition", "attachment", filename=file)
    return response


def _asked(
    offered: Sequence[Questionnaire],
) -> tuple[ExportForm, Place | None, tuple[str, int] | None]:
    """Return the form, the part of the organisation that it names, and a page where either is refused."""
    form = _form(offered)
    if not form.validate():
        return form, None, (_page(form, bool(offered)), 422)
    top = _place(form.place.data) if form.place.data else scope()
    if form.place.data and top is None:
        form.place.errors = [_("There is no unit with this code in your scope.")]
        return form, None, (_page(form, bool(offered)), 404)
    return form, top, None


def _same_query(endpoint: str) -> Response:
    """Redirect to another endpoint of this page with the same filters."""
    return redirect(f"{url_for(endpoint)}?{request.query_string.decode('latin-1')}", 303)


def _questionnaire(form: ExportForm, offered: Sequence[Questionnaire]) -> Questionnaire:
    return next(questionnaire for questionnaire in offered if questionnaire.slug == form.questionnaire.data)


def _form(offered: Sequence[Questionnaire]) -> ExportForm:
    form = ExportForm.of(
        request.args, [(questionnaire.slug, title_of(questionnaire)) for questionnaire in offered]
    )
    if not may(Can.EXPORT_RESPONSES):
        form.offer_counts_only()
    return form


def _export_of(form: ExportForm, offered: Sequence[Questionnaire], top: Place | None) -> Export:
    period = form.chosen_period(settings.current().today())
    return Export(
        questionnaire=_questionnaire(form, offered),
        complete=False,
        withheld=may(Can.READ_WITHHELD),
        top=top,
        first=period.first,
        last=period.last,
        language=language_of(locale_code()),
    )


def _count(export: Export) -> int:
    """Return the number of rows of the file, by the tallies: counting responses could take many seconds."""
    tops = [export.top] if export.top else places.roots()
    subject_keys = [subjects.of_place(top).key for top in tops]
    versions = questionnaires.answered_versions(export.questionnaire)
    counts = reading.released_counts(Selection(versions, Period(*export.quarters)), subject_keys)
    return sum(figures.n for figures in counts.figures(subject_keys))


def _place(code: str) -> Place | None:
    """Return the place with this code, or None when it is outside the user's scope."""
    place, user_scope = places.place(code), scope()
    return place if place is not None and (user_scope is None or user_scope.contains(place)) else None


def _page(form: ExportForm, is_asked: bool) -> str:
    k, withheld = settings.current().minimum_group, may(Can.READ_WITHHELD)
    return render_template(
        "admin/responses/exports/index.html",
        form=form,
        is_asked=is_asked,
        withheld=withheld,
        k=k,
        next_batch=next_batch(scope()),
    )
