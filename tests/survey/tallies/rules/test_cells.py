import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaires.definition import Definition
from survey.questionnaires.rules.careless import ALIKE, BEST, HASTY, TIMED
from survey.tallies.rules.cells import SIGNS, Layout, count, count_by, pack, unpack, unpack_all

LAYOUT = Layout.of(
    Definition.parse(
        {
            "questions": [
                {"code": "quality", "kind": "rating", "scale": 3, "texts": {}},
                {"code": "comment", "kind": "text", "texts": {}},
                {"code": "overall", "kind": "rating", "scale": 5, "texts": {}},
                {"code": "nps", "kind": "nps", "texts": {}},
            ]
        }
    )
)

ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "quality": st.integers(1, 3),
        "overall": st.integers(1, 5),
        "nps": st.integers(0, 10),
        "comment": st.text(),
    },
)
MANY = st.lists(ANSWERS, max_size=30)


def test_a_row_holds_n_then_histograms_then_pairs():
    row = count(LAYOUT, [{"quality": 2, "overall": 5}, {"quality": 3}, {"comment": "…"}])
    assert LAYOUT.width == len(row) == 1 + 3 + 5 + 11 + 3 * 4 + SIGNS
    assert row[0] == 3
    assert row[1:4].tolist() == [0, 1, 1]
    assert row[4:9].tolist() == [0, 0, 0, 0, 1]
    assert row[20:24].tolist() == [1, 2, 5, 10]  # those who answered both quality and overall
    assert row[24:].tolist() == [0] * (8 + SIGNS)


def test_the_signs_of_carelessness_are_counted_last():
    all_flags = [None, 0, ALIKE, BEST + TIMED, TIMED + HASTY, ALIKE + BEST + TIMED]
    row = count(LAYOUT, [{"quality": 2}] * 6, all_flags)
    assert row[LAYOUT.signs :].tolist() == [5, 4, 2, 2, 3, 1]


def test_a_number_that_the_question_cannot_have_is_not_counted():
    row = count(LAYOUT, [{"quality": 4, "overall": 0, "nps": 11}])
    assert row[0] == 1
    assert row[1:].sum() == 0


@given(MANY, MANY)
def test_counting_all_answers_equals_adding_two_counts(some, others):
    assert (count(LAYOUT, some) + count(LAYOUT, others) == count(LAYOUT, some + others)).all()


@given(st.lists(st.tuples(ANSWERS, st.integers(0, 3)), max_size=30))
def test_counting_by_group_equals_counting_each_group(answers_and_groups):
    rows = count_by(
        LAYOUT, [a for a, _ in answers_and_groups], np.array([g for _, g in answers_and_groups], np.int64), 4
    )
    for group, row in enumerate(rows):
        assert (row == count(LAYOUT, [a for a, g in answers_and_groups if g == group])).all()


@given(st.lists(st.integers(0, 2**62), min_size=5, max_size=5), st.integers(0, 3))
def test_packed_rows_unpack_to_the_same_rows(numbers, shift):
    rows = np.array([numbers, [n >> 16 * shift for n in numbers]], np.int64)
    for row, packed in zip(rows, pack(rows), strict=True):
        assert (unpack(int(row[0]), packed) == row).all()


@pytest.mark.parametrize(
    ("greatest", "size"),
    [(0, 1), (255, 1), (256, 2), (65535, 2), (65536, 4), (2**32 - 1, 4), (2**32, 8), (2**62, 8)],
)
def test_numbers_take_as_few_bytes_as_the_greatest_allows(greatest, size):
    [packed] = pack(np.array([[10**9, 1, greatest]], np.int64))
    assert packed[0] == size
    assert len(packed) == 1 + 2 * size


def test_negative_counts_cannot_be_packed():
    with pytest.raises(ValueError, match="negative"):
        pack(np.array([[1, -1]], np.int64))


def test_many_rows_unpack_to_the_same_as_single_rows():
    rows = np.array([[3, 1, 2, 0], [7, 300, 0, 5], [9, 0, 0, 2**40], [1, 0, 0, 1]])
    packed = pack(rows)
    assert unpack_all([3, 7, 9, 1], packed).tolist() == rows.tolist()
    assert unpack_all([], []).shape == (0, 1)
    with pytest.raises(ValueError, match="reshape"):
        unpack_all([3, 1], [packed[0], packed[0][:-1]])
