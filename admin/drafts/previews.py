"""The preview of a draft in the frames of phones, and the test responses that were submitted there."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from admin.access import allow
from admin.labels.answers import describe_answers
from admin.permissions import Can
from admin.phone_preview import allow_frames
from survey import i18n
from survey.questionnaires import drafting, queries
from survey.questionnaires.models import Version

from .question_list import draft_or_404, draft_values, handle_conflict

blueprint = Blueprint("previews", __name__, url_prefix="/admin/questionnaires/<slug>/draft/preview")
blueprint.register_error_handler(drafting.Conflict, handle_conflict)

AT_FIRST = 2
"""The number of languages shown side by side when none are chosen."""
SHOWN = 50


@dataclass(frozen=True)
class ShownTrial:
    """A test response in words."""

    id: int
    made_on: date
    language: str
    answers: list[tuple[str, str]]


@blueprint.get("/")
@allow(Can.READ_QUESTIONNAIRES)
def show(slug: str) -> Response:
    draft = draft_or_404(slug)
    languages = draft.document["languages"]
    chosen = [language for language in languages if language in request.args.getlist("language")]
    values = {
        "shown": chosen or languages[:AT_FIRST],
        "bcp47_of": i18n.bcp47_of,
        "trials": _shown_trials(draft),
    }
    values["alone"] = int("alone" in request.args)
    values["opened"] = request.args.get("trial", type=int)
    return allow_frames(render_template("admin/drafts/previews/show.html", **draft_values(draft), **values))


@blueprint.post("/trials/deletion")
@allow(Can.WRITE_QUESTIONNAIRES)
def forget(slug: str) -> Response:
    """Delete the test response ``trial``, or without it all."""
    draft, trial = draft_or_404(slug), request.form.get("trial", "")
    if trial and not (trial.isascii() and trial.isdigit() and len(trial) < 10):
        abort(400)
    drafting.delete_trials(draft.id, int(trial) if trial else None)
    flash(_("Test response deleted.") if trial else _("All test responses deleted."), "success")
    return redirect(url_for("previews.show", slug=slug), 303)


def _shown_trials(draft: Version) -> list[ShownTrial]:
    definition, locale = draft.definition, i18n.locale_code()
    return [
        ShownTrial(
            trial.id, trial.made_on, trial.language, describe_answers(definition, trial.answers, locale)
        )
        for trial in queries.trials(draft.id)[:SHOWN]
    ]
