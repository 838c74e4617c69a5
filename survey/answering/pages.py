"""The answer page: rendered once for a link and a language, filled for every request."""

import re
from collections.abc import Mapping

from flask import render_template
from flask_babel import force_locale
from flask_babel import gettext as _

from survey import i18n
from survey.i18n import text_of

from .links import OpenLink

# Two marks that no text can hold: control characters are refused everywhere.
PAGE_MARK, CLAIM_MARK = "\x01page\x01", "\x01claim\x01"
_MARKS = re.compile(f"{PAGE_MARK}|{CLAIM_MARK}")
_BETWEEN_TAGS = re.compile(r">\s+<")

Errors = Mapping[str, str]


def fresh(link: OpenLink, locale: str, page_token: str, claim_token: str) -> bytes:
    """The page as it is first opened, with nothing answered."""
    parts = link.pages.get(locale)
    if parts is None:
        html = form(link, locale, PAGE_MARK, CLAIM_MARK)
        parts = tuple(part.encode() for part in _MARKS.split(html))
        link.pages[locale] = parts
    before, between, after = parts
    return b"".join((before, page_token.encode(), between, claim_token.encode(), after))


def form(
    link: OpenLink,
    locale: str,
    page_token: str,
    claim_token: str,
    fields: Mapping[str, str] | None = None,
    errors: Errors | None = None,
    notice: str = "",
) -> str:
    """The page with what the customer answered (``fields``), what is wrong with it (question code to
    reason), and a ``notice`` that concerns all of it."""
    questions = link.definition.questions if link.definition else ()
    top = [q for q in questions if q.about is None]
    with force_locale(locale):
        html = render_template(
            "survey/answering/form.html",
            link=link,
            questions=top,
            opinions={q.about: q for q in questions if q.about},
            page_token=page_token,
            claim_token=claim_token,
            fields=fields or {},
            errors=errors or {},
            notice=notice,
            **words(link, locale),
        )
    return _BETWEEN_TAGS.sub("><", html)


def words(link: OpenLink, locale: str) -> dict[str, object]:
    """What every page of a link says in ``locale``: its names, and the language to switch to."""
    return {
        **nameless(locale),
        "place_name": place_name(link, locale),
        "title": text_of(link.title, locale),
        "text_in": lambda question: question.text(locale),
        "help_in": lambda question: text_of(question.help, locale),
        "label_in": lambda question, number: question.label(number, locale),
        "reason": reason,
    }


def nameless(locale: str) -> dict[str, object]:
    """What a page says in ``locale`` that belongs to no link."""
    other = "en" if locale == i18n.DEFAULT else i18n.DEFAULT
    return {
        "locale": locale,
        "html_lang": i18n.BCP47[locale],
        "place_name": "",
        "other": other,
        "other_lang": i18n.BCP47[other],
        "other_name": i18n.LOCALES[other],
    }


def reason(code: str) -> str:
    """Why an answer was not taken, in words that say what to do."""
    return {
        "required": _("please answer"),
        "range": _("please choose one of the answers shown"),
        "length": _("please use at most 2,000 characters"),
        "characters": _("please remove characters that cannot be shown"),
    }[code]


def place_name(link: OpenLink, locale: str) -> str:
    name = text_of(link.place_names, locale)
    return f"{name} · {link.employee_name}" if link.employee_name else name
