from flask import get_flashed_messages

from admin.flashing import flash_outcome
from survey.refusal import Refused


def refuse():
    raise Refused("There is no unit with this code.")


def test_a_success_is_flashed(embedded_app):
    acts = []
    with embedded_app.test_request_context():
        assert flash_outcome(lambda: acts.append("done"), "It is done.")
        assert get_flashed_messages(with_categories=True) == [("success", "It is done.")]
    assert acts == ["done"]


def test_a_refusal_flashes_only_its_reason(embedded_app):
    with embedded_app.test_request_context("/?lang=en"):
        assert not flash_outcome(refuse, "It is done.")
        assert get_flashed_messages(with_categories=True) == [("error", "There is no unit with this code.")]
