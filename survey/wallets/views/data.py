"""The pages on which customers read, download and delete their own data."""

import json

from flask import Response, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from survey import settings
from survey.outgoing import OWN_DATA, keep_declared
from survey.people import customers
from survey.people.phone_numbers import masked
from survey.rewards import erasure, wallet
from survey.wallets.data import personal_data_of

from .visitor import blueprint, end_session, render, visitor


@blueprint.get("/data")
def data() -> BaseResponse:
    customer = visitor().customer
    if customer is None:
        return _sign_in()
    phone_numbers = [
        masked(value) if kind == "phone" else "" for kind, value in customers.identities(customer.id)
    ]
    return render("data.html", customer=customer, phone_numbers=phone_numbers)


@blueprint.get("/data.json")
def download() -> BaseResponse:
    customer = visitor().customer
    if customer is None:
        return _sign_in()
    personal_data = keep_declared(OWN_DATA, personal_data_of(customer, settings.current().today()))
    text = json.dumps(personal_data, ensure_ascii=False, indent=2)
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
    return end_session(redirect(url_for("wallets.deleted"), 303))


@blueprint.get("/deleted")
def deleted() -> BaseResponse:
    return render("deleted.html")


def _ask_again(wrong: str = "", status: int = 200) -> BaseResponse:
    customer = visitor().customer
    if customer is None:
        return _sign_in()
    contents = wallet.contents(customer.id, settings.current().today())
    return render("deletion.html", status, wallet=contents, wrong=wrong)


def _sign_in() -> BaseResponse:
    return redirect(url_for("wallets.sign_in"))
