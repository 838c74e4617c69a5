"""A draft on a phone: the customers' own pages and rules, before anybody is asked."""

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response as BaseResponse

from survey import headers, i18n
from survey.answering import pages, walking
from survey.answering.forms import BadForm, take_position
from survey.answering.links import OpenLink, stand_in
from survey.answering.walking import Step
from survey.questionnaires import drafting, queries
from survey.questionnaires.models import Version
from survey.questionnaires.rules.reading import UnknownField
from survey.questionnaires.rules.scoring import own_score

from .access import allow, me
from .draft_listing import MAKERS, READERS, draft_or_404, overtaken

blueprint = Blueprint("preview_phones", __name__, url_prefix="/admin/questionnaires/<slug>/draft/phone")
blueprint.register_error_handler(drafting.Conflict, overtaken)

PLACE = {"zh": "示例服务点", "en": "Sample service point"}


@blueprint.get("/")
@allow(*READERS)
def begin(slug: str) -> BaseResponse:
    """The first page, as a customer gets it."""
    return _beginning(_link(draft_or_404(slug)))


@blueprint.post("/")
@allow(*READERS)
def walk(slug: str) -> BaseResponse:
    """The page to which the form leads; at the end a test answer is stored, of those who may."""
    draft = draft_or_404(slug)
    link = _link(draft)
    language = i18n.choose_language(link.languages)
    fields = request.form.to_dict()
    fields.pop("csrf_token", "")
    try:
        position = take_position(fields)
        step = walking.walk(draft.definition, fields, link.context(language), position)
    except (BadForm, UnknownField, LookupError):
        return _beginning(link, _("The draft has changed meanwhile. Here is its beginning."))
    if step.reading is not None:
        made = _keep(draft, language, step.reading.answers) if me().role in MAKERS else None
        return redirect(url_for("preview_phones.end", slug=slug, lang=language, trial=made), 303)
    if position.go == walking.LOOK:
        return _framed(pages.questions(link, language, step, fields))
    return _page(link, language, step, fields, pages.news(step, language))


@blueprint.get("/end")
@allow(*READERS)
def end(slug: str) -> BaseResponse:
    """Where customers are thanked."""
    draft = draft_or_404(slug)
    link = _link(draft)
    language = i18n.choose_language(link.languages)
    wish = request.args.get("trial", type=int)
    trial = next((one for one in queries.trials(draft.id) if one.id == wish), None)
    shows = trial is not None and draft.definition.shows_score
    points = own_score(draft.definition, trial.answers, link.context(language)) if trial and shows else None
    values = {"stored": trial is not None, "trial": wish, "score": points, "slug": slug}
    values |= pages.words(link, language)
    with force_locale(i18n.screen_of(language)):
        return _framed(render_template("admin/previews/end.html", **values))


def _keep(draft: Version, language: str, answers: dict[str, object]) -> int:
    """The id of a new test answer. Names and numbers for a call are no part of it."""
    return drafting.add_trial(draft.id, language, answers, current_app.config["SETTINGS"].today()).id


def _link(draft: Version) -> OpenLink:
    return stand_in(draft, PLACE)


def _beginning(link: OpenLink, notice: str = "") -> Response:
    language = i18n.choose_language(link.languages)
    step = walking.begin(pages.definition_of(link), link.context(language))
    return _page(link, language, step, {}, notice, is_fresh=not notice)


def _page(
    link: OpenLink, language: str, step: Step, fields: dict[str, str], notice: str, is_fresh: bool = False
) -> Response:
    hidden = {"csrf_token": generate_csrf()}
    html = pages.form(link, language, step, hidden, fields, notice, is_fresh)
    return _framed(html, 422 if step.errors else 200)


def _framed(html: str, code: int = 200) -> Response:
    """A page that may be shown in a frame of ours."""
    response = make_response(html, code)
    response.headers[headers.CSP] = headers.FRAMED
    return response
