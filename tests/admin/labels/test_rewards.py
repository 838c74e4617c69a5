from __future__ import annotations

import pytest

from admin.labels.rewards import money, reward_counts, terms_of
from survey.rewards.models.catalogue import Reward


@pytest.mark.parametrize(
    ("fen", "text"), [(None, "¥0"), (1, "¥0.01"), (50, "¥0.50"), (500, "¥5"), (123456789, "¥1,234,567.89")]
)
def test_amounts_are_written_in_yuan(fen, text):
    assert money(fen) == text


@pytest.mark.parametrize(
    ("discount", "text"),
    [
        ({"kind": "gift"}, ""),
        ({"kind": "discount", "percent_off": 20}, "20% off"),
        ({"kind": "discount", "amount_off": 500}, "¥5 off"),
        (
            {"kind": "discount", "amount_off": 500, "minimum_spend": 10000},
            "¥5 off when you spend ¥100 or more",
        ),
    ],
)
def test_the_terms_of_a_discount_are_described_in_words(embedded_app, discount, text):
    with embedded_app.test_request_context(headers={"Accept-Language": "en"}):
        assert terms_of(Reward(**discount)) == text


def test_a_reward_without_redemptions_counts_zero():
    assert reward_counts({(1, "reserved"): 3}, 1) == {"reserved": 3, "fulfilled": 0}
