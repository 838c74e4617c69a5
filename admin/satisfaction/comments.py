"""The page of customers' comments, shuffled within each month."""

from itertools import groupby

from flask import Blueprint, request
from werkzeug.wrappers import Response

from admin.access import allow, place_or_404
from admin.figure_filters import about_place, address, choose, redirect_to_place
from admin.pagination import page_of
from admin.permissions import Can
from survey import settings
from survey.comments.collecting import CommentCollection, collect
from survey.places.models import Place
from survey.tallies.queries import subjects
from survey.tallies.queries.subjects import Subject

from .rendering import render_figures

blueprint = Blueprint("comments", __name__, url_prefix="/admin/indexes")
blueprint.before_request(redirect_to_place)

SIZE = 50
LONGEST = 100  # characters of the words searched for


@blueprint.get("/comments/<code>")
@allow(Can.READ_FIGURES)
def place(code: str) -> Response:
    top = place_or_404(code)
    about = about_place(top)
    choice = choose(about)
    search_text = request.args.get("q", "")[:LONGEST]
    number = request.args.get("part", 1, type=int)
    collection = CommentCollection([], {})
    if choice.query.versions:
        collection = collect(choice.query.versions, choice.query.period, top, search_text, number)
    page = page_of(len(collection.comments), SIZE, lambda number: address(None, page=number))
    page_comments = collection.comments[page.offset : page.offset + SIZE]
    return render_figures(
        "comments",
        about,
        choice,
        collection=collection,
        months=[
            (start, list(comments))
            for start, comments in groupby(page_comments, key=lambda comment: comment.month)
        ],
        page=page,
        search_text=search_text,
        places=_places(top, collection),
        k=settings.current().minimum_group,
    )


def _places(top: Place, collection: CommentCollection) -> dict[int, Subject]:
    """Return the service points by id, to name them beside comments; none on the page of a service point."""
    if top.kind == "point" or not collection.comments:
        return {}
    return {subject.place_id: subject for subject in subjects.below(top, "point")}
