import pytest

from survey.weighting.rules.margins import margin, rake_to_totals


def test_shares_are_in_proportion_to_the_totals():
    places = margin({"a": 10, "b": 30}, {"a": 100, "b": 100})
    assert places.shares == {"a": 0.5, "b": 0.5}
    assert (places.missing, places.without_total) == ({}, 0)


def test_a_value_without_total_keeps_its_share_and_a_value_without_answers_is_left_out():
    places = margin({"a": 10, "b": 30, "": 10}, {"a": 100, "b": 100, "c": 50, "d": 0})
    assert places.shares == pytest.approx({"a": 0.4, "b": 0.4, "": 0.2})
    assert (places.missing, places.without_total) == ({"c": 50}, 0.2)


def test_a_total_of_0_counts_as_no_total():
    assert margin({"a": 10, "b": 30}, {"a": 0, "b": 100}).shares == pytest.approx({"a": 0.25, "b": 0.75})


def test_answers_are_raked_to_several_totals():
    counts = {("a", "qr"): 30, ("a", "sms"): 10, ("b", "qr"): 10, ("b", ""): 10}
    raked = rake_to_totals(counts, [{"a": 1, "b": 1}, {"qr": 1, "sms": 1}], 100)
    weights = raked.weights.by_stratum
    assert sum(weights[stratum] * n for stratum, n in counts.items() if stratum[0] == "a") == pytest.approx(
        30
    )
    assert weights["a", "sms"] * 10 == pytest.approx(25)
    assert weights["b", ""] * 10 == pytest.approx(10)
    assert [side.without_total for side in raked.margins] == pytest.approx([0, 1 / 6])


def test_raking_without_answers_is_an_error():
    with pytest.raises(ValueError, match="nobody answered"):
        rake_to_totals({}, [{"a": 1}], 10)
