"""A questionnaire of the library on a phone, tried out before it is copied. Nothing is stored."""

from flask import Blueprint, abort, url_for
from werkzeug.wrappers import Response

from survey.answering.links import OpenLink, stand_in
from survey.questionnaires import library_catalogue

from . import phones
from .access import allow
from .draft_listing import READERS

blueprint = Blueprint("library_phones", __name__, url_prefix="/admin/questionnaires/-/library/<name>/phone")


@blueprint.get("/")
@allow(*READERS)
def begin(name: str) -> Response:
    """The first page, as a customer gets it."""
    return phones.beginning(_link(name))


@blueprint.post("/")
@allow(*READERS)
def walk(name: str) -> Response:
    """The page to which the form leads; at the end the thanks."""
    link = _link(name)
    found = phones.walked(link)
    if isinstance(found, Response):
        return found
    again = url_for("library_phones.begin", name=name, lang=phones.language_of(link))
    return phones.ending(link, found, again)


def _link(name: str) -> OpenLink:
    book = library_catalogue.book(name) or abort(404)
    return stand_in(book.definition, book.definition.title, phones.PLACE)
