"""In a flood a browser with a script shows its work by itself; one without is thanked all the same."""

from __future__ import annotations

import re

import pytest

from survey.answering.links import look_up
from survey.answering.proofs import holds
from survey.db import db
from survey.rewards.models.claims import Claim
from tests import factories
from tests.browser.pages import answer


@pytest.fixture
def flooded(live, monkeypatch):
    """The code of a link at which many answers are coming in."""
    with live.app.app_context():
        link = look_up(factories.link(points=20).code)
    floods = live.app.extensions["answering"][2]
    monkeypatch.setattr(floods, "_answers", 1)
    for _ in range(2):
        floods.count(link.id, True)
    assert floods.is_on(link.id)
    return link.code


def doubts(live) -> list[str]:
    with live.app.app_context():
        return sorted(db.session.scalars(db.select(Claim.doubt)))


def test_the_proof_of_work_is_done_while_the_customer_answers_and_the_claim_passes(
    open_page, live, flooded, axe
):
    before = doubts(live)
    page = open_page(f"/s/{flooded}")
    page.wait_for_function("document.querySelector('[name=proof]').value !== ''", timeout=60_000)
    field = page.locator("[name=proof]")
    assert holds(page.locator("[name=page]").input_value(), field.input_value())
    axe(page)
    answer(page)
    page.wait_for_url(re.compile("/thanks"))
    assert doubts(live) == sorted([*before, ""])


def test_a_customer_who_sends_before_the_proof_of_work_is_done_waits_for_it(open_page, live, flooded):
    before = doubts(live)
    page = open_page(f"/s/{flooded}")
    answer(page)
    page.wait_for_url(re.compile("/thanks"), timeout=60_000)
    assert doubts(live) == sorted([*before, ""])


def test_without_a_script_the_customer_is_thanked_and_their_points_wait(open_page, live, flooded):
    before = doubts(live)
    page = open_page(f"/s/{flooded}", java_script_enabled=False)
    answer(page)
    assert "/thanks" in page.url
    assert doubts(live) == sorted([*before, "unproven"])
