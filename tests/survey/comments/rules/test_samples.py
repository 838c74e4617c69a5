from itertools import pairwise

import pytest

from survey.comments.rules.samples import WHOLE, sample


def test_few_answers_are_one_part():
    one = sample(4000, 4000, 4000, 16_000, 3)
    assert (one.parts, one.number, one.looked_at, one.ids) == (1, 1, 4000, (0, WHOLE - 1))


@pytest.mark.parametrize(
    ("answers", "passed", "parts"), [(4001, 4001, 2), (9000, 9000, 4), (100, 16_001, 2), (100, 64_001, 8)]
)
def test_there_are_as_few_parts_as_keep_each_small(answers, passed, parts):
    assert sample(answers, passed, 4000, 16_000, 1).parts == parts


def test_the_parts_together_are_all_and_none_is_twice():
    ids = [sample(30_000, 30_000, 4000, 16_000, number).ids for number in range(1, 9)]
    assert (ids[0][0], ids[-1][1]) == (0, WHOLE - 1)
    assert all(one[1] + 1 == other[0] for one, other in pairwise(ids))


def test_a_number_that_is_not_there_is_the_nearest():
    assert [sample(9000, 9000, 4000, 16_000, number).number for number in (-1, 0, 9)] == [1, 1, 4]


def test_a_part_holds_k_of_a_group_that_has_k_for_each_part():
    quarter = sample(9000, 9000, 4000, 16_000, 1)
    assert (quarter.holds(5, 20), quarter.holds(5, 19)) == (True, False)
