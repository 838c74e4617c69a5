"""Uploading coupon codes: choose a file, look at what is in it, confirm. See uploads.py."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as BaseResponse

from admin import uploads
from admin.access import allow
from admin.forms.fields import FileForm
from admin.permissions import Can
from admin.replies import Page422
from survey.rewards import coupons
from survey.rewards.rules.code_files import Checked

from .rewards import reward_or_404, words

blueprint = Blueprint("reward_codes", __name__, url_prefix="/admin/rewards/<int:reward_id>/codes")
blueprint.url_value_preprocessor(uploads.make_room)
blueprint.context_processor(words)

SHOWN_CODES = 5


@blueprint.get("/")
@allow(Can.OFFER_REWARDS)
def new(reward_id: int) -> str:
    return _choose(reward_id, FileForm())


@blueprint.post("/preview")
@allow(Can.OFFER_REWARDS)
def preview(reward_id: int) -> str | Page422:
    reward_or_404(reward_id, "uploaded")
    form = FileForm()
    found = uploads.looked_at(form, lambda text: coupons.check_file(reward_id, text))
    if found is None:
        return _choose(reward_id, form), 422
    return _preview(reward_id, *found)


@blueprint.post("/")
@allow(Can.OFFER_REWARDS)
def confirm(reward_id: int) -> str | BaseResponse | Page422:
    reward_or_404(reward_id, "uploaded")
    text = uploads.unsealed(_seal(reward_id))
    if text is None:
        return uploads.too_old(url_for("reward_codes.new", reward_id=reward_id))
    outcome = coupons.upload(reward_id, text, good_lines=request.form.get("rows") == "good")
    if outcome.added:
        flash(ngettext("%(num)s code is added.", "%(num)s codes are added.", outcome.added), "success")
    elif outcome.checked.good:
        return _preview(reward_id, text, outcome.checked), 422
    else:  # a double tap: a file without a good code is not offered to be added
        flash(_("The codes of this file are there."), "success")
    return redirect(url_for("rewards.show", reward_id=reward_id), 303)


@blueprint.post("/problems.csv")
@allow(Can.OFFER_REWARDS)
def problems(reward_id: int) -> Response:
    """Every problem of the file, as a table to mend it by."""
    reward_or_404(reward_id, "uploaded")
    text = uploads.unsealed(_seal(reward_id))
    if text is None:
        abort(410)
    return uploads.problems_file(coupons.check_file(reward_id, text).problems, _("Code"))


def _seal(reward_id: int) -> str:
    return f"coupon codes {reward_id}"


def _choose(reward_id: int, form: FileForm) -> str:
    reward = reward_or_404(reward_id, "uploaded").reward
    return render_template("admin/rewards/codes/new.html", form=form, reward=reward)


def _preview(reward_id: int, text: str, checked: Checked) -> str:
    return render_template(
        "admin/rewards/codes/preview.html",
        reward=reward_or_404(reward_id, "uploaded").reward,
        checked=checked,
        problems=uploads.shown(checked.problems),
        codes=checked.codes[:SHOWN_CODES],
        sealed=uploads.sealed(text, _seal(reward_id)),
    )
