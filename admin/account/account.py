"""The account of the signed-in user."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from admin.access import allow, me
from admin.permissions import Can
from admin.replies import Page422
from survey.people import password_change

from .account_forms import OwnPasswordForm
from .session import begin, refuse_when_too_many

blueprint = Blueprint("account", __name__, url_prefix="/admin/account")


@blueprint.get("")
@allow(Can.SIGN_IN)
def show() -> str:
    return render_template("admin/account/show.html", form=OwnPasswordForm())


@blueprint.post("")
@allow(Can.SIGN_IN)
def change_password() -> str | Response | Page422:
    form = OwnPasswordForm()
    user = me()
    if form.validate():
        refuse_when_too_many(user.username)
        if password_change.change_password(user, form.current.data, form.new.data):
            begin(user)
            flash(_("Your password has been changed. You have been signed out everywhere else."), "success")
            return redirect(url_for("account.show"), 303)
        form.current.errors = [_("The current password is incorrect.")]
    return render_template("admin/account/show.html", form=form), 422
