"""The texts of a draft side by side: in its default language and in a chosen one."""

from functools import partial

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from admin.access import allow
from admin.labels.questions import LANGUAGES
from admin.permissions import Can
from survey import i18n
from survey.htmx import wants_partial
from survey.questionnaires import drafting
from survey.questionnaires.definition import Document
from survey.questionnaires.models import Version
from survey.questionnaires.rules import translating
from survey.questionnaires.rules.translating import TextChanged

from .question_list import CHANGED, Reply, draft_or_404, draft_values, handle_conflict, last_change
from .text_lines import NOTHING, TypedTexts, lines_of, read_typed

blueprint = Blueprint("draft_texts", __name__, url_prefix="/admin/questionnaires/<slug>/draft/languages")
blueprint.register_error_handler(drafting.Conflict, handle_conflict)

MISSING = "missing"
STEP = "texts"


@blueprint.get("/")
@allow(Can.READ_QUESTIONNAIRES)
def show(slug: str) -> str:
    draft = draft_or_404(slug)
    wish = request.args.get("language", "")
    return page(draft, wish if wish in draft.document["languages"] else _language_to_open(draft.document))


@blueprint.post("/<language>/texts")
@allow(Can.WRITE_QUESTIONNAIRES)
def write(slug: str, language: str) -> Reply:
    """Store the texts of the form that differ from those that were shown.

    ``only`` is the key of the single text that htmx sends, and gets back.
    """
    draft = draft_or_404(slug)
    if language not in draft.document["languages"]:
        abort(404)
    sent = read_typed(draft.document, request.form)
    draft = _write_texts(draft, language, sent)
    code = 422 if sent.errors else 409 if sent.theirs else 200
    if wants_partial() and "only" in request.form:
        return _line(draft, language, request.form["only"], sent, code)
    if code != 200:
        return page(draft, language, sent), code
    number = len(sent.good)
    message = ngettext("%(num)s text saved.", "%(num)s texts saved.", number) if number else ""
    flash(message or _("Nothing has changed."), "success" if number else "info")
    return _back(slug, language)


@blueprint.post("/<language>/undo")
@allow(Can.WRITE_QUESTIONNAIRES)
def undo(slug: str, language: str) -> Response:
    draft, revision = draft_or_404(slug), request.form.get("revision", "")
    change = last_change(draft)
    drafting.undo(draft.id, int(revision) if revision.isdecimal() else -1)
    flash(_("Undone: %(change)s.", change=change) if change else _("Nothing has changed."), "success")
    return _back(slug, language)


def page(draft: Version, language: str, sent: TypedTexts = NOTHING, **more: str) -> str:
    """Return the page of a draft's texts in ``language``; texts ``sent`` but not stored are as typed.

    ``more`` are further values for the template.
    """
    shown = lines_of(draft.document, language, sent)
    only_missing = request.args.get("show") == MISSING and sent is NOTHING
    lacking = [line for line in shown if line.piece.lacks(language)]
    values = {"lines": lacking if only_missing else shown, "only_missing": only_missing}
    return render_template("admin/drafts/texts/show.html", **_common(draft, language), **values, **more)


def _line(draft: Version, language: str, key: str, sent: TypedTexts, code: int) -> Reply:
    """Return the line of a single text after it was sent. Raise Conflict when its question is gone."""
    line = next(
        (candidate for candidate in lines_of(draft.document, language, sent) if candidate.key == key), None
    )
    if line is None:
        raise drafting.Conflict("gone")
    values = _common(draft, language) | {"line": line, "saved": code == 200}
    return render_template("admin/drafts/texts/_saved.html", **values), code, {"HX-Trigger": CHANGED}


def _common(draft: Version, language: str) -> dict[str, object]:
    languages = draft.document["languages"]
    return {
        **draft_values(draft),
        "language": language,
        "default": languages[0],
        "meters": translating.translation_progress(draft.document),
        "bcp47_of": i18n.bcp47_of,
        "direction_of": i18n.direction_of,
        "offered": [tag for tag in LANGUAGES if tag not in languages],
    }


def _language_to_open(document: Document) -> str:
    """Return the language that a translator wants to see first: one that lacks a text, else the second."""
    meters, languages = translating.translation_progress(document), document["languages"]
    lacking = [language for language in languages if meters[language].missing]
    return str([*lacking, *languages[1:], *languages][0])


def _write_texts(draft: Version, language: str, sent: TypedTexts) -> Version:
    """Return the draft after storing what was ``sent``.

    A text that somebody else has changed since is not overwritten but added to ``sent.theirs``.
    """
    while sent.good:
        try:
            edit = partial(translating.write, language=language, texts=sent.good)
            return drafting.change(draft.id, STEP, edit)
        except TextChanged as changed:
            if changed.now is None:
                raise drafting.Conflict("gone") from None
            sent.theirs[changed.key] = changed.now
    return draft


def _back(slug: str, language: str) -> Response:
    only = MISSING if request.args.get("show") == MISSING else None
    return redirect(url_for("draft_texts.show", slug=slug, language=language, show=only), 303)
