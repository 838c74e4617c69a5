"""Tests of the numbers of staff: added, removed, and stored with a user."""

from __future__ import annotations

import pytest

from survey.people import queries
from tests import factories
from tests.admin.forms import post
from tests.catalogue import zh

URL = "/admin/staff/-/numbers/"


def test_pasted_numbers_are_added_and_removed(enter):
    client = enter("administrator")
    assert post(client, URL, URL, numbers="13800138000\n13900139000\n").status_code == 303
    assert queries.count_insiders() == 2
    page = client.get(URL, headers={"Accept-Language": "en"}).text
    assert "2 numbers are on the list" in page
    assert "13800138000" not in page
    post(client, f"{URL}removal", URL, numbers="13800138000")
    assert queries.count_insiders() == 1


@pytest.mark.parametrize("act", ["", "removal"])
@pytest.mark.parametrize("numbers", ["", "13800138000\nno number", "\n".join(["1"] * 5001), "x" * 200_001])
def test_a_list_with_a_bad_line_adds_nothing_and_shows_the_line(enter, act, numbers):
    reply = post(enter("administrator"), f"{URL}{act}", URL, numbers=numbers)
    assert reply.status_code == 422
    assert queries.count_insiders() == 0
    if "no number" in numbers:
        assert zh("Line %(lines)s is neither a mobile number nor an openid.", lines=2) in reply.text
        assert "no number" in reply.text  # the pasted text is still in its field


def test_a_users_number_is_stored_and_deleted(enter):
    client, person = enter("administrator"), factories.staff("auditor")
    page = f"/admin/staff/{person.username}"
    typed = {"name": "x", "role": "auditor", "destination": ""}
    post(client, page, page, **typed, phone="13800138000")
    assert queries.has_phone(person.id)
    assert "13800138000" not in client.get(page).text
    post(client, page, page, **typed)
    assert queries.has_phone(person.id)
    post(client, page, page, **typed, forget_phone="y")
    assert not queries.has_phone(person.id)
    assert post(client, page, page, **typed, phone="12").status_code == 422


def test_a_new_user_can_have_a_number(enter):
    page = "/admin/staff/-/new"
    typed = {"username": "li", "name": "x", "role": "auditor", "destination": "", "phone": "13800138000"}
    post(enter("administrator"), page, page, **typed, password=factories.PASSWORD)
    assert queries.has_phone(queries.staff_by_username("li").id)


def test_only_administrators_see_the_list(enter):
    assert enter("auditor").get(URL).status_code == 403
