"""The views for signing in with WeChat, which check a state that only this device can return."""

import hmac
import secrets

from flask import current_app, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as BaseResponse

from survey import settings
from survey.channels.wechat import Unconfirmed, VirtualAccount, WeChat
from survey.wallets import cookies, sign_in

from . import session
from .arrival import claim_page, finish_sign_in
from .visitor import blueprint, delete_cookie, read_cookie, render, set_cookie

STATE_COOKIE = "wechat"
"""The cookie with the state that was sent, and the claim to be taken."""


@blueprint.get("/wechat")
def wechat() -> BaseResponse:
    state = secrets.token_urlsafe(16)
    base = settings.current().public_url or request.host_url.rstrip("/")
    response = redirect(_account().address(base + url_for("wallets.wechat_back"), state), 303)
    set_cookie(
        response, STATE_COOKIE, [state, request.args.get("claim", "")[: cookies.LONGEST]], cookies.BRIEF
    )
    return response


@blueprint.get("/wechat/back")
def wechat_back() -> BaseResponse:
    account, pending = _account(), read_cookie(STATE_COOKIE, cookies.BRIEF)
    state, claim = pending.values if pending else ("", "")
    returned = request.args.get("state", "")
    is_mine = pending is not None and hmac.compare_digest(state.encode(), returned.encode())
    response = _sign_in(account, request.args.get("code", ""), claim) if is_mine else _failure_page(claim)
    delete_cookie(response, STATE_COOKIE)
    return response


def _sign_in(account: WeChat, code: str, claim: str) -> BaseResponse:
    """Sign in the customer whom WeChat confirms for ``code``, or show why not."""
    try:
        openid = account.openid(code)
    except VirtualAccount:
        return render("virtual.html", 422, code=claim)
    except Unconfirmed:
        return _failure_page(claim)
    return finish_sign_in(sign_in.by_wechat(openid, settings.current().today()), claim)


def _failure_page(claim: str) -> BaseResponse:
    wrong = _("WeChat could not confirm who you are. Please try again, or use your phone number.")
    return claim_page(claim, None, wrong) if claim else session.sign_in_page(wrong, 422)


def _account() -> WeChat:
    """Return the WeChat account. Raises NotFound when none is set up."""
    account: WeChat | None = current_app.extensions["wechat"]
    if account is None:
        raise NotFound
    return account
