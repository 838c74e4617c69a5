"""Export and import of a draft's texts as a translator's workbook; the changes are previewed first.

The page of the preview carries the rows, signed, to the confirmation: nothing waits on a server.
"""

from dataclasses import astuple
from functools import partial

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as BaseResponse

from admin import uploads
from admin.access import allow
from admin.labels import reason_text
from admin.labels.questions import language_name
from admin.permissions import Can
from admin.replies import Page422
from survey import i18n
from survey.questionnaires import drafting, workbook
from survey.questionnaires.models import Version
from survey.questionnaires.rules import returning, translating
from survey.questionnaires.rules.returning import CheckedTranslations, TranslationRow
from survey.refusal import N_
from survey.tabular import Unreadable

from .question_list import draft_or_404, draft_values, handle_conflict
from .text_labels import describe_position, item_labels
from .translation_forms import TranslationForm

ADDRESS = "/admin/questionnaires/<slug>/draft/languages/<language>"
blueprint = Blueprint("draft_translations", __name__, url_prefix=ADDRESS)
blueprint.register_error_handler(drafting.Conflict, handle_conflict)
blueprint.url_value_preprocessor(uploads.raise_form_limit)

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 500


@blueprint.get("/texts.xlsx")
@allow(Can.READ_QUESTIONNAIRES)
def export(slug: str, language: str) -> Response:
    draft = _draft(slug, language)
    document = draft.document
    labels = item_labels(document)
    where = {piece.key: describe_position(piece, document, labels) for piece in translating.pieces(document)}
    heads = [_("where"), *(f"{tag} {language_name(tag)}" for tag in (document["languages"][0], language))]
    response = Response(workbook.write_workbook(document, language, where, heads), mimetype=TYPE)
    response.headers.set("Content-Disposition", "attachment", filename=f"{slug}-{language}.xlsx")
    return response


@blueprint.get("/import")
@allow(Can.WRITE_QUESTIONNAIRES)
def new(slug: str, language: str) -> str:
    return _choose(_draft(slug, language), language, TranslationForm())


@blueprint.post("/import")
@allow(Can.WRITE_QUESTIONNAIRES)
def preview(slug: str, language: str) -> str | Page422:
    draft, form = _draft(slug, language), TranslationForm()
    rows = uploads.read_upload(form, lambda data: _read(data, draft, language))
    if rows is None:
        return _choose(draft, language, form), 422
    return _preview(draft, language, rows)


@blueprint.post("/import/confirmation")
@allow(Can.WRITE_QUESTIONNAIRES)
def confirm(slug: str, language: str) -> BaseResponse | Page422:
    """Write what the preview showed; when the draft has changed since, write nothing and preview again."""
    draft = _draft(slug, language)
    content = uploads.read_signed(_seal(draft, language), name="rows")
    if content is None:
        return uploads.redirect_expired(url_for("draft_translations.new", slug=slug, language=language))
    rows = tuple(TranslationRow(*row) for row in content["rows"])
    changes = returning.check(draft.document, language, rows).changes
    edit = partial(returning.apply, language=language, changes=changes)
    try:
        drafting.change(draft.id, "import", edit, content["revision"])
    except drafting.Conflict:
        alert = _("The draft has changed. Check again what the file changes.")
        return _preview(_draft(slug, language), language, rows, alert), 409
    number = len(changes)
    flash(ngettext("%(num)s text imported.", "%(num)s texts imported.", number), "success")
    return redirect(url_for("draft_texts.show", slug=slug, language=language), 303)


def _draft(slug: str, language: str) -> Version:
    """Return the draft; answer 404 when texts are not translated into this language."""
    draft = draft_or_404(slug)
    if language not in draft.document["languages"][1:]:
        abort(404)
    return draft


def _read(data: bytes, draft: Version, language: str) -> tuple[TranslationRow, ...]:
    sheet = workbook.read_workbook(data)
    default = draft.document["languages"][0]
    if sheet.language != language:
        text = N_("The file has texts in “%(there)s”, but this page is for “%(here)s”.")
        raise Unreadable(text, there=sheet.language[:20], here=language)
    if sheet.base != default:
        text = N_("The file is translated from “%(there)s”, but the default language is “%(here)s”.")
        raise Unreadable(text, there=sheet.base[:20], here=default)
    return sheet.rows


def _seal(draft: Version, language: str) -> str:
    return f"translation {draft.id} {language}"


def _choose(draft: Version, language: str, form: TranslationForm) -> str:
    return render_template("admin/drafts/translations/new.html", form=form, **_common(draft, language))


def _preview(draft: Version, language: str, rows: tuple[TranslationRow, ...], alert: str = "") -> str:
    checked = returning.check(draft.document, language, rows)
    changed_rows = {change.row for change in checked.changes}
    content = {
        "rows": [astuple(row) for row in rows if row.number in changed_rows],
        "revision": draft.revision,
    }
    sealed = uploads.sign(content, _seal(draft, language))
    values = _common(draft, language) | _shown(draft, checked) | {"sealed": sealed, "alert": alert}
    return render_template("admin/drafts/translations/preview.html", **values)


def _shown(draft: Version, checked: CheckedTranslations) -> dict[str, object]:
    labels = item_labels(draft.document)
    return {
        "checked": checked,
        "changes": [
            (change, describe_position(change.piece, draft.document, labels))
            for change in checked.changes[:SHOWN]
        ],
        "problems": [
            (problem.row, problem.key, reason_text(problem)) for problem in checked.problems[:SHOWN]
        ],
    }


def _common(draft: Version, language: str) -> dict[str, object]:
    names = {"language": language, "bcp47_of": i18n.bcp47_of, "direction_of": i18n.direction_of}
    return draft_values(draft) | names
