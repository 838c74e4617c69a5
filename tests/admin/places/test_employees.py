from __future__ import annotations

import re

import pytest

from survey.places import queries
from tests.admin.forms import post


def test_an_employee_is_added_changed_moved_retired_restored_and_deleted(enter):
    client = enter("administrator")
    assert post(client, "/admin/employees/new/at/P1", code="N1", name="王芳").status_code == 303
    assert post(client, "/admin/employees/new/at/P1", code="N1", name="王芳").status_code == 422
    assert post(client, "/admin/employees/N1/edit", code="N2", name="王芳芳").status_code == 303
    assert post(client, "/admin/employees/N2/move", destination="EAST").status_code == 422
    assert post(client, "/admin/employees/N2/move", destination="P2").status_code == 303
    assert queries.employee("N2").place.code == "P2"
    for act in ("retirement", "restoration", "deletion"):
        assert post(client, f"/admin/employees/N2/{act}").status_code == 303
    assert queries.employee("N2") is None


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [({"code": "a/b", "name": "王芳"}, "code"), ({"code": "N1", "name": ""}, "name"), ({}, "code")],
)
def test_an_invalid_entry_shows_an_error_and_writes_nothing(enter, fields, wrong):
    client = enter("administrator")
    for url in ("/admin/employees/new/at/P1", "/admin/employees/E1/edit"):
        answer = post(client, url, **fields)
        assert answer.status_code == 422
        assert f'id="{wrong}-error"' in answer.text
    assert queries.employee("N1") is None
    assert queries.employee("E1") is not None


def test_a_taken_code_is_rejected(enter):
    client = enter("administrator")
    answer = post(client, "/admin/employees/E1/edit", code="E2", name="王芳")
    assert answer.status_code == 422
    assert re.search(r'role="alert".*E2', answer.text, re.S)
    assert queries.employee("E1") is not None


def test_an_employee_is_not_moved_to_their_own_or_a_retired_point(enter, company):
    client = enter("administrator")
    post(client, "/admin/places/P2/retirement")
    answer = post(client, "/admin/employees/E1/move", destination="P2")
    assert answer.status_code == 422
    assert 'id="destination-error"' in answer.text
    assert queries.employee("E1").place.code == "P1"
