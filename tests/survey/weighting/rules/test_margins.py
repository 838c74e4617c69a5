import pytest

from survey.weighting.rules.margins import margin, raked


def test_totals_share_what_is_answered_as_they_are():
    found = margin({"a": 10, "b": 30}, {"a": 100, "b": 100})
    assert found.shares == {"a": 0.5, "b": 0.5}
    assert (found.missing, found.untold) == ({}, 0)


def test_what_has_no_total_keeps_its_share_and_who_did_not_answer_is_left_out():
    found = margin({"a": 10, "b": 30, "": 10}, {"a": 100, "b": 100, "c": 50, "d": 0})
    assert found.shares == pytest.approx({"a": 0.4, "b": 0.4, "": 0.2})
    assert (found.missing, found.untold) == ({"c": 50}, 0.2)


def test_a_total_of_nothing_is_none():
    assert margin({"a": 10, "b": 30}, {"a": 0, "b": 100}).shares == pytest.approx({"a": 0.25, "b": 0.75})


def test_answers_are_raked_to_several_totals():
    counts = {("a", "qr"): 30, ("a", "sms"): 10, ("b", "qr"): 10, ("b", ""): 10}
    found = raked(counts, [{"a": 1, "b": 1}, {"qr": 1, "sms": 1}], 100)
    weights = found.weights.by_stratum
    assert sum(weights[one] * n for one, n in counts.items() if one[0] == "a") == pytest.approx(30)
    assert weights["a", "sms"] * 10 == pytest.approx(25)
    assert weights["b", ""] * 10 == pytest.approx(10)
    assert [one.untold for one in found.margins] == pytest.approx([0, 1 / 6])


def test_nobody_cannot_be_weighted():
    with pytest.raises(ValueError, match="nobody answered"):
        raked({}, [{"a": 1}], 10)
