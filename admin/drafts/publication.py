"""Publishing a draft: what holds it back, what its index weighs, what will not pool; then it is done."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from admin.access import allow
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
from .weight_forms import WeightsForm, seen, weighed

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
    if request.form.get("seen") != seen(draft.document):
        return _overtaken(draft, form)
    _weigh(draft, form)
    flash(_("Saved."), "success")
    return redirect(url_for("draft_publication.show", slug=slug), 303)


@blueprint.post("/")
@allow(Can.WRITE_QUESTIONNAIRES)
def publish(slug: str) -> Reply:
    """With the weights as they stand in the form, saved or not. A second tap finds it done."""
    asked = queries.questionnaire(slug) or abort(404)
    draft = queries.draft(asked.id)
    if draft is None:
        return _done_before(asked) or abort(404)
    form = WeightsForm.of(draft.document, request.form)
    if form.errors:
        return _page(draft, form), 422
    if request.form.get("revision") != str(draft.revision):
        return _overtaken(draft, form)
    try:
        draft = _weigh(draft, form, draft.revision)
        made = drafting.publish(draft.id, draft.revision, settings.current().today())
    except drafting.UnfinishedDraft:
        return _page(draft, form), 422
    except drafting.Conflict:
        done = _done_before(asked)
        if done is None:
            raise
        return done
    flash(_("Version %(number)s published.", number=made.number), "success")
    return redirect(url_for("questionnaires.show", slug=slug), 303)


def _done_before(asked: Questionnaire) -> Response | None:
    """Tells whoever publishes a draft that it is published already, if it is."""
    now = queries.published(asked.id)
    if now is None or request.form.get("number") != str(now.number):
        return None
    flash(_("Version %(number)s is already published.", number=now.number), "info")
    return redirect(url_for("questionnaires.show", slug=asked.slug), 303)


def _weigh(draft: Version, form: WeightsForm, revision: int | None = None) -> Version:
    def edit(document: Document) -> Document:
        return editing.weigh(document, form.of_dimensions, form.of_questions)

    return drafting.change(draft.id, "weigh", edit, revision)


def _overtaken(draft: Version, form: WeightsForm) -> Response | tuple[str, int]:
    alert = _("Somebody else has changed this draft. Nothing was saved: check it again, then publish.")
    return _page(draft, form, alert), 409


def _page(draft: Version, form: WeightsForm, alert: str = "") -> str:
    document, slug = draft.document, draft.questionnaire.slug
    values = {
        "alert": alert,
        "form": form,
        "seen": seen(document),
        "problems": [_said(one, document, slug) for one in problems(document)],
        "dimensions": [_dimension(name, document) for name in form.dimensions],
        **_beside(draft, queries.published(draft.questionnaire_id)),
    }
    return render_template("admin/drafts/publication/show.html", **values, **draft_values(draft))


def _beside(draft: Version, before: Version | None) -> dict[str, Any]:
    """What differs from the version that customers get now."""
    if before is None:
        return {"before": None}
    was = {"title": draft.questionnaire.title} | before.document
    found = compare(was, draft.document)
    counts = [(str(STATES[one]), len(found.of(one))) for one in STATES if one != "same"]
    return {
        "before": before,
        "found": found,
        "counts": [(state, number) for state, number in counts if number],
        "broken": [one for one in compare_items(found, was, draft.document) if one.pair.breaks],
    }


def _said(problem: DocumentProblem, document: Document, slug: str) -> tuple[str, str, str]:
    """(what it is about, where that is mended, what is wrong)"""
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


def _dimension(name: str, document: Document) -> dict[str, Any]:
    asked = [item for item in weighed(document) if item["dimension"] == name]
    questions = [(item["code"], text_in_locale(item) or item["code"]) for item in asked]
    return {"key": name, "name": dimension_name(name), "questions": questions}
