import pytest

from survey.reports.comparing import dot_rows, findings, month_points, scale, scale_from
from survey.reports.words import load_words


def test_rows_show_index_change_answers_and_ranks(tree, report):
    monthly = report(tree[0])
    rows = dot_rows(monthly, monthly.points.ranked)
    assert [row.name for row in rows] == [ranked.subject.name_en for ranked in monthly.points.ranked]
    index, _change, answers, ranks = rows[0].notes
    assert float(index) == pytest.approx(monthly.points.ranked[0].standing.estimate.value, abs=0.05)
    assert answers == str(monthly.points.ranked[0].n)
    assert ranks[0] == "1"


def test_only_changes_significant_among_all_are_marked(tree, report):
    monthly = report(tree[0])
    moved = {ranked.subject.name_en for ranked in monthly.points.moved}
    assert {row.name for row in dot_rows(monthly, monthly.points.ranked) if row.notes[1][-1] in "▲▼"} == moved


def test_months_have_their_values_as_text_and_their_limits(tree, report):
    monthly = report(tree[0])
    months = month_points(monthly.trend)
    assert [month.label for month in months[-2:]] == ["2026-09", "2026-10"]
    assert [month.n for month in months] == list(monthly.trend.numbers)
    assert months[-1].shown == f"{monthly.trend.index.values[-1]:.1f}"
    assert (months[0].value, months[0].shown, months[0].interval) == (None, "–", None)


def test_all_dot_plots_of_a_report_share_a_scale(tree, report):
    monthly = report(tree[0])
    report_scale = scale(monthly)
    assert report_scale["low"] <= min(ranked.standing.interval.low for ranked in monthly.points.ranked)
    assert report_scale["middle"] == monthly.points.field.between.mean
    assert scale(report(tree[2][0])) == {"low": 80.0, "middle": None}


@pytest.mark.parametrize(
    ("values", "low"), [([85.0, 100.0], 80.0), ([3.0], 0.0), ([-5.0], 0.0), ([64.9], 60.0)]
)
def test_the_scale_starts_at_a_round_number(values, low):
    assert scale_from(values) == low


def test_findings_name_the_places_behind_and_those_with_too_few_responses(tree, report):
    monthly = report(tree[0])
    sentences = findings(monthly, monthly.points, load_words("en"))
    assert len(sentences) == 3
    assert tree[2][-1].name_en in sentences[2]
