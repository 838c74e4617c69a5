"""Tokens return what was sealed, and reject what was changed."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.answering.tokens import (
    AHEAD,
    LIFETIME,
    BadToken,
    OpenedPage,
    is_stale,
    new_claim_code,
    open_claim,
    open_page,
    seal_claim,
    seal_page,
)

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
PAGE = OpenedPage(7, 3, uuid.UUID(int=5), campaign_id=2, points=10, place_id=9)
NOW = 1_800_000_000


def test_a_sealed_page_is_opened_unchanged():
    opened = open_page(KEY, seal_page(KEY, PAGE, NOW))
    assert opened == PAGE
    assert opened.opened_at == NOW


def test_a_sealed_claim_is_opened_unchanged_with_its_submission_alone():
    code, submission = new_claim_code(), uuid.uuid4()
    token = seal_claim(KEY, code, submission)
    assert open_claim(KEY, token, submission) == code
    with pytest.raises(BadToken):
        open_claim(KEY, token, uuid.uuid4())


def test_a_page_is_stale_after_its_lifetime_and_minutes_before_it_was_opened():
    opened = open_page(KEY, seal_page(KEY, PAGE, NOW))
    assert not is_stale(opened, NOW + LIFETIME)
    assert not is_stale(opened, NOW - AHEAD)
    assert is_stale(opened, NOW + LIFETIME + 1)
    assert is_stale(opened, NOW - AHEAD - 1)


def test_a_token_under_another_key_or_of_the_other_type_is_rejected():
    with pytest.raises(BadToken):
        open_page(OTHER_KEY, seal_page(KEY, PAGE, NOW))
    with pytest.raises(BadToken):
        open_page(KEY, seal_claim(KEY, new_claim_code(), PAGE.submission_id))


@given(st.text())
def test_any_text_is_rejected_without_a_crash(text):
    with pytest.raises(BadToken):
        open_page(KEY, text)
    with pytest.raises(BadToken):
        open_claim(KEY, text, PAGE.submission_id)


def test_claim_codes_are_22_characters_and_never_the_same():
    codes = {new_claim_code() for _ in range(1000)}
    assert len(codes) == 1000
    assert all(len(code) == 22 and code.isalnum() and code.isascii() for code in codes)
