"""Tokens return what was sealed, and reject what was changed."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.answering.tokens import (
    LIFETIME,
    BadToken,
    OpenedPage,
    StaleToken,
    new_claim_code,
    open_claim,
    open_page,
    seal_claim,
    seal_page,
)

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
PAGE = OpenedPage(7, 3, uuid.UUID(int=5))
NOW = 1_800_000_000


def test_a_sealed_page_is_opened_unchanged():
    assert open_page(KEY, seal_page(KEY, PAGE, NOW), NOW + LIFETIME) == PAGE


def test_a_sealed_claim_is_opened_unchanged():
    code = new_claim_code()
    assert open_claim(KEY, seal_claim(KEY, code, NOW), NOW) == code


def test_a_token_is_stale_after_its_lifetime_and_before_it_was_sealed():
    token = seal_page(KEY, PAGE, NOW)
    for moment in (NOW + LIFETIME + 1, NOW - 61):
        with pytest.raises(StaleToken):
            open_page(KEY, token, moment)


def test_a_token_under_another_key_or_of_the_other_type_is_rejected():
    with pytest.raises(BadToken):
        open_page(OTHER_KEY, seal_page(KEY, PAGE, NOW), NOW)
    with pytest.raises(BadToken):
        open_page(KEY, seal_claim(KEY, new_claim_code(), NOW), NOW)


@given(st.text())
def test_any_text_is_rejected_without_a_crash(text):
    with pytest.raises(BadToken):
        open_page(KEY, text, NOW)
    with pytest.raises(BadToken):
        open_claim(KEY, text, NOW)


def test_claim_codes_are_22_characters_and_never_the_same():
    codes = {new_claim_code() for _ in range(1000)}
    assert len(codes) == 1000
    assert all(len(code) == 22 and code.isalnum() and code.isascii() for code in codes)
