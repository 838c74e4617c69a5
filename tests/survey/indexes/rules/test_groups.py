from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from survey.indexes.rules.groups import RespondentGroup, are_disjoint, contains
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
        person
        for person in PEOPLE
        if group.place_id in WAYS[person[0]]
        and group.employee_id in (0, person[1])
        and group.period.first <= person[2] <= group.period.last
        and group.only.matches(Common(*person[3:]))
    }


@given(GROUPS, GROUPS)
def test_groups_contain_each_other_and_are_disjoint_as_their_members_are(first, second):
    groups_and_paths = first, WAYS[first.place_id], second, WAYS[second.place_id]
    if contains(*groups_and_paths):
        assert members(first) >= members(second)
    if are_disjoint(*groups_and_paths):
        assert not members(first) & members(second)
    else:
        assert members(first) & members(second)
