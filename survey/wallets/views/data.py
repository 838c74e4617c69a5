"""A customer's own data: to read, to keep, to have deleted."""

import json

from flask import Response, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from survey import settings
from survey.outgoing import OWN_DATA, only
from survey.people import customers
from survey.people.phone_numbers import masked
from survey.rewards import erasure, wallet
from survey.wallets.data import of

from .visitor import blueprint, show, signed_out, visitor


@blueprint.get("/data")
def data() -> BaseResponse:
    customer = visitor().customer
    if customer is None:
        return _sign_in()
    known = [masked(value) if kind == "phone" else "" for kind, value in customers.identities(customer.id)]
    return show("data.html", customer=customer, known=known)


@blueprint.get("/data.json")
def download() -> BaseResponse:
    customer = visitor().customer
    if customer is None:
        return _sign_in()
    known = only(OWN_DATA, of(customer, settings.current().today()))
    text = json.dumps(known, ensure_ascii=False, indent=2)
    reply = Response(text + "\n", mimetype="application/json")
    reply.headers["Content-Disposition"] = 'attachment; filename="my-points.json"'
    return reply


@blueprint.get("/data/deletion")
def deletion() -> BaseResponse:
    return _ask_again()


@blueprint.post("/data/deletion")
def delete() -> BaseResponse:
    customer = visitor().customer
    if customer is not None and "sure" not in request.form:
        return _ask_again(_("Tick the box to confirm that you want to delete your wallet."), 422)
    if customer is not None:
        erasure.erase(customer.id, settings.current().today())
    return signed_out(redirect(url_for("wallets.deleted"), 303))


@blueprint.get("/deleted")
def deleted() -> BaseResponse:
    return show("deleted.html")


def _ask_again(wrong: str = "", status: int = 200) -> BaseResponse:
    customer = visitor().customer
    if customer is None:
        return _sign_in()
    contents = wallet.contents(customer.id, settings.current().today())
    return show("deletion.html", status, wallet=contents, wrong=wrong)


def _sign_in() -> BaseResponse:
    return redirect(url_for("wallets.sign_in"))
