"""Tests of arriving after a sign-in: the customer sees their points, or why there are none."""

from __future__ import annotations

import pytest

from survey.wallets.views import arrival
from tests import factories


@pytest.fixture
def arrive(embedded_app):
    def arrive(claim):
        with embedded_app.test_request_context("/w/code", headers={"Accept-Language": "en"}):
            return arrival.finish_sign_in(factories.customer(), claim)

    return arrive


def test_signing_in_with_a_claim_leads_to_its_points(arrive, claim):
    reply = arrive(claim)
    assert (reply.status_code, reply.location) == (303, f"/w/claims/{claim}")
    assert reply.headers["Set-Cookie"].startswith("wallet=")


def test_signing_in_without_a_claim_leads_to_the_wallet(arrive):
    assert (arrive("").status_code, arrive("").location) == (303, "/w/")


def test_signing_in_with_a_spent_claim_shows_the_reason(arrive):
    reply = arrive("9" * 22)
    assert reply.status_code == 422
    assert "This claim code is not valid. Please check it for typos." in reply.get_data(as_text=True)
    assert reply.headers["Set-Cookie"].startswith("wallet=")
