"""Questionnaires, their versions, and which of their questions are required."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from admin import idempotency
from admin.access import allow, may, scope
from admin.forms.translated_texts import read_texts
from admin.labels import title_of
from admin.labels.limits import limit_sentences
from admin.labels.problems import describe_problem
from admin.permissions import Can
from admin.question_rows import question_rows
from admin.replies import Page422
from survey import settings
from survey.errors import Explained
from survey.i18n import locale_code, text_of
from survey.links import queries as invitations
from survey.questionnaires import drafting, publication, queries
from survey.questionnaires.definition import DEFAULT_LANGUAGES, Question
from survey.questionnaires.kinds import asks
from survey.questionnaires.models import Questionnaire, Version
from survey.questionnaires.rules import editing
from survey.questionnaires.rules.checking import problems
from survey.questionnaires.rules.copying import copy_document
from survey.questionnaires.rules.starting import new_document

from . import creation
from .forms import RequiredForm

blueprint = Blueprint("questionnaires", __name__, url_prefix="/admin/questionnaires")


@blueprint.get("/")
@allow(Can.READ_QUESTIONNAIRES)
def index() -> str:
    listed = [
        (questionnaire, queries.published(questionnaire.id)) for questionnaire in queries.questionnaires()
    ]
    counts = invitations.counts_by_questionnaire(scope())
    drafts = {questionnaire.id: queries.draft(questionnaire.id) for questionnaire in queries.questionnaires()}
    values = {"rows": listed, "counts": counts, "title_of": title_of, "drafts": drafts}
    return render_template(
        "admin/questionnaires/index.html", may_make=may(Can.WRITE_QUESTIONNAIRES), **values
    )


@blueprint.route("/new", methods=["GET", "POST"])
@allow(Can.WRITE_QUESTIONNAIRES)
def new() -> str | Response | Page422:
    """Create a questionnaire from its title alone; everything else is added in the builder."""
    title = read_texts(request.form, "title", DEFAULT_LANGUAGES, {})
    if request.method == "POST" and title.get(DEFAULT_LANGUAGES[0]):
        draft = creation.create_once(title.get("en", ""), lambda _slug: new_document(title))
        return creation.redirect_to_version(draft)
    wrong = request.method == "POST"
    values = {"title": title, "wrong": wrong, "made_with": idempotency.new_number()}
    page = render_template("admin/questionnaires/new.html", **values)
    return (page, 422) if wrong else page


@blueprint.post("/<slug>/versions/<int:number>/copies")
@allow(Can.WRITE_QUESTIONNAIRES)
def copy(slug: str, number: int) -> Response:
    """Create another questionnaire with the content of this version."""
    questionnaire = _questionnaire_or_404(slug)
    source = queries.version(questionnaire, number) or abort(404)
    title = source.document.get("title") or questionnaire.title
    draft = creation.create_once(
        slug, lambda _slug: copy_document(source.document, title), f"version {source.id}"
    )
    flash(_("Copied. Edit it as needed, then publish. Customers see nothing before that."), "success")
    return creation.redirect_to_version(draft)


@blueprint.post("/<slug>/draft/begun")
@allow(Can.WRITE_QUESTIONNAIRES)
def begin(slug: str) -> Response:
    """Create the draft of the next version, or use the existing one, and redirect to it."""
    _questionnaire_or_404(slug)
    drafting.begin(slug)
    return redirect(url_for("drafts.show", slug=slug), 303)


@blueprint.get("/<slug>")
@allow(Can.READ_QUESTIONNAIRES)
def show(slug: str) -> str:
    questionnaire = _questionnaire_or_404(slug)
    versions = queries.versions(questionnaire)
    shown = queries.published(questionnaire.id) or (versions[0] if versions else abort(404))
    return _page(questionnaire, shown, _form(shown))


@blueprint.get("/<slug>/versions/<int:number>")
@allow(Can.READ_QUESTIONNAIRES)
def version(slug: str, number: int) -> str:
    questionnaire = _questionnaire_or_404(slug)
    return _page(questionnaire, queries.version(questionnaire, number) or abort(404), None)


@blueprint.post("/<slug>/required")
@allow(Can.WRITE_QUESTIONNAIRES)
def require(slug: str) -> Response:
    """Publish a version that differs from the shown one only in which questions are required."""
    questionnaire, form = _questionnaire_or_404(slug), RequiredForm()
    base = queries.version(questionnaire, form.based_on.data) if form.based_on.data else None
    if base is None:
        abort(400)
    form.required.choices = [(question.code, "") for question in _questions_to_answer(base)]
    if not form.validate():
        abort(400)
    if form.required.data == _required_codes(base):
        flash(_("Nothing has changed."), "info")
        return redirect(url_for("questionnaires.show", slug=slug), 303)
    document = editing.require(
        base.document, set(form.required.data), {question.code for question in _questions_to_answer(base)}
    )
    issues = problems({"title": questionnaire.title} | document)
    if issues:
        raise Explained(422, _("Not published"), describe_problem(issues[0], document))
    today = settings.current().today()
    try:
        published = publication.publish(slug, questionnaire.title, document, today, base.number)
    except publication.OutdatedBase:
        text = _("Somebody else has published another version. Check it, then choose again.")
        raise Explained(409, _("Not published"), text) from None
    flash(_("Version %(number)s published.", number=published.number), "success")
    return redirect(url_for("questionnaires.show", slug=slug), 303)


@blueprint.post("/<slug>/versions/<int:number>/retirement")
@allow(Can.WRITE_QUESTIONNAIRES)
def retire(slug: str, number: int) -> Response:
    """Deactivate a version. Without a published version, links say that the questionnaire is closed."""
    chosen = queries.version(_questionnaire_or_404(slug), number) or abort(404)
    if chosen.state not in ("published", "superseded"):
        abort(404)
    publication.retire(chosen.id)
    flash(_("Version %(number)s deactivated.", number=number), "success")
    return redirect(url_for("questionnaires.show", slug=slug), 303)


def _questionnaire_or_404(slug: str) -> Questionnaire:
    return queries.questionnaire(slug) or abort(404)


def _questions_to_answer(questionnaire_version: Version) -> list[Question]:
    """Return the questions that can be required; a statement cannot be answered."""
    return [question for question in questionnaire_version.definition.questions if asks(question.kind)]


def _required_codes(questionnaire_version: Version) -> list[str]:
    return [question.code for question in questionnaire_version.definition.questions if question.required]


def _form(shown: Version) -> RequiredForm:
    form = RequiredForm(formdata=None, based_on=shown.number, required=_required_codes(shown))
    locale = locale_code()
    form.required.choices = [
        (question.code, question.text(locale)) for question in _questions_to_answer(shown)
    ]
    form.required.process(None, _required_codes(shown))
    return form


def _page(questionnaire: Questionnaire, shown: Version, form: RequiredForm | None) -> str:
    return render_template(
        "admin/questionnaires/show.html",
        questionnaire=questionnaire,
        shown=shown,
        versions=queries.versions(questionnaire),
        form=form if shown.state == "published" and queries.draft(questionnaire.id) is None else None,
        draft=queries.draft(questionnaire.id),
        may_make=may(Can.WRITE_QUESTIONNAIRES),
        title=title_of(questionnaire),
        limits=limit_sentences(questionnaire.limit, settings.current().timezone),
        rows=question_rows(shown.document),
        in_locale=lambda texts: text_of(texts, locale_code()),
        made_with=idempotency.new_number(),
    )
