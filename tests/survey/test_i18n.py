from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import format_date

from survey import i18n


@pytest.mark.parametrize(
    ("header", "locale"),
    [
        ("", "zh_Hans_CN"),
        ("en-GB,en;q=0.9", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh_Hans_CN"),
        ("zh-Hans-CN", "zh_Hans_CN"),
        ("de,en;q=0.5,zh;q=0.4", "en"),
        ("de", "zh_Hans_CN"),
        ("*;q=x,,;", "zh_Hans_CN"),
    ],
)
def test_what_the_browser_prefers(header: str, locale: str):
    assert i18n.preferred_locale(header) == locale


@pytest.mark.parametrize(
    ("path", "headers", "locale"),
    [
        ("/?lang=zh_Hans_CN", {"Cookie": "locale=en", "Accept-Language": "en"}, "zh_Hans_CN"),
        ("/", {"Cookie": "locale=en", "Accept-Language": "zh"}, "en"),
        ("/?lang=xx", {"Cookie": "locale=../etc", "Accept-Language": "en"}, "en"),
        ("/", {}, "zh_Hans_CN"),
    ],
)
def test_a_wish_counts_before_the_cookie_and_the_cookie_before_the_browser(
    embedded_app: Flask, path: str, headers: dict, locale: str
):
    with embedded_app.test_request_context(path, headers=headers):
        assert i18n.choose_locale() == locale
        assert i18n.html_lang() == {"en": "en", "zh_Hans_CN": "zh-Hans-CN"}[locale]


def test_the_locale_outside_a_request_is_chinese():
    assert i18n.choose_locale() == "zh_Hans_CN"


def test_a_text_falls_back_to_another_language():
    texts = {"zh": "好", "en": "Good"}
    assert (i18n.text_of(texts, "en"), i18n.text_of(texts, "zh_Hans_CN")) == ("Good", "好")
    assert i18n.text_of({"zh": "好", "en": ""}, "en") == "好"
    assert i18n.text_of({}, "en") == ""
    assert [i18n.language_of(locale) for locale in ("zh_Hans_CN", "en", "ug")] == ["zh", "en", "ug"]


@pytest.mark.parametrize(
    ("typed", "tag"),
    [
        (" ug ", "ug"),
        ("ZH_hant", "zh-Hant"),
        ("zh-hans-cn", "zh-Hans-CN"),
        ("mn-Mong", "mn-Mong"),
        ("xx", None),
        ("zh-Qqqq", None),
        ("en-ZZZ", None),
        ("de-1996", None),
        ("de-DE-1996", None),
        ("Deutsch", None),
        ("../etc", None),
        ("", None),
        ("x" * 10_000, None),
    ],
)
def test_a_language_is_named_by_its_tag(typed: str, tag: str | None):
    assert i18n.tag_of(typed) == tag


def test_every_language_but_that_of_the_code_needs_a_catalogue(tmp_path: Path):
    folder = tmp_path / "zh_Hans_CN/LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "messages.po").touch()
    assert "texts are not compiled (zh_Hans_CN)" in i18n.catalogue_problem(tmp_path)
    (folder / "messages.mo").touch()
    assert i18n.catalogue_problem(tmp_path) is None


def test_an_application_without_compiled_texts_says_so_when_it_starts(new_settings, tmp_path, caplog):
    app = Flask("test")
    app.config.update(TRANSLATIONS=tmp_path, SETTINGS=new_settings("sqlite://"))
    i18n.init_app(app)
    assert "texts are not compiled (zh_Hans_CN)" in caplog.text


@pytest.mark.parametrize(
    ("locale", "zone", "name"),
    [
        ("zh_Hans_CN", "Asia/Shanghai", "中国标准时间"),
        ("en", "Asia/Shanghai", "China Standard Time"),
        ("en", "Europe/Berlin", "Central European Time"),
    ],
)
def test_a_time_zone_has_a_name_that_holds_all_year(embedded_app, locale, zone, name):
    with embedded_app.test_request_context(f"/?lang={locale}"):
        assert i18n.timezone_name(zone) == name


def test_a_sentence_has_days_in_words_and_its_other_parts_as_they_are(embedded_app):
    with embedded_app.test_request_context("/?lang=en"):
        detail = {"day": date(2026, 11, 30), "points": 20, "name": "2026-11-30"}
        assert i18n.spell_dates(detail) == {"day": "November 30, 2026", "points": 20, "name": "2026-11-30"}


@pytest.mark.parametrize(
    ("locale", "text"), [("en", "December 1, 2026, 08:00"), ("zh_Hans_CN", "2026年12月1日 08:00")]
)
def test_a_moment_is_told_as_the_companys_clocks_show_it(embedded_app, locale, text):
    with embedded_app.test_request_context(f"/?lang={locale}"):
        assert i18n.moment_text(datetime(2026, 12, 1, tzinfo=UTC), "Asia/Shanghai") == text


@pytest.mark.parametrize("locale", i18n.LOCALES)
def test_a_table_has_days_as_files_have_them(embedded_app, locale):
    with embedded_app.test_request_context(f"/?lang={locale}"):
        assert format_date(date(2026, 11, 30), "medium") == "2026-11-30"
