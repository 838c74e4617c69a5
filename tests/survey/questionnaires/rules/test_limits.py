from datetime import datetime, timedelta

import pytest

from survey.questionnaires.rules.limits import EARLY, FULL, MOST, OVER, ResponseLimits

NOON = datetime.fromisoformat("2026-11-23T12:00")
SECOND = timedelta(seconds=1)


def test_responses_are_accepted_from_opening_until_closing():
    limit = ResponseLimits(opens_at=NOON, closes_at=NOON + 2 * SECOND)
    moments = [NOON + n * SECOND for n in (-1, 0, 1, 2)]
    assert [limit.closed(now, 0) for now in moments] == [EARLY, None, None, OVER]


def test_a_link_is_full_at_its_maximum():
    assert [ResponseLimits(maximum=2).closed(NOON, taken) for taken in (0, 1, 2, 3)] == [
        None,
        None,
        FULL,
        FULL,
    ]


def test_a_link_without_limits_is_never_closed():
    assert ResponseLimits().closed(NOON, MOST) is None


@pytest.mark.parametrize(
    ("limit", "problem"),
    [
        (ResponseLimits(opens_at=NOON, closes_at=NOON), "order"),
        (ResponseLimits(opens_at=NOON, closes_at=NOON - SECOND), "order"),
        (ResponseLimits(maximum=0), "maximum"),
        (ResponseLimits(maximum=MOST + 1), "maximum"),
        (ResponseLimits(opens_at=NOON, closes_at=NOON + SECOND, maximum=1), None),
        (ResponseLimits(closes_at=NOON), None),
    ],
)
def test_impossible_limits_are_reported(limit, problem):
    assert limit.problem == problem
