from datetime import date

from survey.periods import Period, month
from survey.questionnaires.definition import Definition
from survey.tallies.rules.cells import Layout, count, pack
from survey.tallies.rules.pooling import Pool
from survey.weighting.strata import MonthCache, group_lines, pool_lines

ASKED = Definition.parse({"questions": [{"code": "quality", "kind": "rating", "texts": {}}]})
POOL = Pool.of([(2, ASKED), (1, ASKED)])
MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)


def stored(place, part, version, start, *ratings):
    """Return a tally of these ratings as queries.tallies.in_parts() reads it."""
    row = count(Layout.of(ASKED), [{"quality": rating} for rating in ratings])
    return place, 0, part, version, start, len(ratings), pack(row[None, :])[0]


TALLIES = [
    stored(7, 1, 1, MARCH, 5, 5),
    stored(7, 2, 2, MARCH, 1),
    stored(8, 1, 2, MARCH, 3),
    stored(7, 1, 2, APRIL, 4),
]


def test_strata_sum_versions_and_months_and_separate_places_and_parts():
    keys, rows = group_lines(pool_lines(POOL, TALLIES), lambda _start: None)
    by_key = dict(zip(keys, rows[:, 0].tolist(), strict=True))
    assert by_key == {((7, 0), 1, None): 3, ((7, 0), 2, None): 1, ((8, 0), 1, None): 1}
    [quality] = POOL.questions
    counts = rows[keys.index(((7, 0), 1, None)), quality.start : quality.end].tolist()
    assert counts == [0, 0, 0, 1, 2]


def test_strata_can_separate_months():
    keys, rows = group_lines(pool_lines(POOL, TALLIES), month)
    assert dict(zip(keys, rows[:, 0].tolist(), strict=True))[(7, 0), 1, APRIL] == 1
    assert len(keys) == 4


def test_no_tallies_have_no_strata():
    assert group_lines(pool_lines(POOL, []), month)[0] == []


def test_a_whole_month_is_read_once_and_days_are_read_each_time():
    spans_read = []

    def read(spans):
        spans_read.append([(span.grain, span.first.month, span.last.month) for span in spans])
        return [tally for tally in TALLIES if any(span.first <= tally[4] <= span.last for span in spans)]

    months = MonthCache(POOL, read)
    assert len(months.of(Period(MARCH, date(2026, 3, 31))).rows) == 3
    year = Period(date(2026, 1, 1), date(2026, 12, 31))
    assert months.of(year).rows[:, 0].sum() == 5
    assert months.of(year).rows[:, 0].sum() == 5
    assert len(months.of(Period(MARCH, date(2026, 4, 2))).rows) == 4
    assert spans_read == [
        [("month", 3, 3)],
        [("month", 1, 2), ("month", 4, 12)],
        [("month", 3, 3), ("day", 4, 4)],
    ]
