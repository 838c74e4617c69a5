"""The view of rewards’ pictures and the wording of discounts, for customers’ and users’ pages."""

from flask import Blueprint, Response, abort
from flask_babel import gettext as _

from survey.i18n import DEFAULT, locale_code

from .queries import catalogue as queries

blueprint = Blueprint("pictures", __name__, url_prefix="/pictures")

WHOLE = 100
"""Per cent of a price."""


@blueprint.get("/<digest>")
def picture(digest: str) -> Response:
    """Return a picture. Its address is the hash of its content, so that it may be cached for ever."""
    stored = queries.picture(digest) or abort(404)
    response = Response(stored.content, mimetype=stored.media_type)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def percent_off_text(percent: int) -> str:
    """Return a discount of ``percent`` per cent in words: "20% off"; all of the price is "Free".

    Chinese prices state the tenths that are left to pay: a discount of 20 per cent is 8 折.
    """
    if percent == WHOLE:
        return _("Free")
    figure = f"{(WHOLE - percent) / 10:g}" if locale_code() == DEFAULT else str(percent)
    return _("%(percent)s%% off", percent=figure)
