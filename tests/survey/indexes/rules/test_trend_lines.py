import pytest

from survey.indexes.rules.measures import Share
from survey.indexes.rules.trend_lines import nps_line, score_line, share_line
from survey.statistics.intervals import Estimate
from survey.statistics.nps import Promoters

NOBODY = Estimate(None, None, 0, reason="nobody")


def test_scores_have_limits_that_depend_on_the_number_of_answers():
    line = score_line([Estimate(80, 2, 25), Estimate(82, 1, 100), NOBODY, Estimate(81, 2, 25)])
    assert line.values == [80, 82, None, 81]
    assert line.centre == pytest.approx((80 * 25 + 82 * 100 + 81 * 25) / 150)
    few, many, none, _ = line.marks
    assert few.high - line.centre == pytest.approx(2 * (many.high - line.centre))
    assert none.low is None
    assert line.signals == []


def test_scores_without_spread_have_no_limits():
    line = score_line([Estimate(80, None, 1, reason="single"), NOBODY])
    assert (line.values, line.marks, line.centre, line.shifts) == ([80, None], None, None, None)


def test_shares_and_nps_have_limits_in_their_own_unit():
    shares = share_line([*[Share(50, 100), Share(60, 100)] * 20, None, Share(95, 100)])
    assert shares.values[-3:] == [60, None, 95]
    assert shares.centre == pytest.approx((50 * 20 + 60 * 20 + 95) / 41)
    assert shares.signals == [41]
    p, first = shares.centre / 100, shares.marks[0]
    # Each value is 10 points, or two standard errors, from the one before, so that the limits are 2/1.128
    # times as wide as those of random variation alone.
    assert first.high == pytest.approx(shares.centre + 3 * 1.8 * 100 * (p * (1 - p) / 100) ** 0.5, rel=0.15)
    nps = nps_line([Promoters(100, 60, 20), None, Promoters(100, 10, 70), Promoters(100, 58, 21)])
    assert nps.values == [40, None, -60, 37]
    assert nps.centre == pytest.approx((40 - 60 + 37) / 3)
    assert min(mark.low for mark in nps.marks if mark.low is not None) >= -100
    assert nps_line([None, None]).centre is None
