"""The link of a new installation: valid once, for an hour, and for nobody who only guesses."""

from __future__ import annotations

from datetime import timedelta

import pytest

from survey import settings
from survey.people import appointment, first_administrator, queries
from survey.people.first_administrator import LIFETIME, PATH, is_needed, is_valid, link, use
from survey.people.sign_in import authenticate
from survey.refusal import Refused
from survey.sealing import seal
from tests import factories
from tests.factories import TODAY
from tests.processes import at_once

NOW = settings.now().replace(microsecond=0)
PASSWORD = "four words make sense"


def new_token() -> str:
    return link("http://127.0.0.1", NOW).partition(PATH)[2]


def test_the_link_makes_an_administrator_who_may_sign_in(app):
    assert is_needed()
    use(new_token(), "wang", "王芳", PASSWORD, NOW)
    assert authenticate("wang", PASSWORD).role == "administrator"
    assert not is_needed()


def test_a_link_is_used_once_and_every_other_link_with_it(app):
    used, other = new_token(), new_token()
    use(used, "wang", "王芳", PASSWORD, NOW)
    for token in (used, other):
        assert not is_valid(token, NOW)
        with pytest.raises(Refused, match="This link is no longer valid"):
            use(token, "li", "李娜", PASSWORD, NOW)
    assert [person.username for person in queries.staff()] == ["wang"]


def test_a_link_stays_used_when_the_administrator_changes(app):
    token = new_token()
    first = use(token, "wang", "王芳", PASSWORD, NOW)
    factories.staff()
    appointment.retire(first, TODAY)
    assert not is_valid(token, NOW)


def test_a_link_expires(embedded_app):
    token = new_token()
    assert is_valid(token, NOW + LIFETIME - timedelta(seconds=1))
    assert not is_valid(token, NOW + LIFETIME)
    with pytest.raises(Refused, match="This link is no longer valid"):
        use(token, "wang", "王芳", PASSWORD, NOW + LIFETIME)
    assert queries.staff() == []


@pytest.mark.parametrize("token", ["", "A", "AAAA", "A" * 70, "not base64!", "王", "\0", "=" * 8])
def test_a_text_that_is_no_token_is_not_valid(embedded_app, token):
    assert not is_valid(token, NOW)


def test_a_token_that_was_changed_anywhere_is_not_valid(embedded_app):
    token = new_token()
    for position in range(len(token) - 1):
        changed = "A" if token[position] != "A" else "B"
        assert not is_valid(token[:position] + changed + token[position + 1 :], NOW)


def test_a_token_of_another_installation_or_for_another_purpose_is_not_valid(
    embedded_app, new_application, new_settings, new_database
):
    other = new_application(new_settings(new_database("sqlite"), secret_key="another secret, 32 bytes long"))
    with other.app_context():
        foreign = new_token()
    assert not is_valid(foreign, NOW)
    sealed = seal((NOW + LIFETIME).isoformat(), "customer phone")
    assert not is_valid(first_administrator._encoded(sealed), NOW)


def test_unsuitable_data_leave_the_link_valid(app):
    token = new_token()
    for username, password, says in (("Wang", PASSWORD, "lowercase letters"), ("wang", "short", "10 to 256")):
        with pytest.raises(Refused, match=says):
            use(token, username, "王芳", password, NOW)
    assert is_valid(token, NOW)


def test_only_one_of_concurrent_users_of_a_link_becomes_the_administrator(app):
    token = new_token()
    results = at_once(app.config["SETTINGS"], _use, [(token, f"name{number}") for number in range(4)])
    assert sorted(results) == ["appointed", "refused", "refused", "refused"]
    assert len(queries.staff()) == 1


def _use(token: str, username: str) -> str:
    try:
        use(token, username, "王芳", PASSWORD, NOW)
    except Refused:
        return "refused"
    return "appointed"


def test_two_users_who_passed_the_check_at_once_do_not_both_become_administrators(app):
    """Whatever `use` saw before: the transaction looks again."""
    appointment.appoint_first("wang", "王芳", PASSWORD)
    with pytest.raises(Refused, match="administrator already"):
        appointment.appoint_first("li", "李娜", PASSWORD)
    assert [person.username for person in queries.staff()] == ["wang"]
