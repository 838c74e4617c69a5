"""The questions of a draft: add, edit in the list, move, duplicate and delete them."""

from flask import Blueprint, abort, flash, render_template, request, url_for
from flask_babel import gettext as _

from admin import idempotency
from admin.access import allow
from admin.drafts.question_list import (
    CHANGED,
    Reply,
    draft_or_404,
    draft_values,
    handle_conflict,
    published_codes,
    published_options,
    reply,
    reply_question_deleted,
)
from admin.labels.questions import describe_kinds, item_name, kind_name
from admin.permissions import Can
from admin.question_rows import question_rows
from survey.htmx import wants_partial
from survey.places import queries as places
from survey.questionnaires import drafting, queries
from survey.questionnaires.definition import PAGE, Document, Item
from survey.questionnaires.kinds import KINDS
from survey.questionnaires.models import Version
from survey.questionnaires.rules import editing
from survey.questionnaires.rules.editing import CodeTaken, ItemChanged, ItemReferenced
from survey.questionnaires.rules.starting import new_item

from . import question_forms
from .comparison_form import Lookups
from .question_form_context import form_values
from .question_settings_form import QuestionForm

blueprint = Blueprint("draft_questions", __name__, url_prefix="/admin/questionnaires/<slug>/draft/questions")
blueprint.register_error_handler(drafting.Conflict, handle_conflict)

ORGANISATION: Lookups = {"place": places.place, "employee": places.employee}


class _Creation:
    """An item that a form creates. ``code`` is that of the item; "" when an earlier tap has created it."""

    def __init__(self, act: str) -> None:
        sent = idempotency.sent_number()
        self.form = f"{sent} {act}"[:100] if sent else None
        self.code = ""

    def earlier_code(self, draft: Version) -> str:
        step = queries.step_made_with(draft.id, self.form or "")
        return step.said.partition(" ")[2] if step else ""


@blueprint.get("/new")
@allow(Can.WRITE_QUESTIONNAIRES)
def new(slug: str) -> str:
    """Show the types to choose from; ``after`` is the code of the item that the question will follow."""
    values = {"kinds": describe_kinds(), "after": request.args.get("after", "")}
    part = "_chooser" if wants_partial() else "new"
    return render_template(f"admin/drafts/{part}.html", **values, **draft_values(draft_or_404(slug)))


@blueprint.post("/")
@allow(Can.WRITE_QUESTIONNAIRES)
def add(slug: str) -> Reply:
    draft, kind, after = draft_or_404(slug), request.form.get("kind", ""), request.form.get("after") or None
    if kind not in (PAGE, *KINDS):
        abort(400)
    taken = published_codes(draft)
    creation = _Creation(f"add {kind} {after or ''}")

    def edit(document: Document) -> Document:
        code = creation.code = editing.propose_code(kind, taken | editing.codes(document))
        position = after if after and editing.find(document, after) else None
        return editing.add(document, new_item(kind, code, document["languages"]), position)

    draft = drafting.change(draft.id, lambda: f"add {creation.code}"[:40], edit, made_with=creation.form)
    code = creation.code or creation.earlier_code(draft)
    item = editing.find(draft.document, code)
    if item is None:
        return reply_question_deleted(draft)
    form = question_forms.stored_form(item, draft.document)
    opened = form_values(draft.document, form, code, editing.digest(item), fixed=False)
    return reply(
        draft, message=_("Added: %(kind)s. It can be used as it is.", kind=kind_name(kind)), opened=opened
    )


@blueprint.get("/<code>")
@allow(Can.READ_QUESTIONNAIRES)
def edit(slug: str, code: str) -> str:
    """Show the form of a question, or with ?row its row in the list."""
    draft = draft_or_404(slug)
    item = editing.find(draft.document, code) or abort(404)
    if "row" in request.args:
        return _row(draft, code)
    return _form(draft, code, question_forms.stored_form(item, draft.document), editing.digest(item))


