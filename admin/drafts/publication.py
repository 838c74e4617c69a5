"""Publication of a draft: its problems, the weights of its index, and questions that will not pool."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from admin.access import allow, may
from admin.labels.dimensions import dimension_name
from admin.labels.items import text_in_locale
from admin.labels.problems import describe_part, describe_problem
from admin.labels.questions import item_name
from admin.labels.versions import STATES, compare_items
from admin.permissions import Can
from survey import settings
from survey.questionnaires import drafting, queries
from survey.questionnaires.definition import Document
from survey.questionnaires.models import Questionnaire, Version
from survey.questionnaires.rules import editing
from survey.questionnaires.rules.checking import DocumentProblem, problems
from survey.questionnaires.rules.comparing import compare

from .question_list import Reply, draft_or_404, draft_values, handle_conflict
from .weight_forms import WeightsForm, weighted_items, weights_digest

blueprint = Blueprint(
    "draft_publication", __name__, url_prefix="/admin/questionnaires/<slug>/draft/publication"
)
blueprint.register_error_handler(drafting.Conflict, handle_conflict)


@blueprint.get("/")
@allow(Can.READ_QUESTIONNAIRES)
def show(slug: str) -> str:
    draft = draft_or_404(slug)
    return _page(draft, WeightsForm.of(draft.document))


@blueprint.post("/weights")
@allow(Can.WRITE_QUESTIONNAIRES)
def weigh(slug: str) -> Reply:
    draft = draft_or_404(slug)
    form = WeightsForm.of(draft.document, request.form)
    if form.errors:
        return _page(draft, form), 422
    if request.form.get("seen") != weights_digest(draft.document):
        return _reply_conflict(draft, form)
    _store_weights(draft, form)
    flash(_("Saved."), "success")
    return redirect(url_for("draft_publication.show", slug=slug), 303)


@blueprint.post("/")
@allow(Can.WRITE_QUESTIONNAIRES)
def publish(slug: str) -> Reply:
    """Publish the draft with the weights of the form, saved or not. A second tap is idempotent."""
    questionnaire = queries.questionnaire(slug) or abort(404)
    draft = queries.draft(questionnaire.id)
    if draft is None:
        return _already_published(questionnaire) or abort(404)
    form = WeightsForm.of(draft.document, request.form)
    if form.errors:
        return _page(draft, form), 422
    if request.form.get("revision") != str(draft.revision):
        return _reply_conflict(draft, form)
    try:
        draft = _store_weights(draft, form, draft.revision)
        version = drafting.publish(
            draft.id, draft.revision, settings.current().today(), may(Can.LIFT_WITHHELD)
        )
    except drafting.UnfinishedDraft:
        return _page(draft, form), 422
    except drafting.LiftsWithheld as refused:
        return _page(draft, form, _lift_alert(draft, refused.codes)), 403
    except drafting.Conflict:
        response = _already_published(questionnaire)
        if response is None:
            raise
        return response
    flash(_("Version %(number)s published.", number=version.number), "success")
    return redirect(url_for("questionnaires.show", slug=slug), 303)


def _lift_alert(draft: Version, codes: Sequence[str]) -> str:
    names = _(", ").join(item_name(draft.document, code) for code in codes)
    return _(
        "Only an administrator can publish a version that no longer withholds the results of: %(questions)s",
        questions=names,
    )


def _already_published(questionnaire: Questionnaire) -> Response | None:
    """Redirect with a message when the draft that the form shows is already published; else return None."""
    published = queries.published(questionnaire.id)
    if published is None or request.form.get("number") != str(published.number):
        return None
    flash(_("Version %(number)s is already published.", number=published.number), "info")
    return redirect(url_for("questionnaires.show", slug=questionnaire.slug), 303)


def _store_weights(draft: Version, form: WeightsForm, revision: int | None = None) -> Version:
    def edit(document: Document) -> Document:
        return editing.weigh(document, form.of_dimensions, form.of_questions)

    return drafting.change(draft.id, "weigh", edit, revision)


def _reply_conflict(draft: Version, form: WeightsForm) -> Response | tuple[str, int]:
    alert = _("Somebody else has changed this draft. Nothing was saved: check it again, then publish.")
    return _page(draft, form, alert), 409


def _page(draft: Version, form: WeightsForm, alert: str = "") -> str:
    document, slug = draft.document, draft.questionnaire.slug
    values = {
        "alert": alert,
        "form": form,
        "seen": weights_digest(document),
        "problems": [_problem_row(problem, document, slug) for problem in problems(document)],
        "dimensions": [_dimension_values(name, document) for name in form.dimensions],
        **_comparison_values(draft, queries.published(draft.questionnaire_id)),
    }
    return render_template("admin/drafts/publication/show.html", **values, **draft_values(draft))


def _comparison_values(draft: Version, before: Version | None) -> dict[str, Any]:
    """Return for the template what differs from ``before``, the version that customers get now."""
    if before is None:
        return {"before": None}
    previous = {"title": draft.questionnaire.title} | before.document
    comparison = compare(previous, draft.document)
    counts = [(str(STATES[state]), len(comparison.of(state))) for state in STATES if state != "same"]
    return {
        "before": before,
        "comparison": comparison,
        "counts": [(state, number) for state, number in counts if number],
        "broken": [item for item in compare_items(comparison, previous, draft.document) if item.pair.breaks],
    }


def _problem_row(problem: DocumentProblem, document: Document, slug: str) -> tuple[str, str, str]:
    """Return the part of the draft that has ``problem``, the address to correct it at, and its sentence."""
    if problem.code is not None:
        parts = (item_name(document, problem.code), describe_part(problem.where))
        about = " · ".join(part for part in parts if part)
        where = url_for("draft_questions.edit", slug=slug, code=problem.code)
    elif problem.where.startswith("title"):
        about = _("Title")
        where = url_for("drafts.show", slug=slug, _anchor=f"title-{document['languages'][0]}")
    else:
        about, where = _("The questionnaire"), url_for("drafts.show", slug=slug)
    return about, where, describe_problem(problem, document)


def _dimension_values(name: str, document: Document) -> dict[str, Any]:
    items = [item for item in weighted_items(document) if item["dimension"] == name]
    questions = [(item["code"], text_in_locale(item) or item["code"]) for item in items]
    return {"key": name, "name": dimension_name(name), "questions": questions}
