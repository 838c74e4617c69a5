import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.statistics.raking import effective_n, rake


def post_strata(counts, totals, most=None):
    """Return the weights by a single attribute."""
    return rake({(name,): n for name, n in counts.items()}, [totals], most)


def test_equal_weights_cost_nothing_and_unequal_weights_cost_kishs_factor():
    """L. Kish, Survey Sampling (1965), 11.7: deff = n Σw² / (Σw)²; weights 1 and 4 of 100 each give 1.36."""
    assert effective_n([30, 70], [2, 2]) == pytest.approx(100)
    assert 200 / effective_n([100, 100], [1, 4]) == pytest.approx(1.36)
    for counts, weights in (([], []), ([5], [0]), ([5], [-1]), ([-5], [1])):
        with pytest.raises(ValueError, match=r"weight"):
            effective_n(counts, weights)


def test_a_branch_with_few_answers_of_many_customers_weighs_more():
    weights = post_strata({"east": 50, "west": 150}, {"east": 6000, "west": 4000})
    assert weights.by_stratum == {("east",): pytest.approx(2.4), ("west",): pytest.approx(8 / 15)}
    assert weights.n == 200
    assert weights.effective_n == pytest.approx(200**2 / (50 * 2.4**2 + 150 * (8 / 15) ** 2))
    assert weights.design_effect == pytest.approx(200 / weights.effective_n)
    assert (weights.trimmed, weights.deviation) == ((), 0)


def test_trimmed_weights_are_reported_with_their_deviation():
    weights = post_strata({"a": 10, "b": 90, "c": 100}, {"a": 50, "b": 25, "c": 25}, most=3)
    assert weights.by_stratum["a",] == 3
    assert sum(
        n * weights.by_stratum[name,] for name, n in (("a", 10), ("b", 90), ("c", 100))
    ) == pytest.approx(200)
    assert weights.trimmed == (("a",),)
    assert weights.deviation == pytest.approx(0.5 - 30 / 200)


def test_trimming_a_weight_can_lift_another_which_is_trimmed_too():
    weights = post_strata({"a": 1, "b": 1, "c": 8}, {"a": 60, "b": 11.9, "c": 28.1}, most=1.2)
    assert max(weights.by_stratum.values()) <= 1.2 + 1e-9
    assert sum(n * w for n, w in zip((1, 1, 8), weights.by_stratum.values(), strict=True)) == pytest.approx(
        10
    )
    with pytest.raises(ValueError, match="above 1"):
        post_strata({"a": 1}, {"a": 1}, most=1)


@pytest.mark.parametrize(
    ("counts", "totals", "named"),
    [
        ({"a": 5, "b": 0}, {"a": 5, "b": 5}, "nobody answered in b"),
        ({"a": 5}, {"a": 5, "b": 5}, "nobody answered in b"),
        ({"a": 5, "c": 2}, {"a": 5}, "c has answers but no total"),
        ({"a": 5}, {"a": -5}, "total of a"),
        ({"a": 5}, {"a": float("nan")}, "total of a"),
        ({"a": 5}, {"a": 0}, "all totals are 0"),
    ],
)
def test_a_stratum_that_cannot_be_weighted_is_named(counts, totals, named):
    with pytest.raises(ValueError, match=named):
        post_strata(counts, totals)


def test_a_stratum_without_customers_gets_no_weight():
    weights = post_strata({"a": 5, "gone": 5}, {"a": 10, "gone": 0})
    assert weights.by_stratum == {("a",): 2, ("gone",): 0}
    assert weights.effective_n == pytest.approx(5)


CELLS = {
    (str(i), str(j)): n
    for i, row in enumerate([(40, 30, 20, 10), (35, 50, 100, 75), (30, 80, 70, 120), (20, 30, 40, 50)])
    for j, n in enumerate(row)
}


def test_raking_meets_every_margin_and_keeps_what_the_answers_have_in_common():
    """The table is that of Wikipedia's "Iterative proportional fitting". The solution is the only one with
    these margins and the odds ratios of the answers."""
    rows, columns = (150, 300, 400, 150), (200, 300, 400, 100)
    weights = rake(CELLS, [{str(i): t for i, t in enumerate(totals)} for totals in (rows, columns)])
    fitted = [
        [CELLS[str(i), str(j)] * weights.by_stratum[str(i), str(j)] for j in range(4)] for i in range(4)
    ]
    scale = 1000 / 800
    assert [sum(row) * scale for row in fitted] == pytest.approx(rows)
    assert [sum(column) * scale for column in zip(*fitted, strict=True)] == pytest.approx(columns)
    odds = weights.by_stratum["0", "0"] * weights.by_stratum["1", "1"]
    assert odds == pytest.approx(weights.by_stratum["0", "1"] * weights.by_stratum["1", "0"])


def test_margins_that_no_weights_can_meet_are_an_error():
    with pytest.raises(ValueError, match=r"contradict the answers: \w+ cannot"):
        rake({("m", "old"): 5, ("f", "young"): 5}, [{"m": 50, "f": 50}, {"old": 90, "young": 10}])


@given(
    st.dictionaries(
        st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), st.integers(1, 50), min_size=9, max_size=9
    ),
    st.lists(st.integers(1, 100), min_size=6, max_size=6),
    st.sampled_from([None, 1.5, 3]),
)
def test_raked_shares_are_the_known_ones_unless_trimmed(counts, totals, most):
    margins = [dict(zip("abc", totals[:3], strict=True)), dict(zip("xyz", totals[3:], strict=True))]
    weights = rake(counts, margins, most)
    n = sum(counts.values())
    assert sum(counts[cell] * w for cell, w in weights.by_stratum.items()) == pytest.approx(n)
    assert 1 <= weights.effective_n <= n + 1e-6
    assert max(weights.by_stratum.values()) <= (most or n) + 1e-9
    for i, margin in enumerate(margins):
        for name, total in margin.items():
            share = sum(counts[cell] * w for cell, w in weights.by_stratum.items() if cell[i] == name) / n
            assert abs(share - total / sum(margin.values())) <= weights.deviation + 1e-7
