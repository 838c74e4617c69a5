"""The list of people who work here and earn no points. Administrators change it."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from admin.access import allow
from admin.permissions import Can
from admin.replies import Page422
from survey import settings
from survey.people import insiders, queries
from survey.people.insiders import MOST, IdentityList

from .insider_forms import InsiderForm

blueprint = Blueprint("insiders", __name__, url_prefix="/admin/staff/-/numbers")
SHOWN = 20
"""The number of unreadable lines that an error names."""


@blueprint.get("/")
@allow(Can.CHANGE_STAFF)
def index() -> str:
    return _page(InsiderForm())


@blueprint.post("/")
@allow(Can.CHANGE_STAFF)
def add() -> Response | Page422:
    form, read = _read()
    if read is None:
        return _page(form), 422
    number = insiders.put_on_list(read.known, settings.current().today())
    flash(
        ngettext("%(num)s number added.", "%(num)s numbers added.", number),
        "success",
    )
    return redirect(url_for("insiders.index"), 303)


@blueprint.post("/removal")
@allow(Can.CHANGE_STAFF)
def remove() -> Response | Page422:
    form, read = _read()
    if read is None:
        return _page(form), 422
    number = insiders.take_off_list(read.known)
    flash(ngettext("%(num)s number removed.", "%(num)s numbers removed.", number), "success")
    return redirect(url_for("insiders.index"), 303)


def _read() -> tuple[InsiderForm, IdentityList | None]:
    """Return the form and what was pasted; None, with errors in the form, for unreadable lines."""
    form = InsiderForm()
    if not form.validate():
        return form, None
    text = str(form.numbers.data)
    if len(text.splitlines()) > MOST:
        form.numbers.errors = [_("More than %(most)s lines.", most=f"{MOST:,}")]
        return form, None
    read = insiders.read(text)
    if not read.unreadable:
        return form, read
    lines = _(", ").join(str(number) for number in read.unreadable[:SHOWN])
    lines += " …" if len(read.unreadable) > SHOWN else ""
    form.numbers.errors = [_("Line %(lines)s is neither a mobile number nor an openid.", lines=lines)]
    return form, None


def _page(form: InsiderForm) -> str:
    total = queries.count_insiders()
    return render_template("admin/staff/insiders/index.html", form=form, total=total)
