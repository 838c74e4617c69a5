from __future__ import annotations

from survey.rewards import codes
from survey.rewards.models.catalogue import Reward


def test_codes_are_random_digits(embedded_app):
    made = {codes.generate() for _ in range(100)}
    assert len(made) == 100
    assert all(len(code) == codes.DIGITS and code.isdecimal() for code in made)


def test_our_codes_are_grouped_and_partners_codes_are_unchanged(embedded_app):
    assert codes.display_text("012345678901", Reward(kind="gift")) == "0123 4567 8901"
    assert codes.display_text("JD-1234567890", Reward(kind="uploaded")) == "JD-1234567890"


def test_the_index_of_an_uploaded_code_depends_on_its_reward(embedded_app):
    assert codes.index_of("1") == codes.index_of("1") != codes.index_of("2")
    assert codes.uploaded_index_of(1, "A") != codes.uploaded_index_of(2, "A")
    assert codes.unseal_code(codes.seal_code("A")) == "A"
