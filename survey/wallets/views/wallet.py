"""The page of a wallet: its points, their expiry and their history."""

from flask import redirect, request, url_for
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from werkzeug.wrappers import Response as BaseResponse

from survey import settings
from survey.rewards import catalogue, own_codes
from survey.rewards import wallet as wallets
from survey.rewards.wallet import PAGE

from .rewards import STATES, draw_code
from .visitor import blueprint, render, visitor

REASONS = {
    "claim": _l("For your feedback"),
    "vest": _l("Review passed, credited"),
    "void": _l("Review: not granted"),
    "hold": lazy_pgettext("points history", "Redeemed"),
    "release": _l("Redemption cancelled or expired, points returned"),
    "redeem": _l("Collected"),
    "undo": _l("Handover undone"),
    "expire": lazy_pgettext("points", "Expired"),
    "adjust": _l("Adjustment"),
    "erase": _l("Wallet deleted"),
}
LONGEST = 10_000
"""Paging through the history ends after so many lines."""


@blueprint.get("/")
def wallet() -> BaseResponse:
    customer = visitor().customer
    if customer is None:
        return redirect(url_for("wallets.sign_in"))
    today = settings.current().today()
    offset = min(request.args.get("from", 0, int), LONGEST)
    lines = wallets.history(customer.id, max(offset, 0), PAGE + 1)
    return render(
        "show.html",
        customer=customer,
        wallet=wallets.contents(customer.id, today),
        offers=catalogue.rewards_on_offer(today),
        codes=own_codes.codes_of(customer.id, today),
        states=STATES,
        draw=draw_code,
        lines=lines[:PAGE],
        offset=offset,
        older=offset + PAGE if len(lines) > PAGE else None,
        reasons=REASONS,
    )
