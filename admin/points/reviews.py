"""The pages of points under review, which show the signs of doubt and take decisions."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import ngettext
from werkzeug.wrappers import Response

from admin.access import allow, may, me
from admin.labels import reason_text
from admin.pagination import page_of
from admin.permissions import Can
from admin.replies import Page422
from survey import settings
from survey.i18n import locale_code, text_of
from survey.people import queries as people
from survey.refusal import Refused
from survey.rewards import reviewing
from survey.rewards.models.reviews import Review
from survey.rewards.queries import reviews as queries
from survey.rewards.rules.doubts import device_of, group_by_device

from .review_forms import ReviewForm
from .review_labels import STATES, in_words

blueprint = Blueprint("reviews", __name__, url_prefix="/admin/reviews")

PAGE = 50
MOST = 2000
"""At most so many pending reviews are grouped by device; the rest follow when the first are decided."""
VERDICTS: dict[str, Callable[..., Review]] = {"approve": reviewing.approve, "void": reviewing.void}


@blueprint.get("/")
@allow(Can.READ_POINTS)
def index() -> str:
    return _page(ReviewForm())


def _page(form: ReviewForm) -> str:
    shows_decided = request.args.get("state") == "done" and request.method == "GET"
    total = queries.count(is_pending=not shows_decided)
    arguments: dict[str, Any] = {"state": "done"} if shows_decided else {}
    page = page_of(total, PAGE, lambda number: url_for("reviews.index", page=number, **arguments))
    values: dict[str, Any] = {
        "shows_decided": shows_decided,
        "page": page,
        "total": total,
        "form": form,
        "states": STATES,
    }
    if shows_decided:
        user_names = {person.id: person.name for person in people.staff()}
        values |= {"groups": [queries.decided(page.offset, PAGE)], "user_names": user_names}
    else:
        groups = group_by_device(queries.pending(MOST), lambda review: review.evidence)
        values |= {"groups": _groups_on_page(groups, page.offset), "user_names": {}}
    may_decide = may(Can.REVIEW_POINTS)
    functions: dict[str, Any] = {
        "in_words": in_words,
        "device_of": device_of,
        "title_of": lambda texts: text_of(texts, locale_code()),
    }
    return render_template("admin/points/reviews/index.html", may_decide=may_decide, **functions, **values)


def _groups_on_page(groups: list[list[Review]], skip: int) -> list[list[Review]]:
    """Return the part of the groups that a page shows: groups of one device first, then all single reviews as
    one group."""
    device_groups = [group for group in groups if len(group) > 1]
    single_reviews = [review for group in groups if len(group) == 1 for review in group]
    ordered = [
        (number, review) for number, group in enumerate([*device_groups, single_reviews]) for review in group
    ]
    shown: dict[int, list[Review]] = {}
    for number, review in ordered[skip : skip + PAGE]:
        shown.setdefault(number, []).append(review)
    return list(shown.values())


@blueprint.post("/decisions")
@allow(Can.REVIEW_POINTS)
def decide() -> Response | Page422:
    form = ReviewForm()
    verdict = request.form.get("verdict", "")
    if not form.validate() or verdict not in VERDICTS:
        return _page(form), 422
    decided, refused = 0, []
    for transfer_id in form.chosen.data:
        try:
            VERDICTS[verdict](transfer_id, me().id, form.reason.data, settings.current().today())
            decided += 1
        except reviewing.AlreadyDecided as already:
            refused.append(already)
        except Refused as problem:
            form.reason.errors = [reason_text(problem)]
            return _page(form), 422
    _flash_outcome(verdict, decided, refused)
    return redirect(url_for("reviews.index"), 303)


def _flash_outcome(verdict: str, decided: int, refused: list[reviewing.AlreadyDecided]) -> None:
    """Tell how many reviews were decided and how many somebody else had decided."""
    if decided and verdict == "void":
        flash(ngettext("%(num)s claim voided.", "%(num)s claims voided.", decided), "success")
    elif decided:
        flash(ngettext("%(num)s claim approved.", "%(num)s claims approved.", decided), "success")
    if refused:
        reason = reason_text(refused[0])
        flash(reason if len(refused) == 1 else f"{len(refused)} × {reason}", "error")
