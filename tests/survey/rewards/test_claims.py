from __future__ import annotations

from datetime import date

from flask import Flask

from survey.db import db
from survey.rewards import claims
from survey.rewards.models.claims import Claim
from tests import factories


def test_a_claim_is_found_by_its_code_which_is_not_stored(app: Flask):
    code = "0123456789abcdefABCDEF"
    last = claims.expiry(date(2026, 12, 15))
    assert last == date(2027, 1, 14)
    db.session.add(
        Claim(
            code_hash=claims.code_hash(code), points=10, campaign_id=factories.campaign().id, expires_on=last
        )
    )
    db.session.commit()
    db.session.expire_all()
    claim = claims.find(code)
    assert claim is not None
    assert (claim.points, claim.state, claim.expires_on) == (10, "open", last)
    assert len(claim.code_hash) == 32
    assert code.encode() not in claim.code_hash
    assert claims.find(code.lower()) is None
    assert claims.find("") is None
