from datetime import date

import pytest

from survey.questionnaires.rules.careless import ALIKE, BEST, HASTY, TIMED
from survey.responses.export.disclosure import GroupCounts, group_of, whole_months
from survey.responses.export.queries import ExportedResponse

DAY = date(2026, 11, 2)


def exported(day=DAY, employee=None, version=1, signs=None, **answers):
    return ExportedResponse(employee, version, day, "qr", "zh", signs, answers)


def test_a_group_is_one_employees_month_of_one_version():
    same = [exported(), exported(date(2026, 11, 30))]
    other = [exported(date(2026, 12, 1)), exported(employee=7), exported(version=2)]
    assert len({group_of(response) for response in same}) == 1
    assert len({group_of(response) for response in same + other}) == 4


def test_a_group_of_k_is_enough():
    group_counts = GroupCounts(3)
    group_counts.count([exported(), exported()])
    assert not group_counts.is_enough(group_of(exported()))
    group_counts.count([exported()])
    assert group_counts.is_enough(group_of(exported()))
    assert not group_counts.is_enough(group_of(exported(employee=7)))


def test_an_answer_that_too_few_of_the_group_gave_is_left_out():
    group_counts = GroupCounts(2)
    group_counts.count(
        [exported(q=1, rare=5), exported(q=2), exported(employee=7, rare=4), exported(employee=7, rare=4)]
    )
    assert group_counts.answers(group_of(exported()), {"q": 1, "rare": 5}) == {"q": 1}
    assert group_counts.answers(group_of(exported(employee=7)), {"rare": 4}) == {"rare": 4}


def test_signs_and_durations_of_too_few_responses_are_left_out():
    group_counts = GroupCounts(2)
    group_counts.count(
        [
            exported(signs=ALIKE),
            exported(signs=TIMED + HASTY),
            exported(employee=7, signs=BEST),
            exported(employee=7),
        ]
    )
    assert group_counts.signs(group_of(exported()), ALIKE) == ALIKE
    assert group_counts.signs(group_of(exported()), TIMED + HASTY) == 0
    assert group_counts.signs(group_of(exported(employee=7)), BEST) is None
    group_counts.count([exported(signs=TIMED)])
    assert group_counts.signs(group_of(exported()), TIMED + HASTY) == TIMED + HASTY


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
