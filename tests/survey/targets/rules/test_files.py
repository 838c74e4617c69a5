from datetime import date

import pytest

from survey import tabular
from survey.targets.rules.files import check

FIGURES = {"": {"index", "nps", "satisfied", "dimension:quality"}, "r5": {"index", "dimension:quality"}}
HEAD = "place,questionnaire,figure,month,value\n"


def checked(text):
    return check(tabular.rows(text), {"HY", "HY-E"}, FIGURES)


def test_rows_are_read_in_both_languages():
    checked_rows = checked(
        "编码,指标,月份,目标值,备注\nHY,指数,2026年11月,80,x\nHY-E,质量,2026/3,82.5,\nHY,NPS,2026-01,-10\n"
    )
    assert checked_rows.problems == []
    assert [
        (row.place, row.questionnaire, row.figure, row.months, row.value) for row in checked_rows.rows
    ] == [
        ("HY", "", "index", (date(2026, 11, 1),), 80),
        ("HY-E", "", "dimension:quality", (date(2026, 3, 1),), 82.5),
        ("HY", "", "nps", (date(2026, 1, 1),), -10),
    ]


@pytest.mark.parametrize(
    "head", ["编码,指标,月份,目标", "机构编码,指标,月份,目标值", "Unit code,metric,month,target"]
)
def test_current_and_older_headings_are_read(head):
    assert [(row.place, row.figure, row.value) for row in checked(head + "\nHY,nps,2026-01,10\n").rows] == [
        ("HY", "nps", 10)
    ]


def test_a_year_means_all_its_months_and_an_empty_value_removes_targets():
    [row] = checked(HEAD + "HY,r5,quality,2026,\n").rows
    assert row.months == tuple(date(2026, month, 1) for month in range(1, 13))
    assert row.value is None


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("XX,,index,2026-11,80", "place"),
        ("HY,none,index,2026-11,80", "questionnaire"),
        ("HY,r5,nps,2026-11,80", "figure"),
        ("HY,,overall,2026-11,80", "figure"),
        ("HY,,index,2026-13,80", "month"),
        ("HY,,index,November,80", "month"),
        ("HY,,index,2026-11,much", "value"),
        ("HY,,index,2026-11,101", "value"),
        ("HY,,index,2026-11,-1", "value"),
        ("HY,,nps,2026-11,1e1", "value"),
        ("HY,,index", "month"),
    ],
)
def test_a_bad_row_is_reported_with_its_column(row, column):
    checked_rows = checked(HEAD + row + "\nHY,,index,2026-10,80\n")
    assert [problem.column for problem in checked_rows.problems] == [column]
    assert (checked_rows.good, checked_rows.bad) == (1, 1)
    assert str(checked_rows.problems[0])


def test_a_duplicate_row_is_reported():
    checked_rows = checked(HEAD + "HY,,index,2026,80\nHY,,指数,2026-05,81\nHY,r5,index,2026-05,81\n")
    assert [(problem.line, problem.column) for problem in checked_rows.problems] == [(3, "month")]
    assert str(checked_rows.problems[0]) == "already set on line 2"


@pytest.mark.parametrize("text", ["", HEAD, "place,figure,value\nHY,index,80\n"])
def test_rows_that_are_not_a_table_of_targets_are_rejected(text):
    with pytest.raises(tabular.Unreadable):
        checked(text)
