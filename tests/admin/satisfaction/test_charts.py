from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from admin.satisfaction import charts
from survey.indexes.rules.standings import field_of
from survey.indexes.rules.trend_lines import TrendLine
from survey.indexes.trend import Trend
from survey.statistics.control_charts import ChartPeriod, Cusum, Shift
from survey.statistics.intervals import Estimate
from survey.tallies.queries.subjects import Subject


@pytest.fixture(autouse=True)
def request_of_a_page(embedded_app):
    with embedded_app.test_request_context("/admin/indexes/?period=year"):
        yield


def ranked(*values, n=50):
    estimates = [Estimate(value, 2.0, n) for value in values]
    return [
        SimpleNamespace(
            subject=Subject(i, 0, f"P{i}", f"网点{i}", f"Point {i}"), n=n, standing=standing, target=None
        )
        for i, standing in enumerate(field_of(estimates).standings)
    ]


def test_a_row_has_its_interval_ranks_and_address():
    first, *_ = rows = charts.ranking_rows(ranked(80, 60, 70), "en")
    assert (first.name, first.url, first.value, first.n) == (
        "Point 0",
        "/admin/indexes/P0?period=year",
        80,
        50,
    )
    assert first.interval.low == pytest.approx(80 - 1.959964 * 2)
    assert first.rank == (1, 1)
    assert charts.ranking_axis(rows) == (50, 90)
    assert charts.ranking_axis([replace(first, target=95), *_]) == (50, 100)


@pytest.mark.parametrize(
    ("values", "axis"),
    [
        ([61, 68], (60, 70)),
        ([70], (60, 80)),
        ([], (0, 100)),
        ([None], (0, 100)),
        ([0], (0, 10)),
        ([100], (90, 100)),
    ],
)
def test_an_axis_is_round_and_never_empty(values, axis):
    assert charts.axis_of(values) == axis


def test_a_trend_marks_signals_and_leaves_a_gap_where_nothing_is_shown():
    marks = (
        ChartPeriod(70.0, 68.0, 72.0, 0.0, 0),
        ChartPeriod(None, None, None, None, 0),
        ChartPeriod(80.0, 69.0, 71.0, 9.0, 1),
    )
    line = TrendLine([70.0, None, 80.0], marks, 70.0, Cusum((), (), (Shift(2, 2, 1),)))
    months = [date(2026, month, 1) for month in (1, 2, 3)]
    curve = charts.index_curve(Trend(months, [12, 0, 20], line, None, None))
    assert [point.label for point in curve.points] == ["2026-01", "2026-02", "2026-03"]
    assert [point.band for point in curve.points] == [(68.0, 72.0), None, (69.0, 71.0)]
    assert [point.label for point in curve.signals] == ["2026-03"]
    assert (curve.risen_since, curve.fallen_since) == ("2026-03", None)
    assert curve.axis == (60, 80)


def test_the_wide_band_of_a_month_with_few_answers_does_not_flatten_the_others():
    marks = (ChartPeriod(70.0, 20.0, 100.0, 0.0, 0), *[ChartPeriod(70.0, 68.0, 72.0, 0.0, 0)] * 3)
    line = TrendLine([65.0, 70.0, 71.0, 69.0], marks, 70.0, None)
    months = [date(2026, month, 1) for month in (1, 2, 3, 4)]
    assert charts.index_curve(Trend(months, [9, 400, 400, 400], line, None, None)).axis == (60, 80)
    assert charts.index_curve(Trend(months, [400, 400, 400, 400], line, None, None)).axis == (20, 100)


def test_a_trend_without_a_question_has_no_curve():
    nothing = Trend([], [], TrendLine([], None, None, None), None, None)
    assert charts.nps_curve(nothing) is None
    assert charts.satisfied_curve(nothing) is None


def test_a_funnel_narrows_with_more_answers_and_marks_its_own_unit():
    all_of_them = ranked(70, 72, 68, 71, 69, 30)
    field = field_of([entry.standing.estimate for entry in all_of_them])
    ranking = SimpleNamespace(ranked=all_of_them, field=field)
    plot = charts.funnel_plot(SimpleNamespace(ranking=ranking, own=all_of_them[5]), "en")
    assert [spot.name for spot in plot.spots if spot.own] == ["Point 5"]
    assert plot.spots[5].beyond
    low, high = plot.limits["alarm"]
    assert low[0][1] <= low[-1][1] <= plot.target <= high[-1][1] <= high[0][1]
    assert charts.funnel_plot(SimpleNamespace(ranking=None, own=None), "en") is None
