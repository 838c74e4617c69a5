"""Exports: a questionnaire's responses in the user's scope as a file."""

from collections.abc import Sequence

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from admin.access import allow, may, scope
from admin.auditing import log_access
from admin.labels import title_of
from admin.next_batch import next_batch
from admin.permissions import Can
from survey import settings
from survey.i18n import language_of, locale_code
from survey.indexes import reading
from survey.periods import Period
from survey.places import queries as places
from survey.places.models import Place
from survey.questionnaires import queries as questionnaires
from survey.questionnaires.models import Questionnaire
from survey.responses.export import FORMATS
from survey.responses.exporting import Export
from survey.tallies.queries import subjects
from survey.tallies.selection import Selection

from .export_form import ExportForm

blueprint = Blueprint("exports", __name__, url_prefix="/admin/exports")

# Rows. A file takes a second or two; more would block a web worker for too long.
MOST = 50_000


@blueprint.get("/")
@allow(Can.EXPORT_RESPONSES)
def index() -> str:
    offered = questionnaires.questionnaires()
    return _page(_form(offered), bool(offered))


@blueprint.get("/responses")
@allow(Can.EXPORT_RESPONSES)
@log_access("questionnaire", "place", "period", "from", "to", "format")
def responses() -> Response | tuple[str, int]:
    """Return the file as a whole: streaming to a slow client would block a web worker."""
    offered = questionnaires.questionnaires()
    form = _form(offered)
    if not form.validate():
        return _page(form, bool(offered)), 422
    top = _place(form.place.data) if form.place.data else scope()
    if form.place.data and top is None:
        form.place.errors = [_("There is no unit with this code in your scope.")]
        return _page(form, bool(offered)), 404
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
    first, last = export.months
    file = f"{export.questionnaire.slug}-{first}-{last}{FORMATS[name].suffix}"
    response.headers.set("Content-Disposition", "attachment", filename=file)
    return response


def _form(offered: Sequence[Questionnaire]) -> ExportForm:
    return ExportForm.of(
        request.args, [(questionnaire.slug, title_of(questionnaire)) for questionnaire in offered]
    )


def _export_of(form: ExportForm, offered: Sequence[Questionnaire], top: Place | None) -> Export:
    period = form.chosen_period(settings.current().today())
    return Export(
        questionnaire=next(
            questionnaire for questionnaire in offered if questionnaire.slug == form.questionnaire.data
        ),
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
    counts = reading.released_counts(Selection(versions, Period(*export.months)), subject_keys)
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
