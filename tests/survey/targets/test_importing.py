from datetime import date

import pytest

from survey.tabular import write
from survey.targets import queries
from survey.targets.importing import TEMPLATE, check_file, import_targets
from tests import factories

HEAD = "place,questionnaire,figure,month,value\n"
JAN = date(2026, 1, 1)


@pytest.fixture
def company(app):
    factories.version("service-satisfaction")
    top = factories.place("group", code="HY")
    east = factories.place("region", top, code="HY-E")
    return top, east, factories.place("point", east, code="HY-E-001")


def stored(place, figure="index") -> list[float]:
    targets = queries.of_places([place.id], 0, figure, JAN, date(2026, 12, 1))
    return list(targets.values())


def test_the_template_can_be_imported(company):
    top, _east, point = company
    outcome = import_targets(write(TEMPLATE), None)
    assert (outcome.written, outcome.checked.bad) == (3, 0)
    assert stored(top) == [80] * 12
    assert stored(point, "dimension:quality") == [82.5]


def test_good_rows_of_a_file_with_bad_rows_are_written_on_request(company):
    top, *_ = company
    text = HEAD + "HY,,index,2026-01,80\nHY,,nonsense,2026-01,80\n"
    assert import_targets(text, None).written == 0
    assert stored(top) == []
    assert import_targets(text, None, good_rows=True).written == 1
    assert stored(top) == [80]


def test_a_file_changes_and_removes_targets(company):
    top, *_ = company
    import_targets(HEAD + "HY,,index,2026,80\n", None)
    import_targets(HEAD + "HY,,index,2026-01,90\nHY,,index,2026-02,\n", None)
    assert stored(top) == [90, *[80] * 10]


def test_targets_outside_the_scope_are_rejected(company):
    _top, east, point = company
    checked = check_file(HEAD + "HY,,index,2026,80\nHY-E-001,,index,2026,80\n", east)
    assert [problem.column for problem in checked.problems] == ["place"]
    assert [row.place for row in checked.rows] == [point.code]
