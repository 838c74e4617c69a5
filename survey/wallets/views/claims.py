"""Taking the points of a claim: at once where she is signed in, else by her number or WeChat."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from survey.people.one_time_codes import TooMany
from survey.refusal import Refused
from survey.wallets import cookies

from .arrival import page, settle
from .code import ask
from .visitor import blueprint, said, visitor


@blueprint.get("/claims/")
def typed() -> BaseResponse:
    """Leads to the points of a code that was typed, or pasted with the whole address it was in."""
    written = "".join(request.args.get("code", "").split())
    code = written.partition("?")[0].rstrip("/").rpartition("/")[2][: cookies.LONGEST]
    return redirect(url_for("wallets.claim", code=code) if code else url_for("wallets.wallet"))


@blueprint.get("/claims/<code>")
def claim(code: str) -> BaseResponse:
    return page(code, visitor().customer)


@blueprint.post("/claims/<code>")
def take(code: str) -> BaseResponse:
    customer = visitor().customer
    if customer is not None:
        return settle(code, customer)
    try:
        return ask(request.form.get("phone", ""), code)
    except Refused as refused:
        return page(code, None, said(refused), 429 if isinstance(refused, TooMany) else 422)
