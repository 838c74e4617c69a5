"""Importing places: choose a file, look at what is in it, confirm.

The checked text travels in the page, signed, to the confirmation: nothing waits on a server's disk or in its
memory, so that any web host can confirm, and two tabs do not mix. It is checked again when it is written.
"""

from collections.abc import Iterable, Sequence
from contextlib import closing

from flask import Blueprint, Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response as BaseResponse

from survey import tabular
from survey.places import importing
from survey.places.rules.growing import Checked

from .access import allow, me, scope
from .forms.places import FileForm
from .places import CHANGERS, Page422
from .wording import KINDS, said

blueprint = Blueprint("place_imports", __name__, url_prefix="/admin/places/-/import")

LARGEST = 2 * 1024 * 1024
LARGEST_FORM = 4 * 1024 * 1024
"""Bytes of a signed file, at worst."""
SECONDS_VALID = 3600
SHOWN_PROBLEMS = 500
SHOWN_ROWS = 10


@blueprint.url_value_preprocessor
def make_room(_endpoint: str | None, _values: dict[str, object] | None) -> None:
    """The signed file comes back as a form field. Before the CSRF check, which reads the form."""
    request.max_form_memory_size = LARGEST_FORM


def _seal() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=f"places import {me().id}")


@blueprint.get("/")
@allow(*CHANGERS)
def new() -> str:
    return _choose(FileForm())


@blueprint.post("/preview")
@allow(*CHANGERS)
def preview() -> str | Page422:
    form = FileForm()
    if not form.validate():
        return _choose(form), 422
    with closing(form.file.data) as upload:
        data = upload.read(LARGEST + 1)
    if len(data) > LARGEST:
        form.file.errors = [_("The file is larger than 2 MB. Split it.")]
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
    text = _unsealed()
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
    text = _unsealed()
    if text is None:
        abort(410)
    found = importing.check_file(text, scope()).problems
    head = [(_("Line"), _("Column"), _("Problem"))]
    return _csv("problems.csv", head + [(one.line, one.column, said(one)) for one in found])


@blueprint.get("/template.csv")
@allow(*CHANGERS)
def template() -> Response:
    return _csv("places.csv", importing.TEMPLATE)


def _unsealed() -> str | None:
    try:
        return str(_seal().loads(request.form.get("file", ""), max_age=SECONDS_VALID))
    except BadData:
        return None


def _choose(form: FileForm) -> str:
    return render_template("admin/place_imports/new.html", form=form)


def _preview(text: str, checked: Checked) -> str:
    return render_template(
        "admin/place_imports/preview.html",
        checked=checked,
        problems=[(one.line, one.column, said(one)) for one in checked.problems[:SHOWN_PROBLEMS]],
        rows=checked.rows[:SHOWN_ROWS],
        sealed=_seal().dumps(text),
        kinds=KINDS,
    )


def _csv(name: str, table: Iterable[Sequence[object]]) -> Response:
    response = Response(tabular.file(table), mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
