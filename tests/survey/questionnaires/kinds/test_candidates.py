from itertools import combinations

import pytest

from survey.questionnaires.kinds.candidates import (
    MOST_TOGETHER,
    TooManyCombinations,
    compared_values,
    subsets,
)
from survey.questionnaires.rules.conditions import Comparison


def test_what_an_answer_is_compared_with_is_found_once_and_by_type():
    compared = [
        Comparison("q", "one_of", (1, "a", 2)),
        Comparison("q", "equal", "a"),
        Comparison("q", "answered"),
    ]
    assert compared_values(compared, str) == ["a"]
    assert compared_values(compared, int, float) == [1, 2]


def test_few_are_combined_in_every_way_and_many_not_at_all():
    assert list(subsets("ab")) == [*combinations("ab", 0), ("a",), ("b",), ("a", "b")]
    with pytest.raises(TooManyCombinations):
        subsets(range(MOST_TOGETHER + 1))
