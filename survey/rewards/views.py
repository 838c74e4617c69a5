"""Pictures of rewards, on the customers' pages and the staff's."""

from flask import Blueprint, Response, abort

from .queries import catalogue as queries

blueprint = Blueprint("pictures", __name__, url_prefix="/pictures")


@blueprint.get("/<digest>")
def picture(digest: str) -> Response:
    """Its address is its content: it may be kept for ever."""
    found = queries.picture(digest) or abort(404)
    response = Response(found.content, mimetype=found.media_type)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
