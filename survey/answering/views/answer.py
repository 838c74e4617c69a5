"""Opening a link's page, walking through it, handing in."""

from dataclasses import replace

from flask import Response, current_app, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from survey.answering import pages, queries, walking
from survey.answering.forms import BadForm, read_form, take_position
from survey.answering.links import OpenLink
from survey.answering.page_sessions import EARLIER, Opened
from survey.answering.proofs import holds
from survey.answering.submission import Full, hand_in
from survey.answering.submission_rows import PAID, given
from survey.answering.tokens import BadToken, StaleToken
from survey.answering.walking import Position, Step, begin, walk
from survey.links.rules import normalise
from survey.questionnaires.kinds import KINDS
from survey.questionnaires.rules.limits import FULL
from survey.questionnaires.rules.reading import Reading, UnknownField

from .replies import (
    asks_for_proof,
    barred,
    blueprint,
    closed,
    desk,
    floods,
    is_stored,
    language_of,
    links,
    no_store,
    opened_page,
    recalled,
    refused,
    thanked,
    to_thanks,
)

Fields = dict[str, str]


@blueprint.get("/s/<code>")
def answer(code: str) -> BaseResponse:
    link = links().find(normalise(code))
    if link is None or not link.open:
        return closed(link)
    opened = None if "again" in request.args and not link.once else recalled(link)
    if opened is not None and is_stored(link, opened):
        return to_thanks(link)
    if why := barred(link):
        return closed(link, why)
    if opened is not None and opened.page.version_id != link.version_id:
        opened = desk().renew(opened, link)
    opened = opened or desk().open(link)
    tokens = opened.page_token, opened.claim_token
    body = pages.fresh(link, language_of(link), *tokens, asks_for_proof(link))
    return opened_page(body, link, opened)


@blueprint.post("/s/<code>")
def hand_in_answers(code: str) -> BaseResponse:
    link = links().find(normalise(code))
    if link is None or not link.open:
        return closed(link)
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        return refused(link, 400, _("This page was submitted from another site. Please open the link again."))
    request.max_content_length = link.room.bytes
    try:
        fields = read_form(request.content_type or "", request.get_data(cache=False), link.room.fields)
        page_token, claim_token = fields.pop("page", ""), fields.pop("claim", "")
        proof = fields.pop("proof", None)
        position = take_position(fields)
        opened = desk().reopen(page_token, claim_token, link)
        if why := barred(link):
            return to_thanks(link) if is_stored(link, opened) else closed(link, why)
        return _take(link, opened, fields, position, proof)
    except StaleToken:
        notice = _("This page was open for more than a day. Please check your answers and submit them again.")
        return _anew(link, desk().open(link, EARLIER), fields, notice)
    except (BadForm, BadToken, UnknownField, LookupError):
        return refused(link, 400, _("We could not read this page. Please open the link again."))


def _take(
    link: OpenLink, opened: Opened, fields: Fields, position: Position, proof: str | None
) -> BaseResponse:
    """Walks on under the version the page was rendered from; at the end the answers are stored."""
    asked = _as_rendered(link, opened.page.version_id)
    if asked is None or asked.definition is None:
        notice = _("The questions have changed since you opened this page. Please check your answers.")
        return _anew(link, desk().renew(opened, link), fields, notice)
    language = language_of(asked)
    step = walk(asked.definition, fields, asked.context(language), position)
    if step.reading is not None:
        if proof is None and asks_for_proof(link) and not is_stored(link, opened):
            notice = _("Many responses are coming in right now. Please submit yours again.")
            return _show(asked, opened, step, fields, notice, "")
        return _store(asked, opened, step.reading, language, proof)
    if position.go == walking.LOOK:
        return no_store(Response(pages.questions(asked, language, step, fields)))
    return _show(asked, opened, step, fields, pages.news(step, language), proof)


def _as_rendered(link: OpenLink, version_id: int) -> OpenLink | None:
    """The link with the version its page was rendered from; None when that is handed in no more."""
    if version_id == link.version_id:
        return link
    version = queries.version(version_id)
    usable = version is not None and version.state == "superseded"
    if version is None or not usable or version.questionnaire_id != link.questionnaire_id:
        return None
    return replace(link, version_id=version.id, definition=version.definition, pages={})


def _store(
    link: OpenLink, opened: Opened, reading: Reading, language: str, proof: str | None
) -> BaseResponse:
    paid = PAID
    if opened.page.points:
        paid = floods().count(link.id, bool(proof) and holds(opened.page_token, str(proof)))
    try:
        hand_in(given(link, opened, reading, language, current_app.config["SETTINGS"].today(), paid))
    except Full:
        return closed(link, FULL)
    return thanked(link, opened)


def _show(
    link: OpenLink, opened: Opened, step: Step, fields: Fields, notice: str, proof: str | None = None
) -> BaseResponse:
    """A page of the walk with what was typed; nothing is stored."""
    proof = "" if proof is None and asks_for_proof(link) else proof
    hidden = {"page": opened.page_token, "claim": opened.claim_token}
    body = pages.form(link, language_of(link), step, hidden, fields, notice, proof=proof)
    response = opened_page(body.encode(), link, opened)
    response.status_code = 422 if step.errors else 200
    return response


def _anew(link: OpenLink, opened: Opened, fields: Fields, notice: str) -> BaseResponse:
    """The first page under the present version, with what was typed as far as it is still asked."""
    language = language_of(link)
    questions = link.definition.questions if link.definition is not None else ()
    names = {name for question in questions for name in KINDS[question.kind].names(question)}
    kept = {name: text for name, text in fields.items() if name in names}
    step = begin(link.definition, link.context(language), kept)  # type: ignore[arg-type]
    response = _show(link, opened, step, kept, notice)
    response.status_code = 422
    return response
