"""Doubtful points: what speaks against them, and who decides."""

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
"""Pending ones that are put together by device; of more the first are to be decided first."""
VERDICTS: dict[str, Callable[..., Review]] = {"approve": reviewing.approve, "void": reviewing.void}


@blueprint.get("/")
@allow(Can.READ_POINTS)
def index() -> str:
    return _page(ReviewForm())


def _page(form: ReviewForm) -> str:
    done = request.args.get("state") == "done" and request.method == "GET"
    total = queries.count(is_pending=not done)
    wish: dict[str, Any] = {"state": "done"} if done else {}
    page = page_of(total, PAGE, lambda number: url_for("reviews.index", page=number, **wish))
    values: dict[str, Any] = {"done": done, "page": page, "total": total, "form": form, "states": STATES}
    if done:
        named = {person.id: person.name for person in people.staff()}
        values |= {"groups": [queries.decided(page.offset, PAGE)], "named": named}
    else:
        together = group_by_device(queries.pending(MOST), lambda one: one.evidence)
        values |= {"groups": _shown(together, page.offset), "named": {}}
    may_decide = may(Can.REVIEW_POINTS)
    words: dict[str, Any] = {
        "in_words": in_words,
        "device_of": device_of,
        "title_of": lambda texts: text_of(texts, locale_code()),
    }
    return render_template("admin/points/reviews/index.html", may_decide=may_decide, **words, **values)


def _shown(groups: list[list[Review]], skip: int) -> list[list[Review]]:
    """The part of the groups that a page shows: those of one device first, then all the others as one."""
    several = [group for group in groups if len(group) > 1]
    single = [one for group in groups if len(group) == 1 for one in group]
    ordered = [(number, one) for number, group in enumerate([*several, single]) for one in group]
    found: dict[int, list[Review]] = {}
    for number, one in ordered[skip : skip + PAGE]:
        found.setdefault(number, []).append(one)
    return list(found.values())


@blueprint.post("/decisions")
@allow(Can.REVIEW_POINTS)
def decide() -> Response | Page422:
    form = ReviewForm()
    verdict = request.form.get("verdict", "")
    if not form.validate() or verdict not in VERDICTS:
        return _page(form), 422
    done, refused = 0, []
    for transfer_id in form.chosen.data:
        try:
            VERDICTS[verdict](transfer_id, me().id, form.reason.data, settings.current().today())
            done += 1
        except reviewing.AlreadyDecided as already:
            refused.append(already)
        except Refused as problem:
            form.reason.errors = [reason_text(problem)]
            return _page(form), 422
    _tell(verdict, done, refused)
    return redirect(url_for("reviews.index"), 303)


def _tell(verdict: str, done: int, refused: list[reviewing.AlreadyDecided]) -> None:
    if done and verdict == "void":
        flash(ngettext("%(num)s claim voided.", "%(num)s claims voided.", done), "success")
    elif done:
        flash(ngettext("%(num)s claim approved.", "%(num)s claims approved.", done), "success")
    if refused:
        told = reason_text(refused[0])
        flash(told if len(refused) == 1 else f"{len(refused)} × {told}", "error")
