"""A template of the library on a phone, to try out before it is copied. Nothing is stored."""

from flask import Blueprint, abort, url_for
from werkzeug.wrappers import Response

from admin import phone_preview
from admin.access import allow
from admin.permissions import Can
from survey.answering.links import OpenLink, preview_link
from survey.questionnaires import library_catalogue

blueprint = Blueprint("library_phones", __name__, url_prefix="/admin/questionnaires/-/library/<name>/phone")


@blueprint.get("/")
@allow(Can.READ_QUESTIONNAIRES)
def begin(name: str) -> Response:
    """Show the first page, as a customer gets it."""
    return phone_preview.first_page(_link(name))


@blueprint.post("/")
@allow(Can.READ_QUESTIONNAIRES)
def walk(name: str) -> Response:
    """Show the next page; after the last, the page that thanks customers."""
    link = _link(name)
    result = phone_preview.next_page(link)
    if isinstance(result, Response):
        return result
    again = url_for("library_phones.begin", name=name, lang=phone_preview.language_of(link))
    return phone_preview.end_page(link, result, again)


def _link(name: str) -> OpenLink:
    entry = library_catalogue.entry(name) or abort(404)
    return preview_link(entry.definition, entry.definition.title, phone_preview.PLACE)
