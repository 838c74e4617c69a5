"""Posters of a link, or of all links in use in a part of the organisation, as PDF."""

from flask import Blueprint, Response, abort, request
from flask_babel import gettext as _

from admin.access import allow, place_or_404
from admin.permissions import Can
from survey import settings
from survey.errors import Explained
from survey.links import poster, queries
from survey.links.models import Link
from survey.links.rules import address
from survey.rewards.campaigns import offer

from .links import link_or_404, public_base

blueprint = Blueprint("posters", __name__, url_prefix="/admin/posters")

# 500 take 3 seconds and 1.2 MB; more would block a web worker for too long.
MOST = 500
CARDS = 4


@blueprint.get("/<code>.pdf")
@allow(Can.READ_LINKS)
def place(code: str) -> Response:
    """Return a poster or card for each link in use in a place."""
    links = queries.links_in_use(place_or_404(code))
    if not links:
        raise Explained(404, _("No posters yet"), _("There are no active links here. Create links first."))
    if len(links) > MOST:
        text = _("One file can hold at most %(most)s posters. Choose a smaller unit.", most=MOST)
        raise Explained(422, _("Too many posters at once"), text)
    return _pdf(links, code)


@blueprint.get("/link/<code>.pdf")
@allow(Can.READ_LINKS)
def link(code: str) -> Response:
    """Return the poster of a link, or a sheet of four cards."""
    chosen = link_or_404(code)
    if not chosen.in_use:
        raise Explained(410, _("This link is inactive"), _("Reactivate it before you print it."))
    return _pdf([chosen] * (CARDS if _choice("format", poster.FORMATS) == "a6" else 1), code)


def _pdf(links: list[Link], name: str) -> Response:
    paper, language = _choice("format", poster.FORMATS), _choice("language", poster.LANGUAGES)
    base, languages = public_base(), poster.poster_languages(language)
    today = settings.current().today()
    drawn = (
        poster.Poster(
            address(base, link.code),
            {"zh": link.place.name, "en": link.place.name_en},
            link.employee.name if link.employee else "",
            offer(link.questionnaire_id, link.channel, today).points,
            languages,
        )
        for link in links
    )
    response = Response(poster.render_sheets(drawn, paper, name), mimetype="application/pdf")
    response.headers.set("Content-Disposition", "attachment", filename=f"{name}-{paper}-{language}.pdf")
    return response


def _choice(key: str, choices: tuple[str, ...]) -> str:
    """Return a parameter of the address, one of ``choices``; the first is the default."""
    chosen = request.args.get(key, choices[0])
    if chosen not in choices:
        abort(400)
    return chosen
