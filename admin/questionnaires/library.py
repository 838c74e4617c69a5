"""The template library: search, show and copy the questionnaires of the regulations."""

from flask import Blueprint, abort, flash, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from admin import idempotency
from admin.access import allow, may
from admin.labels.dimensions import dimension_name
from admin.labels.questions import language_name
from admin.permissions import Can
from admin.phone_preview import allow_frames
from admin.question_rows import question_rows
from survey.htmx import vary, wants_partial
from survey.i18n import bcp47_of, choose_language, locale_code, text_of
from survey.questionnaires import library_catalogue, queries
from survey.questionnaires.rules import filing

from . import creation

blueprint = Blueprint("library", __name__, url_prefix="/admin/questionnaires/-/library")
blueprint.after_request(vary)


@blueprint.get("/")
@allow(Can.READ_QUESTIONNAIRES)
def index() -> str:
    words = request.args.get("q", "")[: library_catalogue.LONGEST_SEARCH]
    template = "_found" if wants_partial() else "index"
    return render_template(
        f"admin/questionnaires/library/{template}.html",
        words=words,
        results=library_catalogue.search(words),
        **_template_values(),
    )


@blueprint.get("/<name>")
@allow(Can.READ_QUESTIONNAIRES)
def show(name: str) -> Response:
    """Show a template; ``phone`` is the language of the phone beside the questions."""
    entry, phone_language = _entry_or_404(name), request.args.get("phone", "")
    languages = entry.definition.languages
    html = render_template(
        "admin/questionnaires/library/show.html",
        book=entry,
        shown=phone_language if phone_language in languages else choose_language(languages),
        bcp47_of=bcp47_of,
        rows=question_rows(entry.document),
        copied=queries.questionnaire(entry.document["slug"]),
        weights=_weights(entry),
        language_name=language_name,
        **_template_values(),
    )
    return allow_frames(html)


@blueprint.post("/<name>/copies")
@allow(Can.WRITE_QUESTIONNAIRES)
def copy(name: str) -> Response:
    """Create a questionnaire whose draft asks the same as the template."""
    document = _entry_or_404(name).document
    version = creation.create_once(
        document["slug"], lambda slug: filing.version_content(document, slug), f"library {name}"
    )
    flash(_("Copied. Edit it as needed, then publish. Customers see nothing before that."), "success")
    return creation.redirect_to_version(version)


def _entry_or_404(name: str) -> library_catalogue.LibraryEntry:
    return library_catalogue.entry(name) or abort(404)


def _weights(entry: library_catalogue.LibraryEntry) -> list[tuple[str, float]]:
    """Return the names of the dimensions of the template's index with their weights."""
    names = (question.dimension for question in entry.definition.questions)
    dimensions = dict.fromkeys(dimension for dimension in names if dimension)
    return [
        (dimension_name(dimension), entry.definition.weights.get(dimension, 1)) for dimension in dimensions
    ]


def _template_values() -> dict[str, object]:
    return {
        "in_locale": lambda texts: text_of(texts, locale_code()),
        "may_copy": may(Can.WRITE_QUESTIONNAIRES),
        "made_with": idempotency.new_number(),
    }
