"""Proving a number: a code is sent to it, and the customer who enters the code is in their wallet."""

import unicodedata
from contextlib import suppress

from flask import current_app, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from survey import settings
from survey.channels.sms import Sender
from survey.people.one_time_codes import Asker, TooMany, TooSoon
from survey.people.phone_numbers import masked, parse
from survey.refusal import N_, Refused
from survey.wallets import cookies, sign_in

from .arrival import finish_sign_in
from .visitor import blueprint, delete_cookie, read_cookie, refusal_text, render, set_cookie, visitor

CODE_COOKIE = "asked"
"""The cookie with the number that a code was sent to, and the claim to be taken."""


def send_code(typed: str, claim: str) -> BaseResponse:
    """Send a code to the typed number, and lead to the page that asks for the code. Raises Refused."""
    number = parse(typed)
    with suppress(TooSoon):  # a double tap: the code is on its way
        _send(number)
    response = redirect(url_for("wallets.code"), 303)
    set_cookie(response, CODE_COOKIE, [number, claim[: cookies.LONGEST]], cookies.BRIEF)
    return response


@blueprint.get("/code")
def code() -> BaseResponse:
    pending = read_cookie(CODE_COOKIE, cookies.BRIEF)
    if pending is None:
        return _to_sign_in()
    number, claim = pending.values
    return _code_page(number, claim)


@blueprint.post("/code")
def enter() -> BaseResponse:
    pending = read_cookie(CODE_COOKIE, cookies.BRIEF)
    if pending is None:
        return _to_sign_in()
    number, claim = pending.values
    try:
        typed = _parse_code(request.form.get("code", ""))
        today = settings.current().today()
        customer = sign_in.by_code(number, typed, visitor().device, settings.now(), today)
    except Refused as refused:
        return _code_page(number, claim, refusal_text(refused), 422)
    response = finish_sign_in(customer, claim)
    delete_cookie(response, CODE_COOKIE)
    return response


@blueprint.post("/code/again")
def send_again() -> BaseResponse:
    pending = read_cookie(CODE_COOKIE, cookies.BRIEF)
    if pending is None:
        return _to_sign_in()
    number, claim = pending.values
    try:
        _send(number)
    except Refused as refused:
        return _code_page(
            number, claim, refusal_text(refused), 429 if isinstance(refused, TooSoon | TooMany) else 422
        )
    response = redirect(url_for("wallets.code"), 303)
    set_cookie(response, CODE_COOKIE, [number, claim], cookies.BRIEF)
    return response


def _send(number: str) -> None:
    """Send a code to the number. Raises Refused as sign_in.send_code() does."""
    asker = Asker(number, visitor().device, visitor().address)
    text = _(
        "%(code)s is your verification code for your points. It is valid for 5 minutes. Do not share it.",
        code="{code}",
    )
    sign_in.send_code(asker, settings.now(), _sender(), text)


def _parse_code(text: str) -> str:
    """Return the six digits of a typed code, in NFKC form and without blanks. Raises Refused."""
    digits = "".join(unicodedata.normalize("NFKC", text[:32]).split())
    if len(digits) != 6 or not (digits.isascii() and digits.isdigit()):
        raise Refused(N_("The code has 6 digits. Please enter it exactly as in the message."))
    return digits


def _code_page(number: str, claim: str, wrong: str = "", status: int = 200) -> BaseResponse:
    is_sent = _sender().is_sending
    return render("code.html", status, shown=masked(number), claim=claim, wrong=wrong, is_sent=is_sent)


def _sender() -> Sender:
    sender: Sender = current_app.extensions["sms"]
    return sender


def _to_sign_in() -> BaseResponse:
    return redirect(url_for("wallets.sign_in"), 303)
