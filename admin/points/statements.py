"""The monthly statement of points, as a page, PDF or XLSX. For auditors and administrators."""

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from admin.access import allow
from admin.auditing import log_access
from admin.permissions import Can
from admin.replies import Page422
from survey import settings
from survey.i18n import language_of, locale_code
from survey.periods import month, months_before
from survey.reports import statement_pdf, statement_words, statement_workbook
from survey.reports.words import load_words
from survey.rewards.statement import monthly_statement

from .labels import signed
from .ledger_forms import FORMATS, StatementForm

blueprint = Blueprint("statements", __name__, url_prefix="/admin/statements")

WRITERS = {
    "pdf": (statement_pdf.pdf, "application/pdf"),
    "xlsx": (statement_workbook.xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@blueprint.get("/")
@allow(Can.READ_LEDGER)
def index() -> str | Page422:
    form = _form()
    if not form.validate():
        return _page_without_statement(form)
    statement, language = monthly_statement(form.month.data), language_of(locale_code())
    texts = load_words(language)
    return render_template(
        "admin/points/statements/index.html",
        form=form,
        statement=statement,
        heads=statement_words.heads(texts),
        rows=statement_words.rows(statement, language, texts),
        notes=statement_words.notes(statement, texts),
        note=texts("points_note"),
        formats=FORMATS,
        signed=signed,
    )


@blueprint.get("/<any(pdf, xlsx):kind>")
@allow(Can.READ_LEDGER)
@log_access("month")
def file(kind: str) -> Response | Page422:
    form = _form()
    if not form.validate():
        return _page_without_statement(form)
    write, mimetype = WRITERS[kind]
    language = language_of(locale_code())
    response = Response(write(monthly_statement(form.month.data), language), mimetype=mimetype)
    name = f"points-{form.month.data:%Y-%m}-{language}.{kind}"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _page_without_statement(form: StatementForm) -> tuple[str, int]:
    """Return the page without a statement: the month is invalid."""
    return render_template("admin/points/statements/index.html", form=form, statement=None, note=None), 422


def _form() -> StatementForm:
    last = months_before(month(settings.current().today()), 1)
    return StatementForm.of(request.args, last)
