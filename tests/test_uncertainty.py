"""Intervals hold what they claim to hold, and tests find no more than they may, by bench/uncertainty.py."""

from __future__ import annotations

import pytest

from bench.uncertainty import (
    DRAWS,
    coverage,
    errors,
    share_coverage,
    share_difference_coverage,
    share_errors,
)

LEAST, MOST = 0.93, 0.06
ROUNDING = 0.001  # 92.93% of 5 and 20 answers where the shares are 5% and 95%


@pytest.mark.parametrize("n", [5, 7, 9, 10, 15, 20, 30, 50, 70, 100])
def test_the_interval_of_a_share_holds_it_in_93_of_100_samples(n):
    assert min(share_coverage(n)) >= LEAST


@pytest.mark.parametrize(("n", "other_n"), [(5, 5), (5, 20), (6, 7), (10, 12), (12, 12), (20, 50), (60, 60)])
def test_equal_shares_differ_in_6_of_100_samples_at_most(n, other_n):
    assert max(share_errors(n, other_n)) <= MOST


@pytest.mark.parametrize(("n", "other_n"), [(5, 5), (5, 20), (10, 10), (20, 30)])
def test_the_interval_of_a_difference_of_shares_holds_it_in_93_of_100_samples(n, other_n):
    assert min(share_difference_coverage(n, other_n)) >= LEAST - ROUNDING


@pytest.mark.parametrize("name", DRAWS)
@pytest.mark.parametrize(("n", "mean"), [(5, 0.05), (5, 0.5), (10, 0.9), (30, 0.95), (100, 0.95), (100, 0.5)])
def test_the_interval_of_a_figure_holds_it_in_93_of_100_samples(name, n, mean):
    assert coverage(name, mean, n, 3000) >= LEAST


@pytest.mark.parametrize("name", DRAWS)
@pytest.mark.parametrize(
    ("n", "other_n", "mean"), [(5, 5, 0.5), (5, 100, 0.95), (20, 20, 0.8), (100, 100, 0.5), (100, 100, 0.95)]
)
def test_equal_figures_differ_in_6_of_100_samples_at_most(name, n, other_n, mean):
    assert errors(name, mean, n, other_n, 3000) <= MOST
