"""Rewards, which customers redeem points for. Marketing edits them, auditors read."""

from datetime import date

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from admin import idempotency
from admin.access import allow, may
from admin.labels import reason_text, title_of
from admin.labels.rewards import EXPLAINED, STATES, reward_counts, terms_of
from admin.labels.rewards import KINDS as KIND_NAMES
from admin.permissions import Can
from admin.replies import Page422
from survey import headers, settings
from survey.places import queries as place_queries
from survey.places.models import Place
from survey.refusal import N_, Refused
from survey.rewards import catalogue
from survey.rewards.catalogue import OfferedReward
from survey.rewards.queries import catalogue as queries
from survey.rewards.rules.rewarding import KINDS

from .forms import RewardForm, reward_form, values_of

blueprint = Blueprint("rewards", __name__, url_prefix="/admin/rewards")


@blueprint.context_processor
def words() -> dict[str, object]:
    return {
        "kind_names": KIND_NAMES,
        "name_of": title_of,
        "terms_of": terms_of,
        "may_change": may(Can.OFFER_REWARDS),
    }


def reward_or_404(reward_id: int, kind: str | None = None) -> OfferedReward:
    """Return the reward with the quantity left; answer 404 when it is missing or not of ``kind``."""
    offered = catalogue.offered_reward(reward_id)
    if offered is None or kind not in (None, offered.reward.kind):
        abort(404)
    return offered


@blueprint.get("/")
@allow(Can.READ_REWARDS)
def index() -> str:
    rewards, counts = queries.rewards(), queries.count_redemptions()
    left, today = queries.count_left(rewards), settings.current().today()
    rows = [
        (
            reward,
            left[reward.id],
            reward_counts(counts, reward.id),
            state_of(OfferedReward(reward, left[reward.id]), today),
        )
        for reward in rewards
    ]
    return render_template("admin/rewards/index.html", rows=rows)


@blueprint.get("/-/new")
@allow(Can.OFFER_REWARDS)
def choose() -> str:
    return render_template("admin/rewards/choose.html", explained=EXPLAINED)


@blueprint.route("/-/new/<kind>", methods=["GET", "POST"])
@allow(Can.OFFER_REWARDS)
def new(kind: str) -> str | BaseResponse | Page422:
    if kind not in KINDS:
        abort(404)
    form = reward_form(kind, {"starts_on": settings.current().today(), "hold_days": 30})
    if request.method == "POST" and form.validate():
        try:
            terms = form.terms(_place_id(form))
            reward = catalogue.begin(kind, terms, made_with=idempotency.hash_form())
        except Refused as refused:
            form.form_errors.append(reason_text(refused))
        else:
            flash(_("Reward created. Check it as customers will see it."), "success")
            return redirect(url_for("rewards.show", reward_id=reward.id), 303)
    return _form_page("new.html", form, kind=kind, made_with=idempotency.new_number())


@blueprint.get("/<int:reward_id>")
@allow(Can.READ_REWARDS)
def show(reward_id: int) -> Response:
    offered = reward_or_404(reward_id)
    state = state_of(offered, settings.current().today())
    counts = reward_counts(queries.count_redemptions(), reward_id)
    page = render_template(
        "admin/rewards/show.html", offered=offered, reward=offered.reward, state=state, counts=counts
    )
    return Response(page, headers={headers.CSP: headers.FRAMING})


@blueprint.route("/<int:reward_id>/edit", methods=["GET", "POST"])
@allow(Can.OFFER_REWARDS)
def edit(reward_id: int) -> str | BaseResponse | Page422:
    reward = reward_or_404(reward_id).reward
    form = reward_form(reward.kind, values_of(reward))
    if request.method == "POST" and form.validate():
        seen = str(form.value("seen") or "")
        try:
            catalogue.change(reward_id, form.terms(_place_id(form)), int(seen) if seen.isdecimal() else None)
        except Refused as refused:
            form.form_errors.append(reason_text(refused))
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("rewards.show", reward_id=reward_id), 303)
    return _form_page("edit.html", form, reward=reward)


@blueprint.post("/<int:reward_id>/withdrawal")
@allow(Can.OFFER_REWARDS)
def withdraw(reward_id: int) -> BaseResponse:
    reward_or_404(reward_id)
    catalogue.withdraw(reward_id, settings.current().today())
    flash(_("Customers can no longer redeem it. Rewards already redeemed can still be collected."), "success")
    return redirect(url_for("rewards.show", reward_id=reward_id), 303)


@blueprint.post("/<int:reward_id>/restoration")
@allow(Can.OFFER_REWARDS)
def restore(reward_id: int) -> BaseResponse:
    reward_or_404(reward_id)
    catalogue.restore(reward_id)
    flash(_("The reward is available again."), "success")
    return redirect(url_for("rewards.show", reward_id=reward_id), 303)


def state_of(offered: OfferedReward, today: date) -> tuple[str, str]:
    """Return the state of a reward for the list: its text and the type of its badge."""
    reward = offered.reward
    if reward.withdrawn_on is not None:
        state = "withdrawn"
    elif reward.ends_on is not None and reward.ends_on < today:
        state = "ended"
    elif reward.starts_on > today:
        state = "planned"
    else:
        state = "gone" if offered.sold_out else "offered"
    text, kind = STATES[state]
    return str(text), kind


def _place_id(form: RewardForm) -> int | None:
    """Return the place where the reward is valid. Raises Refused for an unknown code."""
    if not form.place.data:
        return None
    place: Place | None = place_queries.place(form.place.data)
    if place is None:
        raise Refused(N_("There is no unit with this code."))
    return place.id


def _form_page(page: str, form: RewardForm, **values: object) -> str | Page422:
    offered = place_queries.destinations(None, points=False)
    body = render_template(f"admin/rewards/{page}", form=form, destinations=offered, **values)
    return (body, 422) if request.method == "POST" else body
