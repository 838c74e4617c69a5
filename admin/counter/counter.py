"""The counter: a customer shows a code, and is given what she reserved. It shows nothing else of her."""

import uuid

from flask import Blueprint, Response, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from admin.access import allow, me, scope
from admin.flashing import flash_outcome
from admin.labels import reason_text
from admin.labels.rewards import terms_of
from admin.permissions import Can
from admin.replies import Page422
from survey import settings
from survey.errors import Explained
from survey.i18n import locale_code, text_of
from survey.places import queries as place_queries
from survey.places.models import Place
from survey.refusal import Refused
from survey.rewards import handing_out
from survey.rewards.codes import DIGITS
from survey.rewards.models.redemptions import Redemption
from survey.rewards.queries import redemptions as queries
from survey.rewards.rules.handing import UNDO, UNKNOWN, HandedOutElsewhere
from survey.throttle import throttle

from .forms import PlaceForm

blueprint = Blueprint("counter", __name__, url_prefix="/admin/counter")

CHOSEN = "counter"
"""Where in the session the service point stands that somebody serves at who has several."""
CAMERA = "camera=(self), geolocation=(), microphone=(), payment=(), usb=()"
LONGEST = 4 * DIGITS


@blueprint.after_request
def allow_camera(response: Response) -> Response:
    """These pages alone may ask the browser for the camera."""
    response.headers["Permissions-Policy"] = CAMERA
    return response


@blueprint.get("/")
@allow(Can.SERVE_COUNTER)
def index() -> str | BaseResponse:
    at = serving_at()
    return _page(at) if at else redirect(url_for("counter.choose"))


@blueprint.post("/")
@allow(Can.SERVE_COUNTER)
def look_up() -> str | BaseResponse | Page422:
    """What the code is for; it is not spent yet."""
    at = serving_at()
    if at is None:
        return redirect(url_for("counter.choose"), 303)
    _refuse_guessing()
    code = request.form.get("code", "")[:LONGEST]
    try:
        found = handing_out.look_up(code, at, settings.current().today())
    except Refused as refused:
        return _refused(at, refused)
    return _page(at, found=found, code=code)


@blueprint.post("/fulfilment")
@allow(Can.SERVE_COUNTER)
def hand_out() -> BaseResponse | Page422:
    at = serving_at()
    if at is None:
        return redirect(url_for("counter.choose"), 303)
    _refuse_guessing()
    code = request.form.get("code", "")[:LONGEST]
    try:
        handing_out.hand_out(code, at, me().id, settings.current().today(), settings.now())
    except Refused as refused:
        return _refused(at, refused)
    return redirect(url_for("counter.index", done=1), 303)


@blueprint.post("/undo")
@allow(Can.SERVE_COUNTER)
def undo() -> BaseResponse:
    try:
        wanted = uuid.UUID(request.form.get("redemption", ""))
    except ValueError:
        wanted = uuid.UUID(int=0)
    mine, today, now = me().id, settings.current().today(), settings.now()
    flash_outcome(lambda: handing_out.undo(wanted, mine, today, now), _("Undone. The code is valid again."))
    return redirect(url_for("counter.index"), 303)


@blueprint.route("/place", methods=["GET", "POST"])
@allow(Can.SERVE_COUNTER)
def choose() -> str | BaseResponse | Page422:
    """Of several service points the one that is served at, until the end of the session."""
    form = PlaceForm(place=session.get(CHOSEN, ""))
    if request.method == "POST" and form.validate():
        if _point(form.place.data) is not None:
            session[CHOSEN] = form.place.data
            return redirect(url_for("counter.index"), 303)
        form.place.errors = [_("There is no service point with this code in your scope.")]
    offered = place_queries.destinations(scope(), points=True)
    body = render_template("admin/counter/place.html", form=form, destinations=offered)
    return (body, 422) if request.method == "POST" else body


def serving_at() -> Place | None:
    """The service point I serve at: mine, or the one I chose; None when I have to choose first."""
    mine = scope()
    if mine is not None and mine.kind == "point":
        return mine
    return _point(session.get(CHOSEN, ""))


def _point(code: str) -> Place | None:
    """The service point in use with this code, when it lies in my part."""
    place, mine = place_queries.place(code), scope()
    if place is None or place.kind != "point" or place.retired_on is not None:
        return None
    return place if mine is None or mine.contains(place) else None


def _guesser() -> str:
    return f"counter {me().id}"


def _refuse_guessing() -> None:
    """Ends the request of somebody who has typed too many codes that there are not."""
    seconds = throttle().wait(_guesser())
    if seconds:
        text = _("Please wait %(minutes)s minutes, then try again.", minutes=-(-seconds // 60))
        raise Explained(429, _("Too many unknown codes"), text, {"Retry-After": str(seconds)})


def _refused(at: Place, refused: Refused) -> Page422:
    if refused.text == UNKNOWN:
        throttle().mistake(_guesser())
    text = reason_text(refused)
    if isinstance(refused, HandedOutElsewhere) and locale_code() == "en" and refused.place_en:
        text = _(refused.text, place=refused.place_en)
    return _page(at, wrong=text), 422


def _page(at: Place, found: Redemption | None = None, code: str = "", wrong: str = "") -> str:
    recent = queries.handed_out_by(me().id, settings.now() - UNDO)
    done = recent[0] if recent and request.args.get("done") and not (found or wrong) else None
    mine = scope()
    return render_template(
        "admin/counter/index.html",
        at=at,
        may_choose=mine is None or mine.kind != "point",
        found=found,
        code=code,
        wrong=wrong,
        done=done,
        recent=recent,
        terms_of=terms_of,
        text_of=lambda texts: text_of(texts, locale_code()),
    )
