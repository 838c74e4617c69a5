"""The page of known totals of customers, by which answers can be weighted."""

from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from admin.access import allow
from admin.figure_filters import offered_parts
from admin.permissions import Can
from survey import settings
from survey.weighting import population_totals, queries
from survey.weighting.importing import remove_totals
from survey.weighting.rules.files import CHANNEL, LANGUAGE, PLACE

blueprint = Blueprint("totals", __name__, url_prefix="/admin/totals")

SHOWN = 200


@blueprint.get("/")
@allow(Can.SET_TOTALS)
def index() -> str:
    today = settings.current().today()
    scheme = population_totals.scheme_in_force(today)
    channels, languages = (dict(names) for names in offered_parts())
    return render_template(
        "admin/weights/index.html",
        months=queries.months(),
        scheme=scheme,
        sums={name: sum(scheme.totals[name].values()) for name in scheme.attributes} if scheme else {},
        places=queries.places(scheme.month) if scheme else {},
        attributes={PLACE: _("Service point"), CHANNEL: _("Channel"), LANGUAGE: _("Language")},
        value_names={CHANNEL: channels, LANGUAGE: languages},
        shown=SHOWN,
    )


@blueprint.post("/<month>/removal")
@allow(Can.SET_TOTALS)
def remove(month: str) -> Response:
    try:
        start = date.fromisoformat(f"{month}-01")
    except ValueError:
        abort(404)
    if not remove_totals(start):
        abort(404)
    flash(_("Totals effective from %(month)s removed.", month=month), "success")
    return redirect(url_for("totals.index"), 303)
