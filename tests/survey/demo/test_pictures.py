from __future__ import annotations

import io

from PIL import Image

from survey.demo.pictures import COLOURS, SIZE, picture


def test_each_reward_has_a_drawing_of_its_own():
    drawn = [picture(number) for number in range(len(COLOURS))]
    assert len(set(drawn)) == len(COLOURS)
    assert {Image.open(io.BytesIO(drawing)).size for drawing in drawn} == {SIZE}
    assert picture(len(COLOURS)) == drawn[0]
