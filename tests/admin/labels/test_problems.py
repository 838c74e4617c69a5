"""Tests that every problem has a sentence in the language of the screen, with its details."""

import re

import pytest
from flask_babel import force_locale

from admin.labels.problems import describe_problem
from survey.questionnaires.rules.checking import DocumentProblem
from survey.questionnaires.rules.checking.problem import ERRORS, UNFINISHED


@pytest.mark.parametrize("reason", [*ERRORS, *UNFINISHED])
def test_every_problem_has_a_sentence_with_its_details(embedded_app, reason):
    text = (ERRORS | UNFINISHED)[reason]
    detail = {name: f"<{name}>" for name in re.findall(r"%\((\w+)\)s", text)}
    with embedded_app.test_request_context():
        for locale, of in (("en", r"[A-Z“]"), ("zh_Hans_CN", "[\u4e00-\u9fff]")):
            with force_locale(locale):
                sentence = describe_problem(DocumentProblem("", reason, detail))
            assert re.search(of, sentence)
            assert all(value in sentence for value in detail.values())


def test_a_percent_sign_in_a_file_is_kept_as_text(embedded_app):
    with embedded_app.test_request_context(), force_locale("en"):
        sentence = describe_problem(DocumentProblem("", "unknown key", {"key": "100%s%(x)s"}))
    assert sentence == "Unknown item: “100%s%(x)s”."
