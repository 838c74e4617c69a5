from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

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
    assert i18n.preferred(header) == locale


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


def test_outside_of_a_request_it_is_chinese():
    assert i18n.choose_locale() == "zh_Hans_CN"


def test_a_text_falls_back_to_another_language():
    texts = {"zh": "好", "en": "Good"}
    assert (i18n.text_of(texts, "en"), i18n.text_of(texts, "zh_Hans_CN")) == ("Good", "好")
    assert i18n.text_of({"zh": "好", "en": ""}, "en") == "好"
    assert i18n.text_of({}, "en") == ""
    assert [i18n.language_of(one) for one in ("zh_Hans_CN", "en", "ug")] == ["zh", "en", "ug"]


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
