from __future__ import annotations

import pytest
from sqlalchemy import select

from survey.db import db
from survey.refusal import Refused
from survey.rewards import catalogue, codes, coupons
from survey.rewards.models.catalogue import CouponCode
from tests import factories


def test_codes_are_stored_encrypted_in_their_order(app):
    reward = factories.reward("uploaded")
    assert coupons.upload(reward.id, "A-1\nB-2\n").written == 2
    kept = db.session.scalars(select(CouponCode).order_by(CouponCode.id)).all()
    assert [codes.unseal_code(coupon.sealed) for coupon in kept] == ["A-1", "B-2"]
    assert not any(b"A-1" in coupon.sealed + coupon.blind for coupon in kept)
    assert catalogue.offered_reward(reward.id).left == 2


def test_uploading_the_same_file_twice_adds_nothing(app):
    reward = factories.reward("uploaded", codes="A-1\nB-2\n")
    again = coupons.upload(reward.id, "A-1\nB-2\n", good_lines=True)
    assert (again.written, [str(problem) for problem in again.checked.problems]) == (
        0,
        ["has already been uploaded"] * 2,
    )


def test_all_codes_or_only_the_valid_codes_are_added(app):
    reward = factories.reward("uploaded")
    assert coupons.upload(reward.id, "A\n\nA\nB").written == 0
    assert catalogue.offered_reward(reward.id).left == 0
    assert coupons.upload(reward.id, "A\n\nA\nB", good_lines=True).written == 2


def test_two_rewards_may_have_the_same_code(app):
    for _ in range(2):
        reward = factories.reward("uploaded", codes="SAME")
        assert catalogue.offered_reward(reward.id).left == 1


def test_a_reward_with_generated_codes_rejects_uploads(app):
    with pytest.raises(Refused, match="uploaded codes"):
        coupons.upload(factories.reward().id, "A")
