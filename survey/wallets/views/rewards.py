"""The pages of rewards: a reward, redeeming it, and the code that the customer then shows."""

import uuid
from datetime import date

from flask import abort, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from survey import settings
from survey.channels import qr
from survey.people.models import Customer
from survey.places import queries as places
from survey.refusal import Refused
from survey.rewards import catalogue, own_codes, redemption
from survey.rewards import wallet as wallets
from survey.rewards.models.catalogue import Reward
from survey.rewards.own_codes import PARTNERS, OwnCode

from .visitor import blueprint, refusal_text, render, visitor

STATES = {
    "reserved": _l("Ready to use"),
    PARTNERS: _l("Ready to use"),
    "fulfilled": _l("Used"),
    "cancelled": _l("Cancelled"),
    "expired": _l("Expired"),
}


@blueprint.get("/rewards/<int:reward_id>")
def reward(reward_id: int) -> BaseResponse:
    customer = visitor().customer
    return _reward_page(customer, reward_id) if customer else redirect(url_for("wallets.sign_in"))


@blueprint.post("/rewards/<int:reward_id>")
def redeem(reward_id: int) -> BaseResponse:
    """Redeem the reward. The form has the id of the redemption, so that sending it again is idempotent."""
    customer = visitor().customer
    if customer is None:
        return redirect(url_for("wallets.sign_in"), 303)
    try:
        form_id = uuid.UUID(request.form.get("redemption", ""))
        price = int(request.form.get("price", ""))
    except ValueError:
        abort(400)
    place_code = request.form.get("place", "")
    place = places.place(place_code) if place_code else None
    today = settings.current().today()
    try:
        redemption.reserve(form_id, customer.id, reward_id, price, today, place.id if place else None)
    except Refused as refused:
        return _reward_page(customer, reward_id, refusal_text(refused), place_code)
    return redirect(url_for("wallets.code_of", redemption_id=form_id), 303)


@blueprint.get("/codes/<uuid:redemption_id>")
def code_of(redemption_id: uuid.UUID) -> BaseResponse:
    customer = visitor().customer
    return _code_page(customer, redemption_id) if customer else redirect(url_for("wallets.sign_in"))


@blueprint.post("/codes/<uuid:redemption_id>/cancellation")
def cancel(redemption_id: uuid.UUID) -> BaseResponse:
    customer = visitor().customer
    if customer is None:
        return redirect(url_for("wallets.sign_in"), 303)
    try:
        redemption.cancel(redemption_id, customer.id, settings.current().today())
    except Refused as refused:
        return _code_page(customer, redemption_id, refusal_text(refused))
    return redirect(url_for("wallets.code_of", redemption_id=redemption_id), 303)


def draw_code(own: OwnCode) -> str:
    """Return the code as a QR code in SVG."""
    return qr.svg(own.code, _("Your code"))


def _reward_page(customer: Customer, reward_id: int, wrong: str = "", chosen: str = "") -> BaseResponse:
    offer = catalogue.offered_reward(reward_id)
    if offer is None:
        abort(404)
    today = settings.current().today()
    return render(
        "reward.html",
        422 if wrong else 200,
        closed=_refusal_today(offer.reward, today),
        offer=offer,
        reward=offer.reward,
        places=catalogue.points_with_stock(offer.reward),
        points=wallets.contents(customer.id, today).points,
        form_id=uuid.uuid4(),
        wrong=wrong,
        chosen=chosen,
    )


def _refusal_today(reward: Reward, today: date) -> str:
    """Return why nobody can have the reward today; "" when it is on offer."""
    try:
        catalogue.check_offered(reward, today)
    except Refused as refused:
        return refusal_text(refused)
    return ""


def _code_page(customer: Customer, redemption_id: uuid.UUID, wrong: str = "") -> BaseResponse:
    own = own_codes.own_code(customer.id, redemption_id, settings.current().today())
    if own is None:
        abort(404)
    values = {"own": own, "redemption": own.redemption, "reward": own.redemption.reward}
    return render(
        "own_code.html", 422 if wrong else 200, draw=draw_code, states=STATES, wrong=wrong, **values
    )
