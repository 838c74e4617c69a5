"""Languages of the screens. Texts of a questionnaire are data and carry their own."""

from collections.abc import Mapping
from functools import lru_cache

from flask import Flask, has_request_context, request
from flask_babel import Babel, get_locale
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

DEFAULT = "zh_Hans_CN"
LOCALES = {"zh_Hans_CN": "简体中文", "en": "English"}
COOKIE = "locale"
LANGUAGES = {"zh_Hans_CN": "zh"}
BCP47 = {"zh_Hans_CN": "zh-Hans-CN", "en": "en"}

babel = Babel()


def init_app(app: Flask) -> None:
    babel.init_app(
        app,
        default_locale=DEFAULT,
        default_timezone="Asia/Shanghai",
        default_translation_directories=str(app.config["TRANSLATIONS"]),
        locale_selector=choose_locale,
    )
    app.context_processor(lambda: {"html_lang": html_lang(), "locales": LOCALES, "locale": locale_code()})


def choose_locale() -> str:
    """The locale of this request: asked for, else the cookie's, else the browser's, else Chinese."""
    if not has_request_context():
        return DEFAULT
    # Neither is parsed on the many requests that have none.
    if request.query_string and (wish := request.args.get("lang")) in LOCALES:
        return wish
    if "Cookie" in request.headers and (wish := request.cookies.get(COOKIE)) in LOCALES:
        return wish
    return preferred(request.headers.get("Accept-Language", ""))


@lru_cache(maxsize=1000)
def preferred(header: str) -> str:
    """The locale that an Accept-Language header asks for."""
    accepted = parse_accept_header(header, LanguageAccept)
    best = accepted.best_match(["zh-CN", "zh-Hans", "zh", "en"], default="zh")
    return "en" if best == "en" else DEFAULT


def locale_code() -> str:
    """The code, a key of LOCALES, in which this page is written."""
    return str(get_locale() or DEFAULT)


def html_lang() -> str:
    return BCP47.get(locale_code(), "zh-Hans-CN")


def language_of(locale: str) -> str:
    """The language of texts that are data for a locale of the screens; other languages are their own."""
    return LANGUAGES.get(locale, locale)


def text_of(texts: Mapping[str, str], locale: str) -> str:
    """The text in ``locale``, else the first there is: the default language stands before the others.

    Texts that are data (names, questions) are keyed by language: "zh", "en" and any other.
    """
    return texts.get(LANGUAGES.get(locale, locale)) or next(filter(None, texts.values()), "")
