"""The page of a draft in the builder, and acts that concern the draft as a whole."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from admin.access import allow
from admin.forms.translated_texts import read_texts
from admin.permissions import Can
from admin.phone_preview import allow_frames
from survey.i18n import bcp47_of, choose_language
from survey.questionnaires import drafting
from survey.questionnaires.rules import editing

from .question_list import Reply, draft_or_404, draft_values, handle_conflict, last_change, reply

blueprint = Blueprint("drafts", __name__, url_prefix="/admin/questionnaires/<slug>/draft")


blueprint.register_error_handler(drafting.Conflict, handle_conflict)


@blueprint.get("/")
@allow(Can.READ_QUESTIONNAIRES)
def show(slug: str) -> Response:
    """Show the questions of a draft; ``phone`` is the language of the phone beside them."""
    draft = draft_or_404(slug)
    languages, wish = tuple(draft.document["languages"]), request.args.get("phone", "")
    shown = [wish if wish in languages else choose_language(languages)]
    values = {"shown": shown, "alone": 1, "bcp47_of": bcp47_of}
    return allow_frames(render_template("admin/drafts/show.html", **draft_values(draft), **values))


@blueprint.post("/undo")
@allow(Can.WRITE_QUESTIONNAIRES)
def undo(slug: str) -> Reply:
    draft = draft_or_404(slug)
    change = last_change(draft)
    revision = request.form.get("revision", "")
    try:
        draft = drafting.undo(draft.id, int(revision) if revision.isdecimal() else -1)
    except drafting.Conflict:
        alert = _("Somebody else has made a change. Check it before you undo.")
        return reply(draft_or_404(slug), alert=alert, code=409)
    return reply(
        draft, message=_("Undone: %(change)s.", change=change) if change else _("Nothing has changed.")
    )


@blueprint.post("/required")
@allow(Can.WRITE_QUESTIONNAIRES)
def require(slug: str) -> Reply:
    """Store which questions are required, for all questions at once."""
    draft = draft_or_404(slug)
    wanted, asked = set(request.form.getlist("required")), set(request.form.getlist("asked"))
    draft = drafting.change(draft.id, "require", lambda document: editing.require(document, wanted, asked))
    return reply(draft, message=_("Saved."))


@blueprint.post("/title")
@allow(Can.WRITE_QUESTIONNAIRES)
def retitle(slug: str) -> Reply:
    draft = draft_or_404(slug)
    title = read_texts(request.form, "title", draft.document["languages"], draft.document.get("title", {}))
    if not title.get(draft.document["languages"][0]):
        return reply(draft, alert=_("Enter a title in the default language."), code=422)
    draft = drafting.change(draft.id, "title", lambda document: editing.retitle(document, title))
    return reply(draft, message=_("Saved."))


@blueprint.post("/deletion")
@allow(Can.WRITE_QUESTIONNAIRES)
def discard(slug: str) -> Response:
    draft = draft_or_404(slug)
    try:
        alone = drafting.discard(draft.id)
    except drafting.Conflict as conflict:
        if str(conflict) != "linked":
            raise
        flash(
            _(
                "Links point to this questionnaire, and this draft is all it has, so the draft "
                "cannot be discarded."
            ),
            "error",
        )
        return redirect(url_for("drafts.show", slug=slug), 303)
    if alone:
        flash(_("The questionnaire was deleted: this draft was all it had."), "success")
        return redirect(url_for("questionnaires.index"), 303)
    flash(_("Draft discarded. The published version stays as it is."), "success")
    return redirect(url_for("questionnaires.show", slug=slug), 303)
