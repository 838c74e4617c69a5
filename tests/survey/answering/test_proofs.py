import pytest

from survey.answering.proofs import BITS, find, holds


def test_a_number_that_was_found_holds_for_its_token_alone():
    proof = find("token", 8)
    assert holds("token", proof, 8)
    assert not holds("another", proof, 20)


@pytest.mark.parametrize("proof", ["", "x", "-1", "１", "1" * 13, "1.0", "0x1", " 1"])
def test_what_is_no_number_holds_nothing(proof):
    assert not holds("token", proof, 0)


def test_the_work_is_thousands_of_times_the_check():
    assert 2**BITS > 10_000
    assert int(find("token")) > 100
