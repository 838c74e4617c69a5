"""Languages of the screens. Texts of a questionnaire are data and carry their own."""

import logging
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.core import parse_locale
from babel.dates import get_timezone_name
from flask import Flask, has_request_context, request
from flask_babel import Babel, format_date, get_locale
from flask_babel import gettext as _
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

DEFAULT = "zh_Hans_CN"
SOURCE = "en"
"""The locale of the texts in the code, which needs no catalogue."""
LOCALES = {"zh_Hans_CN": "简体中文", "en": "English"}
COOKIE = "locale"
LANGUAGES = {"zh_Hans_CN": "zh"}
# Readers of these languages are more likely to read Chinese than English.
NEAR_CHINESE = frozenset({"zh", "bo", "ii", "kk", "mn", "ug", "yue", "za"})
RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
BCP47 = {"zh_Hans_CN": "zh-Hans-CN", "en": "en"}

DATE_FORMATS = {
    **Babel.default_date_formats,
    "date.medium": "yyyy-MM-dd",
    "datetime.short": "yyyy-MM-dd HH:mm",
}
"""Tables have dates as forms and files have them; "long" is what a sentence has in its language."""

babel = Babel(date_formats=DATE_FORMATS)


def catalogue_problem(folder: Path) -> str | None:
    """Return which locales have no compiled texts below ``folder`` and how to compile them, or None.

    Without them the screens are in English.
    """
    compiled = {path.parent.parent.name for path in folder.glob("*/LC_MESSAGES/messages.mo")}
    missing = sorted(LOCALES.keys() - compiled - {SOURCE})
    if not missing:
        return None
    return f"texts are not compiled ({', '.join(missing)}): pybabel compile -d translations"


def init_app(app: Flask) -> None:
    babel.init_app(
        app,
        default_locale=DEFAULT,
        default_timezone=app.config["SETTINGS"].timezone,
        default_translation_directories=str(app.config["TRANSLATIONS"]),
        locale_selector=choose_locale,
    )
    app.context_processor(lambda: {"html_lang": html_lang(), "locales": LOCALES, "locale": locale_code()})
    problem = catalogue_problem(app.config["TRANSLATIONS"])
    if problem:
        logging.getLogger(__name__).warning(problem)


def choose_locale() -> str:
    """Return the locale of this request: the query's, else the cookie's, else the browser's, else Chinese."""
    if not has_request_context():
        return DEFAULT
    # The query and the cookies are not parsed on the many requests that have none.
    if request.query_string and (wish := request.args.get("lang")) in LOCALES:
        return wish
    if "Cookie" in request.headers and (wish := request.cookies.get(COOKIE)) in LOCALES:
        return wish
    return preferred_locale(request.headers.get("Accept-Language", ""))


@lru_cache(maxsize=1000)
def preferred_locale(header: str) -> str:
    """Return the locale that fits an Accept-Language header best."""
    accepted = parse_accept_header(header, LanguageAccept)
    best = accepted.best_match(["zh-CN", "zh-Hans", "zh", "en"], default="zh")
    return "en" if best == "en" else DEFAULT


def locale_code() -> str:
    """Return the code, a key of LOCALES, of the locale of this page."""
    return str(get_locale() or DEFAULT)


def html_lang() -> str:
    return BCP47.get(locale_code(), "zh-Hans-CN")


def moment_text(moment: datetime, timezone: str) -> str:
    """Return a UTC moment for a sentence, as clocks in ``timezone`` show it: its day, and its time to the
    minute."""
    there = moment.replace(tzinfo=UTC).astimezone(ZoneInfo(timezone))
    return _("%(day)s, %(time)s", day=format_date(there, "long", rebase=False), time=f"{there:%H:%M}")


def spell_dates(detail: Mapping[str, object]) -> dict[str, object]:
    """Return what a sentence is filled in with, days as sentences have them."""
    return {
        name: format_date(value, "long", rebase=False) if isinstance(value, date) else value
        for name, value in detail.items()
    }


def timezone_name(timezone: str) -> str:
    """Return what a time zone is called; of one with summer time the name that both of its times share."""
    zone = ZoneInfo(timezone)
    offsets = {datetime(2026, month, 1, tzinfo=zone).utcoffset() for month in (1, 7)}
    variant: Literal["standard", "generic"] = "standard" if len(offsets) == 1 else "generic"
    return get_timezone_name(zone, zone_variant=variant, locale=locale_code())


def language_of(locale: str) -> str:
    """Return the language of texts that are data for a locale of the screens; any other language is returned
    unchanged."""
    return LANGUAGES.get(locale, locale)


def text_of(texts: Mapping[str, str], locale: str) -> str:
    """Return the text in ``locale``, or else the first, which is that of the default language.

    Texts that are data (names, questions) are keyed by language: "zh", "en" and any other.
    """
    return texts.get(LANGUAGES.get(locale, locale)) or next(filter(None, texts.values()), "")


def screen_of(language: str) -> str:
    """Return the locale of the fixed texts around texts in ``language``: the nearest one that we have."""
    return DEFAULT if primary_subtag(language) in NEAR_CHINESE else "en"


def primary_subtag(language: str) -> str:
    return language.partition("-")[0]


def bcp47_of(language: str) -> str:
    """Return the ``lang`` attribute of a page in ``language``."""
    return BCP47[DEFAULT] if language == "zh" else language


def direction_of(language: str) -> str:
    return "rtl" if primary_subtag(language) in RIGHT_TO_LEFT else "ltr"


@lru_cache(maxsize=200)
def name_of(language: str) -> str:
    """Return the language's name in that language, or its code when the name is not known."""
    ours = {language_of(locale): name for locale, name in LOCALES.items()}
    if language in ours:
        return ours[language]
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return language
    return str(locale.get_display_name() or language)


def tag_of(text: str) -> str | None:
    """Return a typed tag in its standard form ("zh-Hant" for "ZH_hant"), or None when its language, script or
    region is unknown, or when it has further parts."""
    try:
        parts = parse_locale(text.strip().replace("_", "-"), sep="-")
    except ValueError:
        return None
    language, region, script = parts[:3]
    known = Locale("en")
    is_known = (
        language in known.languages
        and (script is None or script in known.scripts)
        and (region is None or region in known.territories)
        and not any(parts[3:])
    )
    return "-".join(part for part in (language, script, region) if part) if is_known else None


def choose_language(languages: tuple[str, ...]) -> str:
    """Return which of a questionnaire's ``languages`` this request gets: the query's, else the cookie's, else
    the browser's, else the first."""
    if not has_request_context():
        return languages[0]
    if request.query_string and (wish := language_of(request.args.get("lang", ""))) in languages:
        return wish
    if "Cookie" in request.headers and (wish := language_of(request.cookies.get(COOKIE, ""))) in languages:
        return wish
    return preferred_language(request.headers.get("Accept-Language", ""), languages)


@lru_cache(maxsize=2000)
def preferred_language(header: str, languages: tuple[str, ...]) -> str:
    """Return which of ``languages`` fits an Accept-Language header best, or the first when none does."""
    for accepted, quality in parse_accept_header(header, LanguageAccept):
        wish = accepted.lower().replace("_", "-")
        near = [
            language for language in languages if primary_subtag(language.lower()) == primary_subtag(wish)
        ]
        if near and quality > 0:
            return next(
                (language for language in near if (wish + "-").startswith(language.lower() + "-")), near[0]
            )
    return languages[0]
