"""Tests that the page for the first administrator opens once, and only with its link."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from survey import settings
from survey.audit.queries import lines
from survey.people import first_administrator, queries
from survey.people.first_administrator import LIFETIME
from tests import factories
from tests.admin.account.test_session import sign_in, token

PASSWORD = "four words make sense"


@pytest.fixture
def address(app) -> str:
    """Return the path of a link that has just been issued."""
    return first_administrator.link("", settings.now())


def send(client, address: str, csrf: str, **changes: str):
    account = {"name": "王芳", "username": "wang", "password": PASSWORD} | changes
    return client.post(address, data=account | {"csrf_token": csrf})


def test_the_link_creates_an_account_with_which_the_administrator_signs_in(client, address):
    page = client.get(address)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    reply = send(client, address, token(client, address))
    assert (reply.status_code, reply.location) == (303, "/admin/sign-in")
    assert sign_in(client, "wang", PASSWORD).location == "/admin/"
    assert client.get("/admin/staff/").status_code == 200


def test_creating_the_account_signs_nobody_in(client, address):
    send(client, address, token(client, address))
    assert client.get("/admin/staff/").status_code == 302


def test_a_used_link_answers_gone_and_is_not_used_again(client, address):
    csrf = token(client, address)
    assert send(client, address, csrf).status_code == 303
    assert client.get(address).status_code == 410
    assert send(client, address, csrf, username="li").status_code == 410
    assert [person.username for person in queries.staff()] == ["wang"]


@pytest.mark.parametrize("forged", ["A" * 70, "x", "not-a-token"])
def test_a_forged_link_opens_nothing(embedded_client, forged):
    path = first_administrator.PATH + forged
    assert embedded_client.get(path).status_code == 410
    assert send(embedded_client, path, token(embedded_client)).status_code == 410
    assert queries.staff() == []


def test_forged_expired_and_used_links_show_the_same_page(embedded_client):
    def heard(path: str) -> str:
        """Return the main part of the page; the rest contains the address itself."""
        return embedded_client.get(path).text.partition("<main")[2]

    forged = heard(first_administrator.PATH + "x")
    assert forged
    assert heard(first_administrator.link("", settings.now() - LIFETIME)) == forged
    valid = first_administrator.link("", settings.now())
    assert heard(valid) != forged
    factories.staff()
    assert heard(valid) == forged


def test_a_page_that_stays_open_beyond_the_hour_creates_nothing(embedded_client):
    began = settings.now()
    path = first_administrator.link("", began)
    csrf = token(embedded_client, path)
    with time_machine.travel(began + LIFETIME + timedelta(seconds=1)):
        assert send(embedded_client, path, csrf).status_code == 410
    assert queries.staff() == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"username": "Wang"}, "username"), ({"password": "short"}, "password"), ({"name": ""}, "name")],
)
def test_invalid_entries_show_errors_and_the_link_stays_valid(embedded_client, changes, field):
    path = first_administrator.link("", settings.now())
    csrf = token(embedded_client, path)
    reply = send(embedded_client, path, csrf, **changes)
    assert reply.status_code == 422
    assert f'href="#{field}"' in reply.text
    assert send(embedded_client, path, csrf).status_code == 303


def test_a_form_without_its_token_creates_nothing(embedded_client):
    path = first_administrator.link("", settings.now())
    assert send(embedded_client, path, "").status_code == 400
    assert queries.staff() == []


def test_the_audit_log_shows_the_account_without_link_or_password(client, address):
    send(client, address, token(client, address))
    (line,) = [line for line, _digest in lines.all_lines() if line.act == "first_administrator.create"]
    assert (line.role, line.staff_id) == ("nobody", None)
    assert "administrator" in str(line.changes)
    for secret in (address.removeprefix(first_administrator.PATH), PASSWORD):
        assert secret not in str(vars(line))
