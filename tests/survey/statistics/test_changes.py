import numpy as np
import pytest

from bench.uncertainty import estimates, index
from survey.statistics.changes import Change, change, discoveries, judge_together, nps_change
from survey.statistics.differences import Difference
from survey.statistics.intervals import Estimate
from survey.statistics.nps import Promoters


@pytest.mark.parametrize(
    ("new", "old", "verdict"),
    [
        (Estimate(75, 1, 50), Estimate(70, 1, 50), "risen"),
        (Estimate(70, 1, 50), Estimate(75, 1, 50), "fallen"),
        (Estimate(72, 2, 50), Estimate(70, 2, 50), "none"),
        (Estimate(72, None, 1, reason="single"), Estimate(70, 2, 50), "unknown"),
        (Estimate(None, None, 0, reason="nobody"), Estimate(70, 2, 50), "unknown"),
        (Estimate(80, 0, 9), Estimate(70, 0, 9), "unknown"),
        (None, Estimate(70, 2, 50), "unknown"),
    ],
)
def test_a_change_gets_its_verdict(new, old, verdict):
    assert change(new, old).verdict == verdict


def test_a_change_has_a_p_value_and_an_interval():
    comparison = change(Estimate(75, 3, 50), Estimate(70, 4, 50))  # √(9 + 16) = 5: z = 1
    assert comparison.value == 5
    assert comparison.p == pytest.approx(0.3173105, abs=1e-7)
    assert comparison.interval() == pytest.approx((5 - 1.959964 * 5, 5 + 1.959964 * 5), abs=1e-5)
    assert change(None, None).interval() is change(None, None).p is None


def test_an_nps_change_is_judged_by_its_own_variance():
    comparison = nps_change(Promoters(324, 162, 54), Promoters(324, 54, 162))
    assert comparison.value == pytest.approx(200 / 3)
    assert comparison.p < 1e-20
    assert comparison.verdict == "risen"
    assert nps_change(None, Promoters(9, 1, 1)).verdict == "unknown"


def with_p(p):
    return Change(Difference(Estimate(71, 1, 50), Estimate(70, 1, 50), p), "risen")


def test_discoveries_keep_few_false_changes():
    ps = {"a": 0.01, "b": 0.013, "c": 0.014, "d": 0.19, "e": 0.35, "f": None}
    kept = discoveries({name: with_p(p) for name, p in ps.items()})
    assert list(kept) == ["a", "b", "c"]  # 0.014 ≤ 3/5 · 0.05
    assert discoveries({"g": with_p(0.03), "h": with_p(0.9)}) == {}
    assert discoveries({}) == {}


def test_changes_judged_together_are_marked_only_where_they_are_discoveries():
    changes = {"g": with_p(0.03), "h": with_p(0.9), "i": change(None, None)}
    judged = judge_together(changes)
    assert [judged[name].verdict for name in "ghi"] == ["none", "none", "unknown"]
    assert judged["g"].p == 0.03
    assert judge_together({"g": with_p(0.03)})["g"].verdict == "risen"


def test_two_hundred_equal_points_have_a_false_mark_in_5_of_100_rankings_at_most():
    """Where no point changed, every mark is false: the rate of false discoveries is that of rankings with
    any."""
    random = np.random.default_rng(11)
    marked = alone = 0
    for _ in range(150):
        drawn = iter(estimates("index", index(random, 0.75, 60, 400)))
        changes = {i: change(next(drawn), next(drawn)) for i in range(200)}
        alone += any(point.verdict != "none" for point in changes.values())
        marked += any(point.verdict != "none" for point in judge_together(changes).values())
    assert alone > 140  # without judging them together
    assert marked / 150 <= 0.05 + 2 * (0.05 * 0.95 / 150) ** 0.5
