"""The library: questionnaires of the regulations, searched, looked at, and copied into drafts."""

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
        found=library_catalogue.search(words),
        **_words(),
    )


@blueprint.get("/<name>")
@allow(Can.READ_QUESTIONNAIRES)
def show(name: str) -> Response:
    """``phone``: the language of the phone beside the questions."""
    book, wish = _found(name), request.args.get("phone", "")
    languages = book.definition.languages
    html = render_template(
        "admin/questionnaires/library/show.html",
        book=book,
        shown=wish if wish in languages else choose_language(languages),
        bcp47_of=bcp47_of,
        rows=question_rows(book.document),
        copied=queries.questionnaire(book.document["slug"]),
        weights=_weights(book),
        language_name=language_name,
        **_words(),
    )
    return allow_frames(html)


@blueprint.post("/<name>/copies")
@allow(Can.WRITE_QUESTIONNAIRES)
def copy(name: str) -> Response:
    """A draft of a new questionnaire that asks the same."""
    document = _found(name).document
    made = creation.make(
        document["slug"], lambda slug: filing.version_content(document, slug), f"library {name}"
    )
    flash(_("Copied. Edit it as needed, then publish. Customers see nothing before that."), "success")
    return creation.opened(made)


def _found(name: str) -> library_catalogue.LibraryEntry:
    return library_catalogue.entry(name) or abort(404)


def _weights(book: library_catalogue.LibraryEntry) -> list[tuple[str, float]]:
    """The dimensions of its index with their weights."""
    scored = (question.dimension for question in book.definition.questions)
    dimensions = dict.fromkeys(one for one in scored if one)
    return [(dimension_name(one), book.definition.weights.get(one, 1)) for one in dimensions]


def _words() -> dict[str, object]:
    return {
        "in_locale": lambda texts: text_of(texts, locale_code()),
        "may_copy": may(Can.WRITE_QUESTIONNAIRES),
        "made_with": idempotency.new_number(),
    }
