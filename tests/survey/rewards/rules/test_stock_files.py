from __future__ import annotations

import pytest

from survey.rewards.rules.stock_files import check
from survey.tabular import Unreadable, rows

POINTS = {"P1", "P2", "P3"}
HEAD = "place,stock\n"


def test_service_points_and_numbers_are_read_in_either_language():
    for text in (
        HEAD + "P1,5\nP2,0\n",
        "数量;编码\n5;P1\n0;P2\n",
        "name,code,number\nx,P1,5\ny, P2 ,0\n",
        "服务点编码,库存\nP1,5\nP2,0\n",
    ):
        checked = check(rows(text), POINTS)
        assert [(row.place, row.number) for row in checked.rows] == [("P1", 5), ("P2", 0)]
        assert (checked.good, checked.bad) == (2, 0)


def test_every_invalid_row_is_listed_with_its_reasons():
    checked = check(rows(HEAD + "P1,5\nP9,1\nP1,6\nP2,-1\nP3,1.5\nP3,１\nP3\nP3,1000001\nNO,x\n"), POINTS)
    assert [(problem.line, problem.column) for problem in checked.problems] == [
        (3, "place"),
        (4, "place"),
        (5, "stock"),
        (6, "stock"),
        (7, "stock"),
        (8, "stock"),
        (9, "stock"),
        (10, "place"),
        (10, "stock"),
    ]
    assert (checked.good, checked.bad) == (1, 8)


@pytest.mark.parametrize("text", ["", HEAD, "place\nP1\n", "stock,else\n1,2\n"])
def test_a_file_without_a_table_of_stock_is_rejected(text):
    with pytest.raises(Unreadable):
        check(rows(text), POINTS)
