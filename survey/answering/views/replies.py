"""Replies of the customers' pages, and what these read from a request."""

from flask import Blueprint, Response, current_app, render_template, request
from flask_babel import force_locale
from werkzeug.wrappers import Response as BaseResponse

from survey import i18n, settings
from survey.answering import pages, queries
from survey.answering.flood import Floods
from survey.answering.links import LimitSnapshot, LinkCache, OpenLink
from survey.answering.page_sessions import COOKIE, PageSession, PageSessions, cookie_header
from survey.i18n import text_of

blueprint = Blueprint("answering", __name__)

ONCE = "once"
YEAR = 31_536_000


def links() -> LinkCache:
    return current_app.extensions["answering"][0]


def page_sessions() -> PageSessions:
    return current_app.extensions["answering"][1]


def floods() -> Floods:
    return current_app.extensions["answering"][2]


def asks_for_proof(link: OpenLink) -> bool:
    """Return whether pages of this link ask for a proof of work now; without points they never do."""
    return bool(link.offer.points) and floods().is_on(link.id)


def language_of(link: OpenLink) -> str:
    return i18n.choose_language(link.languages)


def recall_page(link: OpenLink) -> PageSession | None:
    """Return the page of this link that the device opened before, or None."""
    cookie = request.cookies.get(COOKIE) if "Cookie" in request.headers else None
    return page_sessions().recall(cookie, link) if cookie else None


def is_stored(opened: PageSession) -> bool:
    return queries.is_stored(opened.page.place_id, opened.page.submission_id)


def refusal_reason(link: OpenLink) -> str | None:
    """Return why this device may not answer now: a reason of ResponseLimits.closed(), ONCE, or None."""
    if not link.limits:
        return None
    has_answered = any(_mark(snapshot) in request.cookies for snapshot in link.once)
    return link.closed() or (ONCE if has_answered else None)


def _mark(snapshot: LimitSnapshot) -> str:
    """Return the name of the cookie that says that this device has answered."""
    return f"answered_{snapshot.table}_{snapshot.id}"


def redirect_to_thanks(link: OpenLink, opened: PageSession) -> BaseResponse:
    """Return the redirect to the thanks for stored answers, with the cookies of the page and the limits."""
    response = Response(status=303, headers={"Location": address(link, "/thanks")})
    set_page_cookie(response, link, page_sessions().renew(opened, link) if opened.is_stale else opened)
    for snapshot in link.once:
        response.set_cookie(
            _mark(snapshot), "1", max_age=YEAR, path="/s/", httponly=True, samesite="Lax", secure=_secure()
        )
    return response


def page_reply(body: bytes, link: OpenLink, opened: PageSession) -> Response:
    response = Response(body)
    # Going back to a posted page shows it as it was left only if the browser may cache it; otherwise the
    # browser asks to send the form again. The first page is requested again, since it may redirect to the
    # thanks by now.
    response.headers["Cache-Control"] = "no-store" if request.method == "GET" else "private, no-cache"
    set_page_cookie(response, link, opened)
    if request.query_string and "lang" in request.args:
        language = language_of(link)
        value = next((locale for locale in i18n.LOCALES if i18n.language_of(locale) == language), language)
        response.set_cookie(i18n.COOKIE, value, max_age=YEAR, httponly=True, samesite="Lax", secure=_secure())
    return response


def closed_page(link: OpenLink | None, why: str | None = None) -> BaseResponse:
    """Return the page that says that the link is unknown or retired, or ``why`` it accepts no response."""
    if link is None or why is None:
        status = 404 if link is None else 410
        return render_page("closed.html", link, status, why=None, closed_text="", opens_at="")
    language = language_of(link)
    own = [snapshot.limit.closed_text for snapshot in reversed(link.limits) if snapshot.limit.closed_text]
    opens = [snapshot.limit.opens_at for snapshot in link.limits if snapshot.limit.opens_at]
    text = text_of(own[0], language) if own and why != ONCE else ""
    opens_at = i18n.moment_text(max(opens), settings.current().timezone) if opens else ""
    return render_page("closed.html", link, 410, why=why, closed_text=text, opens_at=opens_at)


def refusal_page(link: OpenLink, status: int, text: str) -> BaseResponse:
    return render_page("refused.html", link, status, text=text)


def render_page(name: str, link: OpenLink | None, status: int, **values: object) -> BaseResponse:
    if link is not None:
        language = language_of(link)
        words = pages.page_words(link, language)
    else:
        language = i18n.language_of(i18n.choose_locale())
        words = pages.words_without_link(language)
    with force_locale(i18n.screen_of(language)):
        body = render_template(f"survey/answering/{name}", link=link, **words, **values)
    return forbid_caching(Response(body, status))


def set_page_cookie(response: BaseResponse, link: OpenLink, opened: PageSession) -> None:
    response.headers.add("Set-Cookie", cookie_header(opened, link, _secure()))


def _secure() -> bool:
    return bool(current_app.config["SESSION_COOKIE_SECURE"])


def forbid_caching(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


def address(link: OpenLink, tail: str = "") -> str:
    """Return the path of a page of this link, with the language that the request asks for."""
    wish = request.args.get("lang", "") if request.query_string else ""
    is_known = wish in i18n.LOCALES or wish in link.languages
    return f"/s/{link.code}{tail}" + (f"?lang={wish}" if is_known else "")
