"""Taking the points of a claim: at once for a signed-in customer, else after proving a number or WeChat."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from survey.people.one_time_codes import TooMany
from survey.refusal import Refused
from survey.wallets import cookies

from .arrival import claim_page, take_points
from .code import send_code
from .visitor import blueprint, refusal_text, visitor


@blueprint.get("/claims/")
def open_typed_code() -> BaseResponse:
    """Lead to the claim of a code that was typed, or pasted with its whole address."""
    text = "".join(request.args.get("code", "").split())
    code = text.partition("?")[0].rstrip("/").rpartition("/")[2][: cookies.LONGEST]
    return redirect(url_for("wallets.claim", code=code) if code else url_for("wallets.wallet"))


@blueprint.get("/claims/<code>")
def claim(code: str) -> BaseResponse:
    return claim_page(code, visitor().customer)


@blueprint.post("/claims/<code>")
def take(code: str) -> BaseResponse:
    customer = visitor().customer
    if customer is not None:
        return take_points(code, customer)
    try:
        return send_code(request.form.get("phone", ""), code)
    except Refused as refused:
        return claim_page(code, None, refusal_text(refused), 429 if isinstance(refused, TooMany) else 422)
