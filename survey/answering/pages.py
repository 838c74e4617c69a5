"""The answer page is rendered once for a link and a language, and filled in for every request."""

import re
from collections.abc import Callable, Mapping

from flask import render_template
from flask_babel import force_locale
from flask_babel import gettext as _

from survey import i18n
from survey.i18n import text_of
from survey.questionnaires.definition import Definition, Question, Texts
from survey.questionnaires.kinds import KINDS

from . import proofs, question_views, walking
from .links import OpenLink
from .walking import Step

# No text can contain these two marks, since control characters are refused everywhere.
PAGE_MARK, CLAIM_MARK = "\x01page\x01", "\x01claim\x01"
_MARKS = re.compile(f"{PAGE_MARK}|{CLAIM_MARK}")
_BETWEEN_TAGS = re.compile(r">\s+<")
SECONDS_A_QUESTION = 8
QUICK = 12  # questions, including comments, that take twenty seconds

Fields = Mapping[str, str]


def render_first(
    link: OpenLink, language: str, page_token: str, claim_token: str, asks_for_proof: bool = False
) -> bytes:
    """Return the page as it is first opened, with nothing answered. The link must be open."""
    parts = link.pages.get((language, asks_for_proof))
    if parts is None:
        step = walking.begin(definition_of(link), link.context(language))
        hidden = {"page": PAGE_MARK, "claim": CLAIM_MARK}
        html = render_form(link, language, step, hidden, is_fresh=True, proof="" if asks_for_proof else None)
        parts = tuple(part.encode() for part in _MARKS.split(html))
        link.pages[language, asks_for_proof] = parts
    before, between, after = parts
    return b"".join((before, page_token.encode(), between, claim_token.encode(), after))


def render_form(
    link: OpenLink,
    language: str,
    step: Step,
    hidden: Fields,
    fields: Fields | None = None,
    notice: str = "",
    is_fresh: bool = False,
    proof: str | None = None,
) -> str:
    """Return the page of ``step`` with what the customer typed (``fields``) and a ``notice`` above the form.

    ``hidden`` are fields that the form carries along (tokens), besides what was typed on other pages.
    ``is_fresh``: the page was requested with GET, so links switch its language; on any other page buttons
    do, so that nothing typed is lost. ``proof`` is the proof of work, "" until it is done; None asks for
    none.
    """
    template = "survey/answering/form.html"
    values = {"hidden": hidden, "notice": notice, "fresh": is_fresh, "proof": proof, "bits": proofs.BITS}
    return _render(template, link, language, step, fields or {}, **values)


def render_questions(link: OpenLink, language: str, step: Step, fields: Fields) -> str:
    """Return only the questions and buttons of a page, for the script that shows and hides them in place."""
    return _render("survey/answering/_questions.html", link, language, step, fields)


def _render(
    template: str, link: OpenLink, language: str, step: Step, fields: Fields, **values: object
) -> str:
    definition = definition_of(link)
    shown, current = step.questions, definition.pages[step.page]
    before = definition.pages[: step.page]
    first = 1 + sum(question_views.count_numbered(page.questions, shown) for page in before)
    revealable = walking.revealable(definition, step.page)
    say = text_reader(link, language)
    with force_locale(i18n.screen_of(language)):
        errors = {code: refusal_text(definition.by_code[code], key) for code, key in step.errors.items()}
        views = question_views.make_views(current.questions, shown, first, say, fields, errors)
        drawn = question_views.field_names(views)
        html = render_template(
            template,
            link=link,
            questions=views,
            wrong=[
                (view.code, marked) for view in views for marked in (view, *view.opinions) if marked.wrong
            ],
            carried=[(name, text) for name, text in fields.items() if text and name not in drawn],
            step=step,
            heading=say(current.texts),
            seen=" ".join(sorted(revealable & shown)) if revealable else None,
            walks=len(definition.pages) > 1,
            length=_length(definition),
            **page_words(link, language),
            **values,
        )
    return _BETWEEN_TAGS.sub("><", html)


def _length(definition: Definition) -> int:
    """Return the minutes that answering takes, or 0 for twenty seconds."""
    number = len(definition.questions)
    return 0 if number <= QUICK else max(1, round(number * SECONDS_A_QUESTION / 60))


def definition_of(link: OpenLink) -> Definition:
    """Return the definition of the link's version. Raises LookupError when nothing is published."""
    if link.definition is None:
        raise LookupError(link.code)
    return link.definition


def news_text(step: Step, language: str) -> str:
    """Return the notice for ``step.news`` in ``language``, or "" without news."""
    with force_locale(i18n.screen_of(language)):
        return {
            "": "",
            "revealed": _("Your answers led to a further question. Please look through this page again."),
            "last": _("There are no more questions. Please submit your answers."),
        }[step.news]


def text_reader(link: OpenLink, language: str) -> Callable[[Texts], str]:
    """Return a function that returns a text in ``language``, with the names of place and employee put in."""

    def say(texts: Texts) -> str:
        text = text_of(texts, language)
        if "{" not in text:
            return text
        text = text.replace("{place}", text_of(link.place_names, language))
        return text.replace("{employee}", link.employee_name or _("company staff"))

    return say


def page_words(link: OpenLink, language: str) -> dict[str, object]:
    """Return the template values of every page of a link: its names, and the languages to switch to."""
    return {
        **words_without_link(language, link.languages),
        "place_name": place_name(link, language),
        "title": text_reader(link, language)(link.title),
    }


def words_without_link(language: str, languages: tuple[str, ...] = ("zh", "en")) -> dict[str, object]:
    """Return the template values of a page in ``language`` that belongs to no link."""
    return {
        "language": language,
        "html_lang": i18n.bcp47_of(language),
        "direction": i18n.direction_of(language),
        "place_name": "",
        "others": [(code, i18n.bcp47_of(code), i18n.name_of(code)) for code in languages if code != language],
    }


def refusal_text(question: Question, reason: str) -> str:
    """Return why an answer was refused and what to do; ``reason`` is that of an InvalidAnswer."""
    return _(KINDS[question.kind].refusal_text(reason))


def place_name(link: OpenLink, language: str) -> str:
    name = text_of(link.place_names, language)
    return f"{name} · {link.employee_name}" if link.employee_name else name
