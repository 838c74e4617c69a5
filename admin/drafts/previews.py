"""The preview of a draft in the frames of phones, and the test answers that were handed in there."""

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
"""Languages shown side by side when no others are chosen."""
SHOWN = 50


@dataclass(frozen=True)
class Tried:
    """A test answer in words."""

    id: int
    made_on: date
    language: str
    answers: list[tuple[str, str]]


@blueprint.get("/")
@allow(Can.READ_QUESTIONNAIRES)
def show(slug: str) -> Response:
    draft = draft_or_404(slug)
    languages = draft.document["languages"]
    chosen = [one for one in languages if one in request.args.getlist("language")]
    values = {"shown": chosen or languages[:AT_FIRST], "bcp47_of": i18n.bcp47_of, "trials": _tried(draft)}
    values["alone"] = int("alone" in request.args)
    values["opened"] = request.args.get("trial", type=int)
    return allow_frames(render_template("admin/drafts/previews/show.html", **draft_values(draft), **values))


@blueprint.post("/trials/deletion")
@allow(Can.WRITE_QUESTIONNAIRES)
def forget(slug: str) -> Response:
    """Deletes one test answer, or without ``trial`` all."""
    draft, one = draft_or_404(slug), request.form.get("trial", "")
    if one and not (one.isascii() and one.isdigit() and len(one) < 10):
        abort(400)
    drafting.delete_trials(draft.id, int(one) if one else None)
    flash(_("Test response deleted.") if one else _("All test responses deleted."), "success")
    return redirect(url_for("previews.show", slug=slug), 303)


def _tried(draft: Version) -> list[Tried]:
    definition, locale = draft.definition, i18n.locale_code()
    return [
        Tried(one.id, one.made_on, one.language, describe_answers(definition, one.answers, locale))
        for one in queries.trials(draft.id)[:SHOWN]
    ]
