"""A draft on a phone, before anybody is asked; what is handed in there is a test answer."""

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
    """The first page, as a customer gets it."""
    return phone_preview.first_page(_link(draft_or_404(slug)))


@blueprint.post("/")
@allow(Can.READ_QUESTIONNAIRES)
def walk(slug: str) -> Response:
    """The page to which the form leads; at the end a test answer is stored, of those who may."""
    draft = draft_or_404(slug)
    link = _link(draft)
    found = phone_preview.next_page(link)
    if isinstance(found, Response):
        return found
    language = phone_preview.language_of(link)
    made = _keep(draft, language, found) if may(Can.WRITE_QUESTIONNAIRES) else None
    return redirect(url_for("preview_phones.end", slug=slug, lang=language, trial=made), 303)


@blueprint.get("/end")
@allow(Can.READ_QUESTIONNAIRES)
def end(slug: str) -> Response:
    """Where customers are thanked."""
    draft = draft_or_404(slug)
    link, wish = _link(draft), request.args.get("trial", type=int)
    trial = next((one for one in queries.trials(draft.id) if one.id == wish), None)
    again = url_for("preview_phones.begin", slug=slug, lang=phone_preview.language_of(link))
    # The number of the answer makes it another address, so that the page around the phone is loaded anew.
    stored = url_for("previews.show", slug=slug, trial=wish, _anchor="trials") if trial else ""
    return phone_preview.end_page(link, trial.answers if trial else None, again, stored)


def _keep(draft: Version, language: str, answers: dict[str, object]) -> int:
    """The id of a new test answer. Names and numbers for a call are no part of it."""
    return drafting.add_trial(draft.id, language, answers, settings.current().today()).id


def _link(draft: Version) -> OpenLink:
    return preview_link(
        draft.definition, draft.definition.title or draft.questionnaire.title, phone_preview.PLACE
    )
