from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from survey.rewards.queries.journal import REASONS
from survey.rewards.rules.statement import COLUMNS, StatementLine, line, total


def test_reasons_fall_into_their_columns():
    moved = {"claim": 100, "void": -10, "adjust": 5, "redeem": -40, "undo": 20, "expire": -3, "erase": -2}
    assert line(50, moved | {"hold": 0, "vest": 0}, 120) == StatementLine(50, 100, -10, 5, -20, -5, 120)
    assert set(COLUMNS) <= set(REASONS)


def test_a_line_with_an_unexplained_change_does_not_reconcile():
    assert line(50, {"claim": 10, "hold": 0}, 60).reconciles
    assert not line(50, {"claim": 10, "hold": 1}, 61).reconciles


@given(st.lists(st.dictionaries(st.sampled_from(sorted(COLUMNS)), st.integers(-(10**9), 10**9))))
def test_the_total_is_that_of_every_column(moves):
    lines = [line(7, moved, 7 + sum(moved.values())) for moved in moves]
    whole = total(lines)
    assert all(statement_line.reconciles for statement_line in [*lines, whole])
    assert whole.closing == sum(statement_line.closing for statement_line in lines)
