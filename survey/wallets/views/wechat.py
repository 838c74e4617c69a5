"""Signing in with WeChat: there and back, with a state that only this device can bring back."""

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
from .arrival import arrived, page
from .visitor import blueprint, forget, keep, recalled, show

STATE = "wechat"
"""The cookie with the state that was sent, and the claim to be taken."""


@blueprint.get("/wechat")
def wechat() -> BaseResponse:
    state = secrets.token_urlsafe(16)
    base = settings.current().public_url or request.host_url.rstrip("/")
    response = redirect(_account().address(base + url_for("wallets.wechat_back"), state), 303)
    keep(response, STATE, [state, request.args.get("claim", "")[: cookies.LONGEST]], cookies.BRIEF)
    return response


@blueprint.get("/wechat/back")
def wechat_back() -> BaseResponse:
    account, begun = _account(), recalled(STATE, cookies.BRIEF)
    state, claim = begun.values if begun else ("", "")
    came = request.args.get("state", "")
    is_mine = begun is not None and hmac.compare_digest(state.encode(), came.encode())
    response = _back(account, request.args.get("code", ""), claim) if is_mine else _failed(claim)
    forget(response, STATE)
    return response


def _back(account: WeChat, code: str, claim: str) -> BaseResponse:
    try:
        openid = account.openid(code)
    except VirtualAccount:
        return show("virtual.html", 422, code=claim)
    except Unconfirmed:
        return _failed(claim)
    return arrived(sign_in.by_wechat(openid, settings.current().today()), claim)


def _failed(claim: str) -> BaseResponse:
    wrong = _("WeChat could not confirm who you are. Please try again, or use your phone number.")
    return page(claim, None, wrong) if claim else session.page(wrong, 422)


def _account() -> WeChat:
    """Raises NotFound where there is none."""
    account: WeChat | None = current_app.extensions["wechat"]
    if account is None:
        raise NotFound
    return account
