from __future__ import annotations

import time

import pytest
from argon2 import PasswordHasher

from survey.people import passwords
from survey.people.passwords import hash_password, verify_password


def test_a_password_opens_what_was_hashed_of_it_and_no_other_does():
    hashed = hash_password("correct horse")
    assert hashed.startswith("$argon2id$")
    assert hashed != hash_password("correct horse"), "a salt of its own"
    assert verify_password(hashed, "correct horse")
    assert not verify_password(hashed, "Correct horse")
    assert not verify_password(hashed, "")


@pytest.mark.parametrize("stored", ["", "plain", "$argon2"])
def test_a_text_that_is_no_hash_matches_no_password(stored: str):
    assert not verify_password(stored, "plain")


def test_somebody_who_does_not_exist_takes_as_long(monkeypatch):
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher())
    hashed = hash_password("correct horse")

    def seconds(stored: str | None) -> float:
        began = time.process_time()
        assert not verify_password(stored, "wrong")
        return time.process_time() - began

    known, nobody = (min(seconds(stored) for _ in range(5)) for stored in (hashed, None))
    assert 0.5 < nobody / known < 2
