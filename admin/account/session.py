"""Signing in and out, the language of the screens, and the home page of each role."""

import time
from urllib.parse import urlsplit

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response

from admin import auditing
from admin.access import allow, me, public
from admin.permissions import Can
from admin.replies import Page422
from survey import i18n
from survey.errors import Explained
from survey.people import preference
from survey.people import sign_in as people
from survey.people.models import Staff
from survey.rewards import doubting
from survey.throttle import throttle

from .session_forms import SignInForm

blueprint = Blueprint("admin", __name__, url_prefix="/admin")
HOMES = {"marketing": "links.index", "counter": "counter.index"}
"""The home pages of roles that do not start with figures."""


@blueprint.get("/")
@allow(Can.SIGN_IN)
def home() -> Response:
    return redirect(url_for(HOMES.get(me().role, "indexes.index")))


@blueprint.get("/sign-in")
@public
def sign_in() -> str | Response:
    if current_user.is_authenticated:
        return redirect(url_for("admin.home"))
    return render_template("admin/account/sign_in.html", form=SignInForm())


@blueprint.post("/sign-in")
@public
def sign_in_post() -> str | Response | Page422:
    form = SignInForm()
    user = _authenticate(form) if form.validate() else None
    if user is None:
        return render_template("admin/account/sign_in.html", form=form), 422
    begin(user)
    auditing.record("sign-in", user)
    return _keep_language(_mark_device(redirect(_next_page(), 303)), user.locale or "")


def _mark_device(response: Response) -> Response:
    """Mark the device as one that staff have used, in a cookie that only the pages of wallets receive."""
    value, seconds = doubting.staff_mark(time.time()), doubting.LIFETIME
    response.set_cookie(
        doubting.COOKIE,
        value,
        max_age=seconds,
        path=doubting.PATH,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
    )
    return response


def _authenticate(form: SignInForm) -> Staff | None:
    """Return the user with the form's name and password; None, with an error in the form, when none has."""
    username = form.username.data.strip()
    refuse_when_too_many(username)
    user = people.authenticate(username, form.password.data)
    if user is None:
        auditing.record("sign-in failed", None, name=auditing.hash_username(username))
        form.form_errors.append(_("Incorrect username or password."))
    else:
        throttle().forget(username)
    return user


def begin(user: Staff) -> None:
    """Start a new session, so that nobody who knew the old one can use it (session fixation)."""
    session.clear()
    session.permanent = True
    login_user(user)


def refuse_when_too_many(username: str) -> None:
    """Count an attempt at a password; answer 429 when the rate limit is exceeded."""
    seconds = throttle().attempt(request.remote_addr or "", username)
    if seconds:
        text = _("Please wait %(minutes)s minutes, then try again.", minutes=-(-seconds // 60))
        raise Explained(429, _("Too many attempts to sign in"), text, {"Retry-After": str(seconds)})


@blueprint.post("/sign-out")
@allow(Can.SIGN_IN)
def sign_out() -> Response:
    auditing.record("sign-out", me())
    logout_user()
    session.clear()
    flash(_("You are signed out."), "info")
    return redirect(url_for("admin.sign_in"), 303)


@blueprint.post("/language")
@public
def language() -> Response:
    """Store the language in a cookie and redirect to the page on which it was chosen."""
    chosen = request.form.get("locale")
    if chosen not in i18n.LOCALES:
        abort(400)
    if current_user.is_authenticated:
        auditing.begin(me())
        preference.prefer_locale(me(), chosen)
    back = request.form.get("next") or urlsplit(request.referrer or "").path
    return _keep_language(redirect(_local(back) or url_for("admin.home"), 303), chosen)


def _keep_language(response: Response, chosen: str) -> Response:
    if chosen in i18n.LOCALES:
        response.set_cookie(
            i18n.COOKIE, chosen, max_age=31536000, httponly=True, samesite="Lax", secure=request.is_secure
        )
    return response


def _next_page() -> str:
    return _local(request.args.get("next", "")) or url_for("admin.home")


def _local(target: str) -> str:
    """Return ``target`` when it is a path of staff pages, else ""."""
    parts = urlsplit(target)
    ours = target.startswith("/admin") and not parts.scheme and not parts.netloc and "\\" not in target
    return target if ours else ""
