"""Importing targets: choose a file, look at what is in it, confirm. See uploads.py.

It is checked again when it is written.
"""

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as BaseResponse

from survey import tabular
from survey.indexes import target_importing
from survey.indexes.rules.target_files import Checked

from . import uploads
from .access import allow, scope
from .figure_wording import figure_name
from .forms.places import FileForm
from .targets import SETTERS, Page422
from .wording import said

blueprint = Blueprint("target_imports", __name__, url_prefix="/admin/targets/-/import")
blueprint.url_value_preprocessor(uploads.make_room)

SEAL = "targets import"
SHOWN_PROBLEMS = 500
SHOWN_ROWS = 10


@blueprint.get("/")
@allow(*SETTERS)
def new() -> str:
    return _choose(FileForm())


@blueprint.post("/preview")
@allow(*SETTERS)
def preview() -> str | Page422:
    form = FileForm()
    if not form.validate() or (data := uploads.uploaded(form)) is None:
        return _choose(form), 422
    try:
        text = tabular.decode(data)
        checked = target_importing.check_file(text, scope())
    except tabular.Unreadable as unreadable:
        form.file.errors = [said(unreadable)]
        return _choose(form), 422
    return _preview(text, checked)


@blueprint.post("/")
@allow(*SETTERS)
def confirm() -> str | BaseResponse | Page422:
    text = uploads.unsealed(SEAL)
    if text is None:
        flash(_("That was more than an hour ago. Choose the file again."), "error")
        return redirect(url_for("target_imports.new"), 303)
    outcome = target_importing.import_targets(text, scope(), good_rows=request.form.get("rows") == "good")
    if not outcome.written:
        return _preview(text, outcome.checked), 422
    done = ngettext(
        "%(num)s row of targets is imported.", "%(num)s rows of targets are imported.", outcome.written
    )
    flash(done, "success")
    return redirect(url_for("targets.index"), 303)


@blueprint.post("/problems.csv")
@allow(*SETTERS)
def problems() -> Response:
    """Every problem of the file, as a table to mend it by."""
    text = uploads.unsealed(SEAL)
    if text is None:
        abort(410)
    found = target_importing.check_file(text, scope()).problems
    head = [(_("Line"), _("Column"), _("Problem"))]
    return uploads.csv("problems.csv", head + [(one.line, one.column, said(one)) for one in found])


@blueprint.get("/template.csv")
@allow(*SETTERS)
def template() -> Response:
    return uploads.csv("targets.csv", target_importing.TEMPLATE)


def _choose(form: FileForm) -> str:
    return render_template("admin/target_imports/new.html", form=form)


def _preview(text: str, checked: Checked) -> str:
    return render_template(
        "admin/target_imports/preview.html",
        checked=checked,
        problems=[(one.line, one.column, said(one)) for one in checked.problems[:SHOWN_PROBLEMS]],
        rows=checked.rows[:SHOWN_ROWS],
        sealed=uploads.sealed(text, SEAL),
        figure_name=figure_name,
    )
