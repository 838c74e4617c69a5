"""The pages on which a customer answers. They ask the database for nothing that they can know."""

from dataclasses import replace

from flask import Blueprint, Flask, Response, current_app, redirect, render_template, request
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from survey import i18n
from survey.channels import qr
from survey.invitations.rules import normalise
from survey.questionnaires.rules.reading import Reading, UnknownField, read
from survey.rewards import claims
from survey.settings import Settings

from . import pages, queries
from .door import Door
from .forms import LONGEST_BODY, BadForm, read_form
from .links import Links, OpenLink
from .opening import COOKIE, Desk, Opened, cookie_header
from .submission import HandIn, hand_in
from .tokens import BadToken, StaleToken

blueprint = Blueprint("answering", __name__)


def init_app(app: Flask) -> None:
    settings: Settings = app.config["SETTINGS"]
    links, desk = Links(settings.link_seconds), Desk(settings.secret_key)
    app.extensions["answering"] = (links, desk)
    app.wsgi_app = Door(app.wsgi_app, links, desk, settings)  # type: ignore[method-assign]
    app.register_blueprint(blueprint)


def _links() -> Links:
    return current_app.extensions["answering"][0]  # type: ignore[no-any-return]


def _desk() -> Desk:
    return current_app.extensions["answering"][1]  # type: ignore[no-any-return]


@blueprint.get("/s/<code>")
def answer(code: str) -> BaseResponse:
    link = _links().find(normalise(code))
    if link is None or not link.open:
        return _closed(link)
    opened = None
    cookie = request.cookies.get(COOKIE) if "Cookie" in request.headers else None
    if cookie and "again" not in request.args:
        opened = _desk().recall(cookie, link)
        if opened is not None and queries.is_stored(link.place_id, opened.page.submission_id):
            return redirect(_address(link, "/thanks"), 303)
        if opened is not None and opened.page.version_id != link.version_id:
            opened = _desk().renew(opened, link)
    opened = opened or _desk().open(link)
    return _opened_page(
        pages.fresh(link, i18n.choose_locale(), opened.page_token, opened.claim_token), link, opened
    )


@blueprint.post("/s/<code>")
def hand_in_answers(code: str) -> BaseResponse:
    link = _links().find(normalise(code))
    if link is None or not link.open:
        return _closed(link)
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        return _refused(link, 400, _("This page was sent from another site. Please open the link again."))
    request.max_content_length = LONGEST_BODY
    try:
        fields = read_form(request.content_type or "", request.get_data(cache=False))
        page_token, claim_token = fields.pop("page", ""), fields.pop("claim", "")
        opened = _desk().reopen(page_token, claim_token, link)
        return _take(link, opened, fields)
    except StaleToken:
        notice = _("This page was open for more than a day. Please check your answers and send them again.")
        return _again(link, _desk().open(link), fields, {}, notice)
    except (BadForm, BadToken, UnknownField):
        return _refused(link, 400, _("We could not read this page. Please open the link again."))


def _take(link: OpenLink, opened: Opened, fields: dict[str, str]) -> BaseResponse:
    """Checks ``fields`` against the version the page was rendered from, and stores them."""
    asked = _as_rendered(link, opened.page.version_id)
    if asked is None or asked.definition is None:
        codes = link.definition.by_code if link.definition else {}
        kept = {code: text for code, text in fields.items() if code in codes}
        notice = _("The questions have changed since you opened this page. Please check your answers.")
        return _again(link, _desk().renew(opened, link), kept, {}, notice)
    reading = read(asked.definition, fields)
    if reading.errors:
        return _again(asked, opened, fields, reading.errors, "")
    settings: Settings = current_app.config["SETTINGS"]
    hand_in(_given(asked, opened, reading, settings))
    response = Response(status=303, headers={"Location": _address(link, "/thanks")})
    _keep(response, link, opened)
    return response


def _as_rendered(link: OpenLink, version_id: int) -> OpenLink | None:
    """The link with the version its page was rendered from; None when that is handed in no more."""
    if version_id == link.version_id:
        return link
    version = queries.version(version_id)
    usable = version is not None and version.state == "superseded"
    if version is None or not usable or version.questionnaire_id != link.questionnaire_id:
        return None
    return replace(link, version_id=version.id, definition=version.definition, pages={})


