"""Whoever asks for a page of a wallet: her device, her session, her language; and the token of her forms.

Her cookies are for /w alone: no answer is ever sent with them. Staff's session is not looked at.
"""

import hmac
import ipaddress
import secrets
import time
from functools import cached_property

from flask import Blueprint, Response, current_app, g, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from survey import i18n
from survey.errors import Explained
from survey.people import customers
from survey.people.models import Customer
from survey.refusal import Refused
from survey.rewards.views import percent_off_text
from survey.sealing import blind_index
from survey.wallets import cookies

blueprint = Blueprint("wallets", __name__, url_prefix="/w")

PATH = "/w"
DEVICE, SESSION = "device", "wallet"
YEAR = 31_536_000  # seconds


class Visitor:
    """``device`` is a random name of the device, made at its first visit."""

    def __init__(self) -> None:
        known = recalled(DEVICE, cookies.LIFETIME)
        self.device = known.values[0] if known else secrets.token_urlsafe(16)
        self.is_renewed = known is None or known.age > cookies.RENEWED_AFTER

    @cached_property
    def customer(self) -> Customer | None:
        """Who is signed in here."""
        session = recalled(SESSION, cookies.LIFETIME)
        if session is None:
            return None
        if session.age > cookies.RENEWED_AFTER:
            g.keep_session = session.values
        return customers.by_session(*session.values)

    @property
    def token(self) -> str:
        """What her forms carry: no other site and no other device knows it."""
        return blind_index(self.device, "wallet form").hex()[:32]

    @property
    def device_hash(self) -> bytes:
        """16 bytes that name the device to those who look for misuse."""
        return blind_index(self.device, "wallet device")[:16]

    @property
    def address(self) -> str:
        """Where the request came from; of IPv6 the network, for each of its phones has a lot of addresses."""
        text = request.remote_addr or ""
        try:
            address = ipaddress.ip_address(text)
        except ValueError:
            return text
        return text if address.version == 4 else str(ipaddress.ip_network(f"{text}/64", strict=False))


def visitor() -> Visitor:
    if "visitor" not in g:
        g.visitor = Visitor()
    return g.visitor


def recalled(name: str, lifetime: int) -> cookies.Opened | None:
    """What the cookie of this name holds."""
    cookie = request.cookies.get(name)
    return cookies.open_up(name, cookie, time.time(), lifetime) if cookie else None


def keep(response: BaseResponse, name: str, values: list[str], lifetime: int = cookies.LIFETIME) -> None:
    """Leaves ``values`` with the device."""
    sealed = cookies.close(name, values, time.time())
    is_secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    response.set_cookie(
        name, sealed, max_age=lifetime, path=PATH, httponly=True, samesite="Lax", secure=is_secure
    )


def forget(response: BaseResponse, name: str) -> None:
    response.delete_cookie(name, path=PATH)


def signed_in(response: BaseResponse, customer: Customer) -> BaseResponse:
    """From now on the device has her wallet."""
    g.keep_session = None
    keep(response, SESSION, [customer.number, customer.session_key])
    return response


def signed_out(response: BaseResponse) -> BaseResponse:
    g.keep_session = None
    forget(response, SESSION)
    return response


def show(template: str, status: int = 200, **values: object) -> Response:
    """A page of survey/wallets."""
    locale = i18n.locale_code()
    others = [(one, i18n.BCP47[one], name) for one, name in i18n.LOCALES.items() if one != locale]
    known = {
        "token": visitor().token,
        "language": i18n.language_of(locale),
        "direction": "ltr",
        "others": others,
        "text_of": lambda texts: i18n.text_of(texts, locale),
        "percent_off_text": percent_off_text,
    }
    return Response(render_template(f"survey/wallets/{template}", **known | values), status)


def offers_wechat() -> bool:
    """Whether she can sign in with WeChat: where it is set up, and only in WeChat itself does it work."""
    is_there = current_app.extensions["wechat"] is not None
    return is_there and "MicroMessenger" in request.headers.get("User-Agent", "")


def said(refused: Refused) -> str:
    return str(_(refused.text, **i18n.spell_dates(refused.detail)))


@blueprint.before_request
def check() -> None:
    """Refuses a form that does not come from a page of ours on this device."""
    if request.method in {"GET", "HEAD", "OPTIONS"}:
        return
    sent = request.form.get("token", "")
    is_ours = hmac.compare_digest(sent.encode(), visitor().token.encode())
    if not is_ours or request.headers.get("Sec-Fetch-Site") == "cross-site":
        text = _l("For your security, nothing was done. Please go back, reload the page and try again.")
        raise Explained(400, _l("This page has expired"), text)


@blueprint.after_request
def finish(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    if visitor().is_renewed:
        keep(response, DEVICE, [visitor().device])
    if g.get("keep_session"):
        keep(response, SESSION, g.keep_session)
    if (wish := request.args.get("lang")) in i18n.LOCALES:
        is_secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
        response.set_cookie(
            i18n.COOKIE, str(wish), max_age=YEAR, httponly=True, samesite="Lax", secure=is_secure
        )
    return response
