"""The page after submitting thanks the customer and shows the claim code of the points earned."""

from flask import current_app, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from survey.answering import queries
from survey.answering.links import OpenLink
from survey.channels import qr
from survey.links.rules import normalise
from survey.questionnaires.rules.scoring import own_score
from survey.rewards import claims

from .replies import address, blueprint, closed_page, links, recall_page, render_page


@blueprint.get("/s/<code>/thanks")
def thanks(code: str) -> BaseResponse:
    link = links().find(normalise(code))
    if link is None:
        return closed_page(link)
    opened = recall_page(link)
    page = opened.page if opened is not None else None
    stored = queries.stored_response(page.place_id, page.submission_id) if page is not None else None
    if opened is None or stored is None:
        return redirect(address(link), 303)
    claim = claims.find(opened.claim_code)
    drawing = qr.svg(_claim_address(opened.claim_code)) if claim is not None else ""
    points = _score(link, stored) if link.definition and link.definition.shows_score else None
    values: dict[str, object] = {"claim": claim, "code": opened.claim_code, "drawing": drawing}
    values["promised"] = opened.page.points
    return render_page("thanks.html", link, 200, score=points, **values)


def _score(link: OpenLink, stored: queries.StoredResponse) -> tuple[float, float] | None:
    """Return the points that the answers earned and the most possible; None where nothing earns any."""
    version = queries.version(stored.version_id)
    if version is None:
        return None
    return own_score(version.definition, stored.answers, link.context(stored.locale))


def _claim_address(code: str) -> str:
    base = current_app.config["SETTINGS"].public_url or request.host_url.rstrip("/")
    return f"{base}/c/{code}"
