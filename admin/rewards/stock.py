"""The stock of a gift: what each service point has left, set one by one or from a file. See uploads.py."""

from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as BaseResponse

from admin import uploads
from admin.access import allow, place_or_404
from admin.flashing import told
from admin.forms.fields import FileForm, stripped
from admin.pagination import page_of
from admin.permissions import Can
from admin.replies import Page422
from survey.i18n import locale_code
from survey.rewards import stocking
from survey.rewards.queries import catalogue as queries
from survey.rewards.rules.rewarding import MOST
from survey.rewards.rules.stock_files import Line
from survey.tabular import Checked

from .rewards import reward_or_404, words

blueprint = Blueprint("reward_stock", __name__, url_prefix="/admin/rewards/<int:reward_id>/stock")
blueprint.url_value_preprocessor(uploads.make_room)
blueprint.context_processor(words)

PAGE = 50


@blueprint.get("/")
@allow(Can.READ_REWARDS)
def index(reward_id: int) -> str:
    reward = reward_or_404(reward_id, "gift").reward
    wanted = stripped(request.args.get("q", ""))[:64]
    number = min(max(request.args.get("page", 1, type=int), 1), MOST)
    rows, total = queries.stocked(reward_id, wanted, (number - 1) * PAGE, PAGE)
    page = page_of(
        total, PAGE, lambda n: url_for("reward_stock.index", reward_id=reward_id, q=wanted or None, page=n)
    )
    if page.number != number:
        rows, _total = queries.stocked(reward_id, wanted, page.offset, PAGE)
    counts = queries.counts_by_place(reward_id)
    return render_template(
        "admin/rewards/stock/index.html", reward=reward, rows=rows, page=page, counts=counts, search=wanted
    )


@blueprint.post("/<code>")
@allow(Can.OFFER_REWARDS)
def put(reward_id: int, code: str) -> BaseResponse:
    reward_or_404(reward_id, "gift")
    at = place_or_404(code)
    number, seen = (request.form.get(name, "", str) for name in ("remaining", "seen"))
    shown: dict[str, Any] = {name: request.args.get(name) for name in ("q", "page")}
    back = url_for("reward_stock.index", reward_id=reward_id, **shown)
    if not (_is_whole(number) and _is_whole(seen)):
        flash(_("Enter a whole number from 0 to 1,000,000."), "error")
    else:
        done = _("%(place)s has %(number)s left.", place=at.named(locale_code()), number=int(number))
        told(lambda: stocking.put(reward_id, at, int(number), int(seen)), done)
    return redirect(back, 303)


@blueprint.get("/-/import")
@allow(Can.OFFER_REWARDS)
def new(reward_id: int) -> str:
    return _choose(reward_id, FileForm())


@blueprint.post("/-/preview")
@allow(Can.OFFER_REWARDS)
def preview(reward_id: int) -> str | Page422:
    reward_or_404(reward_id, "gift")
    form = FileForm()
    found = uploads.looked_at(form, lambda text: stocking.check_file(reward_id, text))
    if found is None:
        return _choose(reward_id, form), 422
    return _preview(reward_id, *found)


@blueprint.post("/-/import")
@allow(Can.OFFER_REWARDS)
def confirm(reward_id: int) -> str | BaseResponse | Page422:
    reward_or_404(reward_id, "gift")
    text = uploads.unsealed(_seal(reward_id))
    if text is None:
        return uploads.too_old(url_for("reward_stock.new", reward_id=reward_id))
    outcome = stocking.import_stock(reward_id, text, good_rows=request.form.get("rows") == "good")
    if not outcome.written:
        return _preview(reward_id, text, outcome.checked), 422
    done = ngettext(
        "The stock of %(num)s service point is set.",
        "The stock of %(num)s service points is set.",
        outcome.written,
    )
    flash(done, "success")
    return redirect(url_for("reward_stock.index", reward_id=reward_id), 303)


@blueprint.post("/-/problems.csv")
@allow(Can.OFFER_REWARDS)
def problems(reward_id: int) -> Response:
    """Every problem of the file, as a table to mend it by."""
    reward_or_404(reward_id, "gift")
    text = uploads.unsealed(_seal(reward_id))
    if text is None:
        abort(410)
    return uploads.problems_file(stocking.check_file(reward_id, text).problems)


@blueprint.get("/-/template.csv")
@allow(Can.OFFER_REWARDS)
def template(reward_id: int) -> Response:
    return uploads.csv("stock.csv", stocking.TEMPLATE)


def _is_whole(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 9


def _seal(reward_id: int) -> str:
    return f"stock {reward_id}"


def _choose(reward_id: int, form: FileForm) -> str:
    return render_template(
        "admin/rewards/stock/new.html", form=form, reward=reward_or_404(reward_id, "gift").reward
    )


def _preview(reward_id: int, text: str, checked: Checked[Line]) -> str:
    return render_template(
        "admin/rewards/stock/preview.html",
        reward=reward_or_404(reward_id, "gift").reward,
        checked=checked,
        problems=uploads.shown(checked.problems),
        rows=checked.rows[:10],
        sealed=uploads.sealed(text, _seal(reward_id)),
    )
