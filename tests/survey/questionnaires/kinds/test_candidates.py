from itertools import combinations

import pytest

from survey.questionnaires.kinds.candidates import (
    MOST_TOGETHER,
    TooManyCombinations,
    compared_values,
    subsets,
)
from survey.questionnaires.rules.conditions import Comparison


def test_compared_values_are_returned_once_and_by_type():
    compared = [
        Comparison("q", "one_of", (1, "a", 2)),
        Comparison("q", "equal", "a"),
        Comparison("q", "answered"),
    ]
    assert compared_values(compared, str) == ["a"]
    assert compared_values(compared, int, float) == [1, 2]


def test_a_few_members_have_all_subsets_and_many_are_rejected():
    assert list(subsets("ab")) == [*combinations("ab", 0), ("a",), ("b",), ("a", "b")]
    with pytest.raises(TooManyCombinations):
        subsets(range(MOST_TOGETHER + 1))
