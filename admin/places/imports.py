"""Importing places: choose a file, look at what is in it, confirm. See uploads.py.

It is checked again when it is written.
"""

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import ngettext
from werkzeug.wrappers import Response as BaseResponse

from admin import uploads
from admin.access import allow, scope
from admin.forms.fields import FileForm
from admin.labels import KINDS
from admin.permissions import Can
from admin.replies import Page422
from survey.places import importing
from survey.places.rules.growing import Checked

blueprint = Blueprint("place_imports", __name__, url_prefix="/admin/places/-/import")
blueprint.url_value_preprocessor(uploads.make_room)

SEAL = "places import"
SHOWN_ROWS = 10


@blueprint.get("/")
@allow(Can.CHANGE_PLACES)
def new() -> str:
    return _choose(FileForm())


@blueprint.post("/preview")
@allow(Can.CHANGE_PLACES)
def preview() -> str | Page422:
    form = FileForm()
    found = uploads.looked_at(form, lambda text: importing.check_file(text, scope()))
    if found is None:
        return _choose(form), 422
    return _preview(*found)


@blueprint.post("/")
@allow(Can.CHANGE_PLACES)
def confirm() -> str | BaseResponse | Page422:
    text = uploads.unsealed(SEAL)
    if text is None:
        return uploads.too_old(url_for("place_imports.new"))
    outcome = importing.import_places(text, scope(), good_rows=request.form.get("rows") == "good")
    if not outcome.written:
        return _preview(text, outcome.checked), 422
    flash(ngettext("%(num)s place is imported.", "%(num)s places are imported.", outcome.written), "success")
    return redirect(url_for("places.index"), 303)


@blueprint.post("/problems.csv")
@allow(Can.CHANGE_PLACES)
def problems() -> Response:
    """Every problem of the file, as a table to mend it by."""
    text = uploads.unsealed(SEAL)
    if text is None:
        abort(410)
    return uploads.problems_file(importing.check_file(text, scope()).problems)


@blueprint.get("/template.csv")
@allow(Can.CHANGE_PLACES)
def template() -> Response:
    return uploads.csv("places.csv", importing.TEMPLATE)


def _choose(form: FileForm) -> str:
    return render_template("admin/places/imports/new.html", form=form)


def _preview(text: str, checked: Checked) -> str:
    return render_template(
        "admin/places/imports/preview.html",
        checked=checked,
        problems=uploads.shown(checked.problems),
        rows=checked.rows[:SHOWN_ROWS],
        sealed=uploads.sealed(text, SEAL),
        kinds=KINDS,
    )
