"""Importing places: choose a file, look at what is in it, confirm. See uploads.py.

It is checked again when it is written.
"""

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as BaseResponse

from survey import tabular
from survey.places import importing
from survey.places.rules.growing import Checked

from . import uploads
from .access import allow, scope
from .forms.places import FileForm
from .places import CHANGERS, Page422
from .wording import KINDS, said

blueprint = Blueprint("place_imports", __name__, url_prefix="/admin/places/-/import")
blueprint.url_value_preprocessor(uploads.make_room)

SEAL = "places import"
SHOWN_PROBLEMS = 500
SHOWN_ROWS = 10


@blueprint.get("/")
@allow(*CHANGERS)
def new() -> str:
    return _choose(FileForm())


@blueprint.post("/preview")
@allow(*CHANGERS)
def preview() -> str | Page422:
    form = FileForm()
    if not form.validate() or (data := uploads.uploaded(form)) is None:
        return _choose(form), 422
    try:
        text = tabular.decode(data)
        checked = importing.check_file(text, scope())
    except tabular.Unreadable as unreadable:
        form.file.errors = [said(unreadable)]
        return _choose(form), 422
    return _preview(text, checked)


@blueprint.post("/")
@allow(*CHANGERS)
def confirm() -> str | BaseResponse | Page422:
    text = uploads.unsealed(SEAL)
    if text is None:
        flash(_("That was more than an hour ago. Choose the file again."), "error")
        return redirect(url_for("place_imports.new"), 303)
    outcome = importing.import_places(text, scope(), good_rows=request.form.get("rows") == "good")
    if not outcome.written:
        return _preview(text, outcome.checked), 422
    flash(ngettext("%(num)s place is imported.", "%(num)s places are imported.", outcome.written), "success")
    return redirect(url_for("places.index"), 303)


@blueprint.post("/problems.csv")
@allow(*CHANGERS)
def problems() -> Response:
    """Every problem of the file, as a table to mend it by."""
    text = uploads.unsealed(SEAL)
    if text is None:
        abort(410)
    found = importing.check_file(text, scope()).problems
    head = [(_("Line"), _("Column"), _("Problem"))]
    return uploads.csv("problems.csv", head + [(one.line, one.column, said(one)) for one in found])


@blueprint.get("/template.csv")
@allow(*CHANGERS)
def template() -> Response:
    return uploads.csv("places.csv", importing.TEMPLATE)


def _choose(form: FileForm) -> str:
    return render_template("admin/place_imports/new.html", form=form)


def _preview(text: str, checked: Checked) -> str:
    return render_template(
        "admin/place_imports/preview.html",
        checked=checked,
        problems=[(one.line, one.column, said(one)) for one in checked.problems[:SHOWN_PROBLEMS]],
        rows=checked.rows[:SHOWN_ROWS],
        sealed=uploads.sealed(text, SEAL),
        kinds=KINDS,
    )
