"""The answer page: rendered once for a link and a language, filled for every request."""

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

# Two marks that no text can hold: control characters are refused everywhere.
PAGE_MARK, CLAIM_MARK = "\x01page\x01", "\x01claim\x01"
_MARKS = re.compile(f"{PAGE_MARK}|{CLAIM_MARK}")
_BETWEEN_TAGS = re.compile(r">\s+<")
SECONDS_A_QUESTION = 8
QUICK = 12  # questions, opinions among them, that take twenty seconds

Fields = Mapping[str, str]


def fresh(
    link: OpenLink, language: str, page_token: str, claim_token: str, asks_for_proof: bool = False
) -> bytes:
    """The page as it is first opened, with nothing answered. The link must be open."""
    parts = link.pages.get((language, asks_for_proof))
    if parts is None:
        step = walking.begin(definition_of(link), link.context(language))
        hidden = {"page": PAGE_MARK, "claim": CLAIM_MARK}
        html = form(link, language, step, hidden, is_fresh=True, proof="" if asks_for_proof else None)
        parts = tuple(part.encode() for part in _MARKS.split(html))
        link.pages[language, asks_for_proof] = parts
    before, between, after = parts
    return b"".join((before, page_token.encode(), between, claim_token.encode(), after))


def form(
    link: OpenLink,
    language: str,
    step: Step,
    hidden: Fields,
    fields: Fields | None = None,
    notice: str = "",
    is_fresh: bool = False,
    proof: str | None = None,
) -> str:
    """The page of a walk, with what the customer typed (``fields``) and a ``notice`` that concerns all of it.

    ``hidden`` are fields that the form carries along (tokens), besides what was typed on other pages.
    A fresh page was asked for by its address, so that links switch its language; any other by buttons, so
    that nothing typed is lost. ``proof`` is that of its work as far as it is done; None asks for none.
    """
    template = "survey/answering/form.html"
    values = {"hidden": hidden, "notice": notice, "fresh": is_fresh, "proof": proof, "bits": proofs.BITS}
    return _render(template, link, language, step, fields or {}, **values)


def questions(link: OpenLink, language: str, step: Step, fields: Fields) -> str:
    """Only the questions and buttons of a page, for a script that reveals and hides them in place."""
    return _render("survey/answering/_questions.html", link, language, step, fields)


def _render(
    template: str, link: OpenLink, language: str, step: Step, fields: Fields, **values: object
) -> str:
    definition = definition_of(link)
    shown, here = step.questions, definition.pages[step.at]
    before = definition.pages[: step.at]
    first = 1 + sum(question_views.count(page.questions, shown) for page in before)
    inner = walking.inner(definition, step.at)
    say = saying(link, language)
    with force_locale(i18n.screen_of(language)):
        errors = {code: why(definition.by_code[code], key) for code, key in step.errors.items()}
        asked = question_views.asked(here.questions, shown, first, say, fields, errors)
        drawn = question_views.names(asked)
        html = render_template(
            template,
            link=link,
            questions=asked,
            wrong=[(one.code, each) for one in asked for each in (one, *one.opinions) if each.wrong],
            carried=[(name, text) for name, text in fields.items() if text and name not in drawn],
            step=step,
            heading=say(here.texts),
            seen=" ".join(sorted(inner & shown)) if inner else None,
            walks=len(definition.pages) > 1,
            length=_length(definition),
            **words(link, language),
            **values,
        )
    return _BETWEEN_TAGS.sub("><", html)


def _length(definition: Definition) -> int:
    """The minutes that answering takes, 0 when it is quickly done."""
    number = len(definition.questions)
    return 0 if number <= QUICK else max(1, round(number * SECONDS_A_QUESTION / 60))


def definition_of(link: OpenLink) -> Definition:
    """Raises LookupError when nothing is published."""
    if link.definition is None:
        raise LookupError(link.code)
    return link.definition


def news(step: Step, language: str) -> str:
    """What has come up since the page was sent, in words; "" when nothing has."""
    with force_locale(i18n.screen_of(language)):
        return {
            "": "",
            "revealed": _("Your answers led to a further question. Please look through this page again."),
            "last": _("There are no more questions. Please submit your answers."),
        }[step.news]


def saying(link: OpenLink, language: str) -> Callable[[Texts], str]:
    """Gives a text of the questionnaire in ``language``, with the names of place and employee put in."""

    def say(texts: Texts) -> str:
        text = text_of(texts, language)
        if "{" not in text:
            return text
        text = text.replace("{place}", text_of(link.place_names, language))
        return text.replace("{employee}", link.employee_name or _("company staff"))

    return say


def words(link: OpenLink, language: str) -> dict[str, object]:
    """What every page of a link says in ``language``: its names, and the languages to switch to."""
    return {
        **nameless(language, link.languages),
        "place_name": place_name(link, language),
        "title": saying(link, language)(link.title),
    }


def nameless(language: str, languages: tuple[str, ...] = ("zh", "en")) -> dict[str, object]:
    """What a page says in ``language`` that belongs to no link."""
    return {
        "language": language,
        "html_lang": i18n.bcp47_of(language),
        "direction": i18n.direction_of(language),
        "place_name": "",
        "others": [(one, i18n.bcp47_of(one), i18n.name_of(one)) for one in languages if one != language],
    }


def why(question: Question, reason: str) -> str:
    """Why an answer was not taken, in words that say what to do."""
    return _(KINDS[question.kind].refusal_text(reason))


def place_name(link: OpenLink, language: str) -> str:
    name = text_of(link.place_names, language)
    return f"{name} · {link.employee_name}" if link.employee_name else name
