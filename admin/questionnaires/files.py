"""Questionnaires as files: a version taken home, a file made a draft. Format: docs/questionnaires.md."""

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
    asked = queries.questionnaire(slug) or abort(404)
    version = queries.version(asked, number) or abort(404)
    response = Response(filing.serialise(version.document, slug, asked.title), mimetype="application/json")
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
        document, found = filing.read(upload.read(filing.LARGEST + 1))
    if document is None:
        form.file.errors = [_("Not imported: the file has these errors.")]
        return _page(form, found), 422
    try:
        draft = _drafted(document, form.target.data)
    except (drafting.Conflict, LookupError):
        form.target.errors = [_("Somebody else has already started the next version.")]
        return _page(form), 422
    flash(_said(found), "success")
    return creation.opened(draft)


def _drafted(document: filing.Document, target: str) -> Version:
    """The draft of the next version of questionnaire ``target``, else of a new one. Raises Conflict."""
    if target:
        return drafting.begin(target, filing.version_content(document, target))
    wish = document.get("slug") or text_of(document.get("title", {}), "en")
    return creation.make(wish, lambda slug: filing.version_content(document, slug))


def _said(found: list[DocumentProblem]) -> str:
    if not found:
        return _("Imported as a draft. Customers see nothing until it is published.")
    return ngettext(
        "Imported as a draft. Fix %(num)s issue before publishing.",
        "Imported as a draft. Fix %(num)s issues before publishing.",
        len(found),
    )


def _form() -> QuestionnaireFileForm:
    form = QuestionnaireFileForm()
    free = [one for one in queries.questionnaires() if queries.draft(one.id) is None]
    versions = [(one.slug, _("Next version of “%(title)s”", title=title_of(one))) for one in free]
    form.target.choices = [("", _("A new questionnaire")), *versions]
    return form


def _page(form: QuestionnaireFileForm, found: list[DocumentProblem] | None = None) -> str:
    lines = [(one.where, one.code, describe_problem(one)) for one in found or []]
    more = len(lines) >= MOST_PROBLEMS
    values = {"problems": lines, "more": more, "made_with": idempotency.new_number()}
    return render_template("admin/questionnaires/files/new.html", form=form, **values)
