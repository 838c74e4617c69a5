"""Signing in and out, the language of the screens, and where each role begins."""

from urllib.parse import urlsplit

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response

from survey import i18n
from survey.people import sign_in as people

from .access import allow, public
from .forms.session import SignInForm

blueprint = Blueprint("admin", __name__, url_prefix="/admin")
EVERYBODY = ("administrator", "manager", "marketing", "auditor")


@blueprint.get("/")
@allow(*EVERYBODY)
def home() -> str:
    return render_template("admin/session/home.html")


@blueprint.get("/sign-in")
@public
def sign_in() -> str | Response:
    if current_user.is_authenticated:
        return redirect(url_for("admin.home"))
    return render_template("admin/session/sign_in.html", form=SignInForm())


@blueprint.post("/sign-in")
@public
def sign_in_post() -> str | Response | tuple[str, int]:
    form = SignInForm()
    person = people.authenticate(form.username.data.strip(), form.password.data) if form.validate() else None
    if person is None:
        if not form.errors:
            form.form_errors.append(_("User name and password do not match."))
        return render_template("admin/session/sign_in.html", form=form), 422
    session.clear()
    login_user(person)
    return redirect(_next_page())


@blueprint.post("/sign-out")
@allow(*EVERYBODY)
def sign_out() -> Response:
    logout_user()
    session.clear()
    flash(_("You are signed out."), "info")
    return redirect(url_for("admin.sign_in"))


@blueprint.post("/language")
@public
def language() -> Response:
    """Keeps the language in a cookie and returns to the page it was chosen on."""
    chosen = request.form.get("locale")
    if chosen not in i18n.LOCALES:
        abort(400)
    response = redirect(_local(urlsplit(request.referrer or "").path) or url_for("admin.home"))
    response.set_cookie(
        i18n.COOKIE, chosen, max_age=31536000, httponly=True, samesite="Lax", secure=request.is_secure
    )
    return response


def _next_page() -> str:
    return _local(request.args.get("next", "")) or url_for("admin.home")


def _local(target: str) -> str:
    """``target`` when it is a path of ours, else ""."""
    parts = urlsplit(target)
    ours = target.startswith("/admin") and not parts.scheme and not parts.netloc and "\\" not in target
    return target if ours else ""
