"""The views for signing in without a claim and for signing out."""

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from survey.people import customers
from survey.people.one_time_codes import TooMany
from survey.refusal import Refused

from .code import send_code
from .visitor import blueprint, end_session, offers_wechat, refusal_text, render, visitor


@blueprint.get("/sign-in")
def sign_in() -> BaseResponse:
    return redirect(url_for("wallets.wallet")) if visitor().customer else sign_in_page()


@blueprint.post("/sign-in")
def sign_in_by_number() -> BaseResponse:
    typed = request.form.get("phone", "")
    try:
        return send_code(typed, claim="")
    except Refused as refused:
        return sign_in_page(refusal_text(refused), 429 if isinstance(refused, TooMany) else 422, typed)


def sign_in_page(wrong: str = "", status: int = 200, phone: str = "") -> Response:
    return render("sign_in.html", status, wrong=wrong, phone=phone, wechat=offers_wechat())


@blueprint.post("/sign-out")
def sign_out() -> BaseResponse:
    return end_session(redirect(url_for("wallets.sign_in"), 303))


@blueprint.post("/sign-out-everywhere")
def sign_out_everywhere() -> BaseResponse:
    customer = visitor().customer
    if customer is not None:
        customers.sign_out_everywhere(customer.id)
    return end_session(redirect(url_for("wallets.sign_in"), 303))
