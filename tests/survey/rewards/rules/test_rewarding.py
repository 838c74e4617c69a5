from __future__ import annotations

from datetime import date

import pytest

from survey.refusal import Refused
from survey.rewards.rules.rewarding import RewardTerms, check

DAY = date(2026, 11, 23)
OFF = {"amount_off": 500}


def terms(**changes: object) -> RewardTerms:
    return RewardTerms(**({"title": {"zh": "奖品"}, "price": 20, "starts_on": DAY} | changes))


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("uploaded", {}),
        ("generated", {"remaining": 0, "ends_on": DAY, "per_wallet": 1}),
        ("gift", {"hold_days": 365, "price": 1_000_000}),
        ("discount", OFF | {"minimum_spend": 500}),
        ("discount", {"percent_off": 100}),
    ],
)
def test_valid_terms_are_accepted(kind, changes):
    check(kind, terms(**changes))


@pytest.mark.parametrize(
    ("kind", "changes", "why"),
    [
        ("lottery", {}, "There is no such type of reward."),
        ("gift", {"title": {"zh": " ", "en": "Cup"}}, "Chinese name"),
        ("gift", {"title": {"zh": "奖" * 61}}, "60 characters"),
        ("gift", {"description": {"zh": "奖" * 1001}}, "1000 characters"),
        ("gift", {"price": 0}, "1 to 1,000,000 points"),
        ("gift", {"price": -5}, "1 to 1,000,000 points"),
        ("gift", {"price": 1_000_001}, "1 to 1,000,000 points"),
        ("gift", {"per_wallet": 0}, "The limit per wallet must be at least 1."),
        ("gift", {"hold_days": 0}, "365 days"),
        ("gift", {"ends_on": date(2026, 11, 22)}, "before it starts"),
        ("gift", {"remaining": 5}, "stock of the service points"),
        ("uploaded", {"remaining": 5}, "by its codes"),
        ("generated", {"remaining": -1}, "0 to 1,000,000"),
        ("generated", OFF, "Only a discount"),
        ("discount", {}, "either an amount or a percentage"),
        ("discount", OFF | {"percent_off": 5}, "either an amount or a percentage"),
        ("discount", {"percent_off": 101}, "1 to 100"),
        ("discount", {"amount_off": 0}, "0.01"),
        ("discount", OFF | {"minimum_spend": 499}, "The minimum spend cannot be less than the amount off."),
        (
            "discount",
            {"percent_off": 5, "minimum_spend": -1},
            "The minimum spend must be 0 to 1,000,000 yuan.",
        ),
    ],
)
def test_invalid_terms_are_rejected(kind, changes, why):
    with pytest.raises(Refused, match=why):
        check(kind, terms(**changes))
