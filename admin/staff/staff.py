"""Users and their roles. Administrators change them, auditors read."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from admin.access import allow
from admin.flashing import flash_outcome
from admin.labels import ROLES, reason_text
from admin.permissions import Can
from admin.replies import Page422
from survey import settings
from survey.people import appointment, insiders, queries
from survey.people.models import Staff
from survey.places import queries as place_queries
from survey.places.models import Place
from survey.refusal import N_, Refused

from .staff_forms import EditStaffForm, NewStaffForm, ResetPasswordForm, RoleForm

blueprint = Blueprint("staff", __name__, url_prefix="/admin/staff")


@blueprint.context_processor
def template_values() -> dict[str, object]:
    return {"role_names": ROLES}


def _user_or_404(username: str) -> Staff:
    return queries.staff_by_username(username) or abort(404)


def _entered_place(form: RoleForm) -> Place | None:
    """Return the scope entered, None when empty. Raise Refused for an unknown code."""
    if not form.destination.data:
        return None
    place = place_queries.place(form.destination.data)
    if place is None:
        raise Refused(N_("There is no unit with this code."))
    return place


@blueprint.get("/")
@allow(Can.READ_STAFF)
def index() -> str:
    return render_template("admin/staff/index.html", staff=queries.staff())


@blueprint.route("/-/new", methods=["GET", "POST"])
@allow(Can.CHANGE_STAFF)
def new() -> str | Response | Page422:
    form = NewStaffForm()
    if request.method == "POST" and form.validate():
        try:
            place = _entered_place(form)
            names = (form.username.data, form.name.data, form.role.data, form.password.data)
            user = appointment.appoint(*names, place)
            _keep_phone(user, form)
        except Refused as refused:
            form.form_errors.append(reason_text(refused))
        else:
            flash(_("%(name)s can sign in now.", name=user.name), "success")
            return redirect(url_for("staff.index"), 303)
    return _page("new.html", form)


@blueprint.route("/<username>", methods=["GET", "POST"])
@allow(Can.CHANGE_STAFF)
def edit(username: str) -> str | Response | Page422:
    user = _user_or_404(username)
    form = EditStaffForm(obj=user, destination=user.place.code if user.place else "")
    if request.method == "POST" and form.validate():
        try:
            appointment.reappoint(user, form.name.data, form.role.data, _entered_place(form))
            if form.forget_phone.data:
                insiders.forget_phone(user.id)
            _keep_phone(user, form)
        except Refused as refused:
            form.form_errors.append(reason_text(refused))
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("staff.index"), 303)
    return _page("edit.html", form, user)


def _keep_phone(user: Staff, form: RoleForm) -> None:
    """Store the telephone number entered; an empty field keeps the number as it is."""
    if form.phone.data:
        insiders.keep_phone(user.id, form.phone.data, settings.current().today())


@blueprint.route("/<username>/password", methods=["GET", "POST"])
@allow(Can.CHANGE_STAFF)
def password(username: str) -> str | Response | Page422:
    user = _user_or_404(username)
    form = ResetPasswordForm()
    if request.method == "POST" and form.validate():
        appointment.give_password(user, form.password.data)
        flash(
            _("The password of %(name)s was reset. They are signed out everywhere.", name=user.name),
            "success",
        )
        return redirect(url_for("staff.index"), 303)
    return _page("password.html", form, user)


def _page(page: str, form: RoleForm | ResetPasswordForm, user: Staff | None = None) -> str | Page422:
    offered = place_queries.destinations(None, points=False)
    kept = user is not None and queries.has_phone(user.id)
    body = render_template(
        f"admin/staff/{page}", form=form, user=user, destinations=offered, is_phone_kept=kept
    )
    return (body, 422) if request.method == "POST" else body


@blueprint.post("/<username>/retirement")
@allow(Can.CHANGE_STAFF)
def retire(username: str) -> Response:
    user = _user_or_404(username)
    today = settings.current().today()
    message = _("%(name)s was deactivated and signed out everywhere.", name=user.name)
    flash_outcome(lambda: appointment.retire(user, today), message)
    return redirect(url_for("staff.index"), 303)


@blueprint.post("/<username>/restoration")
@allow(Can.CHANGE_STAFF)
def restore(username: str) -> Response:
    user = _user_or_404(username)
    appointment.restore(user)
    flash(_("%(name)s can sign in again.", name=user.name), "success")
    return redirect(url_for("staff.index"), 303)
