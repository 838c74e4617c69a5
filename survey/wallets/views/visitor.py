"""The visitor of a page of a wallet: their device, session and language, and the token of their forms.

Their cookies are for /w alone: no response is ever sent with them. Users' sessions are not read.
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
    """A visitor of the pages of a wallet; ``device`` is a random name of their device, made at the first
    visit."""

    def __init__(self) -> None:
        remembered = read_cookie(DEVICE, cookies.LIFETIME)
        self.device = remembered.values[0] if remembered else secrets.token_urlsafe(16)
        self.is_renewed = remembered is None or remembered.age > cookies.RENEWED_AFTER

    @cached_property
    def customer(self) -> Customer | None:
        """Return the customer who is signed in on this device."""
        session = read_cookie(SESSION, cookies.LIFETIME)
        if session is None:
            return None
        if session.age > cookies.RENEWED_AFTER:
            g.keep_session = session.values
        return customers.by_session(*session.values)

    @property
    def token(self) -> str:
        """Return the token of the visitor's forms, which no other site and no other device knows."""
        return blind_index(self.device, "wallet form").hex()[:32]

    @property
    def device_hash(self) -> bytes:
        """Return 16 bytes that identify the device when misuse is looked for."""
        return blind_index(self.device, "wallet device")[:16]

    @property
    def address(self) -> str:
        """Return the address of the request; of IPv6 its /64 network, because a phone has many addresses in
        it."""
        text = request.remote_addr or ""
        try:
            address = ipaddress.ip_address(text)
        except ValueError:
            return text
        return text if address.version == 4 else str(ipaddress.ip_network(f"{text}/64", strict=False))


def visitor() -> Visitor:
    """Return the visitor of this request, made once."""
    if "visitor" not in g:
        g.visitor = Visitor()
    return g.visitor


def read_cookie(name: str, lifetime: int) -> cookies.OpenedCookie | None:
    """Return the content of the cookie with this name, None when it is missing, not ours or too old."""
    cookie = request.cookies.get(name)
    return cookies.open_cookie(name, cookie, time.time(), lifetime) if cookie else None


def set_cookie(
    response: BaseResponse, name: str, values: list[str], lifetime: int = cookies.LIFETIME
) -> None:
    """Set a cookie of ``values`` on the device for ``lifetime`` seconds."""
    sealed = cookies.seal_cookie(name, values, time.time())
    is_secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    response.set_cookie(
        name, sealed, max_age=lifetime, path=PATH, httponly=True, samesite="Lax", secure=is_secure
    )


def delete_cookie(response: BaseResponse, name: str) -> None:
    response.delete_cookie(name, path=PATH)


def start_session(response: BaseResponse, customer: Customer) -> BaseResponse:
    """Sign the customer in on this device."""
    g.keep_session = None
    set_cookie(response, SESSION, [customer.number, customer.session_key])
    return response


def end_session(response: BaseResponse) -> BaseResponse:
    """Sign the customer out on this device."""
    g.keep_session = None
    delete_cookie(response, SESSION)
    return response


def render(template: str, status: int = 200, **values: object) -> Response:
    """Return a page of templates/survey/wallets."""
    locale = i18n.locale_code()
    others = [(other, i18n.BCP47[other], name) for other, name in i18n.LOCALES.items() if other != locale]
    shared = {
        "token": visitor().token,
        "language": i18n.language_of(locale),
        "direction": "ltr",
        "others": others,
        "text_of": lambda texts: i18n.text_of(texts, locale),
        "percent_off_text": percent_off_text,
    }
    return Response(render_template(f"survey/wallets/{template}", **shared | values), status)


def offers_wechat() -> bool:
    """Return whether the visitor can sign in with WeChat: it is set up, and the browser is WeChat's own."""
    is_there = current_app.extensions["wechat"] is not None
    return is_there and "MicroMessenger" in request.headers.get("User-Agent", "")


def refusal_text(refused: Refused) -> str:
    """Return the translated reason of a refusal."""
    return str(_(refused.text, **i18n.spell_dates(refused.detail)))


@blueprint.before_request
def check_token() -> None:
    """Refuse a form that does not come from a page of ours on this device."""
    if request.method in {"GET", "HEAD", "OPTIONS"}:
        return
    sent = request.form.get("token", "")
    is_ours = hmac.compare_digest(sent.encode(), visitor().token.encode())
    if not is_ours or request.headers.get("Sec-Fetch-Site") == "cross-site":
        text = _l("For your security, nothing was done. Please go back, reload the page and try again.")
        raise Explained(400, _l("This page has expired"), text)


@blueprint.after_request
def finish_response(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    if visitor().is_renewed:
        set_cookie(response, DEVICE, [visitor().device])
    if g.get("keep_session"):
        set_cookie(response, SESSION, g.keep_session)
    if (language := request.args.get("lang")) in i18n.LOCALES:
        is_secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
        response.set_cookie(
            i18n.COOKIE, str(language), max_age=YEAR, httponly=True, samesite="Lax", secure=is_secure
        )
    return response
