"""Sealing names and telephone numbers."""

import pytest
from cryptography.exceptions import InvalidTag

from survey.sealing import blind_index, seal, unseal


def test_what_was_sealed_is_opened_again(embedded_app):
    assert unseal(seal("13800000000", "phone"), "phone") == "13800000000"


def test_the_same_text_is_never_sealed_alike(embedded_app):
    sealed = {seal("王小明", "name") for _ in range(10)}
    assert len(sealed) == 10
    assert all("王小明".encode() not in ciphertext for ciphertext in sealed)


def test_what_was_changed_or_sealed_for_another_purpose_is_not_opened(embedded_app):
    sealed = seal("13800000000", "phone")
    with pytest.raises(InvalidTag):
        unseal(sealed[:-1] + bytes([sealed[-1] ^ 1]), "phone")
    with pytest.raises(InvalidTag):
        unseal(sealed, "name")


def test_a_blind_index_finds_the_same_text_for_the_same_purpose_only(embedded_app):
    index = blind_index("+8613800138000", "customer phone")
    assert index == blind_index("+8613800138000", "customer phone")
    assert len(index) == 32
    assert index != blind_index("+8613800138001", "customer phone")
    assert index != blind_index("+8613800138000", "staff phone")
