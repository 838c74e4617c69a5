"""With the script, answers bring up and hide questions in place: always those that the rule engine shows."""

from __future__ import annotations

import random

import pytest

from survey.db import db
from survey.questionnaires.rules.visibility import Context, visible
from survey.responses.models import Waiting
from tests import factories
from tests.survey.answering.documents import in_both, item, page, publish, when

ITEMS = (
    item("overall"),
    item("why", "text", show=when("overall", "at_most", 2)),
    item("opinion", "text", about="overall", show=when("overall", "at_most", 3)),
    item("again", "yes_no", show=when("overall", "at_least", 3)),
    item("opinion_again", "text", about="again", show=when("again", "equal", 0)),
    item("thanks", "statement", show=when("again", "equal", 1)),
    item("speed", show={"not": when("again", "equal", 1)}),
    item("speed_opinion", "text", about="speed", show=when("overall", "less", 5)),
    page("last", show=when("speed", "at_most", 2)),
    item("more", "text"),
)
CHOICES = {"overall": range(1, 6), "again": (0, 1), "speed": range(1, 6)}
AGREES = """wanted => {
    const asked = document.querySelectorAll('#Q > [id], #Q textarea')
    const found = new Set([...asked].map(one => one.tagName === 'TEXTAREA' ? one.name : one.id))
    return [...found].sort().join() === wanted.join()
}"""
ENGLISH = Context(channel="qr", language="en")


@pytest.fixture
def asked(live):
    """The link's code, the id of its version, what it asks."""
    with live.app.app_context():
        version = publish(*ITEMS, slug="revealing", title=in_both("Revealing"))
        return factories.link(points=0, of=version).code, version.id, version.definition


@pytest.mark.parametrize("seed", range(3))
def test_what_shows_is_what_the_engine_shows_after_each_change(open_page, live, asked, seed):
    code, version_id, definition = asked
    tab = open_page(f"/s/{code}?lang=en", locale="en")
    chance, answers = random.Random(seed), {}
    first = {question.code for question in definition.pages[0].questions}
    shown = visible(definition, answers, ENGLISH).questions
    for _change in range(15):
        question = chance.choice(sorted(shown & CHOICES.keys()))
        answers[question] = chance.choice(CHOICES[question])
        tab.locator(f"[name={question}][value='{answers[question]}']").check()
        shown = visible(definition, answers, ENGLISH).questions
        tab.wait_for_function(AGREES, arg=sorted(shown & first), timeout=5000)
    for _page in range(1 + ("more" in shown)):
        tab.locator("#N button").first.click()
    tab.wait_for_url("**/thanks*")
    with live.app.app_context():
        stored = [response.answers for response in db.session.query(Waiting).filter_by(version_id=version_id)]
    assert {key: value for key, value in answers.items() if key in shown} in stored
