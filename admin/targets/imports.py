"""Importing targets: choose a file, look at what is in it, confirm. See uploads.py.

It is checked again when it is written.
"""

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import ngettext
from werkzeug.wrappers import Response as BaseResponse

from admin import uploads
from admin.access import allow, scope
from admin.forms.fields import FileForm
from admin.labels.figures import figure_name
from admin.permissions import Can
from admin.replies import Page422
from survey.tabular import Checked
from survey.targets import importing
from survey.targets.rules.files import Aim

blueprint = Blueprint("target_imports", __name__, url_prefix="/admin/targets/-/import")
blueprint.url_value_preprocessor(uploads.make_room)

SEAL = "targets import"
SHOWN_ROWS = 10


@blueprint.get("/")
@allow(Can.SET_TARGETS)
def new() -> str:
    return _choose(FileForm())


@blueprint.post("/preview")
@allow(Can.SET_TARGETS)
def preview() -> str | Page422:
    form = FileForm()
    found = uploads.looked_at(form, lambda text: importing.check_file(text, scope()))
    if found is None:
        return _choose(form), 422
    return _preview(*found)


@blueprint.post("/")
@allow(Can.SET_TARGETS)
def confirm() -> str | BaseResponse | Page422:
    text = uploads.unsealed(SEAL)
    if text is None:
        return uploads.too_old(url_for("target_imports.new"))
    outcome = importing.import_targets(text, scope(), good_rows=request.form.get("rows") == "good")
    if not outcome.written:
        return _preview(text, outcome.checked), 422
    done = ngettext(
        "%(num)s row of targets is imported.", "%(num)s rows of targets are imported.", outcome.written
    )
    flash(done, "success")
    return redirect(url_for("targets.index"), 303)


@blueprint.post("/problems.csv")
@allow(Can.SET_TARGETS)
def problems() -> Response:
    """Every problem of the file, as a table to mend it by."""
    text = uploads.unsealed(SEAL)
    if text is None:
        abort(410)
    return uploads.problems_file(importing.check_file(text, scope()).problems)


@blueprint.get("/template.csv")
@allow(Can.SET_TARGETS)
def template() -> Response:
    return uploads.csv("targets.csv", importing.TEMPLATE)


def _choose(form: FileForm) -> str:
    return render_template("admin/targets/imports/new.html", form=form)


def _preview(text: str, checked: Checked[Aim]) -> str:
    return render_template(
        "admin/targets/imports/preview.html",
        checked=checked,
        problems=uploads.shown(checked.problems),
        rows=checked.rows[:SHOWN_ROWS],
        sealed=uploads.sealed(text, SEAL),
        figure_name=figure_name,
    )
