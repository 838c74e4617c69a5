"""The languages of a draft: add and remove them, and choose the default language."""

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from admin.access import allow
from admin.labels.questions import language_name
from admin.permissions import Can
from survey.i18n import tag_of
from survey.questionnaires import drafting
from survey.questionnaires.rules import translating

from .question_list import Reply, draft_or_404, handle_conflict
from .texts import page

blueprint = Blueprint("draft_languages", __name__, url_prefix="/admin/questionnaires/<slug>/draft/languages")
blueprint.register_error_handler(drafting.Conflict, handle_conflict)

STEP = "languages"


@blueprint.post("/")
@allow(Can.WRITE_QUESTIONNAIRES)
def add(slug: str) -> Reply:
    draft, typed = draft_or_404(slug), request.form.get("tag", "")
    tag = tag_of(typed)
    if tag is None:
        error = _("There is no language “%(tag)s”. Choose one of the list.", tag=typed[:20])
        return page(draft, draft.document["languages"][0], tag=typed[:40], tag_error=error), 422
    try:
        drafting.change(draft.id, STEP, lambda document: translating.add_language(document, tag))
    except LookupError:
        error = _("A questionnaire has at most %(number)s languages.", number=translating.MOST_LANGUAGES)
        return page(draft, draft.document["languages"][0], tag=tag, tag_error=error), 422
    flash(_("%(language)s was added. You can now enter its texts.", language=language_name(tag)), "success")
    return _back(slug, tag)


@blueprint.post("/<language>/default")
@allow(Can.WRITE_QUESTIONNAIRES)
def prefer(slug: str, language: str) -> Reply:
    """Make a language the default."""
    draft = draft_or_404(slug)
    drafting.change(draft.id, STEP, lambda document: translating.make_default(document, language))
    flash(_("%(language)s is now the default language.", language=language_name(language)), "success")
    return _back(slug, language)


@blueprint.post("/<language>/deletion")
@allow(Can.WRITE_QUESTIONNAIRES)
def remove(slug: str, language: str) -> Reply:
    """Remove a language with all its texts, unless they have changed since they were shown."""
    draft, revision = draft_or_404(slug), request.form.get("revision", "")
    seen = int(revision) if revision.isdecimal() else -1
    drafting.change(draft.id, STEP, lambda document: translating.remove_language(document, language), seen)
    flash(_("%(language)s was removed. You can undo this.", language=language_name(language)), "success")
    return _back(slug, "")


def _back(slug: str, language: str) -> Response:
    return redirect(url_for("draft_texts.show", slug=slug, language=language or None), 303)
