"""Importing known totals: choose a file, look at what is in it, confirm. See uploads.py.

It is checked again when it is written.
"""

from datetime import date

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import ngettext
from werkzeug.wrappers import Response as BaseResponse

from admin import uploads
from admin.access import allow
from admin.permissions import Can
from admin.replies import Page422
from survey import settings
from survey.periods import month
from survey.weighting import importing
from survey.weighting.rules.files import Checked

from .forms import TotalsForm

blueprint = Blueprint("total_imports", __name__, url_prefix="/admin/totals/-/import")
blueprint.url_value_preprocessor(uploads.make_room)

SEAL = "totals import"
SHOWN_ROWS = 10


@blueprint.get("/")
@allow(Can.SET_TOTALS)
def new() -> str:
    return _choose(TotalsForm(month=month(settings.current().today())))


@blueprint.post("/preview")
@allow(Can.SET_TOTALS)
def preview() -> str | Page422:
    form = TotalsForm()
    found = uploads.looked_at(form, importing.check_file)
    if found is None:
        return _choose(form), 422
    text, checked = found
    return _preview(text, form.month.data, checked)


@blueprint.post("/")
@allow(Can.SET_TOTALS)
def confirm() -> str | BaseResponse | Page422:
    found = _unsealed()
    if found is None:
        return uploads.too_old(url_for("total_imports.new"))
    since, text = found
    good = request.form.get("rows") == "good"
    outcome = importing.import_totals(text, since, good_rows=good)
    if not outcome.written:
        return _preview(text, since, outcome.checked), 422
    done = ngettext("%(num)s total is imported.", "%(num)s totals are imported.", outcome.written)
    flash(done, "success")
    return redirect(url_for("totals.index"), 303)


@blueprint.post("/problems.csv")
@allow(Can.SET_TOTALS)
def problems() -> Response:
    """Every problem of the file, as a table to mend it by."""
    found = _unsealed()
    if found is None:
        abort(410)
    return uploads.problems_file(importing.check_file(found[1]).problems)


@blueprint.get("/template.csv")
@allow(Can.SET_TOTALS)
def template() -> Response:
    return uploads.csv("totals.csv", importing.TEMPLATE)


def _unsealed() -> tuple[date, str] | None:
    """The month and the text that the form brings back."""
    text = uploads.unsealed(SEAL)
    if text is None:
        return None
    since, _line, rest = text.partition("\n")
    return date.fromisoformat(since), rest


def _choose(form: TotalsForm) -> str:
    return render_template("admin/weights/imports/new.html", form=form)


def _preview(text: str, since: date, checked: Checked) -> str:
    return render_template(
        "admin/weights/imports/preview.html",
        checked=checked,
        since=since,
        problems=uploads.shown(checked.problems),
        rows=checked.rows[:SHOWN_ROWS],
        sealed=uploads.sealed(f"{since.isoformat()}\n{text}", SEAL),
    )
