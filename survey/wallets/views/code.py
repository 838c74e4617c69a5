"""Proving a number: a code is sent to it, typed in, and whoever asked is in her wallet."""

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

from .arrival import arrived
from .visitor import blueprint, forget, keep, recalled, said, show, visitor

ASKED = "asked"
"""The cookie with the number that a code was sent to, and the claim to be taken."""


def ask(typed: str, claim: str) -> BaseResponse:
    """Sends a code to the number that was typed, and goes on to where it is asked for. Raises Refused."""
    number = parse(typed)
    with suppress(TooSoon):  # a double tap: the code is on its way
        _send(number)
    response = redirect(url_for("wallets.code"), 303)
    keep(response, ASKED, [number, claim[: cookies.LONGEST]], cookies.BRIEF)
    return response


@blueprint.get("/code")
def code() -> BaseResponse:
    asked = recalled(ASKED, cookies.BRIEF)
    if asked is None:
        return _begin_anew()
    number, claim = asked.values
    return _page(number, claim)


@blueprint.post("/code")
def enter() -> BaseResponse:
    asked = recalled(ASKED, cookies.BRIEF)
    if asked is None:
        return _begin_anew()
    number, claim = asked.values
    try:
        typed = _typed(request.form.get("code", ""))
        today = settings.current().today()
        customer = sign_in.by_code(number, typed, visitor().device, settings.now(), today)
    except Refused as refused:
        return _page(number, claim, said(refused), 422)
    response = arrived(customer, claim)
    forget(response, ASKED)
    return response


@blueprint.post("/code/again")
def send_again() -> BaseResponse:
    asked = recalled(ASKED, cookies.BRIEF)
    if asked is None:
        return _begin_anew()
    number, claim = asked.values
    try:
        _send(number)
    except Refused as refused:
        return _page(number, claim, said(refused), 429 if isinstance(refused, TooSoon | TooMany) else 422)
    response = redirect(url_for("wallets.code"), 303)
    keep(response, ASKED, [number, claim], cookies.BRIEF)
    return response


def _send(number: str) -> None:
    asker = Asker(number, visitor().device, visitor().address)
    text = _(
        "%(code)s is your verification code for your points. It is valid for 5 minutes. Do not share it.",
        code="{code}",
    )
    sign_in.ask(asker, settings.now(), _sender(), text)


def _typed(text: str) -> str:
    """Six digits, however they were typed."""
    digits = "".join(unicodedata.normalize("NFKC", text[:32]).split())
    if len(digits) != 6 or not (digits.isascii() and digits.isdigit()):
        raise Refused(N_("The code has 6 digits. Please enter it exactly as in the message."))
    return digits


def _page(number: str, claim: str, wrong: str = "", status: int = 200) -> BaseResponse:
    is_sent = _sender().is_sending
    return show("code.html", status, shown=masked(number), claim=claim, wrong=wrong, is_sent=is_sent)


def _sender() -> Sender:
    sender: Sender = current_app.extensions["sms"]
    return sender


def _begin_anew() -> BaseResponse:
    return redirect(url_for("wallets.sign_in"), 303)
