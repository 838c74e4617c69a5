"""Uploading coupon codes: choose a file, look at what is in it, confirm. See uploads.py."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as BaseResponse

from survey import tabular
from survey.rewards import coupons
from survey.rewards.rules.code_files import Checked

from . import uploads
from .access import allow
from .forms.places import FileForm
from .places import Page422
from .rewards import MAKERS, reward_or_404, words
from .wording import said

blueprint = Blueprint("reward_codes", __name__, url_prefix="/admin/rewards/<int:reward_id>/codes")
blueprint.url_value_preprocessor(uploads.make_room)
blueprint.context_processor(words)

SHOWN_PROBLEMS = 500
SHOWN_CODES = 5


@blueprint.get("/")
@allow(*MAKERS)
def new(reward_id: int) -> str:
    return _choose(reward_id, FileForm())


@blueprint.post("/preview")
@allow(*MAKERS)
def preview(reward_id: int) -> str | Page422:
    reward_or_404(reward_id, "uploaded")
    form = FileForm()
    if not form.validate() or (data := uploads.uploaded(form)) is None:
        return _choose(reward_id, form), 422
    try:
        text = tabular.decode(data)
        checked = coupons.check_file(reward_id, text)
    except tabular.Unreadable as unreadable:
        form.file.errors = [said(unreadable)]
        return _choose(reward_id, form), 422
    return _preview(reward_id, text, checked)


@blueprint.post("/")
@allow(*MAKERS)
def confirm(reward_id: int) -> str | BaseResponse | Page422:
    reward_or_404(reward_id, "uploaded")
    text = uploads.unsealed(_seal(reward_id))
    if text is None:
        flash(_("That was more than an hour ago. Choose the file again."), "error")
        return redirect(url_for("reward_codes.new", reward_id=reward_id), 303)
    outcome = coupons.upload(reward_id, text, good_lines=request.form.get("rows") == "good")
    if not outcome.added:
        return _preview(reward_id, text, outcome.checked), 422
    flash(ngettext("%(num)s code is added.", "%(num)s codes are added.", outcome.added), "success")
    return redirect(url_for("rewards.show", reward_id=reward_id), 303)


@blueprint.post("/problems.csv")
@allow(*MAKERS)
def problems(reward_id: int) -> Response:
    """Every problem of the file, as a table to mend it by."""
    reward_or_404(reward_id, "uploaded")
    text = uploads.unsealed(_seal(reward_id))
    if text is None:
        abort(410)
    found = coupons.check_file(reward_id, text).problems
    head = [(_("Line"), _("Code"), _("Problem"))]
    return uploads.csv("problems.csv", head + [(one.line, one.column, said(one)) for one in found])


def _seal(reward_id: int) -> str:
    return f"coupon codes {reward_id}"


def _choose(reward_id: int, form: FileForm) -> str:
    reward = reward_or_404(reward_id, "uploaded").reward
    return render_template("admin/reward_codes/new.html", form=form, reward=reward)


def _preview(reward_id: int, text: str, checked: Checked) -> str:
    return render_template(
        "admin/reward_codes/preview.html",
        reward=reward_or_404(reward_id, "uploaded").reward,
        checked=checked,
        problems=[(one.line, one.column, said(one)) for one in checked.problems[:SHOWN_PROBLEMS]],
        codes=checked.codes[:SHOWN_CODES],
        sealed=uploads.sealed(text, _seal(reward_id)),
    )
