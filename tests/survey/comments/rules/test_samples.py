from itertools import pairwise

import pytest

from survey.comments.rules.samples import WHOLE, choose_sample


def test_few_answers_form_a_single_part():
    whole = choose_sample(4000, 4000, 4000, 16_000, 3)
    assert (whole.parts, whole.number, whole.size, whole.ids) == (1, 1, 4000, (0, WHOLE - 1))


@pytest.mark.parametrize(
    ("answers", "scanned", "parts"), [(4001, 4001, 2), (9000, 9000, 4), (100, 16_001, 2), (100, 64_001, 8)]
)
def test_answers_are_split_into_as_few_parts_as_possible(answers, scanned, parts):
    assert choose_sample(answers, scanned, 4000, 16_000, 1).parts == parts


def test_the_parts_cover_all_ids_without_overlap():
    ids = [choose_sample(30_000, 30_000, 4000, 16_000, number).ids for number in range(1, 9)]
    assert (ids[0][0], ids[-1][1]) == (0, WHOLE - 1)
    assert all(first[1] + 1 == second[0] for first, second in pairwise(ids))


def test_a_missing_part_number_means_the_nearest_part():
    assert [choose_sample(9000, 9000, 4000, 16_000, number).number for number in (-1, 0, 9)] == [1, 1, 4]


def test_a_part_holds_k_of_a_group_that_has_k_for_each_part():
    quarter = choose_sample(9000, 9000, 4000, 16_000, 1)
    assert (quarter.holds(5, 20), quarter.holds(5, 19)) == (True, False)
