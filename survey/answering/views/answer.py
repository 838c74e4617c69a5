"""The views that open a link's page, walk through it and submit it."""

from dataclasses import replace

from flask import Response, current_app, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from survey.answering import pages, queries, walking
from survey.answering.forms import BadForm, read_form, take_position
from survey.answering.links import OpenLink
from survey.answering.page_sessions import PageSession
from survey.answering.proofs import holds
from survey.answering.submission import MaximumReached, hand_in
from survey.answering.submission_rows import PAID, make_submission
from survey.answering.tokens import BadToken
from survey.answering.walking import Position, Step, begin, walk
from survey.links.rules import normalise
from survey.questionnaires.kinds import KINDS
from survey.questionnaires.rules.limits import FULL
from survey.questionnaires.rules.reading import Reading, UnknownField

from .replies import (
    asks_for_proof,
    blueprint,
    closed_page,
    floods,
    forbid_caching,
    is_stored,
    language_of,
    links,
    page_reply,
    page_sessions,
    recall_page,
    redirect_to_thanks,
    refusal_page,
    refusal_reason,
)

Fields = dict[str, str]


@blueprint.get("/s/<code>")
def answer(code: str) -> BaseResponse:
    link = links().find(normalise(code))
    if link is None:
        return closed_page(link)
    opened = None if "again" in request.args and not link.once else recall_page(link)
    if opened is not None and is_stored(opened):
        return redirect_to_thanks(link, opened)
    if not link.open:
        return closed_page(link)
    if why := refusal_reason(link):
        return closed_page(link, why)
    if opened is not None and (opened.is_stale or opened.page.version_id != link.version_id):
        opened = page_sessions().renew(opened, link)
    opened = opened or page_sessions().open(link)
    tokens = opened.page_token, opened.claim_token
    body = pages.render_first(link, language_of(link), *tokens, asks_for_proof(link))
    return page_reply(body, link, opened)


@blueprint.post("/s/<code>")
def hand_in_answers(code: str) -> BaseResponse:
    link = links().find(normalise(code))
    if link is None:
        return closed_page(link)
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        text = _("This page was submitted from another website. Please open the link again.")
        return refusal_page(link, 400, text)
    request.max_content_length = link.form_limits.bytes
    try:
        fields = read_form(request.content_type or "", request.get_data(cache=False), link.form_limits.fields)
        opened = page_sessions().reopen(fields.pop("page", ""), fields.pop("claim", ""), link)
        proof = fields.pop("proof", None)
        why = refusal_reason(link) if link.open else None
        if why or not link.open:
            # What was stored before is thanked for, whatever has closed since: its reply may have been lost.
            return redirect_to_thanks(link, opened) if is_stored(opened) else closed_page(link, why)
        return _take_step(link, opened, fields, take_position(fields), proof)
    except (BadForm, BadToken, UnknownField, LookupError):
        if not link.open:
            return closed_page(link)
        return refusal_page(link, 400, _("We could not read this page. Please open the link again."))


def _take_step(
    link: OpenLink, opened: PageSession, fields: Fields, position: Position, proof: str | None
) -> BaseResponse:
    """Continue under the version that the page was rendered from; store the answers at the end."""
    if opened.is_stale:
        notice = _("This page was open for more than a day. Please check your answers and submit them again.")
        return _show_again(link, opened, fields, notice)
    rendered = _link_as_rendered(link, opened.page.version_id)
    if rendered is None or rendered.definition is None:
        notice = _("The questions have changed since you opened this page. Please check your answers.")
        return _show_again(link, opened, fields, notice)
    language = language_of(rendered)
    step = walk(rendered.definition, fields, rendered.context(language), position)
    if step.reading is not None:
        if proof is None and asks_for_proof(link) and not is_stored(opened):
            notice = _("Many responses are coming in right now. Please submit yours again.")
            return _show(rendered, opened, step, fields, notice, "")
        return _store(rendered, opened, step.reading, language, proof)
    if position.action == walking.LOOK:
        return forbid_caching(Response(pages.render_questions(rendered, language, step, fields)))
    return _show(rendered, opened, step, fields, pages.news_text(step, language), proof)


def _link_as_rendered(link: OpenLink, version_id: int) -> OpenLink | None:
    """Return the link with the version that its page was rendered from; None if no longer accepted."""
    if version_id == link.version_id:
        return link
    version = queries.version(version_id)
    usable = version is not None and version.state == "superseded"
    if version is None or not usable or version.questionnaire_id != link.questionnaire_id:
        return None
    return replace(link, version_id=version.id, definition=version.definition, pages={})


def _store(
    link: OpenLink, opened: PageSession, reading: Reading, language: str, proof: str | None
) -> BaseResponse:
    paid = PAID
    if opened.page.points:
        paid = floods().count(link.id, bool(proof) and holds(opened.page_token, str(proof)))
    try:
        today = current_app.config["SETTINGS"].today()
        hand_in(make_submission(link, opened, reading, language, today, paid))
    except MaximumReached:
        return closed_page(link, FULL)
    return redirect_to_thanks(link, opened)


def _show(
    link: OpenLink, opened: PageSession, step: Step, fields: Fields, notice: str, proof: str | None = None
) -> BaseResponse:
    """Return the page of ``step`` with what was typed; nothing is stored."""
    proof = "" if proof is None and asks_for_proof(link) else proof
    hidden = {"page": opened.page_token, "claim": opened.claim_token}
    body = pages.render_form(link, language_of(link), step, hidden, fields, notice, proof=proof)
    response = page_reply(body.encode(), link, opened)
    response.status_code = 422 if step.errors else 200
    return response


def _show_again(link: OpenLink, opened: PageSession, fields: Fields, notice: str) -> BaseResponse:
    """Return the thanks for answers that were stored before, else the first page of the present version with
    the answers to questions that it still has. It is the same submission and claim."""
    if is_stored(opened):
        return redirect_to_thanks(link, opened)
    opened = page_sessions().renew(opened, link)
    language = language_of(link)
    questions = link.definition.questions if link.definition is not None else ()
    names = {name for question in questions for name in KINDS[question.kind].names(question)}
    remaining = {name: text for name, text in fields.items() if name in names}
    step = begin(link.definition, link.context(language), remaining)  # type: ignore[arg-type]
    response = _show(link, opened, step, remaining, notice)
    response.status_code = 422
    return response
