"""The preview of a questionnaire on a phone: the customers' own pages in a frame, before it is published."""

from flask import Response, make_response, render_template, request
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf

from survey import headers, i18n
from survey.answering import pages, walking
from survey.answering.forms import BadForm, take_position
from survey.answering.links import OpenLink
from survey.answering.walking import Step
from survey.questionnaires.definition import Answers
from survey.questionnaires.rules.reading import UnknownField
from survey.questionnaires.rules.scoring import own_score

PLACE = {"zh": "示例服务点", "en": "Sample service point"}


def language_of(link: OpenLink) -> str:
    return i18n.choose_language(link.languages)


def first_page(link: OpenLink, notice: str = "") -> Response:
    """Return the first page, as a customer gets it, with ``notice`` above it."""
    language = language_of(link)
    step = walking.begin(pages.definition_of(link), link.context(language))
    return _page(link, language, step, {}, notice, is_fresh=not notice)


def next_page(link: OpenLink) -> Response | Answers:
    """Return the page after the one that was sent; the answers when that was the last page."""
    language, fields = language_of(link), request.form.to_dict()
    fields.pop("csrf_token", "")
    try:
        position = take_position(fields)
        step = walking.walk(pages.definition_of(link), fields, link.context(language), position)
    except (BadForm, UnknownField, LookupError):
        return first_page(link, _("The draft has changed. This is its beginning."))
    if step.reading is not None:
        return step.reading.answers
    if position.action == walking.LOOK:
        return allow_in_frame(pages.render_questions(link, language, step, fields))
    return _page(link, language, step, fields, pages.news_text(step, language))


def end_page(link: OpenLink, answers: Answers | None, again: str, stored: str = "") -> Response:
    """Return the page that thanks customers.

    ``again`` is the address of the first page, ``stored`` that of the test response, "" when none is stored.
    """
    language, definition = language_of(link), pages.definition_of(link)
    score = None
    if answers is not None and definition.shows_score:
        score = own_score(definition, answers, link.context(language))
    values = {"stored": stored, "again": again, "score": score} | pages.page_words(link, language)
    with force_locale(i18n.screen_of(language)):
        return allow_in_frame(render_template("admin/phone_preview_end.html", **values))


def allow_in_frame(html: str, code: int = 200) -> Response:
    """Return a page that our own pages may show in a frame."""
    response = make_response(html, code)
    response.headers[headers.CSP] = headers.FRAMED
    return response


def _page(
    link: OpenLink, language: str, step: Step, fields: dict[str, str], notice: str, is_fresh: bool = False
) -> Response:
    hidden = {"csrf_token": generate_csrf()}
    html = pages.render_form(link, language, step, hidden, fields, notice, is_fresh)
    return allow_in_frame(html, 422 if step.errors else 200)


def allow_frames(html: str) -> Response:
    """Return a page that may show phones in frames."""
    response = make_response(html)
    response.headers[headers.CSP] = headers.FRAMING
    return response
