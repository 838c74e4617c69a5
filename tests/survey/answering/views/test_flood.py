"""A customer in a flood notices nothing with a script, and is not turned away without one."""

import re

import pytest

import wsgi
from survey.answering.proofs import find
from survey.db import db
from survey.rewards.models.claims import Claim
from survey.rewards.rules.doubts import UNPROVEN_A_FLOOD
from tests import factories
from tests.survey.answering.conftest import ANSWERS

FLOOD = 3


@pytest.fixture
def flooded(app, new_settings):
    """A second application on the same database, for which few responses are a flood."""
    url = app.config["SETTINGS"].database_url
    own = wsgi.create_app(new_settings(url, flood_answers=FLOOD, link_seconds=60))
    yield own
    with own.app_context():
        db.engine.dispose()


@pytest.fixture
def link(app):
    return factories.link(points=10)


@pytest.fixture
def visitor(flooded, customer, link):
    def enter():
        who = customer(flooded.test_client(), link.code)
        who.open()
        return who

    return enter


def doubts():
    db.session.rollback()
    return sorted(db.session.scalars(db.select(Claim.doubt)))


def pour(visitor, number=FLOOD + 1):
    for _ in range(number):
        visitor().hand_in()


def test_pages_ask_for_no_proof_without_a_flood(visitor, link):
    pour(visitor, FLOOD)
    assert "proof" not in visitor().open().text
    assert doubts() == [""] * FLOOD


def test_the_page_asks_for_a_proof_with_one_script_in_a_flood(visitor, flooded, link):
    pour(visitor)
    for _ in range(3):  # from the view, and from the fast path
        page = flooded.test_client(use_cookies=False).get(f"/s/{link.code}").text
        assert "name=proof" in page
        assert "data-bits=16" in page
        assert len(re.findall("<script src=/static/js/proof", page)) == 1


def test_a_response_with_a_proof_earns_its_points_at_once(visitor):
    pour(visitor)
    who = visitor()
    assert who.hand_in(proof=find(who.tokens["page"])).status_code == 303
    assert doubts() == ["", "", "", "", "unproven"]


@pytest.mark.parametrize("proof", ["", "1", "no number", "9" * 5000])
def test_the_points_of_a_response_without_a_proof_go_under_review(visitor, stored, proof):
    pour(visitor)
    assert visitor().hand_in(proof=proof).status_code == 303
    assert stored() == (FLOOD + 2, FLOOD + 2, FLOOD + 2)
    assert doubts().count("unproven") == 2


def test_responses_without_a_proof_are_all_stored_but_only_some_earn_points(visitor, stored):
    pour(visitor, FLOOD)
    for _ in range(UNPROVEN_A_FLOOD + 1):
        who = visitor()
        assert who.hand_in(proof="").status_code == 303
    number = FLOOD + UNPROVEN_A_FLOOD
    assert stored() == (number + 1, number + 1, number)
    assert "积分" in who.thanks().text
    assert who.thanks().status_code == 200


def test_a_page_opened_before_the_flood_is_shown_again_with_its_answers(visitor, stored):
    early = visitor()
    pour(visitor)
    before = stored()
    reply = early.hand_in()
    assert reply.status_code == 200
    assert "name=proof" in reply.text
    assert ANSWERS["comment"] in reply.text
    assert stored() == before
    proof = find(early.tokens["page"])
    assert early.hand_in(proof=proof).status_code == 303
    assert stored()[0] == before[0] + 1
    assert early.hand_in().status_code == 303, "a repeat is thanked, not asked"


def test_a_proof_does_not_count_for_another_submission(visitor):
    pour(visitor)
    first, second = visitor(), visitor()
    second.hand_in(proof=find(first.tokens["page"]))
    assert doubts().count("unproven") == 2


def test_pages_without_points_ask_for_no_proof(flooded, customer, app):
    link = factories.link(points=0)
    for _ in range(FLOOD * 2):
        who = customer(flooded.test_client(), link.code)
        assert "proof" not in who.open().text
        assert who.hand_in().status_code == 303
