"""What the customers' pages reply with, and what they find in a request."""

from flask import Blueprint, Response, current_app, redirect, render_template, request
from flask_babel import force_locale
from werkzeug.wrappers import Response as BaseResponse

from survey import i18n, settings
from survey.answering import pages, queries
from survey.answering.flood import Floods
from survey.answering.links import Kept, Links, OpenLink
from survey.answering.page_sessions import COOKIE, Desk, Opened, cookie_header
from survey.i18n import text_of

blueprint = Blueprint("answering", __name__)

ONCE = "once"
YEAR = 31_536_000


def links() -> Links:
    return current_app.extensions["answering"][0]


def desk() -> Desk:
    return current_app.extensions["answering"][1]


def floods() -> Floods:
    return current_app.extensions["answering"][2]


def asks_for_proof(link: OpenLink) -> bool:
    """Whether a page of this link asks for a proof of work now: only points are worth one."""
    return bool(link.offer.points) and floods().is_on(link.id)


def language_of(link: OpenLink) -> str:
    return i18n.choose_language(link.languages)


def recalled(link: OpenLink) -> Opened | None:
    """The page of this link that the device opened before."""
    cookie = request.cookies.get(COOKIE) if "Cookie" in request.headers else None
    return desk().recall(cookie, link) if cookie else None


def is_stored(link: OpenLink, opened: Opened) -> bool:
    return queries.is_stored(link.place_id, opened.page.submission_id)


def barred(link: OpenLink) -> str | None:
    """Why this device may not answer now: a reason of Limit.closed(), or ONCE; None when it may."""
    if not link.limits:
        return None
    has_answered = any(_mark(kept) in request.cookies for kept in link.once)
    return link.closed() or (ONCE if has_answered else None)


def _mark(kept: Kept) -> str:
    """The cookie that says that this device has answered."""
    return f"answered_{kept.table}_{kept.id}"


def to_thanks(link: OpenLink) -> BaseResponse:
    return redirect(address(link, "/thanks"), 303)


def thanked(link: OpenLink, opened: Opened) -> BaseResponse:
    """On to the thanks, after handing in."""
    response = Response(status=303, headers={"Location": address(link, "/thanks")})
    keep(response, link, opened)
    for kept in link.once:
        response.set_cookie(
            _mark(kept), "1", max_age=YEAR, path="/s/", httponly=True, samesite="Lax", secure=_secure()
        )
    return response


def opened_page(body: bytes, link: OpenLink, opened: Opened) -> Response:
    response = Response(body)
    # Back to a page that was posted shows it as it was left, where the browser may keep it; else it asks to
    # send again what led there. The first page comes anew, for it may lead to the thanks by now.
    response.headers["Cache-Control"] = "no-store" if request.method == "GET" else "private, no-cache"
    keep(response, link, opened)
    if request.query_string and "lang" in request.args:
        language = language_of(link)
        value = next((one for one in i18n.LOCALES if i18n.language_of(one) == language), language)
        response.set_cookie(i18n.COOKIE, value, max_age=YEAR, httponly=True, samesite="Lax", secure=_secure())
    return response


def closed(link: OpenLink | None, why: str | None = None) -> BaseResponse:
    """There is no such link, it is retired, or ``why`` its limits say no."""
    if link is None or why is None:
        return page("closed.html", link, 404 if link is None else 410, why=None, said="", opens_at="")
    language = language_of(link)
    own = [kept.limit.closed_text for kept in reversed(link.limits) if kept.limit.closed_text]
    opens = [kept.limit.opens_at for kept in link.limits if kept.limit.opens_at]
    said = text_of(own[0], language) if own and why != ONCE else ""
    opens_at = i18n.moment_text(max(opens), settings.current().timezone) if opens else ""
    return page("closed.html", link, 410, why=why, said=said, opens_at=opens_at)


def refused(link: OpenLink, status: int, text: str) -> BaseResponse:
    return page("refused.html", link, status, text=text)


def page(name: str, link: OpenLink | None, status: int, **values: object) -> BaseResponse:
    if link is not None:
        language = language_of(link)
        words = pages.words(link, language)
    else:
        language = i18n.language_of(i18n.choose_locale())
        words = pages.nameless(language)
    with force_locale(i18n.screen_of(language)):
        body = render_template(f"survey/answering/{name}", link=link, **words, **values)
    return no_store(Response(body, status))


def keep(response: BaseResponse, link: OpenLink, opened: Opened) -> None:
    response.headers.add("Set-Cookie", cookie_header(opened, link, _secure()))


def _secure() -> bool:
    return bool(current_app.config["SESSION_COOKIE_SECURE"])


def no_store(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


def address(link: OpenLink, tail: str = "") -> str:
    """A page of this link, in the language that was asked for in the address."""
    wish = request.args.get("lang", "") if request.query_string else ""
    known = wish in i18n.LOCALES or wish in link.languages
    return f"/s/{link.code}{tail}" + (f"?lang={wish}" if known else "")
