from datetime import date

import pytest

from survey.questionnaires.rules.careless import ALIKE, BEST, HASTY, TIMED
from survey.responses.export.disclosure import GroupCounts, group_of, whole_months
from survey.responses.export.queries import ExportedResponse

DAY = date(2026, 11, 2)


def one(day=DAY, employee=None, version=1, signs=None, **answers):
    return ExportedResponse(employee, version, day, "qr", "zh", signs, answers)


def test_a_group_is_one_employees_month_of_one_version():
    same = [one(), one(date(2026, 11, 30))]
    other = [one(date(2026, 12, 1)), one(employee=7), one(version=2)]
    assert len({group_of(answered) for answered in same}) == 1
    assert len({group_of(answered) for answered in same + other}) == 4


def test_k_are_enough():
    enough = GroupCounts(3)
    enough.count([one(), one()])
    assert not enough.of(group_of(one()))
    enough.count([one()])
    assert enough.of(group_of(one()))
    assert not enough.of(group_of(one(employee=7)))


def test_an_answer_that_too_few_of_the_group_gave_is_left_out():
    enough = GroupCounts(2)
    enough.count([one(q=1, rare=5), one(q=2), one(employee=7, rare=4), one(employee=7, rare=4)])
    assert enough.answers(group_of(one()), {"q": 1, "rare": 5}) == {"q": 1}
    assert enough.answers(group_of(one(employee=7)), {"rare": 4}) == {"rare": 4}


def test_signs_at_which_too_few_were_looked_at_are_left_out_and_times_that_too_few_have():
    enough = GroupCounts(2)
    enough.count([one(signs=ALIKE), one(signs=TIMED + HASTY), one(employee=7, signs=BEST), one(employee=7)])
    assert enough.signs(group_of(one()), ALIKE) == ALIKE
    assert enough.signs(group_of(one()), TIMED + HASTY) == 0
    assert enough.signs(group_of(one(employee=7)), BEST) is None
    enough.count([one(signs=TIMED)])
    assert enough.signs(group_of(one()), TIMED + HASTY) == TIMED + HASTY


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