def _given(link: OpenLink, opened: Opened, reading: Reading, settings: Settings) -> HandIn:
    today = settings.today()
    return HandIn(
        place_id=link.place_id,
        submission_id=opened.page.submission_id,
        employee_id=link.employee_id,
        version_id=opened.page.version_id,
        day=today,
        channel=link.channel,
        locale=i18n.choose_locale(),
        answers=reading.answers,
        claim_hash=claims.code_hash(opened.claim_code) if link.points else None,
        points=link.points,
        campaign=link.campaign,
        expires_on=claims.expiry(today),
    )


@blueprint.get("/s/<code>/thanks")
def thanks(code: str) -> BaseResponse:
    link = _links().find(normalise(code))
    if link is None:
        return _closed(link)
    opened = _desk().recall(request.cookies.get(COOKIE, ""), link)
    if opened is None or not queries.is_stored(link.place_id, opened.page.submission_id):
        return redirect(_address(link), 303)
    claim = claims.find(opened.claim_code)
    address = _claim_address(opened.claim_code)
    drawing = qr.svg(address) if claim is not None else ""
    return _page(
        "thanks.html", link, 200, claim=claim, code=opened.claim_code, address=address, drawing=drawing
    )


@blueprint.get("/c/<code>")
def claim(code: str) -> BaseResponse:
    """What a claim code is worth. Points are taken by a later feature; the code keeps until then."""
    found = claims.find(code)
    status = 200 if found is not None else 404
    drawing = qr.svg(_claim_address(code)) if found is not None else ""
    words = pages.nameless(i18n.choose_locale())
    body = render_template("survey/rewards/claim.html", claim=found, code=code, drawing=drawing, **words)
    return _no_store(Response(body, status))


def _claim_address(code: str) -> str:
    base = current_app.config["SETTINGS"].public_url or request.host_url.rstrip("/")
    return f"{base}/c/{code}"


def _again(
    link: OpenLink, opened: Opened, fields: dict[str, str], errors: dict[str, str], notice: str
) -> BaseResponse:
    """The same page with what was answered and what to mend; nothing is stored."""
    body = pages.form(
        link, i18n.choose_locale(), opened.page_token, opened.claim_token, fields, errors, notice
    )
    response = _opened_page(body.encode(), link, opened)
    response.status_code = 422
    return response


def _closed(link: OpenLink | None) -> BaseResponse:
    return _page("closed.html", link, 404 if link is None else 410)


def _refused(link: OpenLink, status: int, text: str) -> BaseResponse:
    return _page("refused.html", link, status, text=text)


def _page(name: str, link: OpenLink | None, status: int, **values: object) -> BaseResponse:
    locale = i18n.choose_locale()
    words = pages.words(link, locale) if link is not None else pages.nameless(locale)
    with force_locale(locale):
        body = render_template(f"survey/answering/{name}", link=link, **words, **values)
    return _no_store(Response(body, status))


def _opened_page(body: bytes, link: OpenLink, opened: Opened) -> Response:
    response = _no_store(Response(body))
    _keep(response, link, opened)
    if request.query_string and "lang" in request.args:
        response.set_cookie(
            i18n.COOKIE,
            i18n.choose_locale(),
            max_age=31536000,
            httponly=True,
            samesite="Lax",
            secure=_secure(),
        )
    return response


def _keep(response: BaseResponse, link: OpenLink, opened: Opened) -> None:
    response.headers.add("Set-Cookie", cookie_header(opened, link, _secure()))


def _secure() -> bool:
    return bool(current_app.config["SESSION_COOKIE_SECURE"])


def _no_store(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


def _address(link: OpenLink, tail: str = "") -> str:
    """A page of this link, in the language that was asked for in the address."""
    lang = request.args.get("lang") if request.query_string else None
    return f"/s/{link.code}{tail}" + (f"?lang={lang}" if lang in i18n.LOCALES else "")
