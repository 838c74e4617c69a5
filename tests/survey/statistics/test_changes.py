import pytest

from survey.statistics.changes import Change, change, discoveries, nps_change
from survey.statistics.intervals import Difference, Estimate
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
    assert comparison.difference.standard_error == pytest.approx(100 * (2 * (5 / 9) / 324) ** 0.5)
    assert comparison.verdict == "risen"
    assert nps_change(None, Promoters(9, 1, 1)).verdict == "unknown"


def with_p(p):
    return Change(Difference(1.0, 1.0, 1.0, p), "risen")


def test_discoveries_keep_few_false_changes():
    ps = {"a": 0.01, "b": 0.013, "c": 0.014, "d": 0.19, "e": 0.35, "f": None}
    kept = discoveries({name: with_p(p) for name, p in ps.items()})
    assert list(kept) == ["a", "b", "c"]  # 0.014 ≤ 3/5 · 0.05
    assert discoveries({"g": with_p(0.03), "h": with_p(0.9)}) == {}
    assert discoveries({}) == {}
