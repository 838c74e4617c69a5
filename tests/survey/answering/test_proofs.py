import pytest

from survey.answering.proofs import BITS, find, holds


def test_a_proof_holds_only_for_its_token():
    proof = find("token", 8)
    assert holds("token", proof, 8)
    assert not holds("another", proof, 20)


@pytest.mark.parametrize("proof", ["", "x", "-1", "１", "1" * 13, "1.0", "0x1", " 1"])
def test_a_proof_that_is_no_number_is_rejected(proof):
    assert not holds("token", proof, 0)


def test_finding_a_proof_takes_thousands_of_attempts():
    assert 2**BITS > 10_000
    assert int(find("token")) > 100
