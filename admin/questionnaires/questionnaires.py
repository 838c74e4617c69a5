"""Questionnaires: what they ask, their versions, and which questions must be answered."""

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
    listed = [(q, queries.published(q.id)) for q in queries.questionnaires()]
    counts = invitations.counts_by_questionnaire(scope())
    drafts = {q.id: queries.draft(q.id) for q in queries.questionnaires()}
    values = {"rows": listed, "counts": counts, "title_of": title_of, "drafts": drafts}
    return render_template(
        "admin/questionnaires/index.html", may_make=may(Can.WRITE_QUESTIONNAIRES), **values
    )


@blueprint.route("/new", methods=["GET", "POST"])
@allow(Can.WRITE_QUESTIONNAIRES)
def new() -> str | Response | Page422:
    """A questionnaire made from nothing: its title is asked, all else is changed in the builder."""
    title = read_texts(request.form, "title", DEFAULT_LANGUAGES, {})
    if request.method == "POST" and title.get(DEFAULT_LANGUAGES[0]):
        made = creation.make(title.get("en", ""), lambda _slug: new_document(title))
        return creation.opened(made)
    wrong = request.method == "POST"
    values = {"title": title, "wrong": wrong, "made_with": idempotency.new_number()}
    page = render_template("admin/questionnaires/new.html", **values)
    return (page, 422) if wrong else page


@blueprint.post("/<slug>/versions/<int:number>/copies")
@allow(Can.WRITE_QUESTIONNAIRES)
def copy(slug: str, number: int) -> Response:
    """Another questionnaire, which begins with what this version asks."""
    asked = _found(slug)
    of = queries.version(asked, number) or abort(404)
    title = of.document.get("title") or asked.title
    made = creation.make(slug, lambda _slug: copy_document(of.document, title), f"version {of.id}")
    flash(_("Copied. Edit it as needed, then publish. Customers see nothing before that."), "success")
    return creation.opened(made)


@blueprint.post("/<slug>/draft/begun")
@allow(Can.WRITE_QUESTIONNAIRES)
def begin(slug: str) -> Response:
    """The draft of the next version; the one there is when somebody began it already."""
    _found(slug)
    drafting.begin(slug)
    return redirect(url_for("drafts.show", slug=slug), 303)


@blueprint.get("/<slug>")
@allow(Can.READ_QUESTIONNAIRES)
def show(slug: str) -> str:
    asked = _found(slug)
    versions = queries.versions(asked)
    now = queries.published(asked.id) or (versions[0] if versions else abort(404))
    return _page(asked, now, _form(now))


@blueprint.get("/<slug>/versions/<int:number>")
@allow(Can.READ_QUESTIONNAIRES)
def version(slug: str, number: int) -> str:
    asked = _found(slug)
    return _page(asked, queries.version(asked, number) or abort(404), None)


@blueprint.post("/<slug>/required")
@allow(Can.WRITE_QUESTIONNAIRES)
def require(slug: str) -> Response:
    """Publishes a version that differs from the one shown in which questions are required."""
    asked, form = _found(slug), RequiredForm()
    base = queries.version(asked, form.based_on.data) if form.based_on.data else None
    if base is None:
        abort(400)
    form.required.choices = [(q.code, "") for q in _answered(base)]
    if not form.validate():
        abort(400)
    if form.required.data == _required(base):
        flash(_("Nothing has changed."), "info")
        return redirect(url_for("questionnaires.show", slug=slug), 303)
    document = editing.require(base.document, set(form.required.data), {q.code for q in _answered(base)})
    found = problems({"title": asked.title} | document)
    if found:
        raise Explained(422, _("Not published"), describe_problem(found[0], document))
    today = settings.current().today()
    try:
        made = publication.publish(slug, asked.title, document, today, base.number)
    except publication.OutdatedBase:
        text = _("Somebody else has published another version. Check it, then choose again.")
        raise Explained(409, _("Not published"), text) from None
    flash(_("Version %(number)s published.", number=made.number), "success")
    return redirect(url_for("questionnaires.show", slug=slug), 303)


@blueprint.post("/<slug>/versions/<int:number>/retirement")
@allow(Can.WRITE_QUESTIONNAIRES)
def retire(slug: str, number: int) -> Response:
    """Takes a version out of use; without a published one, links say that the questionnaire is closed."""
    found = queries.version(_found(slug), number) or abort(404)
    if found.state not in ("published", "superseded"):
        abort(404)
    publication.retire(found.id)
    flash(_("Version %(number)s deactivated.", number=number), "success")
    return redirect(url_for("questionnaires.show", slug=slug), 303)


def _found(slug: str) -> Questionnaire:
    return queries.questionnaire(slug) or abort(404)


def _answered(of: Version) -> list[Question]:
    """What can be required: a statement is not answered."""
    return [q for q in of.definition.questions if asks(q.kind)]


def _required(of: Version) -> list[str]:
    return [q.code for q in of.definition.questions if q.required]


def _form(now: Version) -> RequiredForm:
    form = RequiredForm(formdata=None, based_on=now.number, required=_required(now))
    locale = locale_code()
    form.required.choices = [(q.code, q.text(locale)) for q in _answered(now)]
    form.required.process(None, _required(now))
    return form


def _page(asked: Questionnaire, shown: Version, form: RequiredForm | None) -> str:
    return render_template(
        "admin/questionnaires/show.html",
        asked=asked,
        shown=shown,
        versions=queries.versions(asked),
        form=form if shown.state == "published" and queries.draft(asked.id) is None else None,
        draft=queries.draft(asked.id),
        may_make=may(Can.WRITE_QUESTIONNAIRES),
        title=title_of(asked),
        limits=limit_sentences(asked.limit, asked.taken, settings.current().timezone),
        rows=question_rows(shown.document),
        in_locale=lambda texts: text_of(texts, locale_code()),
        made_with=idempotency.new_number(),
    )
