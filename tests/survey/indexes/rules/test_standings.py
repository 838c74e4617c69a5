import pytest

from survey.indexes.rules import standings
from survey.indexes.rules.index import SCALE
from survey.indexes.rules.standings import field_of
from survey.statistics.intervals import Estimate
from survey.statistics.shrinkage import shrink


def point(value, n, spread=20.0):
    """Return a point of ``n`` answers with this standard deviation of single answers."""
    return Estimate(value, spread / n**0.5, n, n - 1, scale=SCALE)


def test_a_point_with_nine_good_answers_does_not_rank_first():
    many = [point(70 + step, 400) for step in range(10)]
    field = field_of([*many, point(90, 9)])
    lucky = field.standings[-1]
    assert lucky.estimate.value == 90
    assert lucky.drawn.value < 82
    assert lucky.rank.worst > field.standings[9].rank.best
    assert lucky.interval == point(90, 9).interval()  # that of every other page
    assert lucky.interval.high < 100


def test_the_variance_of_an_answer_is_pooled_over_the_points():
    """The pooled variance is Σ(n − 1)s² / Σ(n − 1) = (99·400 + 24·100) / 123."""
    field = field_of([point(60, 100, 20.0), point(80, 25, 10.0)])
    assert field.variance == pytest.approx((99 * 400 + 24 * 100) / 123)
    _between, drawn = shrink([60, 80], [field.variance / 100, field.variance / 25])
    assert [standing.drawn for standing in field.standings] == drawn
    assert field.between.variance > 0


def test_a_point_of_unknown_variance_has_a_place_but_no_interval():
    field = field_of([point(60, 100), point(70, 100), Estimate(65, None, 10, reason="single")])
    assert field.standings[2].interval is None
    assert field.standings[2].drawn.deviation > field.standings[0].drawn.deviation


def test_a_point_far_below_the_others_is_below_its_target_and_beyond_the_funnel():
    field = field_of([point(70, 400)] * 20 + [point(30, 400)], [60] * 21)
    low = field.standings[-1]
    assert low.below == pytest.approx(1, abs=1e-6)
    assert field.standings[0].below < 0.01
    assert low.z < -3.09
    assert low.beyond == "alarm"
    assert field.standings[0].beyond == ""
    assert field_of([point(70, 400)]).standings[0].below is None


def test_a_single_point_no_points_and_equal_answers_have_no_funnel():
    alone = field_of([point(70, 50)]).standings[0]
    assert (alone.z, alone.beyond, alone.rank.median) == (None, "", 1)
    assert field_of([]).standings == ()
    alike = field_of([point(75, 9, 0.0), point(50, 9, 0.0)], [60, 60])
    assert alike.funnel is alike.between is None
    assert all(standing.interval.low < standing.interval.high for standing in alike.standings)
    assert [(standing.rank.median, standing.below) for standing in alike.standings] == [(1, 0.0), (2, 1.0)]


def test_equal_estimates_take_their_ranks_from_the_cache():
    estimates = [point(60 + i / 7, 100) for i in range(30)]
    field_of(estimates)
    before = standings._ranks.cache_info()
    assert field_of(estimates) == field_of(estimates)
    after = standings._ranks.cache_info()
    assert (after.hits - before.hits, after.misses) == (2, before.misses)
