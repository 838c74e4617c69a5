"""What a claim shows, and where a customer arrives once she is known: her points taken, or her wallet."""

import time

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from survey import settings
from survey.people.models import Customer
from survey.refusal import Refused
from survey.rewards import doubting, taking, wallet
from survey.rewards.taking import TakenPoints

from .visitor import offers_wechat, said, show, signed_in, visitor


def arrived(customer: Customer, claim: str) -> BaseResponse:
    """Signs her in, and takes the points of the claim she came for ("": none)."""
    response = settle(claim, customer) if claim else redirect(url_for("wallets.wallet"), 303)
    return signed_in(response, customer)


def settle(code: str, customer: Customer) -> BaseResponse:
    """Takes the points, and shows that they are taken or why not."""
    today, mark = settings.current().today(), request.cookies.get(doubting.COOKIE, "")
    signs = doubting.signs(visitor().device_hash, customer.id, mark, time.time(), today)
    try:
        taking.take(code, customer.id, today, signs)
    except Refused as refused:
        return page(code, customer, said(refused))
    return redirect(url_for("wallets.claim", code=code), 303)


def page(code: str, customer: Customer | None, wrong: str = "", status: int = 422) -> Response:
    """What there is under this code; ``wrong`` is why what was asked for was not done."""
    mine = customer.id if customer else None
    today = settings.current().today()
    try:
        found = taking.look_up(code, mine, today)
    except Refused as refused:
        text = wrong or said(refused)
        return show("refused.html", status if wrong else 404, text=text)
    if isinstance(found, TakenPoints):
        balance = wallet.contents(mine, today).points if mine else 0
        return show("taken.html", taken=found, balance=balance)
    typed = request.form.get("phone", "")
    return show(
        "claim.html",
        status if wrong else 200,
        claim=found,
        code=code,
        customer=customer,
        phone=typed,
        wechat=offers_wechat(),
        wrong=wrong,
    )
