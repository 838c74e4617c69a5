"""Callbacks: customers who left a name and a number, apart from their responses."""

import uuid
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from admin.access import allow, scope
from admin.auditing import log_access
from admin.labels import title_of
from admin.pagination import page_of
from admin.permissions import Can
from survey import settings
from survey.responses import calling, queries
from survey.responses.contacts import DAYS_AFTER_CALL, DAYS_AT_MOST, callbacks

blueprint = Blueprint("contacts", __name__, url_prefix="/admin/contacts")

PAGE = 50


@blueprint.get("/")
@allow(Can.CALL_BACK)
@log_access("state", "page")
def index() -> str:
    done = request.args.get("state") == "done"
    total = queries.count_contacts(scope(), done)
    wish: dict[str, Any] = {"state": "done"} if done else {}
    page = page_of(total, PAGE, lambda number: url_for("contacts.index", page=number, **wish))
    listed = callbacks(scope(), done, page.offset, PAGE)
    values = {"kept": {"called": DAYS_AFTER_CALL, "most": DAYS_AT_MOST}, "title_of": title_of}
    return render_template(
        "admin/responses/callbacks/index.html", callbacks=listed, done=done, page=page, total=total, **values
    )


@blueprint.post("/<uuid:contact_id>/done")
@allow(Can.CALL_BACK)
def done(contact_id: uuid.UUID) -> BaseResponse:
    _require_in_scope(contact_id)
    calling.mark_done(contact_id, settings.current().today())
    flash(_("Marked as called."), "success")
    return redirect(url_for("contacts.index"), 303)


@blueprint.post("/<uuid:contact_id>/open")
@allow(Can.CALL_BACK)
def reopen(contact_id: uuid.UUID) -> BaseResponse:
    _require_in_scope(contact_id)
    calling.mark_open(contact_id)
    flash(_("Moved back to the waiting list."), "success")
    return redirect(url_for("contacts.index"), 303)


def _require_in_scope(contact_id: uuid.UUID) -> None:
    """Answer 404 when the contact is outside the user's scope."""
    place, user_scope = queries.place_of_contact(contact_id), scope()
    if place is None or (user_scope is not None and not user_scope.contains(place)):
        abort(404)
