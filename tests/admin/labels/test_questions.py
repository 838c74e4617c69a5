"""Tests of the words of the builder."""

import pytest
from flask_babel import force_locale

from admin.labels.questions import describe_kinds, kind_name, operator_name
from survey.questionnaires.kinds import KINDS


@pytest.mark.parametrize("locale", ["en", "zh_Hans_CN"])
def test_every_type_has_a_name_and_an_example_in_both_languages(embedded_app, locale):
    with force_locale(locale):
        descriptions = describe_kinds()
        assert list(descriptions) == [*KINDS, "page"]
        words = [word for both in descriptions.values() for word in both]
        assert all(words)
        assert all(kind_name(kind) == name for kind, (name, _example) in descriptions.items())
        if locale != "en":
            assert not [word for word in words if word.isascii()]


def test_the_operator_answered_reads_differently_for_context_and_question(embedded_app):
    with force_locale("en"):
        assert operator_name("answered", of_context=True) == "is named"
        assert operator_name("answered", of_context=False) == "is answered"
