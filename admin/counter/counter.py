"""The page of the counter, where a customer shows a code and gets what they reserved. It shows nothing else
about the customer."""

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

from .forms import ServicePointForm

blueprint = Blueprint("counter", __name__, url_prefix="/admin/counter")

SESSION_KEY = "counter"
"""The key of the session for the service point that a user with several service points chose."""
CAMERA = "camera=(self), geolocation=(), microphone=(), payment=(), usb=()"
LONGEST = 4 * DIGITS


@blueprint.after_request
def allow_camera(response: Response) -> Response:
    """Allow the camera on these pages alone."""
    response.headers["Permissions-Policy"] = CAMERA
    return response


@blueprint.get("/")
@allow(Can.SERVE_COUNTER)
def index() -> str | BaseResponse:
    place = serving_place()
    return _page(place) if place else redirect(url_for("counter.choose"))


@blueprint.post("/")
@allow(Can.SERVE_COUNTER)
def look_up() -> str | BaseResponse | Page422:
    """Show the redemption of a code without spending the code."""
    place = serving_place()
    if place is None:
        return redirect(url_for("counter.choose"), 303)
    _refuse_guessing()
    code = request.form.get("code", "")[:LONGEST]
    try:
        redemption = handing_out.look_up(code, place, settings.current().today())
    except Refused as refused:
        return _refusal_page(place, refused)
    return _page(place, redemption=redemption, code=code)


@blueprint.post("/fulfilment")
@allow(Can.SERVE_COUNTER)
def hand_out() -> BaseResponse | Page422:
    place = serving_place()
    if place is None:
        return redirect(url_for("counter.choose"), 303)
    _refuse_guessing()
    code = request.form.get("code", "")[:LONGEST]
    try:
        handing_out.hand_out(code, place, me().id, settings.current().today(), settings.now())
    except Refused as refused:
        return _refusal_page(place, refused)
    return redirect(url_for("counter.index", done=1), 303)


@blueprint.post("/undo")
@allow(Can.SERVE_COUNTER)
def undo() -> BaseResponse:
    try:
        redemption_id = uuid.UUID(request.form.get("redemption", ""))
    except ValueError:
        redemption_id = uuid.UUID(int=0)
    user_id, today, now = me().id, settings.current().today(), settings.now()
    flash_outcome(
        lambda: handing_out.undo(redemption_id, user_id, today, now), _("Undone. The code is valid again.")
    )
    return redirect(url_for("counter.index"), 303)


@blueprint.route("/place", methods=["GET", "POST"])
@allow(Can.SERVE_COUNTER)
def choose() -> str | BaseResponse | Page422:
    """Let a user with several service points choose one until the end of the session."""
    form = ServicePointForm(place=session.get(SESSION_KEY, ""))
    if request.method == "POST" and form.validate():
        if _point_in_scope(form.place.data) is not None:
            session[SESSION_KEY] = form.place.data
            return redirect(url_for("counter.index"), 303)
        form.place.errors = [_("There is no service point with this code in your scope.")]
    destinations = place_queries.destinations(scope(), points=True)
    body = render_template("admin/counter/place.html", form=form, destinations=destinations)
    return (body, 422) if request.method == "POST" else body


def serving_place() -> Place | None:
    """Return the user's only service point or the one they chose; None when they have to choose first."""
    own_scope = scope()
    if own_scope is not None and own_scope.kind == "point":
        return own_scope
    return _point_in_scope(session.get(SESSION_KEY, ""))


def _point_in_scope(code: str) -> Place | None:
    """Return the active service point with this code if it is in the user's scope."""
    place, own_scope = place_queries.place(code), scope()
    if place is None or place.kind != "point" or place.retired_on is not None:
        return None
    return place if own_scope is None or own_scope.contains(place) else None


def _throttle_key() -> str:
    """Return the throttle's key, which counts unknown codes by user."""
    return f"counter {me().id}"


def _refuse_guessing() -> None:
    """Answer 429 to a user who has tried too many unknown codes."""
    seconds = throttle().wait(_throttle_key())
    if seconds:
        text = _("Please wait %(minutes)s minutes, then try again.", minutes=-(-seconds // 60))
        raise Explained(429, _("Too many unknown codes"), text, {"Retry-After": str(seconds)})


def _refusal_page(place: Place, refused: Refused) -> Page422:
    """Return the page with the reason, and count an unknown code as a mistake."""
    if refused.text == UNKNOWN:
        throttle().mistake(_throttle_key())
    text = reason_text(refused)
    if isinstance(refused, HandedOutElsewhere) and locale_code() == "en" and refused.place_en:
        text = _(refused.text, place=refused.place_en)
    return _page(place, wrong=text), 422


def _page(place: Place, redemption: Redemption | None = None, code: str = "", wrong: str = "") -> str:
    recent = queries.handed_out_by(me().id, settings.now() - UNDO)
    handed_out = recent[0] if recent and request.args.get("done") and not (redemption or wrong) else None
    own_scope = scope()
    return render_template(
        "admin/counter/index.html",
        place=place,
        may_choose=own_scope is None or own_scope.kind != "point",
        redemption=redemption,
        code=code,
        wrong=wrong,
        handed_out=handed_out,
        recent=recent,
        terms_of=terms_of,
        text_of=lambda texts: text_of(texts, locale_code()),
    )
