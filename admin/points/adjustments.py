"""The pages of adjustments: one user requests, another decides. Auditors read."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from admin import idempotency
from admin.access import allow, may, me
from admin.flashing import flash_outcome
from admin.labels import reason_text, title_of
from admin.pagination import page_of
from admin.permissions import Can
from admin.replies import Page422
from survey import settings
from survey.refusal import Refused
from survey.rewards import adjusting
from survey.rewards.models.books import Adjustment
from survey.rewards.queries import adjustments as queries
from survey.rewards.queries import campaigns

from .adjustment_forms import AdjustmentForm, ReversalForm
from .labels import signed

blueprint = Blueprint("adjustments", __name__, url_prefix="/admin/adjustments")

PAGE = 50


@blueprint.context_processor
def words() -> dict[str, object]:
    return {"title_of": title_of, "signed": signed, "may_make": may(Can.ADJUST_POINTS)}


@blueprint.get("/")
@allow(Can.READ_POINTS)
def index() -> str:
    waiting = request.args.get("state") != "decided"
    state = None if waiting else "decided"
    total = queries.count(waiting)
    page = page_of(total, PAGE, lambda number: url_for("adjustments.index", state=state, page=number))
    adjustments = queries.adjustments(waiting, page.offset, PAGE)
    values = {"adjustments": adjustments, "waiting": waiting, "page": page, "total": total}
    return render_template("admin/points/adjustments/index.html", **values)


@blueprint.get("/<int:adjustment_id>")
@allow(Can.READ_POINTS)
def show(adjustment_id: int) -> str:
    adjustment = _adjustment_or_404(adjustment_id)
    return _adjustment_page(adjustment, ReversalForm())


@blueprint.route("/-/new", methods=["GET", "POST"])
@allow(Can.ADJUST_POINTS)
def new() -> str | Response | Page422:
    form = AdjustmentForm(wallet=request.args.get("wallet", ""))
    form.offer([(str(campaign.id), title_of(campaign)) for campaign in campaigns.campaigns()])
    if request.method == "POST" and form.validate():
        try:
            adjustment = adjusting.request(
                form.wallet.data,
                int(form.campaign.data),
                form.points.data or 0,
                form.reason.data,
                me().id,
                settings.current().today(),
                idempotency.hash_form(),
            )
        except Refused as refused:
            form.form_errors.append(reason_text(refused))
        else:
            flash(_("Submitted. Another person must approve it."), "success")
            return redirect(url_for("adjustments.show", adjustment_id=adjustment.id), 303)
    page = render_template("admin/points/adjustments/new.html", form=form, made_with=idempotency.new_number())
    return (page, 422) if request.method == "POST" else page


@blueprint.post("/<int:adjustment_id>/approval")
@allow(Can.ADJUST_POINTS)
def approve(adjustment_id: int) -> Response:
    adjustment, today = _adjustment_or_404(adjustment_id), settings.current().today()
    flash_outcome(
        lambda: adjusting.approve(adjustment.id, me().id, today), _("Approved. The points have been posted.")
    )
    return redirect(url_for("adjustments.show", adjustment_id=adjustment_id), 303)


@blueprint.post("/<int:adjustment_id>/refusal")
@allow(Can.ADJUST_POINTS)
def refuse(adjustment_id: int) -> Response:
    adjustment, today = _adjustment_or_404(adjustment_id), settings.current().today()
    flash_outcome(lambda: adjusting.refuse(adjustment.id, me().id, today), _("Rejected. Nothing was posted."))
    return redirect(url_for("adjustments.show", adjustment_id=adjustment_id), 303)


@blueprint.post("/<int:adjustment_id>/reversal")
@allow(Can.ADJUST_POINTS)
def take_back(adjustment_id: int) -> Response | Page422:
    adjustment, form = _adjustment_or_404(adjustment_id), ReversalForm()
    if form.validate():
        try:
            today = settings.current().today()
            reversal = adjusting.request_reversal(adjustment.id, form.reason.data or "", me().id, today)
        except Refused as refused:
            form.form_errors.append(reason_text(refused))
        else:
            flash(_("Submitted. Another person must approve it."), "success")
            return redirect(url_for("adjustments.show", adjustment_id=reversal.id), 303)
    return _adjustment_page(adjustment, form), 422


def _adjustment_page(adjustment: Adjustment, form: ReversalForm) -> str:
    return render_template(
        "admin/points/adjustments/show.html",
        adjustment=adjustment,
        form=form,
        is_own_request=adjustment.requested_by == me().id,
    )


def _adjustment_or_404(adjustment_id: int) -> Adjustment:
    return queries.adjustment(adjustment_id) or abort(404)
