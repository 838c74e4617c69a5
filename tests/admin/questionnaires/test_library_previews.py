"""Tests of the preview of the library's templates on a phone."""

import re

import pytest
from markupsafe import escape

from survey.db import db
from survey.questionnaires import library_catalogue
from survey.questionnaires.models import Trial
from survey.responses.models import Waiting
from tests.admin.forms import post

EN = {"Accept-Language": "en"}
LIBRARY = "/admin/questionnaires/-/library"
NAMES = [book.name for book in library_catalogue.entries()]


def phone(name, language="en"):
    return f"{LIBRARY}/{name}/phone/?lang={language}"


@pytest.mark.parametrize("name", NAMES)
def test_each_template_is_shown_as_customers_would_get_it_in_both_languages(enter, name):
    client = enter("auditor")
    for language in ("zh", "en"):
        page = client.get(phone(name, language))
        assert page.status_code == 200
        assert "frame-ancestors 'self'" in page.headers["Content-Security-Policy"]
        first = library_catalogue.entry(name).definition.pages[0].questions[0]
        assert str(escape(first.text(language).partition("{")[0])) in page.text


def test_the_page_shows_a_phone_in_the_chosen_language(enter):
    client = enter("manager")
    page = client.get(f"{LIBRARY}/r5", headers=EN)
    assert f'<iframe src="{phone("r5")}"' in page.text
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    page = client.get(f"{LIBRARY}/r5?phone=zh", headers=EN).text
    assert f'<iframe src="{phone("r5", "zh")}"' in page
    assert f'href="{LIBRARY}/r5?phone=en#phones"' in page


def test_a_quiz_ends_with_thanks_and_a_score_and_nothing_is_stored(enter):
    client = enter("manager")
    page = client.get(phone("r19")).text
    right = {
        question.code: next(option.code for option in question.options if option.right)
        for question in library_catalogue.entry("r19").definition.questions
        if question.is_quiz
    }
    sent = dict(re.findall(r'type=hidden name="?(\w+)"? value="?([^">]*)', page)) | right
    thanks = client.post(phone("r19"), data=sent)
    assert thanks.status_code == 200
    assert "Nothing was saved" in thanks.text
    assert "<strong>5 of 5</strong>" in thanks.text
    assert db.session.query(Trial).count() == db.session.query(Waiting).count() == 0


def test_an_unknown_template_has_no_preview(enter):
    assert enter("manager").get(phone("r99")).status_code == 404
    assert post(enter("manager"), phone("r99"), {}).status_code == 404
