from __future__ import annotations

from random import Random

import pytest

from survey.demo.comments import BLAME, ENGLISH, FAIR, PRAISE, comment, tone


@pytest.mark.parametrize(("overall", "mood"), [(5, 0), (3.8, 0), (3.79, 1), (2.8, 1), (2.79, 2), (1, 2)])
def test_the_tone_suits_the_rating(overall: float, mood: int):
    assert tone(overall) == mood
    beginnings, ends = (PRAISE, FAIR, BLAME)[mood]
    for seed in range(50):
        said = comment(Random(seed), overall, english=False)
        assert any(said == beginning + end for beginning in beginnings for end in ends)
        assert comment(Random(seed), overall, english=True) in ENGLISH[mood]


def test_customers_do_not_all_say_the_same():
    random = Random(1)
    assert len({comment(random, 5, english=False) for _ in range(200)}) > 80
