"""The page after submitting shows the customer's own score, and nothing of anybody else."""

import pytest

from survey.db import db
from survey.links.models import Link
from survey.questionnaires.rules.limits import ResponseLimits
from survey.responses import limiting
from tests import factories
from tests.survey.answering.documents import in_both, item, publish, when

RIGHT = [{"code": "x", "texts": in_both("X"), "right": True}, {"code": "y", "texts": in_both("Y")}]
QUIZ = (
    item("a", "single_choice", options=RIGHT, weight=1.5),
    item("b", "single_choice", options=RIGHT, show=when("a", "equal", "x")),
)


@pytest.fixture
def examined(embedded_app, customer):
    """Return a function that submits answers to a quiz and returns the customer."""

    def answer(answers, **document):
        who = customer(embedded_app.test_client(), factories.link(of=publish(*QUIZ, **document)).code)
        who.open("?lang=en")
        who.step(answers, "send")
        who.step(answers, "send")
        return who

    return answer


@pytest.mark.parametrize(
    ("answers", "score"),
    [({"a": "x", "b": "y"}, "1.5 of 2.5"), ({"a": "y"}, "0 of 1.5"), ({"a": "x", "b": "x"}, "2.5 of 2.5")],
)
def test_a_quiz_shows_the_score_of_its_questions(examined, answers, score):
    assert score in thanks(examined(answers, shows_score=True))


def thanks(who):
    return who.client.get(f"/s/{who.code}/thanks?lang=en").text


def test_a_quiz_shows_no_score_by_default(examined):
    assert "Your score" not in thanks(examined({"a": "y"}))


def test_the_score_is_that_of_the_version_answered(examined):
    who = examined({"a": "y"}, shows_score=True)
    publish(item("other"), shows_score=True)
    assert "0 of 1.5" in thanks(who)


def test_a_device_that_may_answer_once_is_not_offered_another_visit(examined):
    who = examined({"a": "y"})
    assert "?again" in thanks(who)
    limiting.limit_link(db.session.query(Link).one().id, ResponseLimits(once_per_device=True))
    assert "?again" not in thanks(who)
