"""Values of the builder's list of questions, and the responses to htmx and to other requests."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from admin import idempotency
from admin.access import may
from admin.labels.conditions import describe_condition
from admin.labels.questions import describe_step, language_name
from admin.permissions import Can
from admin.question_rows import question_rows
from survey import errors
from survey.htmx import wants_partial
from survey.i18n import locale_code, text_of
from survey.questionnaires import drafting, queries
from survey.questionnaires.models import Version
from survey.questionnaires.rules.checking import problems

CHANGED = "drafted"
"""The event that tells the page that the draft has changed, so that it loads the preview again."""

Reply = str | Response | tuple[str, int] | tuple[str, int, dict[str, str]]


def draft_or_404(slug: str) -> Version:
    """Return the draft of a questionnaire; answer 404 when there is none."""
    questionnaire = queries.questionnaire(slug) or abort(404)
    return queries.draft(questionnaire.id) or abort(404)


def published_codes(draft: Version) -> set[str]:
    """Return the codes of published questions. They cannot change: customers have answered under them."""
    versions = [version for version in queries.versions(draft.questionnaire) if version.state != "draft"]
    return {item["code"] for version in versions for item in version.document["questions"] if "code" in item}


def published_options(draft: Version, code: str) -> set[str]:
    """Return the codes of all options that a question has had in any version."""
    items = [
        item for version in queries.versions(draft.questionnaire) for item in version.document["questions"]
    ]
    matching = [item for item in items if item.get("code") == code]
    return {option["code"] for item in matching for option in item.get("options", ())}


def draft_values(draft: Version) -> dict[str, Any]:
    """Return the values that all templates of a draft need."""
    document = draft.document
    return {
        "slug": draft.questionnaire.slug,
        "title": text_of(document.get("title", {}), locale_code()),
        "draft": draft,
        "document": document,
        "rows": question_rows(document),
        "last_change": last_change(draft),
        "wrong": len(problems(document)),
        "may_change": may(Can.WRITE_QUESTIONNAIRES),
        "made_with": idempotency.new_number(),
        "language_name": language_name,
        "describe_condition": describe_condition,
    }


def last_change(draft: Version) -> str:
    """Return the last change of a draft in words; "" when there is none."""
    step = queries.last_step(draft.id)
    if step is None:
        return ""
    # A question may be in only one of the two documents; with both, it has its text in any case.
    return describe_step(
        step.said, {"questions": [*draft.document["questions"], *step.document["questions"]]}
    )


def reply(
    draft: Version,
    message: str = "",
    at: str = "",
    opened: dict[str, Any] | None = None,
    alert: str = "",
    code: int = 200,
) -> Reply:
    """Return the list for htmx; else redirect to the page of the draft, at item ``at``.

    ``message`` and ``alert`` say that a change was made, or why not. ``opened`` are the values of the form
    (see form_values) of an item that is edited next.
    """
    slug = draft.questionnaire.slug
    if wants_partial():
        values = {"message": message, "alert": alert, **(opened or {}), **draft_values(draft)}
        return render_template("admin/drafts/_draft.html", **values), code, {"HX-Trigger": CHANGED}
    if alert or message:
        flash(alert or message, "error" if alert else "success")
    if opened is not None:
        return redirect(url_for("draft_questions.edit", slug=slug, code=opened["code"]), 303)
    return redirect(url_for("drafts.show", slug=slug, _anchor=f"item-{at}" if at else None), 303)


def reply_question_deleted(draft: Version) -> Reply:
    """Return the draft with an alert that somebody else has deleted the item."""
    return reply(draft, alert=_("Somebody else has deleted this question."), code=409)


def handle_conflict(_conflict: drafting.Conflict) -> Response | HTTPException:
    """Return the page for a draft that was published, discarded or changed by somebody else."""
    title = _("The draft has changed")
    text = _("Somebody else has changed, published or discarded this draft. Nothing was done.")
    if wants_partial():
        flash(text, "error")
        where = url_for("questionnaires.show", slug=(request.view_args or {})["slug"])
        return Response(status=204, headers={"HX-Redirect": where})
    return errors.page(errors.Explained(409, title, text))