@blueprint.post("/<code>")
@allow(Can.WRITE_QUESTIONNAIRES)
def change(slug: str, code: str) -> Reply:
    draft = draft_or_404(slug)
    item = editing.find(draft.document, code)
    if item is None:
        return reply_question_deleted(draft)
    fixed, used = code in published_codes(draft), published_options(draft, code)
    question = question_forms.typed_form(request.form, item, draft.document, fixed, used, ORGANISATION)
    seen, do = request.form.get("seen", ""), request.form.get("do", "")
    if do:
        return _form(draft, code, question_forms.rearrange(question, do, request.form, draft.document), seen)
    if question.errors:
        return _form(draft, code, question, seen), 422
    try:
        step = f"edit {question.item['code']}"[:40]
        draft = drafting.change(
            draft.id, step, lambda document: editing.replace(document, code, seen, question.item)
        )
    except ItemChanged as changed:
        draft = draft_or_404(slug)
        if changed.now is None:
            return reply_question_deleted(draft)
        return _form(draft, code, question, editing.digest(changed.now), changed.now), 409
    except CodeTaken:
        question.errors["code"] = _("Another question already uses this code.")
        return _form(draft, code, question, seen), 422
    code = question.item["code"]
    if wants_partial() and "alone" in request.form:
        flash(_("Saved."), "success")
        where = url_for("drafts.show", slug=slug, _anchor=f"item-{code}")
        return "", 204, {"HX-Redirect": where, "HX-Trigger": CHANGED}
    if wants_partial():
        return _row(draft, code, saved=True), 200, {"HX-Trigger": CHANGED}
    return reply(draft, message=_("Saved."), at=code)


@blueprint.post("/<code>/move")
@allow(Can.WRITE_QUESTIONNAIRES)
def move(slug: str, code: str) -> Reply:
    """Move a question up or down from where it was shown, or before the item ``before``, "" for the end."""
    draft, sent = draft_or_404(slug), request.form

    def edit(document: Document) -> Document:
        for way in ("up", "down"):
            if way in sent:
                return editing.step(document, code, way == "up", sent.get(way, -1, int))
        return editing.move(document, code, sent.get("before") or None)

    try:
        draft = drafting.change(draft.id, f"move {code}"[:40], edit)
    except ItemChanged:
        return reply_question_deleted(draft_or_404(slug))
    return reply(draft, message=_("Moved “%(name)s”.", name=item_name(draft.document, code)), at=code)


@blueprint.post("/<code>/duplicate")
@allow(Can.WRITE_QUESTIONNAIRES)
def duplicate(slug: str, code: str) -> Reply:
    draft = draft_or_404(slug)
    taken, creation = published_codes(draft), _Creation(f"duplicate {code}")

    def edit(document: Document) -> Document:
        changed, creation.code = editing.duplicate(document, code, taken)
        return changed

    try:
        draft = drafting.change(draft.id, f"duplicate {code}"[:40], edit, made_with=creation.form)
    except ItemChanged:
        return reply_question_deleted(draft_or_404(slug))
    return reply(
        draft,
        message=_("Duplicated “%(name)s”.", name=item_name(draft.document, code)),
        at=creation.code or code,
    )


@blueprint.post("/<code>/deletion")
@allow(Can.WRITE_QUESTIONNAIRES)
def delete(slug: str, code: str) -> Reply:
    draft, cascade = draft_or_404(slug), "cascade" in request.form
    name = item_name(draft.document, code)
    try:
        draft = drafting.change(
            draft.id, f"remove {code}"[:40], lambda document: editing.remove(document, code, cascade)
        )
    except ItemChanged:
        return reply_question_deleted(draft_or_404(slug))
    except ItemReferenced as referenced:
        values = {
            "code": code,
            "name": name,
            "by": [item_name(draft.document, referring_code) for referring_code in referenced.by],
        }
        part = "_referred" if wants_partial() else "referred"
        return render_template(f"admin/drafts/{part}.html", **values, **draft_values(draft_or_404(slug))), 409
    return reply(draft, message=_("Deleted “%(name)s”. You can undo this.", name=name))


def _row(draft: Version, code: str, saved: bool = False) -> str:
    row = next(candidate for candidate in question_rows(draft.document) if candidate.code == code)
    return render_template("admin/drafts/_saved.html", row=row, saved=saved, **draft_values(draft))


def _form(draft: Version, code: str, form: QuestionForm, seen: str, theirs: Item | None = None) -> str:
    """Return the form of a question; ``theirs`` is the item as somebody else has changed it since."""
    values = form_values(draft.document, form, code, seen, code in published_codes(draft), theirs)
    part = "_form" if wants_partial() else "edit"
    values["alone"] = part == "edit" or "alone" in request.form
    return render_template(f"admin/drafts/{part}.html", **values, **draft_values(draft))
