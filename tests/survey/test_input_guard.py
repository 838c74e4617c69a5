"""Numbers and texts that no database holds are refused before one is asked."""

from __future__ import annotations

import pytest

from tests import factories


@pytest.fixture
def staff(embedded_app):
    return factories.sign_in(embedded_app.test_client(), factories.staff("marketing"))


@pytest.mark.parametrize("number", [2**31, 2**63, 10**30])
def test_a_number_that_no_row_has_leads_nowhere(staff, number):
    for page in ("campaigns", "rewards", "adjustments"):
        assert staff.get(f"/admin/{page}/{number}").status_code == 404
    assert staff.get(f"/w/rewards/{number}").status_code == 404


def test_nobody_types_a_nul(staff):
    assert staff.get("/admin/rewards/?q=a%00b").status_code == 400
    assert staff.get("/admin/links/a%00b").status_code == 404
    assert staff.get("/pictures/%00").status_code == 404
    assert staff.get("/w/?from=%00").status_code == 400
    assert b"Invalid request" in staff.post("/w/rewards/1?lang=en", data={"place": "a\0b"}).data
    form = {"title_zh": "a\0b"}
    assert staff.post("/admin/campaigns/-/new", data=form).status_code == 400
