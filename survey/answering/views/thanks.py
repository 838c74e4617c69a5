"""After handing in: the thanks, and what a claim code is worth."""

from flask import Response, current_app, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from survey import i18n
from survey.answering import pages, queries
from survey.answering.links import OpenLink
from survey.answering.opening import Opened
from survey.channels import qr
from survey.invitations.rules import normalise
from survey.questionnaires.rules.scoring import own_score
from survey.rewards import claims

from .replies import address, blueprint, closed, links, no_store, page, recalled


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
    where = _claim_address(opened.claim_code)
    drawing = qr.svg(where) if claim is not None else ""
    points = _score(link, opened, stored) if link.definition and link.definition.shows_score else None
    values = {"claim": claim, "code": opened.claim_code, "address": where, "drawing": drawing}
    values["promised"] = opened.page.points
    return page("thanks.html", link, 200, score=points, **values)


def _score(link: OpenLink, opened: Opened, stored: queries.Stored) -> tuple[float, float] | None:
    """What her own answers earned, out of what they could; None when nothing has points."""
    version = queries.version(opened.page.version_id)
    if version is None:
        return None
    return own_score(version.definition, stored.answers, link.context(stored.locale))


@blueprint.get("/c/<code>")
def claim(code: str) -> BaseResponse:
    """What a claim code is worth. Points are taken by a later feature; the code keeps until then."""
    found = claims.find(code)
    status = 200 if found is not None else 404
    drawing = qr.svg(_claim_address(code)) if found is not None else ""
    words = pages.nameless(i18n.language_of(i18n.choose_locale()))
    body = render_template("survey/rewards/claim.html", claim=found, code=code, drawing=drawing, **words)
    return no_store(Response(body, status))


def _claim_address(code: str) -> str:
    base = current_app.config["SETTINGS"].public_url or request.host_url.rstrip("/")
    return f"{base}/c/{code}"
