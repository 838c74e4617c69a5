from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from survey.indexes.rules.groups import RespondentGroup, apart, holds
from survey.periods import Period
from survey.tallies.rules.parts import FLAGGED, UNFLAGGED, Common

WAYS = {1: (1,), 2: (1, 2), 3: (1, 2, 3), 4: (1, 2, 4), 5: (1, 5)}
DAYS = [date(2026, 1, day) for day in range(1, 6)]
PEOPLE = [
    (place, employee, day, channel, language, care)
    for place in (3, 4, 5)
    for employee in (0, place * 10, place * 10 + 1)
    for day in DAYS
    for channel in ("qr", "sms")
    for language in ("zh", "en")
    for care in (FLAGGED, UNFLAGGED)
]
GROUPS = st.sampled_from([1, 2, 3, 4, 5]).flatmap(
    lambda place: st.builds(
        RespondentGroup,
        st.just(place),
        st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS)).map(
            lambda ends: Period(min(ends), max(ends))
        ),
        st.sampled_from([0, place * 10, place * 10 + 1] if place > 2 else [0]),
        st.builds(
            Common,
            st.sampled_from(["", "qr", "sms"]),
            st.sampled_from(["", "zh", "en"]),
            st.sampled_from(["", FLAGGED, UNFLAGGED]),
        ),
    )
)


def members(group):
    return {
        one
        for one in PEOPLE
        if group.place_id in WAYS[one[0]]
        and group.employee_id in (0, one[1])
        and group.period.first <= one[2] <= group.period.last
        and group.only.matches(Common(*one[3:]))
    }


@given(GROUPS, GROUPS)
def test_groups_hold_each_other_and_are_apart_as_their_members_are(one, other):
    ways = one, WAYS[one.place_id], other, WAYS[other.place_id]
    if holds(*ways):
        assert members(one) >= members(other)
    if apart(*ways):
        assert not members(one) & members(other)
    else:
        assert members(one) & members(other)
