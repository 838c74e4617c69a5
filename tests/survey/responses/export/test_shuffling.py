from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from survey.responses.export.shuffling import Mixer


@given(st.lists(st.lists(st.integers())), st.integers(1, 20))
def test_each_item_comes_out_once(parts, held):
    mixer = Mixer(held)
    out = [thing for part in parts for thing in mixer.add(part)] + list(mixer.rest())
    assert Counter(out) == Counter(thing for part in parts for thing in part)


def test_the_mixer_holds_few_items_and_mixes_them():
    mixer = Mixer(100)
    out = []
    for number in range(1000):
        out += mixer.add([number])
        assert len(mixer.pool) <= 100
    out += mixer.rest()
    assert sorted(out) == list(range(1000))
    assert out[:20] != list(range(20))
