from __future__ import annotations

import numpy as np
import pytest

from survey.demo.comments import BLAME, ENGLISH, FAIR, PRAISE, TEXTS, choose_comments


def said(overall: float, english: bool, number: int = 200) -> set[str]:
    which = choose_comments(np.random.default_rng(1), np.full(number, overall), np.full(number, english))
    return {TEXTS[i] for i in which.tolist()}


@pytest.mark.parametrize(("overall", "mood"), [(5, 0), (3.8, 0), (3.79, 1), (2.8, 1), (2.79, 2), (1, 2)])
def test_the_tone_suits_the_rating(overall: float, mood: int):
    beginnings, ends = (PRAISE, FAIR, BLAME)[mood]
    assert said(overall, english=False) <= {beginning + end for beginning in beginnings for end in ends}
    assert said(overall, english=True) == set(ENGLISH[mood])


def test_customers_do_not_all_say_the_same():
    assert len(said(5, english=False)) > 80
