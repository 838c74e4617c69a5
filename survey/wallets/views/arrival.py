"""The page of a claim, and the page that a customer reaches by signing in: the taken points or their
wallet."""

import time

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from survey import settings
from survey.people.models import Customer
from survey.refusal import Refused
from survey.rewards import doubting, taking, wallet
from survey.rewards.taking import TakenPoints

from .visitor import offers_wechat, refusal_text, render, start_session, visitor


def finish_sign_in(customer: Customer, claim: str) -> BaseResponse:
    """Sign the customer in, and take the points of the claim that they came for ("": none)."""
    response = take_points(claim, customer) if claim else redirect(url_for("wallets.wallet"), 303)
    return start_session(response, customer)


def take_points(code: str, customer: Customer) -> BaseResponse:
    """Take the points, and lead to a page that shows that they are taken or why not."""
    today, mark = settings.current().today(), request.cookies.get(doubting.COOKIE, "")
    signs = doubting.signs(visitor().device_hash, customer.id, mark, time.time(), today)
    try:
        taking.take(code, customer.id, today, signs)
    except Refused as refused:
        return claim_page(code, customer, refusal_text(refused))
    return redirect(url_for("wallets.claim", code=code), 303)


def claim_page(code: str, customer: Customer | None, wrong: str = "", status: int = 422) -> Response:
    """Return the page of the claim with this code; ``wrong`` says why a request was refused."""
    customer_id = customer.id if customer else None
    today = settings.current().today()
    try:
        outcome = taking.look_up(code, customer_id, today)
    except Refused as refused:
        text = wrong or refusal_text(refused)
        return render("refused.html", status if wrong else 404, text=text)
    if isinstance(outcome, TakenPoints):
        balance = wallet.contents(customer_id, today).points if customer_id else 0
        return render("taken.html", taken=outcome, balance=balance)
    typed = request.form.get("phone", "")
    return render(
        "claim.html",
        status if wrong else 200,
        claim=outcome,
        code=code,
        customer=customer,
        phone=typed,
        wechat=offers_wechat(),
        wrong=wrong,
    )
