from datetime import date

import pytest

from survey.outgoing import COUNT_COLUMNS
from survey.periods import Period
from survey.reports.counts import CountsExport
from tests import factories
from tests.survey.tallies.answers import ALIKE, DAY, give, release_all

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))


@pytest.fixture
def records(app):
    """Return the counts of a version at two points, in November, in Chinese."""
    top, _regions, (first, second) = factories.company(1, 2)
    version = factories.version()
    give(first, version, *[ALIKE] * 5, *[ALIKE | {"overall": 1}] * 2, day=DAY)
    give(second, version, *[ALIKE] * 6, day=date(2026, 12, 1))
    release_all()
    give(first, version, ALIKE, day=DAY)
    return list(CountsExport([version], NOVEMBER, top, "zh").records())


def test_each_record_has_the_declared_fields(records):
    assert {tuple(sorted(record)) for record in records} == {tuple(sorted(COUNT_COLUMNS))}


def test_counts_are_those_of_released_answers_in_the_months_of_the_period(records):
    overall = {record["value"]: record["answers"] for record in records if record["question"] == "overall"}
    assert overall == {1: 2, 4: 5}
    assert [record["answers"] for record in records if not record["question"]] == [7]
    assert {record["month"] for record in records} == {"2026-11"}


def test_values_have_their_labels(records):
    [best] = [record for record in records if (record["question"], record["value"]) == ("overall", 4)]
    assert best["value_label"]
    assert best["text"]
