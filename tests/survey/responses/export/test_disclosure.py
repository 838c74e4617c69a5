from datetime import date

import pytest

from survey.questionnaires.rules.careless import ALIKE, BEST, HASTY, TIMED
from survey.responses.export.disclosure import Checks, shown_signs, whole_months

DAY = date(2026, 11, 2)


def test_signs_and_durations_of_too_few_responses_are_left_out():
    assert shown_signs(ALIKE, Checks(checked=2, timed=0), 2) == ALIKE
    assert shown_signs(ALIKE, Checks(checked=1, timed=0), 2) is None
    assert shown_signs(None, Checks(checked=2, timed=2), 2) is None
    assert shown_signs(BEST | TIMED | HASTY, Checks(checked=2, timed=1), 2) == BEST
    assert shown_signs(BEST | TIMED | HASTY, Checks(checked=2, timed=2), 2) == BEST | TIMED | HASTY


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (DAY, DAY, (date(2026, 11, 1), date(2026, 11, 30))),
        (DAY, date(2026, 12, 31), (date(2026, 11, 1), date(2026, 12, 31))),
        (date(2024, 2, 29), date(2024, 2, 29), (date(2024, 2, 1), date(2024, 2, 29))),
        (date.min, date.max, (date.min, date.max)),
    ],
)
def test_a_period_is_widened_to_whole_months(first, last, months):
    assert whole_months(first, last) == months
