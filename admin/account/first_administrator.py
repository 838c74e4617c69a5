"""The page behind the link of a new installation, where its first administrator creates their account."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from admin import auditing
from admin.access import public
from admin.labels import reason_text
from admin.replies import Page422
from survey import settings
from survey.errors import Explained
from survey.people import first_administrator
from survey.refusal import Refused

from .first_administrator_form import FirstAdministratorForm

blueprint = Blueprint("first_administrator", __name__, url_prefix=first_administrator.PATH)


@blueprint.get("/<token>")
@public
def show(token: str) -> str:
    _refuse_unless_valid(token)
    return render_template("admin/account/first_administrator.html", form=FirstAdministratorForm())


@blueprint.post("/<token>")
@public
def create(token: str) -> str | Response | Page422:
    _refuse_unless_valid(token)
    form = FirstAdministratorForm()
    if form.validate():
        auditing.begin_as_nobody()
        account = (form.username.data, form.name.data, form.password.data)
        try:
            first_administrator.use(token, *account, settings.now())
        except Refused as refused:
            form.form_errors.append(reason_text(refused))
        else:
            flash(_("Account created. You can sign in now."), "success")
            return redirect(url_for("admin.sign_in"), 303)
    return render_template("admin/account/first_administrator.html", form=form), 422


def _refuse_unless_valid(token: str) -> None:
    """End the request when the link is forged, expired or used; the page does not tell which."""
    if not first_administrator.is_valid(token, settings.now()):
        text = _("A link for the first administrator is valid for one hour and can be used once.")
        raise Explained(410, _("This link is no longer valid"), text)
