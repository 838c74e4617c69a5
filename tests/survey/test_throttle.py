"""Attempts are counted, in one process and in a real Valkey that several share."""

import socket

import pytest
import time_machine

from survey.throttle import MISTAKES, PER_ADDRESS, PER_NAME, Throttle


@pytest.fixture
def attempts():
    return PER_NAME.amount


def test_a_name_has_so_many_attempts_and_then_waits(attempts):
    throttle = Throttle()
    assert [throttle.attempt(f"10.0.0.{n}", "anna") for n in range(attempts)] == [0] * attempts
    assert 0 < throttle.attempt("10.0.0.99", "anna") <= 15 * 60 + 1
    assert throttle.attempt("10.0.0.99", "Anna ") > 0, "however it is written"
    assert throttle.attempt("10.0.0.99", "berta") == 0


def test_an_address_has_so_many_attempts_whatever_the_names():
    throttle = Throttle()
    allowed = [throttle.attempt("10.0.0.1", f"name{n}") for n in range(PER_ADDRESS.amount)]
    assert not any(allowed)
    assert throttle.attempt("10.0.0.1", "another") > 0
    assert throttle.attempt("10.0.0.2", "another") == 0


def test_attempts_are_allowed_again_after_the_wait(attempts):
    with time_machine.travel(1_800_000_000, tick=False) as now:
        throttle = Throttle()
        for _ in range(attempts):
            throttle.attempt("10.0.0.1", "anna")
        wait = throttle.attempt("10.0.0.1", "anna")
        now.shift(wait)
        assert throttle.attempt("10.0.0.1", "anna") == 0


def test_signing_in_forgets_the_failures(attempts):
    throttle = Throttle()
    for _ in range(attempts):
        throttle.attempt("10.0.0.1", "anna")
    throttle.forget("anna")
    assert throttle.attempt("10.0.0.1", "anna") == 0


def test_names_of_any_kind_can_be_counted():
    throttle = Throttle()
    for name in ("", "\ud800", "王" * 10_000, "a\0b", "%s{}"):
        assert throttle.attempt("", name) == 0


def test_two_servers_share_one_count(attempts, valkey_url):
    first, second = Throttle(valkey_url), Throttle(valkey_url)
    for n in range(attempts):
        assert (first, second)[n % 2].attempt("10.0.0.1", "anna") == 0
    assert first.attempt("10.0.0.1", "anna") > 0
    assert second.attempt("10.0.0.1", "anna") > 0
    second.forget("anna")
    assert first.attempt("10.0.0.1", "anna") == 0


def test_each_server_counts_for_itself_without_the_shared_store(attempts, caplog):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    throttle = Throttle(f"redis://127.0.0.1:{port}/0")
    for _ in range(attempts):
        assert throttle.attempt("10.0.0.1", "anna") == 0, "nobody is locked out"
    assert throttle.attempt("10.0.0.1", "anna") > 0, "and nobody has free tries"
    throttle.forget("anna")
    assert throttle.attempt("10.0.0.1", "anna") == 0
    assert caplog.text.count("the shared store fails") == 1, "it is said once, not at every attempt"


def test_mistakes_are_counted_and_what_is_right_is_not():
    throttle = Throttle()
    for _ in range(MISTAKES.amount):
        assert throttle.wait("clerk") == 0
        throttle.mistake("clerk")
    assert 0 < throttle.wait("clerk") <= 15 * 60 + 1
    assert throttle.wait("another") == 0


def test_counts_are_kept_by_name_and_span():
    with time_machine.travel(1_800_000_000, tick=False) as now:
        throttle = Throttle()
        assert [throttle.count("a", 600) for _ in range(3)] == [1, 2, 3]
        assert throttle.count("b", 600) == 1
        now.shift(600)
        assert throttle.count("a", 600) == 1


def test_the_memory_for_very_many_names_is_bounded(monkeypatch):
    from survey import throttle as module

    monkeypatch.setattr(module, "MOST_COUNTS", 3)
    throttle = Throttle()
    assert [throttle.count(name, 600) for name in "abcda"] == [1, 1, 1, 1, 1]


def test_two_servers_share_the_counts_of_a_span(valkey_url):
    first, second = Throttle(valkey_url), Throttle(valkey_url)
    assert [throttle.count("flood", 3600) for throttle in (first, second, first)] == [1, 2, 3]
