from datetime import date
from types import SimpleNamespace

from admin import charts


def figures(index, n, nps=None):
    return SimpleNamespace(index=index, n=n, nps=None if nps is None else SimpleNamespace(score=nps))


def test_the_ranking_names_each_in_the_reader_s_language_and_leads_to_it():
    point = SimpleNamespace(named=lambda locale: f"P1 in {locale}")
    report = SimpleNamespace(ranked=[(point, figures(81.5, 40))])
    assert charts.ranking(report, "en", lambda _one: "/p1") == [charts.Row("P1 in en", "/p1", 81.5, 40)]


def test_a_trend_has_its_months_and_leaves_a_gap_where_nothing_is_shown():
    months = [(date(2026, 1, 1), figures(70.0, 12)), (date(2026, 2, 1), figures(None, 0))]
    trend = charts.index_trend(SimpleNamespace(monthly=months))
    assert trend == [charts.Point("2026-01", 70.0, 12), charts.Point("2026-02", None, 0)]


def test_there_is_no_trend_of_an_nps_that_nobody_was_asked_for():
    months = [(date(2026, 1, 1), figures(70.0, 12)), (date(2026, 2, 1), figures(71.0, 9, nps=-20.0))]
    assert charts.nps_trend(SimpleNamespace(monthly=months)) == [charts.Point("2026-02", -20.0, 9)]
