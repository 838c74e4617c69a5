"""After handing in: the thanks, and the code of the points that were earned."""

from flask import current_app, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from survey.answering import queries
from survey.answering.links import OpenLink
from survey.answering.page_sessions import Opened
from survey.channels import qr
from survey.links.rules import normalise
from survey.questionnaires.rules.scoring import own_score
from survey.rewards import claims

from .replies import address, blueprint, closed, links, page, recalled


@blueprint.get("/s/<code>/thanks")
def thanks(code: str) -> BaseResponse:
    link = links().find(normalise(code))
    if link is None:
        return closed(link)
    opened = recalled(link)
    stored = queries.stored(link.place_id, opened.page.submission_id) if opened is not None else None
    if opened is None or stored is None:
        return redirect(address(link), 303)
    claim = claims.find(opened.claim_code)
    drawing = qr.svg(_claim_address(opened.claim_code)) if claim is not None else ""
    points = _score(link, opened, stored) if link.definition and link.definition.shows_score else None
    values: dict[str, object] = {"claim": claim, "code": opened.claim_code, "drawing": drawing}
    values["promised"] = opened.page.points
    return page("thanks.html", link, 200, score=points, **values)


def _score(link: OpenLink, opened: Opened, stored: queries.Stored) -> tuple[float, float] | None:
    """What her own answers earned, out of what they could; None when nothing has points."""
    version = queries.version(opened.page.version_id)
    if version is None:
        return None
    return own_score(version.definition, stored.answers, link.context(stored.locale))


def _claim_address(code: str) -> str:
    base = current_app.config["SETTINGS"].public_url or request.host_url.rstrip("/")
    return f"{base}/c/{code}"
