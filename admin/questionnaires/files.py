"""Export of versions to files and import of files as drafts. The format is in docs/questionnaires.md."""

from contextlib import closing

from flask import Blueprint, Response, abort, flash, render_template
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as BaseResponse

from admin import idempotency
from admin.access import allow
from admin.labels import title_of
from admin.labels.problems import describe_problem
from admin.permissions import Can
from admin.replies import Page422
from survey.i18n import text_of
from survey.questionnaires import drafting, queries
from survey.questionnaires.models import Version
from survey.questionnaires.rules import filing
from survey.questionnaires.rules.checking import MOST_PROBLEMS, DocumentProblem

from . import creation
from .file_forms import QuestionnaireFileForm

blueprint = Blueprint("questionnaire_files", __name__, url_prefix="/admin/questionnaires")


@blueprint.get("/<slug>/versions/<int:number>/file")
@allow(Can.READ_QUESTIONNAIRES)
def show(slug: str, number: int) -> Response:
    questionnaire = queries.questionnaire(slug) or abort(404)
    version = queries.version(questionnaire, number) or abort(404)
    response = Response(
        filing.serialise(version.document, slug, questionnaire.title), mimetype="application/json"
    )
    response.headers.set("Content-Disposition", "attachment", filename=f"{slug}-{number}.json")
    return response


@blueprint.get("/-/import")
@allow(Can.WRITE_QUESTIONNAIRES)
def new() -> str:
    return _page(_form())


@blueprint.post("/-/import")
@allow(Can.WRITE_QUESTIONNAIRES)
def create() -> BaseResponse | Page422:
    form = _form()
    if not form.validate():
        return _page(form), 422
    with closing(form.file.data) as upload:
        document, problems = filing.read(upload.read(filing.LARGEST + 1))
    if document is None:
        form.file.errors = [_("Not imported: the file has these errors.")]
        return _page(form, problems), 422
    try:
        draft = _create_draft(document, form.target.data)
    except (drafting.Conflict, LookupError):
        form.target.errors = [_("Somebody else has already started the next version.")]
        return _page(form), 422
    flash(_import_message(problems), "success")
    return creation.redirect_to_version(draft)


def _create_draft(document: filing.Document, target: str) -> Version:
    """Return a draft of the next version of questionnaire ``target``, or of a new one when it is "".

    Raise Conflict when that questionnaire has a draft already.
    """
    if target:
        return drafting.begin(target, filing.version_content(document, target))
    wish = document.get("slug") or text_of(document.get("title", {}), "en")
    return creation.create_once(wish, lambda slug: filing.version_content(document, slug))


def _import_message(problems: list[DocumentProblem]) -> str:
    if not problems:
        return _("Imported as a draft. Customers see nothing until it is published.")
    return ngettext(
        "Imported as a draft. Fix %(num)s issue before publishing.",
        "Imported as a draft. Fix %(num)s issues before publishing.",
        len(problems),
    )


def _form() -> QuestionnaireFileForm:
    form = QuestionnaireFileForm()
    without_draft = [
        questionnaire for questionnaire in queries.questionnaires() if queries.draft(questionnaire.id) is None
    ]
    versions = [
        (questionnaire.slug, _("Next version of “%(title)s”", title=title_of(questionnaire)))
        for questionnaire in without_draft
    ]
    form.target.choices = [("", _("A new questionnaire")), *versions]
    return form


def _page(form: QuestionnaireFileForm, problems: list[DocumentProblem] | None = None) -> str:
    lines = [(problem.where, problem.code, describe_problem(problem)) for problem in problems or []]
    more = len(lines) >= MOST_PROBLEMS
    values = {"problems": lines, "more": more, "made_with": idempotency.new_number()}
    return render_template("admin/questionnaires/files/new.html", form=form, **values)
