import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.links.issue import new_code
from survey.links.rules import ALPHABET, LONGEST, address, is_loopback, normalise, without_scheme


@pytest.mark.parametrize(
    "written", ["abcd2345", "ABCD2345", " abcd 2345 ", "AbCd-2345", "abcd–2345", "\uff21\uff42cd\uff12345"]
)
def test_a_code_may_be_written_in_several_ways(written):
    assert normalise(written) == "abcd2345"


@pytest.mark.parametrize(
    "written",
    ["", " ", "-", "abcd/2345", "abcd234o", "abcd2341", "服务", "a" * 17, "a" * 10_000, "\0", "a\udc80"],
)
def test_an_impossible_code_is_rejected(written):
    assert normalise(written) == ""


@given(st.text(max_size=100))
def test_any_text_becomes_a_code_or_an_empty_text(written):
    code = normalise(written)
    assert len(code) <= LONGEST
    assert set(code) <= set(ALPHABET)
    assert normalise(code) == code


def test_a_new_code_is_valid():
    assert normalise(new_code()) != ""


def test_an_address_joins_the_base_and_the_code():
    assert address("https://huiyin.example.cn", "abcd2345") == "https://huiyin.example.cn/s/abcd2345"
    assert address("https://huiyin.example.cn/", "abcd2345") == "https://huiyin.example.cn/s/abcd2345"


def test_an_address_is_typed_without_its_scheme():
    assert without_scheme("https://huiyin.example.cn/s/abcd2345") == "huiyin.example.cn/s/abcd2345"


@pytest.mark.parametrize(
    "base",
    [
        "http://127.0.0.1:8000",
        "http://localhost",
        "http://[::1]:8000/",
        "http://0.0.0.0",
        "http://x.localhost",
    ],
)
def test_phones_cannot_reach_loopback_addresses(base):
    assert is_loopback(base)


@pytest.mark.parametrize(
    "base", ["https://huiyin.example.cn", "http://192.168.1.7:8000", "http://[fd00::1]", ""]
)
def test_phones_may_reach_other_addresses(base):
    assert not is_loopback(base)
