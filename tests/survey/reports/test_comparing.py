import pytest

from survey.reports.comparing import dots, findings, points, scale, scale_from
from survey.reports.words import words


def test_rows_tell_index_change_answers_and_ranks(tree, report):
    made = report(tree[0])
    rows = dots(made, made.points.ranked)
    assert [row.name for row in rows] == [one.subject.name_en for one in made.points.ranked]
    index, _change, answers, ranks = rows[0].notes
    assert float(index) == pytest.approx(made.points.ranked[0].standing.estimate.value, abs=0.05)
    assert answers == str(made.points.ranked[0].n)
    assert ranks[0] == "1"


def test_only_changes_that_remain_among_many_are_marked(tree, report):
    made = report(tree[0])
    moved = {one.subject.name_en for one in made.points.moved}
    assert {row.name for row in dots(made, made.points.ranked) if row.notes[1][-1] in "▲▼"} == moved


def test_months_come_with_their_limits_and_as_they_are_shown(tree, report):
    made = report(tree[0])
    found = points(made.trend)
    assert [month.label for month in found[-2:]] == ["2026-09", "2026-10"]
    assert [month.n for month in found] == list(made.trend.numbers)
    assert found[-1].shown == f"{made.trend.index.values[-1]:.1f}"
    assert (found[0].value, found[0].shown, found[0].interval) == (None, "–", None)


def test_all_dot_plots_of_a_report_have_one_scale(tree, report):
    made = report(tree[0])
    found = scale(made)
    assert found["low"] <= min(one.standing.interval.low for one in made.points.ranked)
    assert found["middle"] == made.points.field.between.mean
    assert scale(report(tree[2][0])) == {"low": 80.0, "middle": None}


@pytest.mark.parametrize(
    ("values", "low"), [([85.0, 100.0], 80.0), ([3.0], 0.0), ([-5.0], 0.0), ([64.9], 60.0)]
)
def test_the_scale_begins_at_a_round_number(values, low):
    assert scale_from(values) == low


def test_findings_name_whom_to_look_at_and_who_has_too_few(tree, report):
    made = report(tree[0])
    found = findings(made, made.points, words("en"))
    assert len(found) == 3
    assert tree[2][-1].name_en in found[2]
