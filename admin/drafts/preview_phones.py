"""A draft on a phone, before it is published; a response that is submitted there is a test response."""

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from admin import phone_preview
from admin.access import allow, may
from admin.permissions import Can
from survey import settings
from survey.answering.links import OpenLink, preview_link
from survey.questionnaires import drafting, queries
from survey.questionnaires.models import Version

from .question_list import draft_or_404, handle_conflict

blueprint = Blueprint("preview_phones", __name__, url_prefix="/admin/questionnaires/<slug>/draft/phone")
blueprint.register_error_handler(drafting.Conflict, handle_conflict)


@blueprint.get("/")
@allow(Can.READ_QUESTIONNAIRES)
def begin(slug: str) -> Response:
    """Show the first page, as a customer gets it."""
    return phone_preview.first_page(_link(draft_or_404(slug)))


@blueprint.post("/")
@allow(Can.READ_QUESTIONNAIRES)
def walk(slug: str) -> Response:
    """Show the next page; after the last, store a test response of users who may change questionnaires."""
    draft = draft_or_404(slug)
    link = _link(draft)
    result = phone_preview.next_page(link)
    if isinstance(result, Response):
        return result
    language = phone_preview.language_of(link)
    trial_id = _keep(draft, language, result) if may(Can.WRITE_QUESTIONNAIRES) else None
    return redirect(url_for("preview_phones.end", slug=slug, lang=language, trial=trial_id), 303)


@blueprint.get("/end")
@allow(Can.READ_QUESTIONNAIRES)
def end(slug: str) -> Response:
    """Show the page that thanks customers."""
    draft = draft_or_404(slug)
    link, trial_id = _link(draft), request.args.get("trial", type=int)
    trial = next(
        (test_response for test_response in queries.trials(draft.id) if test_response.id == trial_id), None
    )
    again = url_for("preview_phones.begin", slug=slug, lang=phone_preview.language_of(link))
    # The number of the response changes the address, so that the page around the phone is loaded again.
    stored = url_for("previews.show", slug=slug, trial=trial_id, _anchor="trials") if trial else ""
    return phone_preview.end_page(link, trial.answers if trial else None, again, stored)


def _keep(draft: Version, language: str, answers: dict[str, object]) -> int:
    """Store a test response, without names and numbers for a callback, and return its id."""
    return drafting.add_trial(draft.id, language, answers, settings.current().today()).id


def _link(draft: Version) -> OpenLink:
    return preview_link(
        draft.definition, draft.definition.title or draft.questionnaire.title, phone_preview.PLACE
    )
