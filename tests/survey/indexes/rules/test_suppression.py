import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.indexes.rules.suppression import shown


def test_a_small_part_takes_another_along():
    assert shown({"qr": 40, "sms": 3, "wechat": 12}, 5) == {"qr"}
    assert shown({"qr": 40, "sms": 3, "wechat": 3}, 5) == {"qr"}
    assert shown({"qr": 40, "sms": 0, "wechat": 12}, 5) == {"qr", "sms", "wechat"}
    assert shown({"qr": 4}, 5) == shown({"qr": 40, "sms": 1}, 5) == frozenset()


@pytest.mark.parametrize(("counts", "k"), [({"qr": -1}, 5), ({"qr": 5}, 0)])
def test_impossible_counts_are_refused(counts, k):
    with pytest.raises(ValueError, match="k is 1 or more"):
        shown(counts, k)


@given(st.dictionaries(st.integers(0, 20), st.integers(0, 30)), st.integers(1, 10))
def test_the_whole_less_any_parts_shown_is_nobody_or_k(counts, k):
    found = shown(counts, k)
    if sum(counts.values()) < k:
        assert all(counts[part] == 0 for part in found)
        return
    assert all(counts[part] == 0 or counts[part] >= k for part in found)
    rest = sum(n for part, n in counts.items() if part not in found)
    assert rest == 0 or rest >= k
    assert len(counts.keys() - found) <= 1 + sum(0 < n < k for n in counts.values())
