"""Exports: a questionnaire's responses as a file, as far as they are mine to see."""

from collections.abc import Sequence

from flask import Blueprint, render_template, request, stream_with_context
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from survey import settings
from survey.i18n import language_of, locale_code, text_of
from survey.indexes import reading
from survey.places import queries as places
from survey.places.models import Place
from survey.questionnaires import queries as questionnaires
from survey.questionnaires.models import Questionnaire
from survey.responses.export import FORMATS
from survey.responses.exporting import Export

from .access import allow, me, scope
from .forms.exports import ExportForm

blueprint = Blueprint("exports", __name__, url_prefix="/admin/exports")

READERS = ("administrator", "manager", "auditor")
# Who reads everything; a manager gets what her pages show.
COMPLETE = ("administrator", "auditor")
# What is written takes a second or two. More would keep a web worker from its customers for too long.
MOST = 50_000


@blueprint.get("/")
@allow(*READERS)
def index() -> str:
    asked = questionnaires.questionnaires()
    return _page(_form(asked), bool(asked))


@blueprint.get("/responses")
@allow(*READERS)
def responses() -> Response | tuple[str, int]:
    """The file, sent while it is written."""
    asked = questionnaires.questionnaires()
    form = _form(asked)
    wanted = _wanted(form, asked) if form.validate() else None
    if wanted is None:
        return _page(form, bool(asked)), 422
    name = str(form.form.data)
    response = Response(stream_with_context(wanted.write(name)), mimetype=FORMATS[name].mimetype)
    file = f"{wanted.questionnaire.slug}-{wanted.first}-{wanted.last}{FORMATS[name].suffix}"
    response.headers.set("Content-Disposition", "attachment", filename=file)
    return response


def _form(asked: Sequence[Questionnaire]) -> ExportForm:
    return ExportForm.of(request.args, [(one.slug, text_of(one.title, locale_code())) for one in asked])


def _wanted(form: ExportForm, asked: Sequence[Questionnaire]) -> Export | None:
    """What the form asks for; None when it is not there or too much, with the reason at the field."""
    top, mine = scope(), form.place.data
    if mine:
        top = _place(mine)
        if top is None:
            form.place.errors = [_("There is no place with this code in your part.")]
            return None
    period = form.chosen(settings.current().today())
    questionnaire = next(one for one in asked if one.slug == form.questionnaire.data)
    is_complete = me().role in COMPLETE
    language = language_of(locale_code())
    wanted = Export(questionnaire, is_complete, top, period.first, period.last, language)
    if not is_complete:
        reading.catch_up()
    number = wanted.count()
    if number > MOST:
        form.period.errors = [
            _(
                "These are %(number)s responses; one file from here holds at most %(most)s. Choose a"
                " shorter period or a smaller part, or have it made with the command responses export.",
                number=f"{number:,}",
                most=f"{MOST:,}",
            )
        ]
        return None
    return wanted


def _place(code: str) -> Place | None:
    """The place with this code, when it lies in my part."""
    place, mine = places.place(code), scope()
    return place if place is not None and (mine is None or mine.contains(place)) else None


def _page(form: ExportForm, is_asked: bool) -> str:
    complete, k = me().role in COMPLETE, settings.current().minimum_group
    return render_template("admin/exports/index.html", form=form, is_asked=is_asked, complete=complete, k=k)
