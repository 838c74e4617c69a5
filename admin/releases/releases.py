"""Service points whose responses are not counted yet, and those whose responses are counted in batches."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from admin.access import allow
from admin.labels import title_of
from admin.pagination import page_of
from admin.permissions import Can
from admin.replies import Page422
from survey import settings
from survey.batches import opening
from survey.tallies.queries import openings

from .forms import ExpectedForm, OpeningForm

blueprint = Blueprint("releases", __name__, url_prefix="/admin/releases")

LISTED = 200
"""The most service points to open that the page lists; all are opened together where there are more."""
PAGE = 100


@blueprint.get("/")
@allow(Can.OPEN_QUEUES)
def index() -> str:
    return _page(OpeningForm())


@blueprint.post("/")
@allow(Can.OPEN_QUEUES)
def open_chosen() -> Response | Page422:
    form = OpeningForm()
    if not form.validate():
        return _page(form), 422
    known = {(point.place.id, point.questionnaire.id) for point in openings.to_open()}
    chosen = known if request.form.get("which") == "all" else known & set(form.chosen.data or [])
    if not chosen:
        form.chosen.errors = [_("Select the service points to open.")]
        return _page(form), 422
    now = settings.current()
    number = opening.open_queues(sorted(chosen), now.today(), form.expected.data or 0)
    flash(ngettext("%(num)s service point opened.", "%(num)s service points opened.", number), "success")
    return redirect(url_for("releases.index"), 303)


@blueprint.post("/expected")
@allow(Can.OPEN_QUEUES)
def expect() -> Response | Page422:
    form = ExpectedForm()
    if not form.validate():
        return _page(OpeningForm(formdata=None), form), 422
    number = opening.expect(form.chosen.data, form.expected.data)
    flash(
        ngettext("Saved for %(num)s service point.", "Saved for %(num)s service points.", number), "success"
    )
    return redirect(url_for("releases.index"), 303)


def _page(form: OpeningForm, expected_form: ExpectedForm | None = None) -> str:
    waiting = openings.count_to_open()
    total = openings.count_open()
    page = page_of(total, PAGE, lambda number: url_for("releases.index", page=number))
    return render_template(
        "admin/releases/index.html",
        form=form,
        expected_form=expected_form or ExpectedForm(formdata=None),
        waiting=waiting,
        to_open=openings.to_open(LISTED) if waiting else [],
        open_points=openings.open_points(page.offset, PAGE),
        total=total,
        page=page,
        today=settings.current().today(),
        title_of=title_of,
    )
